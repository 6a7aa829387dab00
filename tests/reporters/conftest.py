"""Two runs that every reporter is tried on: one as they come, and one from a server that means harm.

They are built from values, not scanned, so that they change with the reporters only.
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.rubrics import COMPONENTS
from toolsmell.model import (
    Component,
    Confidence,
    Edit,
    Finding,
    FindingKind,
    Fix,
    Frame,
    Location,
    Provenance,
    RunInfo,
    Score,
    ServerReport,
    Severity,
    Status,
    Summary,
    Suppression,
    Tokens,
    ToolReport,
)
from toolsmell.reporters import PLAIN, Style, make
from toolsmell.reporters.parts.stored import StoredReport
from toolsmell.scoring import smelly
from toolsmell.scoring.smelly import summarised

RUN = RunInfo("0.0.0", Frame.EFFECTIVE, "six-components", "0123456789abcdef")

HOSTILE = (
    "::error file=x::a\nb\r\n::error file=x::##[add-mask]##vso[task]c\x1b[31md\x1b]8;;http://x\x07e"
    "</script><img src=x>]]>```f````\ng\u202eh\u200bi"
    "\U000e0041\ud800j%0Ak|l**m**<!--n-->@o#1 $(p) \x00q\x9br\u2028s\ufefft&amp;u\"v'w\\x"
)


def score(component: Component, value: int | None, **changes: Any) -> Score:
    if value is None:
        return Score(component, None, None, None, {}, calibrated=False, origin="scorecard", reason="it is not a tool")
    shares = tuple(0.6 if level == value else 0.1 for level in range(1, 6))
    made = Score(
        component=component,
        value=value,
        prose=value,
        smell_probability=round(sum(shares[:2]), 4),
        distribution={Frame.PROSE: shares, Frame.EFFECTIVE: shares},
        calibrated=False,
        origin="scorecard",
        signals={"information": 1.5, "occasion": -0.5},
    )
    return made._replace(**changes)


def smell(line: int, *smells: str) -> Finding:
    found = summarised([smelly.smell(id_) for id_ in smells], "say how it differs from `get_alerts`")
    return found._replace(location=at(line, 22))


def finding(id_: str, severity: Severity, message: str, pointer: str = "/description", **more: Any) -> Finding:
    return Finding(id_, FindingKind.TOOL, "parameters", severity, Confidence.HIGH, message, pointer, **more)


def at(line: int, column: int, file: str = "weather.json") -> Location:
    return Location(file, line, column, line, column + 8)


def tool(index: int, name: str | None, values: list[int | None], *findings: Finding, tokens: int = 120) -> ToolReport:
    scores = {component: score(component, value) for component, value in zip(COMPONENTS, values, strict=True)}
    known = [value for value in values if value is not None]
    overall = round(25 * (sum(known) / len(known) - 1), 1) if len(known) > 3 else None
    cost = Tokens(tokens, tokens // 3, exact=False, encoding="o200k_base")
    return ToolReport(index, name, cost, scores, overall, overall, findings)


def server(key: str, *tools: ToolReport, **changes: Any) -> ServerReport:
    made = ServerReport(
        key=key,
        name=None,
        source=f"{key}.json",
        provenance=Provenance.FILE,
        status=Status.COMPLETE,
        error=None,
        instructions_tokens=None,
        tools=tools,
        findings=(),
    )
    return made._replace(**changes)


def undescribed(name: str, line: int) -> Finding:
    return finding(
        "undescribed-parameter",
        Severity.WARNING,
        f"'{name}' is explained nowhere: an agent guesses what to pass",
        f"/inputSchema/properties/{name}",
        location=at(line, 17),
        component="parameters",
    )


@pytest.fixture(autouse=True)
def outside_of_a_repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let paths be relative to an empty folder, wherever the tests run."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def samples() -> Any:
    """Return the builders of this module, for tests that need a run of their own."""
    import sys

    return sys.modules[__name__]


@pytest.fixture
def plain_run() -> StoredReport:
    """Two servers: one of five tools with a bit of everything, and one that failed."""
    unannotated = finding("missing-annotations", Severity.NOTE, "says nothing of whether it changes anything", "")
    fix = Fix(
        safe=True,
        description="remove 'days' from required",
        edits=(Edit("/description", "Get the forecast."),),
    )
    required = finding(
        "required-without-property",
        Severity.ERROR,
        "'days' is required but is no property: an agent cannot pass it",
        "/inputSchema/required/1",
        location=at(19, 30),
        fix=fix,
        excerpt="days",
    )
    hidden = finding("name-restated", Severity.WARNING, "only restates its name", location=at(29, 22))
    hidden = hidden._replace(suppressed=Suppression("toolsmell.toml", "generated"))
    tools = (
        tool(
            0,
            "get_forecast",
            [2, 1, 1, 3, 1, 2],
            required,
            *(undescribed(name, line) for line, name in enumerate(("city", "units", "lang", "hours"), 8)),
            smell(5, "missing-usage-guidance", "exemplar-issues", "unclear-purpose"),
            unannotated,
        ),
        tool(1, "get_alerts", [4, 3, 3, None, 3, 4], unannotated, tokens=1_310),
        tool(2, "天気を調べる", [None] * 6, unannotated),
        tool(3, "list_stations", [5, 4, 5, 5, 4, 5], unannotated, hidden),
        tool(4, None, [None] * 6, finding("malformed-tool", Severity.ERROR, "is a number, not an object", "")),
    )
    about_server = finding(
        "look-alike-tools", Severity.WARNING, "'get_alerts' and 'get_forecast' read alike", "/tools/1"
    )
    weather = server(
        "weather",
        *tools,
        name="Weather service",
        instructions_tokens=31,
        findings=(about_server._replace(kind=FindingKind.CATALOG, family="catalogue"),),
        notes=("the list is from a file, not from the server",),
    )
    broken = server(
        "broken",
        source="npx -y broken-server",
        provenance=Provenance.WIRE,
        status=Status.FAILED,
        error="the server ended with code 1 before it answered; its last words: Error: API_KEY is not set",
    )
    late = finding("unused-suppression", Severity.NOTE, "toolsmell.toml:4 suppresses nothing", "")
    late = late._replace(kind=FindingKind.RUN, family="run")
    counts = Summary(2, 1, 0, 5, 1, errors=2, warnings=5, notes=5, smells=1, unscored=2, suppressed=1, overall=55.6)
    return StoredReport(RUN, (weather, broken), (late,), counts)


@pytest.fixture
def hostile_run() -> StoredReport:
    """One server that puts everything harmful into every text it has."""
    place = Location(HOSTILE, 3, 7, 3, 9)
    harm = Finding(
        id="undescribed-parameter",
        kind=FindingKind.TOOL,
        family="parameters",
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        message=f"'{HOSTILE}' is explained nowhere",
        pointer=f"/inputSchema/properties/{HOSTILE}",
        excerpt=HOSTILE,
        component="parameters",
        location=place,
        fix=Fix(safe=False, description=HOSTILE, edits=(Edit("/description", HOSTILE),)),
    )
    silenced = harm._replace(suppressed=Suppression(HOSTILE, HOSTILE))
    tools = (
        tool(0, HOSTILE, [1] * 6, harm, silenced, *(harm._replace(severity=Severity.WARNING) for _ in range(4))),
        tool(1, HOSTILE, [1] * 6, harm._replace(severity=Severity.NOTE)),
        tool(2, "", [None] * 6, harm._replace(location=None, fix=None)),
    )
    made = server(
        HOSTILE,
        *tools,
        name=HOSTILE + "2",
        source=HOSTILE,
        status=Status.PARTIAL,
        error=HOSTILE,
        findings=(harm._replace(kind=FindingKind.CATALOG, pointer="/tools/99999999999999999999"),),
        notes=(HOSTILE,),
    )
    about_run = harm._replace(kind=FindingKind.RUN)
    counts = Summary(1, 0, 1, 3, 2, errors=4, warnings=4, notes=1, suppressed=1, overall=0.0)
    return StoredReport(RUN, (made,), (about_run,), counts)


@pytest.fixture
def render() -> Callable[..., str]:
    """Return a function that shows a run in a format."""

    def shown(format_: str, run: StoredReport, style: Style = PLAIN) -> str:
        stream = io.StringIO()
        reporter = make(format_, stream, style)
        reporter.begin(run.run)
        for report in run.servers:
            reporter.server(report)
        reporter.end(run.summary, run.findings)
        return stream.getvalue()

    return shown
