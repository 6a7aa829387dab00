"""Tools of one repository are put together into servers, under keys that stay."""

from collections.abc import Mapping
from pathlib import Path

from toolsmell.sources.code import scan_directory


def server(name: str, *tools: str) -> str:
    made = "".join(f'@mcp.tool()\ndef {tool}(): "Does."\n' for tool in tools)
    return f'from mcp.server.mcpserver import MCPServer\nmcp = MCPServer("{name}")\n{made}'


def script(name: str, *tools: str) -> str:
    made = "".join(f's.registerTool("{tool}", {{ description: "Does." }}, f);\n' for tool in tools)
    return f'const s = new McpServer({{ name: "{name}", version: "1" }});\n{made}'


def read(root: Path, files: Mapping[str, str]) -> dict[str, list[str | None]]:
    """Write a repository and return the names of its tools by the keys of their servers."""
    for name, code in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code)
    return {manifest.key: [tool.name for tool in manifest.tools] for manifest in scan_directory(root)}


def test_a_server_is_what_one_call_makes(tmp_path: Path) -> None:
    found = read(tmp_path, {"a.py": server("first", "x", "y"), "b.py": server("second", "x")})
    assert found == {"first": ["x", "y"], "second": ["x"]}


def test_a_server_of_a_class_under_another_name(tmp_path: Path) -> None:
    code = "from mcp.server.fastmcp import FastMCP as S\ns = S('aliased')\n@s.tool()\ndef x(): 'Does.'\n"
    assert read(tmp_path, {"a.py": code}) == {"aliased": ["x"]}


def test_two_servers_of_one_name_are_told_apart_by_their_files(tmp_path: Path) -> None:
    found = read(tmp_path, {"a.py": server("same", "x"), "sub/b.py": server("same", "y"), "c.py": server("other", "z")})
    assert found == {"same (a.py)": ["x"], "other": ["z"], "same (sub/b.py)": ["y"]}


def test_tools_in_other_files_belong_to_the_server_that_they_import(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            "app.py": server("main"),
            "other.py": server("aside", "z"),
            "tools/one.py": 'from app import mcp\n@mcp.tool()\ndef x(): "Does."\n',
            "tools/two.py": 'from ..app import mcp as m\n@m.tool()\ndef y(): "Does."\n',
        },
    )
    assert found == {"aside": ["z"], "main": ["x", "y"]}


def test_tools_that_are_given_their_server_belong_to_the_only_one_of_their_package(tmp_path: Path) -> None:
    register = "export const register = (s) => { s.registerTool('%s', {}, f); };\n"
    found = read(
        tmp_path,
        {
            "one/package.json": "{}",
            "one/index.ts": script("one", "a"),
            "one/tools/b.ts": register % "b",
            "two/package.json": "{}",
            "two/index.ts": script("two", "a"),
            "two/tools/b.ts": register % "b",
        },
    )
    assert found == {"one": ["a", "b"], "two": ["a", "b"]}


def test_tools_of_which_nobody_says_whose_they_are_stand_together(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            "servers/a.py": server("first", "x"),
            "servers/b.py": server("second", "y"),
            "shared/c.py": 'def make(mcp):\n    @mcp.tool()\n    def z(): "Does."\n',
            "shared/d.py": 'def make(mcp):\n    @mcp.tool()\n    def w(): "Does."\n',
        },
    )
    assert found == {"first": ["x"], "second": ["y"], tmp_path.name: ["z", "w"]}


def test_what_was_compiled_is_left_out_where_its_source_is_there(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            "package.json": "{}",
            "src/index.ts": script("s", "a"),
            "src/tool.ts": "export const register = (s) => s.registerTool('b', {}, f);\n",
            "dist/tool.js": "export const register = (s) => s.registerTool('b', {}, f);\n",
        },
    )
    assert found == {"s": ["a", "b"]}


def test_what_was_compiled_is_read_where_it_is_all_there_is(tmp_path: Path) -> None:
    assert read(tmp_path, {"package.json": "{}", "dist/index.js": script("s", "a")}) == {"s": ["a"]}


def test_keys_and_tools_do_not_depend_on_what_else_is_there(tmp_path: Path) -> None:
    before = read(tmp_path, {"a.py": server("first", "x")})
    after = read(tmp_path, {"0.py": server("zeroth", "q"), "a.py": "\n\n" + server("first", "x")})
    assert after["first"] == before["first"]


def test_a_name_for_all(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(server("first", "x"))
    assert [manifest.key for manifest in scan_directory(tmp_path, name="mine")] == ["mine"]


def test_what_source_code_does_not_tell_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(server("first", "x").replace('"first"', '"first", instructions=load()'))
    (manifest,) = scan_directory(tmp_path)
    assert manifest.unknown["instructions"] == "computed at run time: load()"
    assert {"prompts", "resources"} <= set(manifest.unknown)
