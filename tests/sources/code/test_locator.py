"""Locations of the parts of a tool, precise enough to replace each part."""

from pathlib import Path

import pytest

from tests.sources.code.reading import FIXTURES, literal_at, manifest_of, shown, written
from toolsmell.model import Manifest, Place
from toolsmell.model.pointer import lookup
from toolsmell.schema.reader import parameters
from toolsmell.sources.code import LiteralKind, SourceLocator, scan_directory, scan_file
from toolsmell.sources.code.values import Literal

PY = 'from {0} import {1}\nfrom typing import Annotated\nfrom pydantic import Field\nmcp = {1}("s")\n'
SDK, FASTMCP = PY.format("mcp.server.mcpserver", "MCPServer"), PY.format("fastmcp", "FastMCP")


def test_parameters_are_shown_by_their_names_and_tools_by_theirs(tmp_path: Path) -> None:
    code = SDK + '@mcp.tool()\ndef go(far: Annotated[int, Field(description="How far.")], fast: bool = True): "Goes."\n'
    manifest = manifest_of(tmp_path, code)
    assert shown(manifest, 0, "") == "go"
    assert shown(manifest, 0, "/name") == "go"
    assert shown(manifest, 0, "/description") == '"Goes."'
    assert shown(manifest, 0, "/inputSchema/properties/far") == "far"
    assert shown(manifest, 0, "/inputSchema/properties/far/description") == '"How far."'
    assert shown(manifest, 0, "/inputSchema/properties/fast/description") == "fast"  # has none: what is around it
    assert (
        shown(manifest, 0, "/inputSchema") == '(far: Annotated[int, Field(description="How far.")], fast: bool = True)'
    )
    assert shown(manifest, 0, "/annotations/readOnlyHint") == "go"
    assert shown(manifest, 0, "/nothing/of/the/kind") == "go"


def test_the_places_of_a_typescript_tool(tmp_path: Path) -> None:
    code = (
        'const s = new McpServer({ name: "é", version: "1" }, { instructions: "First." });\n'
        'const NAME = "go";\n'
        "const Far = z.number().describe('How far.');\n"
        's.registerTool(NAME, { description: "Goé.", inputSchema: { far: Far, to: z.object({ x: z.string() }) } }, f);\n'
    )
    manifest = manifest_of(tmp_path, code, "s.ts")
    assert shown(manifest, 0, "") == "NAME"
    assert shown(manifest, 0, "/name") == '"go"'
    assert shown(manifest, 0, "/description") == '"Goé."'
    assert shown(manifest, 0, "/inputSchema/properties/far") == "far"
    assert shown(manifest, 0, "/inputSchema/properties/far/description") == "'How far.'"
    assert shown(manifest, 0, "/inputSchema/properties/to/properties/x/type") == "x"
    assert manifest.locator
    found = manifest.locator.locate([Place(None, ""), Place(None, "/instructions"), Place(None, "/prompts")])
    columns = [code.index("new McpServer") + 1, code.index('"First."') + 1, code.index("new McpServer") + 1]
    assert [(one.line, one.column) for one in found.values()] == [(1, column) for column in columns]


def test_the_places_of_a_go_tool() -> None:
    (manifest,) = scan_file(FIXTURES / "go" / "official" / "main.go")
    assert shown(manifest, 0, "") == '"tide"'
    assert shown(manifest, 0, "/inputSchema/properties/port") == "Port"
    port = literal_at(manifest, 0, "/inputSchema/properties/port/description")
    assert (written(port), port.kind) == ('"Name of the port, such as Brest."', LiteralKind.TAG)
    assert shown(manifest, 2, "/inputSchema/properties/strait/description") == '"Name of the strait."'


def all_literals(manifest: Manifest) -> list[tuple[str, Literal]]:
    assert isinstance(manifest.locator, SourceLocator)
    found = []
    for tool in manifest.tools:
        pointers = ["/name", "/description", *(f"{p.pointer}/description" for p in parameters(tool.input_schema))]
        for pointer in pointers:
            text, literal = lookup(tool.raw, pointer), manifest.locator.literal(Place(tool.index, pointer))
            if isinstance(text, str) and literal:
                found.append((text, literal))
    return found


@pytest.mark.parametrize("folder", ["python", "javascript", "typescript", "go"])
def test_every_literal_of_the_fixtures_holds_the_words_of_its_text(folder: str) -> None:
    found = [one for manifest in scan_directory(FIXTURES / folder) for one in all_literals(manifest)]
    assert len(found) > 8
    for text, literal in found:
        span = written(literal)
        if literal.whole and literal.kind is not LiteralKind.EXPRESSION and "\\" not in span:
            assert letters(text) in letters(span)


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


DOCSTRING = '''
@mcp.tool()
def feed(bread: str, pier: int = 1):
    """Feeds the gulls.

    They come — in numbers.

    Args:
        bread: What to throw,
            in pieces.
        pier (int): pier
    """
'''


def test_parts_of_a_docstring(tmp_path: Path) -> None:
    manifest = manifest_of(tmp_path, FASTMCP + DOCSTRING)
    description = literal_at(manifest, 0, "/description")
    assert written(description) == "Feeds the gulls.\n\n    They come — in numbers."
    assert (description.kind, description.indent) == (LiteralKind.DOCSTRING_PART, "    ")
    bread = literal_at(manifest, 0, "/inputSchema/properties/bread/description")
    assert written(bread) == "What to throw,\n            in pieces."
    pier = literal_at(manifest, 0, "/inputSchema/properties/pier/description")
    assert (written(pier), pier.location.column) == ("pier", 21)


def test_a_whole_docstring(tmp_path: Path) -> None:
    literal = literal_at(manifest_of(tmp_path, SDK + DOCSTRING), 0, "/description")
    assert (literal.kind, literal.quote, literal.prefix, literal.indent) == (LiteralKind.DOCSTRING, '"""', "", "    ")
    assert written(literal).startswith('"""Feeds') and written(literal).endswith('pier\n    """')
    assert literal.editable and literal.cleaned


def test_a_docstring_whose_lines_are_not_those_of_the_file_is_one_span(tmp_path: Path) -> None:
    code = FASTMCP + '@mcp.tool\ndef f(a):\n    "Does.\\n\\nArgs:\\n    a: What."\n'
    manifest = manifest_of(tmp_path, code)
    assert manifest.tools[0].description == "Does."
    assert written(literal_at(manifest, 0, "/description")) == '"Does.\\n\\nArgs:\\n    a: What."'


EDITS = {
    "python": ("s.py", SDK + '@mcp.tool(description="Old — text.")\ndef f(): ...\n', '"New."'),
    "docstring": ("s.py", SDK + '@mcp.tool()\ndef f():\n    """Old.\n\n    Text.\n    """\n', '"""New."""'),
    "template": ("s.ts", 'const é = "ü"; s.registerTool("f", { description: `Old\n text.` }, g);\n', "`New.`"),
    "sum": ("s.js", 's.registerTool("f", { description: "Old " +\n  "text." }, g);\n', '"New."'),
    "go": ("s.go", 'package a\nimport "x/mcp"\nvar t = mcp.NewTool("f", mcp.WithDescription(`Old.`))\n', '"New."'),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(("name", "code", "replacement"), EDITS.values(), ids=EDITS)
def test_writing_over_a_literal_changes_that_text_and_nothing_else(
    name: str, code: str, replacement: str, encoding: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(code.replace("\n", "\r\n").encode(encoding))
    (manifest,) = scan_file(path)
    literal = literal_at(manifest, 0, "/description")
    assert literal.editable
    text = path.read_bytes().decode(literal.encoding)
    path.write_bytes((text[: literal.start] + replacement + text[literal.end :]).encode(literal.encoding))
    (after,) = scan_file(path)
    assert after.tools[0].raw == {**manifest.tools[0].raw, "description": "New."}


def test_a_shared_constant_is_not_editable_in_one_place(tmp_path: Path) -> None:
    code = SDK + 'T = "Both."\n@mcp.tool(description=T)\ndef a(): ...\n@mcp.tool(description=T)\ndef b(): ...\n'
    manifest = manifest_of(tmp_path, code)
    literal = literal_at(manifest, 1, "/description")
    assert (written(literal), literal.shared, literal.editable) == ('"Both."', True, False)


def test_a_place_that_is_not_a_text_of_its_own_has_no_literal(tmp_path: Path) -> None:
    manifest = manifest_of(tmp_path, SDK + '@mcp.tool()\ndef f(a: int): "Does."\n')
    assert isinstance(manifest.locator, SourceLocator)
    assert manifest.locator.literal(Place(0, "/inputSchema/properties/a/description")) is None
    assert manifest.locator.literal(Place(None, "/instructions")) is None
