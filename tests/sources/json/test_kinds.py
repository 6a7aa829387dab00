"""JSON documents are recognised as their kind and no other."""

from typing import Any

import pytest

from toolsmell.sources.json.kinds import DocumentKind, is_known_name, presume, recognise

SCHEMA = {"type": "object", "properties": {"room": {"type": "string"}}}
TOOL = {"name": "book", "description": "Books a room.", "inputSchema": SCHEMA}
OPENAI = {"type": "function", "function": {"name": "book", "parameters": SCHEMA}}


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ([TOOL], DocumentKind.TOOLS),
        (TOOL, DocumentKind.TOOLS),
        ({"tools": [TOOL]}, DocumentKind.TOOLS),
        ({"tools": [{"name": "book", "description": "Books a room."}]}, DocumentKind.TOOLS),
        ({"jsonrpc": "2.0", "id": 1, "result": {"tools": [TOOL]}}, DocumentKind.TOOLS),
        ({"tools": [OPENAI]}, DocumentKind.TOOLS),
        ([OPENAI], DocumentKind.TOOLS),
        ([{"type": "function", "name": "book", "parameters": SCHEMA, "strict": True}], DocumentKind.TOOLS),
        ([{"name": "book", "input_schema": SCHEMA}], DocumentKind.TOOLS),
        (
            {"toolConfig": {"tools": [{"toolSpec": {"name": "book", "inputSchema": {"json": SCHEMA}}}]}},
            DocumentKind.TOOLS,
        ),
        ({"tools": [{"functionDeclarations": [{"name": "book", "parameters": SCHEMA}]}]}, DocumentKind.TOOLS),
        ({"function_declarations": [{"name": "book"}]}, DocumentKind.TOOLS),
        ({"mcpServers": {"rooms": {"command": "rooms"}}}, DocumentKind.CLIENT_CONFIG),
        ({"numStartups": 3, "projects": {"/a": {"mcpServers": {"rooms": {"url": "x"}}}}}, DocumentKind.CLIENT_CONFIG),
        ({"servers": {"rooms": {"type": "stdio", "command": "rooms"}}, "inputs": []}, DocumentKind.CLIENT_CONFIG),
        ({"mcp": {"rooms": {"type": "local", "command": ["rooms"]}}, "theme": "x"}, DocumentKind.CLIENT_CONFIG),
        ({"editor.tabSize": 2, "mcp": {"servers": {"rooms": {"command": "rooms"}}}}, DocumentKind.CLIENT_CONFIG),
        ({"mcp_servers": {"rooms": {"command": "rooms"}}}, DocumentKind.CLIENT_CONFIG),
        ({"name": "io.github.a/b", "packages": [{"registryType": "npm"}]}, DocumentKind.SERVER_JSON),
        ({"name": "io.github.a/b", "remotes": [{"type": "sse", "url": "https://a"}]}, DocumentKind.SERVER_JSON),
        ({"manifest_version": "0.3", "name": "rooms", "server": {"type": "node"}}, DocumentKind.MCPB),
        ({"schema": "toolsmell.report/v1"}, DocumentKind.REPORT),
        ({"schema": "toolsmell.dump/v1"}, DocumentKind.DUMP),
    ],
)
def test_what_is_of_mcp_is_recognised(value: Any, kind: DocumentKind) -> None:
    assert recognise(value) is kind
    assert presume(value) is kind


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        [],
        {},
        [1, "a", None],
        [{"id": 1}],
        [{"name": "bug", "description": "Something is wrong."}],
        {"name": "a", "parameters": {"region": {"type": "String"}}},
        {"tools": "Werkzeuge"},
        {"tools": {"dotnet-ef": {"version": "9"}}},
        {"tools": ["hammer"]},
        {"tools": [{"name": "gcc", "version": "12", "systems": []}]},
        {"tools": [{"name": "gcc", "description": "A compiler.", "url": "https://gcc.gnu.org"}]},
        {"result": {"ok": True}},
        {"jsonrpc": "2.0", "method": "tools/call", "params": {}},
        {"name": "npm", "packages": {"": {}}},
        {"name": "root", "packages": ["packages/*"]},
        {"name": "ext", "manifest_version": 3, "version": "1"},
        {"manifest_version": "1", "files": []},
        {"servers": {"prod": {"host": "a"}}},
        {"servers": {"prod": {"url": "mqtt://a", "protocol": "mqtt"}}, "asyncapi": "2.6.0"},
        {"servers": {"prod": {"command": "x"}}, "version": 2},
        {"servers": [{"url": "https://a"}], "openapi": "3.1.0"},
        {"mcpServers": {}},
        {"mcp": {"enabled": True}},
        {"projects": {"app": {"root": "apps/app"}}},
        [{"type": "function", "name": "transfer", "inputs": [], "outputs": []}],
        {"schema": "toolsmell.baseline/v1", "findings": []},
    ],
)
def test_what_other_programs_write_is_not_recognised(value: Any) -> None:
    assert recognise(value) is None


def test_a_bare_list_of_names_and_descriptions_counts_if_its_file_is_called_so() -> None:
    bare = [{"name": "book", "description": "Books a room."}]
    assert recognise(bare) is None
    assert recognise(bare, known_name=True) is DocumentKind.TOOLS
    assert recognise([{**bare[0], "color": "red"}], known_name=True) is None


@pytest.mark.parametrize(
    "path",
    "mcp.json .mcp.json a/.vscode/mcp.json server.json tools.json my-tools.v2.json x.mcp.json mcp_config.json "
    "claude_desktop_config.json list_tools.jsonl a\\tools.json".split(),
)
def test_names_of_mcp(path: str) -> None:
    assert is_known_name(path)


@pytest.mark.parametrize(
    "path", ["package.json", "mcp/index.json", "compmcp.json", "tools/a.json", "tools.py", "server.ts"]
)
def test_names_of_others(path: str) -> None:
    assert not is_known_name(path)
