"""Code that was made to hurt the reader: nothing crashes, nothing hangs, and every span is in its file."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.code.reading import FIXTURES
from toolsmell.errors import SourceError
from toolsmell.model import Manifest, Place
from toolsmell.schema.reader import parameters
from toolsmell.sources.code import SourceLocator, scan_file

SOURCES = sorted(path for path in FIXTURES.rglob("*") if path.suffix in (".py", ".ts", ".mjs", ".cjs", ".go"))
PIECES = [
    b"(",
    b")",
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b"'",
    b"`",
    b"${",
    b"\\",
    b"\n",
    b"\r\n",
    b'"""',
    b",",
    b":",
    b"...",
]
PIECES += [
    b"\x00",
    b"\xff",
    b"\xed\xa0\x80",
    b"|",
    b"@",
    b"=>",
    b"**",
    b"\\u",
    b"\\N{",
    b'f"',
    "😀".encode(),
    b"def ",
    b"class ",
]


def check(path: Path) -> None:
    """Read a file, and hold that every place of it is found, and every literal is inside of it."""
    try:
        manifests = list(scan_file(path))
    except SourceError:
        return
    for manifest in manifests:
        for tool in manifest.tools:
            pointers = ["", "/name", "/description", *(p.pointer for p in parameters(tool.input_schema))]
            check_places(manifest, [Place(tool.index, pointer) for pointer in pointers])


def check_places(manifest: Manifest, places: list[Place]) -> None:
    locator = manifest.locator
    assert isinstance(locator, SourceLocator)
    assert set(locator.locate(places)) == set(places)
    for literal in filter(None, map(locator.literal, places)):
        text = Path(literal.file).read_bytes().decode(literal.encoding)
        lines = text.split("\n")
        before = sum(len(line) + 1 for line in lines[: literal.location.line - 1])
        assert before + literal.location.column - 1 == literal.start <= literal.end <= len(text)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_broken_code(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(SOURCES))
    code = bytearray(source.read_bytes())
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(code)))
        cut = data.draw(st.integers(0, 60))
        code[at : at + cut] = data.draw(st.sampled_from([b"", *PIECES]))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"server{source.suffix}"
        path.write_bytes(code)
        check(path)


PY = 'from mcp.server.mcpserver import MCPServer\nmcp = MCPServer("s")\n'
FASTMCP = 'from fastmcp import FastMCP\nmcp = FastMCP("s")\n'
TOOL = PY + "{0}\n@mcp.tool(description={1})\ndef f(a: {2}): ...\n"
JS = 'const s = new McpServer({ name: "s", version: "1" });\n'
DOUBLED = "".join(f"A{i + 1} = A{i} + A{i}\n" for i in range(60))
CLASSES = "from pydantic import BaseModel\n" + "".join(
    f"class C{i}(BaseModel):\n" + "".join(f"    a{k}: C{(i + k + 1) % 9}\n" for k in range(4)) for i in range(9)
)

HOSTILE = {
    "parentheses.py": TOOL.format("", "(" * 20_000 + '"a"' + ")" * 20_000, "int"),
    "sum.py": TOOL.format("", " + ".join(['"a"'] * 20_000), "int"),
    "implicit.py": TOOL.format("", " ".join(['"a"'] * 20_000), "int"),
    "doubled.py": TOOL.format('A0 = "aaaaaaaaaa"\n' + DOUBLED, "A60", "int"),
    "circle.py": TOOL.format("A = B\nB = A\n", "A", "A"),
    "list_of_lists.py": TOOL.format("", '"a"', "list[" * 3_000 + "int" + "]" * 3_000),
    "union.py": TOOL.format("", '"a"', " | ".join(["int"] * 10_000)),
    "classes.py": TOOL.format(CLASSES, '"a"', "C0"),
    "classes_inline.py": FASTMCP + TOOL.removeprefix(PY).format(CLASSES, '"a"', "C0"),
    "bases.py": TOOL.format("".join(f"class C{i}(C{(i + 1) % 9}): ...\n" for i in range(9)), '"a"', "C0"),
    "decorators.py": PY + "@mcp.tool()\n" * 500 + "def f(): ...\n",
    "open_string.py": PY + 'x = "' + "\\" * 100_000,
    "format.py": TOOL.format("", 'f"' + "{" * 20_000 + '"', "int"),
    "names.py": TOOL.format("", '"' + "\\N{" * 2_000 + '"', "int"),
    "stars.py": "from .stars import *\n" + TOOL.format("", "A", "A"),
    "chain.js": JS + "s.registerTool('a', { inputSchema: { a: z.string()" + ".min(1)" * 20_000 + " } }, f);",
    "nested.js": JS
    + "s.registerTool('a', { inputSchema: { a: "
    + "z.array(" * 9_000
    + "z.any()"
    + ")" * 9_000
    + " } }, f);",
    "doubled.js": JS
    + "const A0 = z.object({});"
    + "".join(f"const A{i + 1} = z.object({{ a: A{i}, b: A{i} }});" for i in range(60))
    + "s.registerTool('a', { inputSchema: A60 }, f);",
    "templates.js": JS
    + "const A0 = `aaaaaaaa`;"
    + "".join(f"const A{i + 1} = `${{A{i}}}${{A{i}}}`;" for i in range(60))
    + "s.registerTool('a', { description: A60 }, f);",
    "spread.js": JS
    + "const A = { ...B }; const B = { ...A }; s.registerTool('a', A, f); s.registerTool('b', { ...B }, f);",
    "functions.js": JS + "const f = () => g(); const g = () => f(); s.registerTool('a', { inputSchema: f() }, f);",
    "conditions.js": JS + "s.registerTool('a', { description: " + "a ? " * 9_000 + "1" + " : 2" * 9_000 + " }, f);",
    "members.js": JS + "s.registerTool('a', { description: a" + ".b" * 20_000 + " }, f);",
    "objects.js": JS
    + "var a = "
    + "{ b: " * 20_000
    + "1"
    + "}" * 20_000
    + "; s.registerTool('a', { description: a.b.b }, f);",
    "long_line.js": JS
    + f"s.registerTool('a', {{ description: '{'é' * 200_000}', inputSchema: {{ b: z.any() }} }}, f);",
    "unclosed.js": JS + "`${" * 20_000,
    "stars.ts": "export * from './stars';\n" + JS + "s.registerTool(A, {}, f); s.registerTool('a', A, f);",
    "options.go": 'package a\nimport "x/mcp"\nvar t = mcp.NewTool("a",'
    + ",".join(['mcp.WithString("p")'] * 5_000)
    + ")\n",
    "circle.go": 'package a\nimport "x/mcp"\nfunc a() x { return b() }\nfunc b() x { return a() }\n'
    'var t = mcp.NewTool("a", a(), b())\nvar u = mcp.NewTool(v)\nvar v = w\nvar w = v\n',
    "struct.go": 'package a\nimport "x/mcp"\ntype A struct { X *A; Y []A; B }\ntype B struct { A; C A; D B }\n'
    'var t = mcp.NewTool("a", mcp.WithInputSchema[A]())\n',
}


@pytest.mark.parametrize(("name", "code"), HOSTILE.items(), ids=HOSTILE)
def test_code_that_was_made_to_hurt(name: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(code, encoding="utf-8", newline="")
    check(path)


SECTIONS = {
    "many_parameters": "    Args:\n" + "        a: x\n" * 20_000,
    "many_sections": "    Args:\n        a: b\n\n" * 10_000,
    "long_word": "w" * 200_000 + ":\n        x\n",
    "fields": "    :param a: b\n" * 10_000,
    "dashes": "a\n-\n" * 10_000,
}


@pytest.mark.parametrize("body", SECTIONS.values(), ids=SECTIONS)
def test_docstrings_that_were_made_to_hurt(body: str, tmp_path: Path) -> None:
    path = tmp_path / "server.py"
    path.write_text(
        f'from fastmcp import FastMCP\nm = FastMCP("s")\n@m.tool\ndef f(a):\n    """Does.\n\n{body}    """\n'
    )
    check(path)
