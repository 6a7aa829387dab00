"""New texts replace literals, in every form that literals have."""

import ast
import json
import shutil
import subprocess
from inspect import cleandoc
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.code.reading import literal_at, manifest_of
from toolsmell.editing.patch import PatchError
from toolsmell.sources.code import Literal, scan_file
from toolsmell.sources.code.edit import edited, refusal

NASTY = ["'", '"', "\\", "\n", "\r", "\t", "`", "${", "{", "}", '"""', "'''", "\\n", "\\N{DEGREE SIGN}", " ", "  ", "a",
         "é", "日", "😀", "\x00", "\u202e", "\u2028", "\ud800", "%s", "#", "//", "\n\n", "end."]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(NASTY), max_size=12).map("".join))

PYTHON = {
    "double": '"Old."',
    "single": "'Old.'",
    "raw": r'r"Old \d."',
    "formatted": 'f"Old {{x}}."',
    "raw_formatted": 'rf"Old {{x}}."',
    "unicode": 'u"Old."',
    "triple": '"""Old\nand older."""',
    "raw_triple": "r'''Old\nand \\d.'''",
    "implicit": '(\n    "Old "\n    "and older."\n)',
    "sum": "\"Old \" + 'and older.'",
    "dedent": 'dedent("""\\\n    Old\n    and older.\n    """)',
    "strip": '"""\nOld.\n""".strip()',
    "join": '" ".join(["Old", "and older."])',
}
SCRIPT = {
    "double": '"Old."',
    "single": "'Old.'",
    "template": "`Old\nand older.`",
    "sum": "'Old ' +\n  'and older.'",
    "mixed_sum": "'Old ' + `and older.`",
    "trimmed": "`\n  Old.\n`.trim()",
    "join": "['Old', 'and older.'].join('\\n')",
}
GO = {
    "interpreted": '"Old."',
    "raw": "`Old\nand older.`",
    "sum": '"Old " +\n\t\t"and older."',
    "formatted": 'fmt.Sprintf("Old.")',
}
SETTINGS = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def python(expression: str) -> str:
    return (
        "from textwrap import dedent\nfrom mcp.server.fastmcp import FastMCP\nmcp = FastMCP('s')\n"
        f"@mcp.tool(name='é', description={expression})\ndef f(): ...\n# behind: 日\n"
    )


def script(expression: str) -> str:
    return (
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
        'const server = new McpServer({ name: "é", version: "1" });\n'
        f'server.registerTool("t", {{ description: {expression} }}, async () => null);\n// behind: 日\n'
    )


def go(expression: str) -> str:
    return (
        'package main\n\nimport "github.com/mark3labs/mcp-go/mcp"\n\nfunc main() {\n\ts := server.NewMCPServer("é", "1")\n'
        f'\ts.AddTool(mcp.NewTool("t", mcp.WithDescription({expression})), nil)\n}}\n// behind: 日\n'
    )


def place(folder: Path, code: str, name: str, pointer: str = "/description") -> tuple[bytes, Literal]:
    literal = literal_at(manifest_of(folder, code, name), 0, pointer)
    return (folder / name).read_bytes(), literal


def read(folder: Path, data: bytes, name: str) -> str | None:
    """Return the description that a scan reads in a file."""
    path = folder / name
    (manifest,) = scan_file(path, data=data)
    return manifest.tools[0].description or ""  # a framework takes an empty one for none


def unchanged_around(before: bytes, after: bytes, literal: Literal) -> None:
    old, new = before.decode(), after.decode()
    assert new.startswith(old[: literal.start]) and new.endswith(old[literal.end :])


@pytest.mark.parametrize("expression", PYTHON.values(), ids=PYTHON)
@given(text=TEXTS)
@SETTINGS
def test_python_says_what_was_meant(expression: str, text: str, tmp_path: Path) -> None:
    before, literal = place(tmp_path, python(expression), "s.py")
    try:
        after = edited(before, {literal: text})
    except PatchError:
        assert literal.cleaned, "only what the program cleans cannot be any text"
        return
    unchanged_around(before, after, literal)
    assert read(tmp_path, after, "s.py") == text
    (call,) = [n for n in ast.walk(ast.parse(after)) if isinstance(n, ast.keyword) and n.arg == "description"]
    assert eval(compile(ast.Expression(call.value), "", "eval"), {"dedent": dedent}) == text


@pytest.mark.parametrize("expression", SCRIPT.values(), ids=SCRIPT)
@given(text=TEXTS)
@SETTINGS
def test_scripts_say_what_was_meant(expression: str, text: str, tmp_path: Path) -> None:
    before, literal = place(tmp_path, script(expression), "s.ts")
    try:
        after = edited(before, {literal: text})
    except PatchError:
        assert literal.cleaned or not text.isascii()
        return
    unchanged_around(before, after, literal)
    assert read(tmp_path, after, "s.ts") == text


@pytest.mark.parametrize("expression", GO.values(), ids=GO)
@given(text=TEXTS)
@SETTINGS
def test_go_says_what_was_meant(expression: str, text: str, tmp_path: Path) -> None:
    before, literal = place(tmp_path, go(expression), "s.go")
    try:
        after = edited(before, {literal: text})
    except PatchError:
        assert any("\ud800" <= char <= "\udfff" for char in text) or not literal.editable
        return
    unchanged_around(before, after, literal)
    assert read(tmp_path, after, "s.go") == text


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_node_reads_what_was_written(tmp_path: Path) -> None:
    texts = ["".join(NASTY[at:] + NASTY[:at]).replace("\ud800", "") for at in range(len(NASTY))]
    written = []
    for expression in SCRIPT.values():
        before, literal = place(tmp_path, script(expression), "s.ts")
        for text in texts:
            try:
                after = edited(before, {literal: text}).decode()
            except PatchError:
                assert literal.cleaned
                continue
            end = len(after) - len(before.decode()[literal.end :])
            tail = ".trim()" if literal.cleaned else ""
            written.append((text, after[literal.start : end] + tail))
    (tmp_path / "all.js").write_text(f"console.log(JSON.stringify([{','.join(code for _, code in written)}]))", "utf-8")
    output = subprocess.run(["node", "all.js"], cwd=tmp_path, check=True, capture_output=True).stdout
    assert json.loads(output) == [text for text, _ in written]
    assert len(written) > 150


DOCSTRINGS = {
    "one_line": '"""Old."""',
    "quotes_alone": '"""\n    Old.\n\n    And older.\n    """',
    "usual": '"""Old.\n\n    And older.\n    """',
    "single_quotes": '"Old."',
    "raw": 'r"""Old \\d.\n\n    And older."""',
    "implicit": '"Old " "and older."',
}


def documented(docstring: str, server: str = "mcp.server.fastmcp") -> str:
    return (
        f"from {server} import FastMCP\nmcp = FastMCP('s')\n\n\n"
        f"@mcp.tool()\ndef f(room: str) -> None:\n    {docstring}\n    return None\n"
    )


@pytest.mark.parametrize("docstring", DOCSTRINGS.values(), ids=DOCSTRINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@given(text=TEXTS)
@settings(SETTINGS, max_examples=15)
def test_docstrings_say_what_was_meant(docstring: str, newline: str, text: str, tmp_path: Path) -> None:
    before, literal = place(tmp_path, documented(docstring).replace("\n", newline), "s.py")
    try:
        after = edited(before, {literal: text})
    except PatchError:
        assert (
            cleandoc(f"\n{text.strip()}") != text.strip() or cleandoc(text.strip()) != text.strip() or not text.strip()
        )
        return
    unchanged_around(before, after, literal)
    (function,) = [n for n in ast.walk(ast.parse(after)) if isinstance(n, ast.FunctionDef)]
    said = ast.get_docstring(function)
    assert said is not None and said.strip() == text.strip()
    if newline == "\r\n":
        assert b"\n" not in after.replace(b"\r\n", b"")


def between(before: bytes, after: bytes, literal: Literal) -> str:
    """Return the text that replaced a literal."""
    tail = before.decode()[literal.end :]
    return after.decode()[literal.start : -len(tail)]


HEIGHTS = "Heights are metres over chart datum, one row for each hour of the day that is asked for."
LAYOUTS = {
    "lines_of_a_docstring": (
        documented('"""Old.\n\n    And older.\n    """'),
        f'"""Look up the tides.\n\n    {HEIGHTS}\n    """',
    ),
    "a_docstring_of_one_line": (documented("'Old.'"), f"'''Look up the tides.\n\n    {HEIGHTS}\n    '''"),
    "dedent": (
        python('dedent("""\\\n    Old\n    and older.""")'),
        f'"""\\\n    Look up the tides.\n\n    {HEIGHTS}"""',
    ),
    "pieces": (
        python('(\n            "Old "\n            "and older."\n        )'),
        f'"Look up the tides.\\n"\n            "\\n"\n            "{HEIGHTS[:-4]}"\n            "for."',
    ),
}
LONG = f"Look up the tides.\n\n{HEIGHTS}"


@pytest.mark.parametrize(("code", "expected"), LAYOUTS.values(), ids=LAYOUTS)
def test_a_text_is_laid_out_as_the_old_one(code: str, expected: str, tmp_path: Path) -> None:
    before, literal = place(tmp_path, code, "s.py")
    assert between(before, edited(before, {literal: LONG}), literal) == expected


def test_a_sum_changes_where_its_text_does(tmp_path: Path) -> None:
    before, literal = place(tmp_path, script("'Looks up the tide' +\n  ' of a harbour.' +  `\n`"), "s.ts")
    after = edited(before, {literal: "Looks up the tide of one harbour.\n"})
    assert between(before, after, literal) == "'Looks up the tide' +\n  ' of one harbour.' +  `\n`"


PARTED = '"""Old.\n\n    Args:\n        room: Number of the room.\n        day: When.\n            As a date.\n    """'


@pytest.mark.parametrize(
    ("pointer", "text", "expected"),
    [
        ("/description", "One.\n\nTwo.", PARTED.replace("Old.", "One.\n\n    Two.")),
        (
            "/inputSchema/properties/room/description",
            'As "on"\nits door.',
            PARTED.replace("Number of the room.", 'As "on"\n            its door.'),
        ),
        (
            "/inputSchema/properties/day/description",
            "Any day.",
            PARTED.replace("When.\n            As a date.", "Any day."),
        ),
    ],
    ids=["description", "parameter", "parameter of two lines"],
)
def test_a_part_of_a_docstring_leaves_the_others(pointer: str, text: str, expected: str, tmp_path: Path) -> None:
    code = documented(PARTED, "fastmcp").replace("room: str", "room: str, day: str")
    before, literal = place(tmp_path, code, "s.py", pointer)
    assert edited(before, {literal: text}).decode() == code.replace(PARTED, expected)


@pytest.mark.parametrize("text", ["Old.\n\nArgs:\n    day: Another.", "Old.\n\nReturns:\n    Nothing."])
def test_a_part_that_would_make_another_is_refused(text: str, tmp_path: Path) -> None:
    before, literal = place(tmp_path, documented(PARTED, "fastmcp"), "s.py")
    with pytest.raises(PatchError, match="parts of the docstring"):
        edited(before, {literal: text})


ENCODINGS = {
    "bom": ("utf-8-sig", "", "Größe ≥ 1"),
    "utf_16": ("utf-16", "", "Größe ≥ 1"),
    "cookie": ("latin-1", "# -*- coding: latin-1 -*-\n", "Größe \\u2265 1"),
}


@pytest.mark.parametrize(("encoding", "head", "expected"), ENCODINGS.values(), ids=ENCODINGS)
def test_the_encoding_stays(encoding: str, head: str, expected: str, tmp_path: Path) -> None:
    code = (head + python('"Älter."')).replace("# behind: 日", "# behind: ß")
    path = tmp_path / "s.py"
    path.write_bytes(code.encode(encoding))
    (manifest,) = scan_file(path)
    literal = literal_at(manifest, 0, "/description")
    after = edited(path.read_bytes(), {literal: "Größe ≥ 1"})
    assert after == code.replace("Älter.", expected).encode(encoding)
    assert read(tmp_path, after, "s.py") == "Größe ≥ 1"


def test_several_texts_of_a_file_at_once(tmp_path: Path) -> None:
    code = documented('"""Old."""') + '\n\n@mcp.tool(description="Older.")\ndef g() -> None: ...\n'
    manifest = manifest_of(tmp_path, code, "s.py")
    texts = {literal_at(manifest, 0, "/description"): "One.\n\nMore.", literal_at(manifest, 1, "/description"): "Two."}
    (after,) = scan_file(tmp_path / "s.py", data=edited((tmp_path / "s.py").read_bytes(), texts))
    assert [tool.description for tool in after.tools] == ["One.\n\nMore.\n", "Two."]


REFUSED = {
    "a constant": ('UNIT = "metres"\n' + python("UNIT"), "constant"),
    "a sum with a constant": ('UNIT = "metres"\n' + python('"In " + UNIT'), "run time"),
    "a placeholder": ('UNIT = "metres"\n' + python('f"In {UNIT}."'), "run time"),
}


@pytest.mark.parametrize(("code", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_other_places_share_is_refused(code: str, reason: str, tmp_path: Path) -> None:
    before, literal = place(tmp_path, code, "s.py")
    assert reason in (refusal(literal) or "")
    with pytest.raises(PatchError, match=rf"s\.py:\d+: .*{reason}"):
        edited(before, {literal: "New."})


def test_a_file_that_changed_is_refused(tmp_path: Path) -> None:
    before, literal = place(tmp_path, python('"Old."'), "s.py")
    with pytest.raises(PatchError, match="has changed since"):
        edited(b"\n" + before, {literal: "New."})


def test_bytes_that_are_not_of_the_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.py"
    path.write_bytes(python('"Old."').encode() + b"# \xff\n")
    (manifest,) = scan_file(path)
    with pytest.raises(PatchError, match="not latin-1 throughout"):
        edited(path.read_bytes(), {literal_at(manifest, 0, "/description"): "New."})
