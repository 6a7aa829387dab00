"""Reads a stored report, version 1, back into the values it was made of.

Fields that this version does not know are passed over: reports gain fields and never rename them.
"""

import json
from typing import NamedTuple

from toolsmell.data.json_fields import CheckedJson
from toolsmell.errors import SourceError
from toolsmell.escape import shown
from toolsmell.model import (
    Component,
    Confidence,
    Edit,
    Evidence,
    Finding,
    FindingKind,
    Fix,
    Frame,
    How,
    Json,
    JsonText,
    Location,
    Member,
    Provenance,
    Related,
    RunInfo,
    Score,
    ServerReport,
    ServerScore,
    Severity,
    Status,
    Summary,
    Suppression,
    Tokens,
    ToolReport,
)
from toolsmell.model.reading import UNREAD, ReadSentence, StatementKind, ToolReading
from toolsmell.reporters.parts.changes_json import read_changes
from toolsmell.reporters.parts.judgements import read_judgement, read_usage
from toolsmell.reporters.parts.report_json import SCHEMA

_LEVELS = range(1, 6)
_LATER = ("files", "smells", "unscored")
"""Counts that reports of the first release do not have."""


class StoredReport(NamedTuple):
    run: RunInfo
    servers: tuple[ServerReport, ...]
    findings: tuple[Finding, ...]
    """About the run as a whole."""
    summary: Summary


def read_report(data: bytes, source: str) -> StoredReport:
    """Read a report as `--format json` writes it; `source` is its name for messages.

    Raises `SourceError` for what is no report, or one of another version, saying what is wrong and where.
    """
    document = _parsed(data, source)
    report = CheckedJson(document, f"{source}: damaged report")
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(schema, str) or not schema.startswith("toolsmell.report/"):
        raise SourceError(f"{source}: not a report: `toolsmell scan --format json` writes one")
    if schema != SCHEMA:
        version = shown(schema.partition("/")[2], 20)
        raise SourceError(f"{source}: a report of version {version!r}; this toolsmell reads {SCHEMA}")
    return StoredReport(
        run=_run(report),
        servers=tuple(map(_server, report["servers"].items())),
        findings=tuple(map(_finding, report["findings"].items())),
        summary=_summary(report["summary"]),
    )


def _parsed(data: bytes, source: str) -> Json:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise SourceError(f"{source}:{error.lineno}:{error.colno}: not JSON: {error.msg.lower()}") from None
    except UnicodeDecodeError as error:
        raise SourceError(f"{source}: not a report: byte {error.start} is no UTF-8") from None
    except (ValueError, RecursionError):
        raise SourceError(f"{source}: not a report: its JSON is nested too deep or holds too long a number") from None


def _run(report: CheckedJson) -> RunInfo:
    return RunInfo(
        version=report["toolsmell"].text(),
        frame=report["frame"].one_of(Frame),
        rubric_id=report["rubric"]["id"].text(),
        rubric_fingerprint=report["rubric"]["fingerprint"].text(),
    )


def _server(at: CheckedJson) -> ServerReport:
    instructions = at.optional("instructions")
    return ServerReport(
        key=at["key"].text(),
        name=at.optional_text("name"),
        source=at["source"].text(),
        provenance=at["provenance"].one_of(Provenance),
        status=at["status"].one_of(Status),
        error=at.optional_text("error"),
        instructions_tokens=instructions["tokens"].whole() if instructions else None,
        tools=tuple(map(_tool, at["tools"].items())),
        findings=tuple(map(_finding, at["findings"].items())),
        notes=tuple(note.text() for note in at["notes"].items()),
        score=_server_score(at["score"]) if "score" in at.names() else None,
    )


def _server_score(at: CheckedJson) -> ServerScore:
    return ServerScore(
        title=at["title"].text(),
        grade=at.optional_text("grade"),
        **{name: at[name].number() for name in ("level", "quality", "mean", "lowest")},
        aspects={name: at["aspects"][name].number() for name in at["aspects"].identifiers()},
    )


def _tool(at: CheckedJson) -> ToolReport:
    tokens, scores = at["tokens"], at["scores"]
    percentile = at.optional("percentile") if "percentile" in at.names() else None
    how = at["found"]["how"].one_of(How) if "found" in at.names() else None
    return ToolReport(
        index=at["index"].whole(),
        name=at.optional_text("name"),
        tokens=Tokens(
            total=tokens["total"].whole(),
            description=tokens["description"].whole(),
            exact=tokens["exact"].flag(),
            encoding=tokens["encoding"].text(),
        ),
        scores={component: _score(component, scores[component]) for component in scores.identifiers()},
        overall=at.optional_number("overall"),
        overall_prose=at.optional_number("overall_prose"),
        findings=tuple(map(_finding, at["findings"].items())),
        judge=read_judgement(at["judge"]) if "judge" in at.names() else None,
        reading=_reading(at["reading"]) if "reading" in at.names() else UNREAD,
        percentile=percentile.whole() if percentile else None,
        how=how,
    )


def _reading(at: CheckedJson) -> ToolReading:
    """Read the sentences of a report; their places in the description are not in it, so each begins at 0."""
    return ToolReading(
        sentences=tuple(map(_sentence, at["sentences"].items())),
        missing=tuple(kind.one_of(StatementKind) for kind in at["missing"].items()),
    )


def _sentence(at: CheckedJson) -> ReadSentence:
    text = at["text"].text()
    return ReadSentence(
        text=text,
        start=0,
        end=len(text),
        says=tuple(kind.one_of(StatementKind) for kind in at["says"].items()),
        parameters=tuple(name.text() for name in at["parameters"].items()),
        counts=at["counts"].flag(),
        reason=at.optional_text("reason"),
        slight=at.optional_text("counts_little"),
    )


def _score(component: Component, at: CheckedJson) -> Score:
    value, prose = at.optional("value"), at.optional("prose")
    shares = at["distribution"]
    return Score(
        component=component,
        value=value.within(_LEVELS) if value else None,
        prose=prose.within(_LEVELS) if prose else None,
        smell_probability=at.optional_number("smell_probability"),
        distribution={
            frame: tuple(share.number() for share in shares[frame.value].items())
            for frame in Frame
            if frame.value in shares.names()
        },
        calibrated=at["calibrated"].flag(),
        origin=at["origin"].text(),
        reason=at.optional_text("reason"),
        signals={s["id"].identifier(): s["effect"].number() for s in at["signals"].items()},
    )


def _finding(at: CheckedJson) -> Finding:
    component, location = at.optional("component"), at.optional("location")
    fix, suppressed = at.optional("fix"), at.optional("suppressed")
    return Finding(
        id=at["id"].text(),
        kind=at["kind"].one_of(FindingKind),
        family=at["family"].text(),
        severity=at["severity"].one_of(Severity),
        confidence=at["confidence"].one_of(Confidence),
        message=at["message"].text(),
        pointer=at["pointer"].text(),
        component=component.identifier() if component else None,
        location=_location(location) if location else None,
        fix=_fix(fix) if fix else None,
        suppressed=Suppression(suppressed["by"].text(), suppressed.optional_text("reason")) if suppressed else None,
        fingerprint=at["fingerprint"].text(),
        help=at["help"].text() if "help" in at.names() else "",
        evidence=at["evidence"].one_of(Evidence) if "evidence" in at.names() else Evidence.NONE,
        members=tuple(map(_member, at["members"].items())) if "members" in at.names() else (),
        related=tuple(map(_other_place, at["related"].items())) if "related" in at.names() else (),
        smells=tuple(id_.identifier() for id_ in at["smells"].items()) if "smells" in at.names() else (),
    )


def _member(at: CheckedJson) -> Member:
    return Member(at["index"].whole(), at.optional_text("tool"), at["pointer"].text())


def _other_place(at: CheckedJson) -> Related:
    return Related(_location(at["location"]), at["message"].text())


def _location(at: CheckedJson) -> Location:
    lines = (at[name].whole() for name in ("line", "column", "end_line", "end_column"))
    return Location(at["file"].text(), *lines)


def _new_text(at: CheckedJson) -> str:
    text = at["text"].text()
    return JsonText(text) if "json" in at.names() and at["json"].flag() else text


def _tool_of(at: CheckedJson) -> int | None:
    return at["tool"].whole() if "tool" in at.names() else None


def _fix(at: CheckedJson) -> Fix:
    edits = tuple(Edit(edit["pointer"].text(), _new_text(edit), _tool_of(edit)) for edit in at["edits"].items())
    return Fix(at["safe"].flag(), at["description"].text(), edits)


def _summary(at: CheckedJson) -> Summary:
    later = [name for name in _LATER if name not in at.names()]
    counts = [name for name in Summary._fields if name not in ("overall", "exit_code", "usage", "changes", *later)]
    return Summary(
        **{name: at[name].whole() for name in counts},
        overall=at.optional_number("overall"),
        exit_code=at["exit_code"].whole() if "exit_code" in at.names() else None,
        usage=read_usage(at["usage"]) if "usage" in at.names() else None,
        changes=read_changes(at["changes"]) if "changes" in at.names() else None,
    )
