"""Tools that are read from source code are equal to those that the frameworks send."""

import json
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


DECLARED = {
    "pyproject": ("2.14.7", {"pyproject.toml": 'dependencies = [\n  "fastmcp>=2.3,<3",\n]\n'}),
    "exact": ("2.14.7", {"requirements.txt": "httpx\nfastmcp[apps]==2.12.4\n"}),
    "poetry": ("4.0.11", {"pyproject.toml": '[tool.poetry.dependencies]\nfastmcp = {version = "~3.2.4"}\n'}),
    "lock_before_declaration": (
        "4.0.11",
        {
            "pyproject.toml": 'dependencies = ["fastmcp>=2"]',
            "uv.lock": '[[package]]\nname = "fastmcp"\nversion = "3.4.1"\n',
        },
    ),
    "compatible": ("4.1.4", {"pyproject.toml": 'dependencies = ["fastmcp~=4.1.0,!=4.1.9,<4.1.7"]'}),
    "no_upper_bound": ("4.2.3", {"pyproject.toml": 'dependencies = ["fastmcp>=2.11"]'}),
    "another_package": ("4.2.3", {"pyproject.toml": 'dependencies = ["fastmcp-tools<2", "fastmcp"]'}),
    "nothing": ("4.2.3", {}),
}


@pytest.mark.parametrize(("version", "files"), DECLARED.values(), ids=DECLARED)
def test_docstrings_read_as_the_declared_version_of_fastmcp_reads_them(
    version: str, files: dict[str, str], tmp_path: Path
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    server = tmp_path / "sections.py"
    server.write_bytes((FIXTURES / "python" / "sections.py").read_bytes())
    recorded = json.loads((FIXTURES / "expected" / "sections.json").read_text(encoding="utf-8"))
    assert on_wire(read(server)) == {tool["name"]: tool for tool in recorded[version]}


def test_a_script_declares_its_version_itself(tmp_path: Path) -> None:
    server = tmp_path / "server.py"
    code = (FIXTURES / "python" / "sections.py").read_text(encoding="utf-8")
    server.write_text(f'# /// script\n# dependencies = ["fastmcp<3"]\n# ///\n{code}', encoding="utf-8")
    assert "Returns:" in read(server)["explained"]["description"]


def test_a_tool_of_a_function_is_of_the_package_that_it_is_imported_from(tmp_path: Path) -> None:
    code = (FIXTURES / "python" / "sections.py").read_text(encoding="utf-8").replace("@mcp.tool\n", "")
    server = tmp_path / "sections.py"
    server.write_text(
        f"{code}\nfrom fastmcp.tools import Tool\nmcp.add_tool(Tool.from_function(explained))\n", encoding="utf-8"
    )
    assert read(server)["explained"]["description"] == "Counts the gulls on a pier."


def test_what_fastmcp_does_not_send_is_on_the_tool_and_in_the_notes(tmp_path: Path) -> None:
    (manifest,) = scan_file(FIXTURES / "python" / "sections.py")
    unsent = {tool.name: tool.unsent for tool in manifest.tools if tool.unsent}
    assert unsent == {
        "explained": "Returns:\nThe count of the last hour.\nThe count is off by one at night.",
        "returned": "Returns:\nThe count of the last hour.",
        "warned": "Warning:\nThey bite.",
        "underlined": "Notes\nIt takes a minute.",
        "fields": ":returns: Nothing.\nThen looks back.",
    }
    (note,) = (note for note in manifest.notes if "not sent" in note)
    assert "5 of 8 docstrings" in note


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
