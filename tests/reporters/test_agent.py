"""The formats `agent`, `concise` and `badge`: what fits an agent's context, a terminal's line and a badge."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolsmell.cli.output import AGENTS, agent_that_reads
from toolsmell.model import Severity, Summary
from toolsmell.reporters import Style
from toolsmell.reporters.formats import agent
from toolsmell.reporters.parts.stored import StoredReport
from toolsmell.tokens import estimate

Render = Callable[..., str]


def run_of(samples: Any, *tools: Any, **counts: Any) -> StoredReport:
    return StoredReport(samples.RUN, (samples.server("s", *tools),), (), Summary(1, tools=len(tools), **counts))


def test_the_first_line_is_the_verdict_also_of_a_clean_run(samples: Any, render: Render) -> None:
    tools = [samples.tool(i, f"t{i}", [5] * 6)._replace(percentile=90 + i) for i in range(3)]
    text = render("agent", run_of(samples, *tools, overall=100.0, exit_code=0))
    assert text == (
        "toolsmell 0.0.0: linted 3 tools of 1 server (s.json); 0 errors, 0 warnings, 0 notes, no smelly tool; "
        "grade A (above 91 of 100 public tools); overall 100 of 100; "
        "rubric six-components 0123456789abcdef, frame effective; exit 0\n"
    )


def test_a_line_says_where_what_and_what_would_fix_it(plain_run: StoredReport, render: Render) -> None:
    lines = render("agent", plain_run).splitlines()
    assert lines[1].startswith("npx -y broken-server failed: the server ended with code 1")
    assert lines[2].startswith("weather.json:19 error required-without-property get_forecast: 'days' is required")
    assert lines[2].endswith(" -> remove 'days' from required")
    assert any(line.endswith(" get_forecast: 3 smells -> say how it differs from `get_alerts`") for line in lines)
    severities = [line.split()[1] for line in lines[2:]]
    assert severities == sorted(severities, key=["error", "warning", "note"].index)


def test_a_large_run_is_capped_in_lines_and_tokens(samples: Any, render: Render) -> None:
    def tools(words: str) -> list[Any]:
        found = [samples.finding(f"rule-{i}", Severity.WARNING, words, help=words) for i in range(500)]
        smell = samples.smell(1, "unclear-purpose")
        return [samples.tool(i, f"tool_{i}", [1] * 6, found[i], smell) for i in range(500)]

    lines = render("agent", run_of(samples, *tools("has no type"))).splitlines()
    assert len(lines) == 1 + agent.LINES + 1
    assert lines[-1] == "and 940 more: --tool NAME or --select ID shows them, --format json has all"
    text = render("agent", run_of(samples, *tools("語" * 5_000)))
    assert estimate(text) <= agent.TOKENS
    assert text.splitlines()[-1].startswith("and ")


def test_a_rule_that_many_tools_break_has_four_lines(samples: Any, render: Render) -> None:
    found = samples.finding("untyped-parameter", Severity.WARNING, "has no type", help="add one")
    lines = render("agent", run_of(samples, *(samples.tool(i, f"tool_{i}", [5] * 6, found) for i in range(20))))
    about = [line for line in lines.splitlines() if "untyped-parameter" in line]
    assert [line.endswith(": has no type -> add one") for line in about] == [True, True, True, False]
    assert "17 more of the same, in tool_3, tool_4, tool_5 and 14 more" in about[-1]


def test_it_says_why_it_was_chosen_and_how_to_switch_it_off(plain_run: StoredReport, render: Render) -> None:
    text = render("agent", plain_run, Style(chosen_because="X is set"))
    assert text.splitlines()[0].endswith(". Format agent, because X is set; --format text switches it off")


@pytest.mark.parametrize(
    ("environment", "terminal", "found"),
    [
        ({"CLAUDECODE": "1"}, False, "CLAUDECODE"),
        ({"CLAUDECODE": "1"}, True, None),
        ({"CLAUDECODE": "0", "PATH": "/bin"}, False, None),
        ({"GEMINI_CLI": "", "CURSOR_AGENT": "1"}, False, "CURSOR_AGENT"),
        ({}, False, None),
    ],
)
def test_an_agent_is_known_by_its_variable(environment: dict[str, str], terminal: bool, found: str | None) -> None:
    assert agent_that_reads(environment, terminal=terminal) == found


def test_the_format_is_chosen_only_if_nobody_typed_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tools.json").write_text(
        '{"tools": [{"name": "now", "description": "Get the time.", "inputSchema": {"type": "object"}}]}'
    )
    monkeypatch.chdir(tmp_path)

    def scan(*args: str) -> str:
        command = [sys.executable, "-m", "toolsmell", "scan", "tools.json", *args]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout

    for name in AGENTS:
        monkeypatch.delenv(name, raising=False)
    assert not scan().startswith("toolsmell ")
    monkeypatch.setenv("AI_AGENT", "1")
    assert "because stdout is no terminal and AI_AGENT is set; --format text switches it off" in scan().splitlines()[0]
    assert "exit 0" in scan().splitlines()[0]
    assert "exit 1" in scan("--fail-under", "99").splitlines()[0]
    assert not scan("--format", "text").startswith("toolsmell ")
    assert "because" not in scan("--format", "agent")
    assert "-> " in scan("--why", "now"), "an explanation is no report"


def test_concise_is_one_line_a_finding_and_a_summary(plain_run: StoredReport, render: Render) -> None:
    lines = render("concise", plain_run).splitlines()
    assert "weather.json:5:22: note smelly-description: get_forecast: say how it differs from `get_alerts`" in lines
    assert "weather.json:19:30: error required-without-property: get_forecast: 'days' is required but" in "\n".join(
        lines
    )
    assert lines[-1].startswith("5 tools of 2 servers (1 failed): ")
    assert len(lines) == 2 + 5 + 2 + 5 + 1, "a failed server, each finding that is not suppressed, the summary"
    colored = render("concise", plain_run, Style(color=True))
    assert "\x1b[31merror\x1b[0m" in colored


@pytest.mark.parametrize(
    ("percentiles", "message", "color"),
    [
        ([81, 90, 5], "A, above 81 of 100 public tools", "brightgreen"),
        ([10, 20], "E, above 10 of 100 public tools", "red"),
        ([None], "not scored", "lightgrey"),
    ],
)
def test_a_badge_has_the_keys_that_services_accept(
    percentiles: list[int | None],
    message: str,
    color: str,
    samples: Any,
    render: Render,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    tools = [samples.tool(i, f"t{i}", [3] * 6)._replace(percentile=p) for i, p in enumerate(percentiles)]
    badge = json.loads(render("badge", run_of(samples, *tools)))
    assert badge == {
        "schemaVersion": 1,
        "label": "tool descriptions",
        "message": f"{message} (2026-09-21, six-components)",
        "color": color,
    }


def test_a_server_of_thirty_tools_fits_fifteen_hundred_tokens(samples: Any, render: Render) -> None:
    words = "the default of 'attachments' is only in the prose: clients and agents that read the schema do not know it"
    found = [samples.finding("prose-only-default", severity, words) for severity in (Severity.WARNING, Severity.NOTE)]
    tools = [samples.tool(i, f"a_tool_{i}", [1] * 6, *found, samples.smell(1, "unclear-purpose")) for i in range(29)]
    assert estimate(render("agent", run_of(samples, *tools))) <= 1_500


def test_what_to_add_comes_before_other_notes(samples: Any, render: Render) -> None:
    note = samples.finding("prose-only-default", Severity.NOTE, "the default is only in the prose")
    warning = note._replace(severity=Severity.WARNING)
    tool = samples.tool(0, "t", [1] * 6, note, warning, samples.smell(1, "unclear-purpose"))
    lines = render("agent", run_of(samples, tool)).splitlines()[1:]
    assert [line.split()[1:3] for line in lines] == [
        ["warning", "prose-only-default"],
        ["note", "smelly-description"],
        ["note", "prose-only-default"],
    ]
