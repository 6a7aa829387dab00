"""Code that no author means to write costs its own file at most, and never the others."""

from pathlib import Path

import pytest

from tests.commands import toolsmell
from toolsmell.sources.code import scan as reading
from toolsmell.sources.code.module import Module

GOOD = (
    'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n\n@mcp.tool()\ndef get_room(name: str) -> str:\n'
    '    """Gets a room."""\n    return name\n'
)
PYTHON = (
    "from mcp.types import Tool\nfrom mcp.server import Server\nserver = Server('x')\n\n"
    "@server.list_tools()\nasync def tools():\n    return [Tool(name={}, description={}, inputSchema={})]\n"
)
SCRIPT = (
    'import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";\nimport {{ z }} from "zod";\n'
    'import {{ D }} from {};\nconst server = new McpServer({{ name: "x", version: "1" }});\n'
    "server.tool({}, {}, {}, async () => ({{}}));\n"
)
ODD = ('["a", f()]', '("a", "b")', "{'a': 1}", "None", "...", "lambda: 1", "[]", "()", "1", "b'a'", "f'{x}'", "*a", "-1",
       "'a' * 9", "'a' 'b'", "a.b.c", "a[0]", "not x", "await f()", "x if y else z", "{**a}", "'" + "a" * 400 + "'")  # fmt: skip
TYPES = (
    "record object array tuple union enum literal optional nullable lazy map set promise function date intersection "
    "preprocess discriminatedUnion nativeEnum coerce string number custom instanceof transform pipe default brand"
).split()


def _scan(folder: Path, name: str, text: str) -> None:
    (folder / "good.py").write_text(GOOD)
    (folder / name).write_text(text)
    done = toolsmell("scan", ".", "--format", "json", cwd=folder)
    assert done.code in (0, 1, 3), (text, done.stderr)
    assert "internal error" not in done.stdout + done.stderr, text
    assert "get_room" in done.stdout, text


def test_python_with_odd_values(tmp_path: Path) -> None:
    for number, odd in enumerate(ODD):
        text = PYTHON.format(*(odd if place == number % 3 else '"a"' for place in range(3)))
        (tmp_path / f"m{number}.py").write_text(text)
    _scan(tmp_path, "last.py", PYTHON.format('"b"', '["Gets b.", f()]', "{}"))


def test_scripts_with_odd_types_and_imports(tmp_path: Path) -> None:
    shapes = [
        f"{{ p: z.{kind}{call} }}" for kind in TYPES for call in ("()", "", "(z)", "([])", "({})", "(1)", "(...a)")
    ]
    for number, shape in enumerate(shapes):
        (tmp_path / f"m{number}.ts").write_text(SCRIPT.format('"./a.js"', '"a"', '"Gets a."', shape))
    for number, origin in enumerate(
        ('""', '"."', '"./"', '"/"', f'"./{"a" * 400}.js"', '"./\\0.js"', '"../../../../x"')
    ):
        (tmp_path / f"i{number}.ts").write_text(SCRIPT.format(origin, '"a"', "D", "{}"))
    _scan(tmp_path, "last.ts", SCRIPT.format('"./a.js"', "D", "[]", "z"))


def test_a_file_that_breaks_the_reader_is_reported_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "good.py").write_text(GOOD)
    (tmp_path / "worse.py").write_text(GOOD.replace("get_room", "get_bed"))
    real = reading._finder

    def finder(language: object) -> object:
        def find(module: Module) -> object:
            if module.path.name == "worse.py":
                raise KeyError("description")
            return real(module.language)(module)

        return find

    monkeypatch.setattr(reading, "_finder", finder)
    good, failed = reading.scan_directory(tmp_path)
    assert [tool.name for tool in good.tools] == ["get_room"]
    assert failed.error is not None
    assert "worse.py: cannot be read (internal error, please report it: KeyError: 'description')" in failed.error
