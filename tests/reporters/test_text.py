"""The report for people: what it shows of large servers, and what it never lets through."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from toolsmell.model import Evidence, Member, ServerReport, Severity, Summary, Suppression, ToolReport
from toolsmell.reporters import Style
from toolsmell.reporters.parts.columns import columns
from toolsmell.reporters.parts.digest import digest
from toolsmell.reporters.parts.stored import StoredReport

Render = Callable[..., str]
Make = Callable[..., Any]


@pytest.fixture
def many(samples: Any) -> ServerReport:
    """Five hundred tools with a smell, a shared note and an own warning each, and some with an error."""
    report: ServerReport = samples.server("many", *(_tool(samples, i) for i in range(500)))
    return report


def _tool(samples: Any, i: int) -> ToolReport:
    own = samples.finding("name-restated", Severity.WARNING, f"'tool_{i}' only restates its name")
    note = samples.finding("missing-annotations", Severity.NOTE, "says nothing of whether it changes anything")
    errors = [samples.finding("duplicate-tool-name", Severity.ERROR, f"two tools are called 'tool_{i}'")] * (
        i % 100 == 99
    )
    smell = samples.smell(1, "missing-usage-guidance")
    made: ToolReport = samples.tool(i, f"tool_{i}", [3, 1, 3, 3, 3, 1 + i % 5], own, note, *errors, smell)
    return made


def run_of(samples: Any, *servers: ServerReport) -> StoredReport:
    return StoredReport(samples.RUN, servers, (), Summary(servers=len(servers)))


@pytest.mark.parametrize("format_", ["text", "junit"])
def test_what_is_found_in_a_file_alone_is_not_said_of_a_server(samples: Any, render: Render, format_: str) -> None:
    found = samples.finding("plain-http-url", Severity.WARNING, "server 'tides' is reached by plain http", "/url")
    configured = samples.server("mcp", findings=(found,))
    listed = samples.server("tides", samples.tool(0, "tide", [3] * 6), findings=(found,))
    started = configured._replace(provenance=samples.Provenance.WIRE)
    assert "the file" in render(format_, run_of(samples, configured))
    for report in (listed, started):
        assert "the server as a whole" in render(format_, run_of(samples, report))


def test_a_large_server_is_a_page_not_a_book(many: ServerReport, samples: Any, render: Render) -> None:
    text = render("text", run_of(samples, many))
    assert len(text.splitlines()) < 110
    assert text.splitlines()[1].startswith("500 tools, about 60,000 tokens; 5 errors, 500 warnings, 500 notes;")
    assert text.count("say how it differs from `get_alerts`") == 10
    assert "and 490 more (--verbose shows them)" in text
    assert "all 500 tools" in text
    assert "and in 490 more tools (--verbose shows them)" in text
    assert "warning    490 x name-restated" in text


def test_every_error_is_shown_however_many_tools_there_are(many: ServerReport, samples: Any, render: Render) -> None:
    text = render("text", run_of(samples, many))
    assert [f"two tools are called 'tool_{i}'" in text for i in (99, 199, 299, 399, 499)] == [True] * 5
    shown = [tool.tool.name for tool in digest(many).tools]
    assert {"tool_99", "tool_199", "tool_299", "tool_399", "tool_499"} == set(shown[:5])


def test_errors_are_shown_beyond_the_number_of_tools_that_are(samples: Any) -> None:
    error = samples.finding("invalid-schema", Severity.ERROR, "is no valid schema")
    report = samples.server("s", *(samples.tool(i, f"t{i}", [4] * 6, error) for i in range(40)))
    assert len(digest(report).tools) == 40


def test_verbose_shows_everything(many: ServerReport, samples: Any, render: Render) -> None:
    text = render("text", run_of(samples, many), Style(verbose=True))
    for i in range(500):
        assert f"'tool_{i}' only restates its name" in text
    assert "more" not in text.replace("no more", "")


def test_every_finding_is_shown_or_counted(many: ServerReport) -> None:
    chosen = digest(many)
    shown = sum(1 + len(group.others) for tool in chosen.tools for group in tool.groups)
    counted = sum(tool.counts().total() for tool in chosen.rest)
    said_once = sum(len(common.tools) for common in chosen.common)
    smells = len(chosen.smelly) + chosen.smelly_more
    assert shown + counted + said_once + smells == sum(len(tool.findings) for tool in many.tools)


def test_a_shared_error_is_said_of_each_tool(samples: Any) -> None:
    error = samples.finding("invalid-schema", Severity.ERROR, "is no valid schema")
    report = samples.server("s", *(samples.tool(i, f"t{i}", [4] * 6, error) for i in range(6)))
    assert not digest(report).common
    assert len(digest(report).tools) == 6


def test_tools_with_the_gravest_findings_come_first_and_rejections_before_the_rest(samples: Any) -> None:
    note = samples.finding("wasted-white-space", Severity.NOTE, "has empty lines")
    warning = samples.finding("name-restated", Severity.WARNING, "only repeats its name")
    rejected = samples.finding(
        "schema-unsupported-by-client", Severity.WARNING, "is rejected", evidence=Evidence.REJECTION
    )
    tools = [("noted", 1, note), ("warned", 2, warning), ("rejected", 3, rejected)]
    report = samples.server("s", *(samples.tool(i, name, [i] * 6, found) for name, i, found in tools))
    assert [shown.tool.name for shown in digest(report).tools] == ["rejected", "warned", "noted"]


def test_tools_that_a_message_names_are_not_named_again(samples: Any, render: Render) -> None:
    members = tuple(Member(i, f"tool_{i}", "/description") for i in range(3))
    for message, again in (("'tool_0', 'tool_1', 'tool_2' return nothing", 0), ("3 descriptions are empty", 1)):
        found = samples.finding("silent-result", Severity.NOTE, message, members=members)
        report = samples.server("s", samples.tool(0, "tool_0", [4] * 6, found))
        assert render("text", run_of(samples, report)).count("in tool_0, tool_1, tool_2") == again


def test_smelly_tools_come_worst_first_and_open_with_what_to_add(samples: Any, render: Render) -> None:
    smell = samples.smell(1, "unclear-purpose")
    accepted = smell._replace(suppressed=Suppression("toolsmell.toml", "known"))
    tools = [samples.tool(0, "fair", [2] * 6, smell), samples.tool(1, "bad", [1] * 6, smell)]
    report = samples.server("s", *tools, samples.tool(2, "known", [1] * 6, accepted))
    assert [one.tool.name for one in digest(report).smelly] == ["bad", "fair"]
    lines = render("text", run_of(samples, report)).splitlines()
    assert lines[4:6] == [
        "    0  bad   say how it differs from `get_alerts`",
        "   25  fair  say how it differs from `get_alerts`",
    ]
    assert "unclear purpose" in render("text", run_of(samples, report), Style(verbose=True))


@pytest.mark.parametrize(("percentile", "grade"), [(0, "E"), (19, "E"), (20, "D"), (59, "C"), (60, "B"), (100, "A")])
def test_the_verdict_opens_with_a_grade_by_percentile(
    percentile: int, grade: str, samples: Any, render: Render
) -> None:
    tools = [samples.tool(i, f"t{i}", [3] * 6)._replace(percentile=percentile) for i in range(3)]
    text = render("text", run_of(samples, samples.server("s", *tools)))
    assert f"\ngrade {grade}: the median tool scores above {percentile} of 100 public tools; 3 tools" in text


def test_what_is_suppressed_is_not_shown(plain_run: StoredReport, render: Render) -> None:
    assert "only restates its name" not in render("text", plain_run, Style(verbose=True))


def test_a_server_that_is_called_as_its_source_is_named_once(samples: Any, render: Render) -> None:
    failed = samples.server("no.json", source="no.json", error="no.json: no such file")
    assert render("text", run_of(samples, failed)).splitlines()[0] == "no.json"


def test_only_where_something_smells_it_is_said_how_to_learn_more(samples: Any, render: Render) -> None:
    fine = run_of(samples, samples.server("s", samples.tool(0, "a", [2] * 6)))
    smelly = fine._replace(summary=fine.summary._replace(smelly_tools=1))
    assert "--why" not in render("text", fine)
    assert "--why" in render("text", smelly)
    assert "--why" not in render("text", smelly, Style(quiet=True))


def test_a_quiet_run_of_clean_servers_is_one_line(samples: Any, render: Render) -> None:
    clean = samples.server("clean", samples.tool(0, "a", [5] * 6))
    text = render("text", run_of(samples, clean, clean), Style(quiet=True))
    assert text.count("\n") == 1


@pytest.mark.parametrize("width", [60, 80, 100, 140])
@pytest.mark.parametrize("verbose", [False, True])
def test_lines_fit(width: int, verbose: bool, plain_run: StoredReport, render: Render) -> None:
    text = render("text", plain_run, Style(width=width, verbose=verbose))
    body = text.splitlines()[:-1]  # the summary is one line, whatever its length
    assert max(map(columns, body)) <= width


def test_wide_characters_take_two_columns(samples: Any, render: Render) -> None:
    tools = (samples.tool(0, "天気を調べる", [4] * 6), samples.tool(1, "get_weather_", [4] * 6))
    lines = render("text", run_of(samples, samples.server("s", *tools)), Style(verbose=True)).splitlines()
    wide, narrow = (next(line for line in lines if name in line) for name in ("天気", "get_weather_"))
    assert columns(wide) == columns(narrow)
    assert len(wide) == len(narrow) - 6


def test_a_megabyte_for_a_name_is_a_line(samples: Any, render: Render) -> None:
    huge = "n" * 1_000_000
    finding = samples.finding("x", Severity.ERROR, f"'{huge}' is wrong", f"/inputSchema/properties/{huge}")
    report = samples.server(
        huge, samples.tool(0, huge, [4] * 6, *[finding] * 5), source=huge, error=huge, notes=(huge,)
    )
    text = render("text", run_of(samples, report))
    assert len(text) < 20_000
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("style", [Style(), Style(verbose=True), Style(quiet=True, statistics=True), Style(color=True)])
def test_nothing_of_a_server_acts(style: Style, hostile_run: StoredReport, render: Render) -> None:
    text = render("text", hostile_run, style)
    text = re.sub(r"\x1b\[\d+m", "", text) if style.color else text
    assert not [c for c in set(text) - {"\n"} if not c.isprintable()]
    assert_no_commands(text.splitlines())


def assert_no_commands(lines: Iterable[str]) -> None:
    """Check the lines as runners of GitHub and Azure read them."""
    for line in lines:
        assert not line.lstrip().startswith("::")
        assert not re.search(r"##\w*\[", line)


def test_color_only_where_it_is_asked_for(plain_run: StoredReport, render: Render) -> None:
    plain = render("text", plain_run)
    colored = render("text", plain_run, Style(color=True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[\d+m", "", colored) == plain
