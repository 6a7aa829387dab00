"""The shapes of tools that providers of models take, read as tools of MCP."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands import findings, toolsmell
from toolsmell.sources.json.shapes import read_tools

SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
NAMED = {"name": "weather", "description": "Reads the weather of a city."}


@pytest.mark.parametrize(
    ("document", "name_at", "schema_at"),
    [
        ({"tools": [{"toolSpec": {**NAMED, "inputSchema": {"json": SCHEMA}}}]}, "/tools/0/toolSpec/name", "json"),
        (
            {"toolConfig": {"tools": [{"toolSpec": {**NAMED, "inputSchema": {"json": SCHEMA}}}]}},
            "/toolSpec/name",
            "json",
        ),
        (
            {"tools": [{"functionDeclarations": [{**NAMED, "parameters": SCHEMA}]}]},
            "/functionDeclarations/0/name",
            "parameters",
        ),
        ({"function_declarations": [{**NAMED, "parameters": SCHEMA}]}, "/function_declarations/0/name", "parameters"),
        ([{"functionDeclarations": [{**NAMED, "parametersJsonSchema": SCHEMA}]}], "/0/name", "parametersJsonSchema"),
        ([{"type": "function", "function": {**NAMED, "parameters": SCHEMA}}], "/0/function/name", "parameters"),
        ([{"type": "function", **NAMED, "parameters": SCHEMA}], "/0/name", "parameters"),
        ([{**NAMED, "input_schema": SCHEMA}], "/0/name", "input_schema"),
    ],
    ids=[
        "bedrock",
        "bedrock request",
        "gemini request",
        "gemini",
        "gemini json schema",
        "openai",
        "responses",
        "anthropic",
    ],
)
def test_the_shape_of_a_provider_is_read_as_mcp(document: Any, name_at: str, schema_at: str) -> None:
    (tool,) = read_tools(document).tools
    assert tool.raw == {**NAMED, "inputSchema": SCHEMA}
    assert f"{tool.at}{tool.moved['name']}".endswith(name_at)
    assert tool.moved["inputSchema"].endswith(schema_at)


def test_built_in_tools_of_a_provider_are_left_out_and_counted() -> None:
    shape = read_tools({"tools": [{"type": "web_search"}, {"type": "function", **NAMED, "parameters": SCHEMA}]})
    assert [tool.raw["name"] for tool in shape.tools] == ["weather"]
    assert shape.notes == ("entries without a description, built into the provider, that are not read: 1",)


def test_a_finding_points_into_the_shape(tmp_path: Path) -> None:
    spec = {"name": "get.weather", "description": "", "inputSchema": {"json": SCHEMA}}
    (tmp_path / "bedrock.json").write_text(json.dumps({"tools": [{"toolSpec": spec}]}, indent=1))
    done = toolsmell("scan", "bedrock.json", "--format", "json", cwd=tmp_path)
    (finding,) = findings(done.report, "missing-description")
    assert finding["location"]["line"] == 5
    assert findings(done.report, "malformed-tool") == findings(done.report, "unknown-tool-field") == []
