"""Values that are unknown in source code make neither a finding nor a score."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources.code.reading import manifest_of
from toolsmell.app import default_options, scan
from toolsmell.model import ToolReport
from toolsmell.rules.selection import rule_set

HEAD = (
    "from typing import Annotated\nfrom pydantic import Field\nfrom mcp.types import ToolAnnotations\n"
    'from mcp.server.mcpserver import MCPServer\nmcp = MCPServer("s")\n'
)


def report(folder: Path, code: str) -> ToolReport:
    options = default_options()
    rules, smells = rule_set(("all",), (), options.rubric)
    (server,) = scan([manifest_of(folder, HEAD + code)], options._replace(rules=rules, smells=smells))
    (tool,) = server.tools
    return tool


def found(folder: Path, code: str) -> Iterator[tuple[str, str]]:
    return ((finding.id, finding.pointer) for finding in report(folder, code).findings)


@pytest.mark.parametrize(("text", "described"), [('"Days to look ahead."', True), ("load()", True), ('""', False)])
def test_a_computed_description_of_a_parameter_is_not_a_missing_one(text: str, described: bool, tmp_path: Path) -> None:
    code = f'@mcp.tool()\ndef f(days: Annotated[int, Field(description={text})]): "Does."\n'
    hits = set(found(tmp_path, code))
    assert (("undescribed-parameter", "/inputSchema/properties/days") in hits) is not described


def test_a_computed_description_is_not_a_missing_one_and_has_no_score(tmp_path: Path) -> None:
    tool = report(tmp_path, "@mcp.tool(description=load())\ndef f(days: int): ...\n")
    assert "missing-description" not in {finding.id for finding in tool.findings}
    assert all(score.value is None for score in tool.scores.values())


def test_parameters_that_are_known_in_part_have_no_score_but_their_own_findings(tmp_path: Path) -> None:
    tool = report(tmp_path, '@mcp.tool()\ndef f(days: int, model: Elsewhere): "Does what it says, daily."\n')
    pointers = {finding.pointer for finding in tool.findings if finding.id == "undescribed-parameter"}
    assert pointers == {"/inputSchema/properties/days"}
    assert tool.scores["parameters"].value is None
    assert tool.scores["purpose"].value is not None


def test_computed_annotations_are_not_missing_ones(tmp_path: Path) -> None:
    code = (
        '@mcp.tool(annotations=ToolAnnotations(readOnlyHint=False, destructiveHint=load()))\ndef f(): "Deletes it."\n'
    )
    ids = {finding.id for finding in report(tmp_path, code).findings}
    assert not {"unstated-destructiveness", "missing-annotations", "unannotated-tool"} & ids


def test_a_type_from_elsewhere_is_not_an_untyped_parameter(tmp_path: Path) -> None:
    hits = dict(found(tmp_path, '@mcp.tool()\ndef f(model: Elsewhere): "Does."\n'))
    assert "untyped-parameter" not in hits
