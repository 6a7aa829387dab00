"""Tools that are read from source code are equal to those that the frameworks send."""

from pathlib import Path

import pytest

from tests.sources.code.reading import FIXTURES, expected, listed_by_node, listed_by_python
from toolsmell.model import Json
from toolsmell.sources.code import scan_file
from toolsmell.sources.code.cleaning import cleandoc

PARTS = ("name", "description", "inputSchema", "annotations")


def read(path: Path) -> dict[str, Json]:
    """Return the tools of a file by name, only what goes over the wire."""
    (manifest,) = scan_file(path)
    return {tool.raw["name"]: tool.raw for tool in manifest.tools}


def on_wire(tools: dict[str, Json]) -> dict[str, Json]:
    return {name: {part: tool[part] for part in PARTS if part in tool} for name, tool in tools.items()}


def without_titles(tools: dict[str, Json]) -> dict[str, Json]:
    """Take off the titles that FastMCP forgets to take off: of parameters without any type."""
    for tool in tools.values():
        for schema in tool["inputSchema"]["properties"].values():
            if "type" not in schema and "anyOf" not in schema:
                schema.pop("title", None)
    return tools


def same_text(tools: dict[str, Json]) -> dict[str, Json]:
    """Clean descriptions: up to Python 3.12 a docstring goes out as it is indented, since 3.13 the compiler cleans it."""
    return {
        name: {**tool, "description": cleandoc(tool["description"])} if "description" in tool else tool
        for name, tool in tools.items()
    }


def test_type_hints_read_as_the_mcp_sdk_reads_them() -> None:
    path = FIXTURES / "python" / "sdk_types.py"
    assert same_text(on_wire(read(path))) == same_text(on_wire(listed_by_python(path, "mcp")))


@pytest.mark.parametrize("name", ["fastmcp_types", "docstrings"])
def test_hints_and_docstrings_read_as_fastmcp_reads_them(name: str) -> None:
    tools = without_titles(expected(name))
    assert on_wire(read(FIXTURES / "python" / f"{name}.py")) == on_wire(tools)


@pytest.mark.parametrize("name", ["fastmcp_types", "docstrings"])
def test_what_was_recorded_of_fastmcp_still_holds(name: str) -> None:
    listed = listed_by_python(FIXTURES / "python" / f"{name}.py", "fastmcp")
    assert on_wire(listed) == on_wire(expected(name))


def test_zod_reads_as_the_typescript_sdk_reads_it() -> None:
    tools = expected("zod")
    found = read(FIXTURES / "javascript" / "zod.mjs")
    assert found.keys() == tools.keys()
    for name, tool in found.items():
        assert tool["inputSchema"] == as_written(tool["inputSchema"], tools[name]["inputSchema"]), name


@pytest.mark.node
def test_what_was_recorded_of_zod_still_holds(tmp_path: Path) -> None:
    listed = listed_by_node(FIXTURES / "javascript" / "zod.mjs", tmp_path)
    recorded = {name: tool["inputSchema"] for name, tool in expected("zod").items()}
    assert {name: tool["inputSchema"] for name, tool in listed.items()} == recorded


def as_written(read: Json, sent: Json) -> Json:
    """Take off what a converter adds that no author wrote: the dialect, the patterns of formats, the bounds of floats."""
    if isinstance(sent, list):
        return [as_written(r, s) for r, s in zip(read, sent, strict=True)] if isinstance(read, list) else sent
    if not isinstance(sent, dict) or not isinstance(read, dict):
        return sent
    added = {"$schema", "propertyNames"} | ({"pattern"} if "format" in sent else set())
    added |= {key for key in ("minimum", "maximum") if abs(sent.get(key, 0)) > 2**52}
    return {key: as_written(read.get(key), value) for key, value in sent.items() if key not in added or key in read}
