"""The output of verify, version 1: a stable interface. Keys may be added, never renamed."""

from collections.abc import Mapping, Sequence
from typing import Final

from toolsmell.evidence.check_verdicts import CheckedSentence
from toolsmell.evidence.claims import Violation
from toolsmell.evidence.proposals import Measured
from toolsmell.model import Json
from toolsmell.rewrite.compare import Verification

SCHEMA: Final = "toolsmell.verify/v1"


def document(found: Sequence[Verification], added: Sequence[str], usage: Mapping[str, Json]) -> dict[str, Json]:
    """Return the whole output of a run."""
    return {
        "schema": SCHEMA,
        "tools": [_tool(one) for one in found],
        "added": list(added),
        "sound": all(one.sound for one in found),
        "usage": dict(usage),
    }


def _tool(one: Verification) -> dict[str, Json]:
    before, after = _measured(one.before), _measured(one.after)
    return {
        "name": one.name,
        "changed": one.changed,
        "sound": one.sound,
        "lost": [_violation(v) for v in one.lost],
        "unsupported": [_sentence(s) for s in one.unsupported],
        "contradicted": [_sentence(s) for s in one.contradicted],
        "steering": [_sentence(s) for s in one.steering],
        "verified": [_sentence(s) for s in one.verified],
        "routing": [v.detail for v in one.routing],
        "new_findings": list(one.findings),
        "before": before,
        "after": after,
        "score_difference": difference(one.before, one.after),
        "token_difference": None if one.before is None or one.after is None else one.after.tokens - one.before.tokens,
    }


def _measured(measured: Measured | None) -> Json:
    return None if measured is None else {"overall": measured.overall, "tokens": measured.tokens}


def difference(before: Measured | None, after: Measured | None) -> float | None:
    """Return how much the overall score changed, or None if one of the two has none."""
    if before is None or after is None or before.overall is None or after.overall is None:
        return None
    return round(after.overall - before.overall, 1)


def _sentence(sentence: CheckedSentence) -> dict[str, Json]:
    return {
        "text": sentence.text,
        "parameter": sentence.parameter,
        "verdict": sentence.verdict.value,
        "checked_by": list(sentence.by),
        "reason": sentence.reason,
        "quotation": sentence.quotation,
        "objections": [v.objection.value for v in sentence.violations],
    }


def _violation(violation: Violation) -> dict[str, Json]:
    return {"objection": violation.objection.value, "detail": violation.detail, "text": violation.sentence}
