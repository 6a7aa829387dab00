"""The augment output, version 1: a stable interface, to which keys are added and of which none is renamed."""

from collections.abc import Iterable, Mapping
from typing import Any

from toolsmell.evidence.claims import Claim, Measured, Proposal, Variant, Violation
from toolsmell.model import Component, Json, Score

SCHEMA = "toolsmell.augment/v1"


def document(
    servers: Iterable[dict[str, Json]], *, patch: str | None, overrides: Json, usage: Mapping[str, Json]
) -> dict[str, Json]:
    """Return the whole output of a run."""
    return {
        "schema": SCHEMA,
        "servers": list(servers),
        "patch": patch,
        "overrides": overrides,
        "usage": dict(usage),
    }


def server(key: str, name: str | None, proposals: Iterable[Proposal], error: str | None = None) -> dict[str, Json]:
    return {"key": key, "name": name, "error": error, "tools": [_tool(p) for p in proposals]}


def _tool(proposal: Proposal) -> dict[str, Any]:
    original = proposal.original
    return {
        "index": proposal.index,
        "name": proposal.name,
        "original": {
            "description": proposal.description,
            "tokens": original.tokens,
            "overall": original.overall,
            "scores": _scores(original.scores),
        },
        "proposed": _variant(proposal.proposed) if proposal.proposed else None,
        "variants": [{**_variant(v), "violations": [_violation(x) for x in v.violations]} for v in proposal.variants],
        "reason": proposal.reason,
        "rounds": proposal.rounds,
        "refused": [_violation(v) for v in proposal.refused],
        "unsafe": proposal.unsafe,
        "calls": {
            "made": proposal.calls.made,
            "refused": proposal.calls.refused,
            "by_outcome": dict(proposal.calls.by_outcome),
        },
    }


def _variant(variant: Variant) -> dict[str, Any]:
    measured: Measured = variant.measured
    return {
        "kind": variant.kind,
        "by": "model" if variant.by_model else "templates",
        "components": list(variant.components),
        "description": variant.rewrite.description,
        "parameters": dict(variant.rewrite.parameters),
        "tokens": measured.tokens,
        "overall": measured.overall,
        "scores": _scores(measured.scores),
        "claims": [_claim(c) for c in variant.rewrite.claims],
    }


def _scores(scores: Mapping[Component, Score]) -> dict[str, int | None]:
    return {str(component): score.value for component, score in scores.items()}


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        "component": claim.component,
        "parameter": claim.parameter,
        "cites": [str(cite) for cite in claim.cites],
    }


def _violation(violation: Violation) -> dict[str, str]:
    return {"violation": violation.objection, "detail": violation.detail, "sentence": violation.sentence}
