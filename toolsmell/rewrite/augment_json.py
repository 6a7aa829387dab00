"""The output of augment, version 1: a stable interface. Keys may be added, never renamed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from toolsmell.evidence.check_verdicts import CheckedSentence
from toolsmell.evidence.claims import Claim, Violation
from toolsmell.evidence.proposals import Measured, Proposal, Variant
from toolsmell.model import Json, Score
from toolsmell.rewrite.code_claims import SharedFact
from toolsmell.rewrite.moved import Move
from toolsmell.rewrite.waste import SharedSentence

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


def server(
    key: str,
    name: str | None,
    proposals: Iterable[Proposal],
    error: str | None = None,
    shared: Iterable[SharedSentence] = (),
    facts: Iterable[SharedFact] = (),
    move: Move | None = None,
) -> dict[str, Json]:
    """Return the proposals for one server."""
    return {
        "key": key,
        "name": name,
        "error": error,
        "tools": [_tool(p) for p in proposals],
        "shared": [{"text": s.text, "tools": list(s.tools), "tokens_saved": s.saved} for s in shared],
        "moved": None if move is None else _moved(move),
        "shared_facts": [{"text": fact.text, "tools": list(fact.tools)} for fact in facts],
    }


def _moved(move: Move) -> dict[str, Json]:
    """Return new instructions, and what was moved into them from which tools."""
    listed: list[Json] = [{"text": s.text, "tools": list(s.tools)} for s in move.sentences]
    return {"instructions": move.instructions, "sentences": listed, "tokens": move.tokens}


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
        "rejected": [_violation(v) for v in proposal.refused if v.sentence],
        "problems": [{"text": p.text, "cites": [cite.shown for cite in p.cites]} for p in proposal.problems],
        "questions": proposal.questions,
        "helps": proposal.helps,
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
        "claims": [_claim(c, variant.checked.sentences) for c in variant.rewrite.claims],
        "uses": None if variant.uses is None else variant.uses._asdict(),
    }


def _scores(scores: Mapping[str, Score]) -> dict[str, int | None]:
    return {str(component): score.value for component, score in scores.items()}


def _claim(claim: Claim, checked: Sequence[CheckedSentence]) -> dict[str, Any]:
    by = next((s.by for s in checked if s.parameter == claim.parameter and s.text in claim.text), ())
    return {
        "text": claim.text,
        "component": claim.component,
        "parameter": claim.parameter,
        "cites": [cite.shown for cite in claim.cites],
        "checked_by": list(by),
    }


def _violation(violation: Violation) -> dict[str, str]:
    return {"violation": violation.objection, "detail": violation.detail, "sentence": violation.sentence}
