"""Annotations, read as GitHub's runner reads them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from toolsmell.errors import UsageError
from toolsmell.escape import visible
from toolsmell.model import Severity, Summary
from toolsmell.reporters import Style
from toolsmell.reporters.parts.stored import StoredReport

Render = Callable[..., str]


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    data: str


def parse(line: str) -> Command | None:
    """Parse a line of output by the rules of the runner: first the new form of a command, then the old."""
    known = {
        "error",
        "warning",
        "notice",
        "debug",
        "add-mask",
        "add-matcher",
        "set-output",
        "group",
        "stop-commands",
    }
    text = line.lstrip()
    if text.startswith("::") and (end := text.find("::", 2)) >= 0:
        name, _, listed = text[2:end].partition(" ")
        if name in known:
            pairs = [pair.split("=", 1) for pair in listed.strip().split(",") if "=" in pair]
            return Command(name, {k: unescape(v, ":,") for k, v in pairs}, unescape(text[end + 2 :], ""))
    old = re.search(r"##\[([^ \]]*)[^\]]*\](.*)", line)
    return Command(old[1], {}, old[2]) if old and old[1] in known else None


def unescape(text: str, more: str) -> str:
    for c in f"\r\n{more}%":
        text = text.replace(f"%{ord(c):02X}", c)
    return text


def commands(text: str) -> list[Command]:
    return [command for line in text.splitlines() if (command := parse(line))]


def test_every_annotation_says_where_and_what(plain_run: StoredReport, render: Render) -> None:
    found = commands(render("github", plain_run))
    assert [c.name for c in found] == ["error"] * 2 + ["warning"] * 5 + ["notice"] * 5
    place = {"file": "weather.json", "line": "19", "endLine": "19", "col": "30", "endColumn": "37"}
    assert found[0].properties == {**place, "title": "required-without-property"}
    assert found[0].data.startswith("get_forecast: 'days' is required but is no property")


def test_nothing_of_a_server_is_a_command_or_a_property(
    hostile_run: StoredReport, render: Render, samples: Any
) -> None:
    text = render("github", hostile_run)
    found = commands(text)
    assert len(found) == len(text.splitlines()) - 1
    for command in found:
        assert set(command.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert command.properties["title"] == "undescribed-parameter"
        assert visible(samples.HOSTILE) in command.data
        if "file" in command.properties:
            assert command.properties["file"].startswith("::error file=x")


@pytest.mark.parametrize("file", ["a,b.json", "a:b.json", "100%25.json", "a::b,title=x.json"])
def test_a_file_name_stays_one_property(file: str, samples: Any, render: Render) -> None:
    hit = samples.finding("r", Severity.ERROR, "is 100%0A wrong, or: not", location=samples.at(1, 1, file))
    report = StoredReport(samples.RUN, (samples.server("s", samples.tool(0, "t", [4] * 6, hit)),), (), Summary())
    (command,) = commands(render("github", report))
    assert command.properties["file"] == file
    assert command.properties["title"] == "r"
    assert command.data == "t: is 100%0A wrong, or: not"


def test_ten_of_a_kind_the_worst_first(samples: Any, render: Render, tmp_path: Path) -> None:
    def hit(i: int) -> Any:
        return samples.finding("r", Severity.WARNING, f"tool {i} is wrong")

    tools = [samples.tool(i, f"t{i}", [5 - i % 5] * 6, hit(i)) for i in range(25)]
    report = StoredReport(samples.RUN, (samples.server("s", *tools),), (), Summary(1, tools=25, warnings=25))
    summary = tmp_path / "summary.md"
    summary.write_text("of another step\n")
    text = render("github", report, Style(step_summary=str(summary)))
    assert [c.data.partition(":")[0] for c in commands(text)] == [
        "t4", "t9", "t14", "t19", "t24", "t3", "t8", "t13", "t18", "t23"
    ]  # fmt: skip
    assert "15 findings are not annotated" in text.splitlines()[-1]
    written = summary.read_text(encoding="utf-8")
    assert written.startswith("of another step\n<!-- toolsmell report -->")
    assert all(f"tool {i} is wrong" in written for i in range(25))


def test_what_is_suppressed_is_not_annotated(plain_run: StoredReport, render: Render) -> None:
    assert "name-restated" not in render("github", plain_run)


def test_a_summary_that_cannot_be_written_is_a_message(plain_run: StoredReport, render: Render) -> None:
    with pytest.raises(UsageError, match=r"no/such/summary\.md: the step summary cannot be written"):
        render("github", plain_run, Style(step_summary="no/such/summary.md"))
