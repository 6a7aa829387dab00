"""The report, version 1: what each value looks like in JSON. Fields are added here and never renamed.

It is built field by field, apart from the values themselves, so that renaming one of those changes no report.
`report-v1.schema.json` says the same in JSON Schema, and `stored` reads it back.
"""

from collections.abc import Iterable
from typing import Final

from toolsmell.model import (
    Edit,
    Finding,
    Fix,
    Frame,
    Json,
    JsonText,
    Location,
    Member,
    RunInfo,
    Score,
    ServerReport,
    ServerScore,
    Summary,
    ToolReport,
)
from toolsmell.model.reading import ToolReading
from toolsmell.project import fingerprint
from toolsmell.reporters.parts.encode import dumps, quoted

SCHEMA: Final = "toolsmell.report/v1"


def run(info: RunInfo) -> dict[str, Json]:
    return {
        "schema": SCHEMA,
        "toolsmell": info.version,
        "frame": info.frame.value,
        "rubric": {"id": info.rubric_id, "fingerprint": info.rubric_fingerprint},
    }


def server_head(report: ServerReport) -> dict[str, Json]:
    """Return the lines before the tools of a server."""
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
        **({} if report.score is None else {"score": _server_score(report.score)}),
    }


def _server_score(score: ServerScore) -> dict[str, Json]:
    return {
        "title": score.title,
        "level": score.level,
        "grade": score.grade,
        "quality": score.quality,
        "mean": score.mean,
        "lowest": score.lowest,
        "aspects": dict(score.aspects),
    }


def tool(report: ToolReport, server: ServerReport) -> str:
    """Return a tool as JSON text.

    Scores and findings are most of a report, so they are put in templates, which is quicker than `json`.
    """
    tokens = report.tokens
    scores = ", ".join([f'"{component}": {_score(score)}' for component, score in report.scores.items()])
    findings = ", ".join([finding(f, server, report) for f in report.findings])
    return (
        f'{{"index": {report.index}, "name": {quoted(report.name)}, '
        f'"tokens": {{"total": {tokens.total}, "description": {tokens.description}, '
        f'"exact": {_truth(tokens.exact)}, "encoding": {quoted(tokens.encoding)}}}, '
        f'"scores": {{{scores}}}, "overall": {_number(report.overall)}, '
        f'"overall_prose": {_number(report.overall_prose)}, "percentile": {_number(report.percentile)}, '
        f'"reading": {reading(report.reading)}, {_judge(report)}{_how(report)}"findings": [{findings}]}}'
    )


def _how(report: ToolReport) -> str:
    """Return the kind of evidence in source code for the tool, with its certainty."""
    how = report.how
    return f'"found": {{"how": "{how}", "confidence": "{how.confidence}"}}, ' if how is not None else ""


def reading(read: ToolReading) -> str:
    """Return the reading of a description as JSON text."""
    sentences = ", ".join(
        [
            f'{{"text": {quoted(s.text)}, "says": {_quoted(s.says)}, "parameters": {_quoted(s.parameters)}, '
            f'"counts": {_truth(s.counts)}, "reason": {quoted(s.reason)}, '
            f'"counts_little": {quoted(s.slight)}}}'
            for s in read.sentences
        ]
    )
    return f'{{"sentences": [{sentences}], "missing": {_quoted(read.missing)}}}'


def _quoted(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, texts))}]"


def finding(found: Finding, server: ServerReport | None = None, about: ToolReport | None = None) -> str:
    """Return a finding about a tool of a server, about a server, or about the run, as JSON text."""
    suppressed = found.suppressed
    return (
        f'{{"id": {quoted(found.id)}, "kind": "{found.kind}", "family": {quoted(found.family)}, '
        f'"component": {quoted(found.component)}, "severity": "{found.severity}", "confidence": "{found.confidence}", '
        f'"message": {quoted(found.message)}, "pointer": {quoted(found.pointer)}, '
        f'"fingerprint": {quoted(fingerprint.of(found, server, about))}, "location": {_location(found.location)}, '
        f'"fix": {"null" if found.fix is None else dumps(_fix(found.fix))}, "help": {quoted(found.help)}, '
        f'"evidence": "{found.evidence}", "members": {_members(found.members)}, '
        f'{_related(found)}{_smells(found)}"suppressed": '
        f"{dumps({'by': suppressed.by, 'reason': suppressed.reason}) if suppressed else 'null'}}}"
    )


def _members(members: tuple[Member, ...]) -> str:
    if not members:
        return "[]"
    return dumps([{"tool": m.name, "index": m.index, "pointer": m.pointer} for m in members])


def _related(found: Finding) -> str:
    """Return the field that only a finding about several places has."""
    places = [f'{{"location": {_location(one.location)}, "message": {quoted(one.message)}}}' for one in found.related]
    return f'"related": [{", ".join(places)}], ' if places else ""


def _smells(found: Finding) -> str:
    """Return the fields that only a finding about smells has."""
    return f'"smells": {_quoted(found.smells)}, "next": {quoted(found.help or None)}, ' if found.smells else ""


def summary(counts: Summary) -> dict[str, Json]:
    return {
        "servers": counts.servers,
        "files": counts.files,
        "servers_failed": counts.servers_failed,
        "servers_partial": counts.servers_partial,
        "tools": counts.tools,
        "smelly_tools": counts.smelly_tools,
        "findings": counts.findings,
        "errors": counts.errors,
        "warnings": counts.warnings,
        "notes": counts.notes,
        "smells": counts.smells,
        "unscored": counts.unscored,
        "suppressed": counts.suppressed,
        "overall": counts.overall,
        **({} if counts.exit_code is None else {"exit_code": counts.exit_code}),
        **_usage(counts),
        **_changes(counts),
    }


def _judge(report: ToolReport) -> str:
    """Return the part of a report about models. Reports without models do not load the module that writes it."""
    if report.judge is None:
        return ""
    from toolsmell.reporters.parts import judgements

    return f'"judge": {dumps(judgements.judgement(report.judge))}, '


def _usage(counts: Summary) -> dict[str, Json]:
    if counts.usage is None:
        return {}
    from toolsmell.reporters.parts import judgements

    return {"usage": judgements.usage(counts.usage)}


def _changes(counts: Summary) -> dict[str, Json]:
    if counts.changes is None:
        return {}
    from toolsmell.reporters.parts import changes_json

    return {"changes": changes_json.changes(counts.changes)}


_FRAMES: Final = tuple(Frame)
_SHARES: Final = "[%.4f, %.4f, %.4f, %.4f, %.4f]"


def _score(score: Score) -> str:
    distributions = score.distribution
    shares = [f'"{frame}": {_SHARES % distributions[frame]}' for frame in _FRAMES if frame in distributions]
    signals = list(score.signals.items())
    # No function or loop of Python's: it would run fifty times a tool.
    sizes = list(map(abs, score.signals.values()))
    order = sorted(range(len(signals)), key=sizes.__getitem__, reverse=True)
    told = map(_SIGNAL.__mod__, map(signals.__getitem__, order))
    return (
        f'{{"value": {_number(score.value)}, "prose": {_number(score.prose)}, '
        f'"smell_probability": {_share(score.smell_probability)}, "distribution": {{{", ".join(shares)}}}, '
        f'"calibrated": {_truth(score.calibrated)}, "origin": {quoted(score.origin)}, '
        f'"reason": {quoted(score.reason)}, "signals": [{", ".join(told)}]}}'
    )


_SIGNAL: Final = '{"id": "%s", "effect": %.3f}'


def _number(value: float | None) -> str:
    return "null" if value is None else repr(value)


def _share(value: float | None) -> str:
    return "null" if value is None else f"{value:.4f}"


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _location(location: Location | None) -> str:
    if location is None:
        return "null"
    return (
        f'{{"file": {quoted(location.file)}, "line": {location.line}, "column": {location.column}, '
        f'"end_line": {location.end_line}, "end_column": {location.end_column}}}'
    )


def _json(edit: Edit) -> dict[str, Json]:
    return {"json": True} if isinstance(edit.text, JsonText) else {}


def _fix(fix: Fix) -> dict[str, Json]:
    edits = [
        {
            "pointer": edit.pointer,
            "text": edit.text,
            **({} if edit.tool is None else {"tool": edit.tool}),
            **_json(edit),
        }
        for edit in fix.edits
    ]
    return {"safe": fix.safe, "description": fix.description, "edits": edits}
