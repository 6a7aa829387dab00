"""A finding that several tools share names all of them, and is the same finding after one of them is fixed."""

from typing import Any

import pytest

from toolsmell import app
from toolsmell.model import Finding, Manifest, Provenance, ServerReport, Tool
from toolsmell.project import fingerprint
from toolsmell.project.baseline import Baseline, baseline_of, read_baseline
from toolsmell.reporters.parts.rows import members


def _tool(name: str, description: str | None) -> dict[str, Any]:
    parameter = {"type": "string"} if description is None else {"type": "string", "description": description}
    return {
        "name": name,
        "description": f"Moves one box with a crane of kind {name}.",
        "inputSchema": {"type": "object", "properties": {"lane": parameter}},
    }


def _scan(tools: list[dict[str, Any]], only: frozenset[str] = frozenset()) -> ServerReport:
    manifest = Manifest("port", "port", Provenance.WIRE, tuple(Tool(i, raw) for i, raw in enumerate(tools)))
    return next(app.scan([manifest], app.default_options()._replace(tools=only)))


def _found(report: ServerReport) -> list[tuple[str | None, Finding, str]]:
    return [
        (tool.name, finding, fingerprint.of(finding, report, tool))
        for tool in report.tools
        for finding in tool.findings
        if finding.id == "undescribed-parameter"
    ]


ALL = [_tool(name, None) for name in ("one", "two", "three", "four", "five")]


def test_all_members_are_listed() -> None:
    ((_, finding, _),) = _found(_scan(ALL))
    assert [member.name for member in finding.members] == ["one", "two", "three", "four", "five"]
    assert {member.pointer for member in finding.members} == {"/inputSchema/properties/lane"}
    assert members(finding) == "in one, two, three and 2 more"


@pytest.mark.parametrize("fixed", range(5))
def test_fixing_one_member_keeps_the_identity(fixed: int) -> None:
    tools = [_tool(t["name"], "Number of the lane." if i == fixed else None) for i, t in enumerate(ALL)]
    ((_, _, before),) = _found(_scan(ALL))
    ((_, finding, after),) = _found(_scan(tools))
    assert before == after
    assert len(finding.members) == 4


def test_the_last_member_is_still_the_same_finding() -> None:
    tools = [_tool(t["name"], "Number of the lane.") for t in ALL[1:]]
    ((_, _, before),) = _found(_scan(ALL))
    ((_, finding, after),) = _found(_scan([ALL[0], *tools]))
    assert before == after
    assert members(finding) == ""


@pytest.mark.parametrize("name", ["one", "three", "five"])
def test_each_member_can_be_asked_for_alone(name: str) -> None:
    ((tool, finding, _),) = _found(_scan(ALL, frozenset([name])))
    assert tool == name
    assert len(finding.members) == 5


def test_a_baseline_covers_the_members_that_it_saw_and_no_others() -> None:
    first = ALL[:3]
    known = read_baseline(baseline_of([_scan(first)]), "baseline.json")
    for tools, old in ((first[1:], True), (first, True), (ALL, False)):
        report = _scan(tools)
        ((_, finding, _),) = _found(report)
        assert Baseline(known).holds(finding, report, report.tools[0]) is old
