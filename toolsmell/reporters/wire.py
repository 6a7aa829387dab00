"""The report, version 1: what each value looks like in JSON. Fields are added here and never renamed.

It is built field by field, apart from the values themselves, so that renaming one of those changes no report.
`report-v1.schema.json` says the same in JSON Schema, and `stored` reads it back.
"""

from typing import Final

from toolsmell import fingerprint
from toolsmell.model import (
    Finding,
    Fix,
    Frame,
    Json,
    Location,
    RunInfo,
    Score,
    ServerReport,
    Summary,
    ToolReport,
)

SCHEMA: Final = "toolsmell.report/v1"


def run(info: RunInfo) -> dict[str, Json]:
    return {
        "schema": SCHEMA,
        "toolsmell": info.version,
        "frame": info.frame.value,
        "rubric": {"id": info.rubric_id, "fingerprint": info.rubric_fingerprint},
    }


def server_head(report: ServerReport) -> dict[str, Json]:
    """Return what stands before the tools of a server."""
    tokens = report.instructions_tokens
    return {
        "key": report.key,
        "name": report.name,
        "source": report.source,
        "provenance": report.provenance.value,
        "status": report.status.value,
        "error": report.error,
        "notes": list(report.notes),
        "instructions": None if tokens is None else {"tokens": tokens},
    }


def tool(report: ToolReport, server: ServerReport) -> dict[str, Json]:
    tokens = report.tokens
    return {
        "index": report.index,
        "name": report.name,
        "tokens": {
            "total": tokens.total,
            "description": tokens.description,
            "exact": tokens.exact,
            "encoding": tokens.encoding,
        },
        "scores": {component.value: _score(score) for component, score in report.scores.items()},
        "overall": report.overall,
        "overall_prose": report.overall_prose,
        **_judge(report),
        "findings": [finding(f, server, report) for f in report.findings],
    }


def finding(found: Finding, server: ServerReport | None = None, about: ToolReport | None = None) -> dict[str, Json]:
    """Return a finding about a tool of a server, about a server, or about the run."""
    suppressed = found.suppressed
    return {
        "id": found.id,
        "kind": found.kind.value,
        "family": found.family,
        "component": found.component.value if found.component else None,
        "severity": found.severity.value,
        "confidence": found.confidence.value,
        "message": found.message,
        "pointer": found.pointer,
        "fingerprint": fingerprint.of(found, server, about),
        "location": _location(found.location),
        "fix": _fix(found.fix),
        "suppressed": {"by": suppressed.by, "reason": suppressed.reason} if suppressed else None,
    }


def summary(counts: Summary) -> dict[str, Json]:
    return {
        "servers": counts.servers,
        "servers_failed": counts.servers_failed,
        "servers_partial": counts.servers_partial,
        "tools": counts.tools,
        "smelly_tools": counts.smelly_tools,
        "findings": counts.findings,
        "errors": counts.errors,
        "warnings": counts.warnings,
        "notes": counts.notes,
        "suppressed": counts.suppressed,
        "overall": counts.overall,
        **_usage(counts),
    }


def _judge(report: ToolReport) -> dict[str, Json]:
    """Return what stands in a report only where models were asked; others do not load how it is written."""
    if report.judge is None:
        return {}
    from toolsmell.reporters import judgements

    return {"judge": judgements.judgement(report.judge)}


def _usage(counts: Summary) -> dict[str, Json]:
    if counts.usage is None:
        return {}
    from toolsmell.reporters import judgements

    return {"usage": judgements.usage(counts.usage)}


def _score(score: Score) -> dict[str, Json]:
    return {
        "value": score.value,
        "prose": score.prose,
        "smell_probability": None if score.smell_probability is None else round(score.smell_probability, 4),
        "distribution": {
            frame.value: [round(share, 4) for share in score.distribution[frame]]
            for frame in Frame
            if frame in score.distribution
        },
        "calibrated": score.calibrated,
        "origin": score.origin,
        "reason": score.reason,
        "signals": [
            {"id": id_, "effect": round(effect, 3)}
            for id_, effect in sorted(score.signals.items(), key=lambda signal: -abs(signal[1]))
        ],
    }


def _location(location: Location | None) -> dict[str, Json] | None:
    if location is None:
        return None
    return {
        "file": location.file,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
    }


def _fix(fix: Fix | None) -> dict[str, Json] | None:
    if fix is None:
        return None
    edits = [{"pointer": edit.pointer, "text": edit.text} for edit in fix.edits]
    return {"safe": fix.safe, "description": fix.description, "edits": edits}
