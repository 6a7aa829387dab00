"""What facts of code say to a reader: what a length counts, whether a flag is true, what an SDK fills in."""

from pathlib import Path

import pytest

from tests.subjects import PREAMBLE
from toolsmell.app import default_options
from toolsmell.evidence.code import with_implementations
from toolsmell.evidence.code.error_words import is_error_text
from toolsmell.evidence.code.shown import fact_lines
from toolsmell.model import Manifest
from toolsmell.rewrite.briefs import briefs
from toolsmell.rewrite.measure import Yardstick
from toolsmell.sources.code import scan_file

LOW = """
from mcp import types
from mcp.server import Server
server = Server("low")

@server.list_tools()
async def tools():
    return [types.Tool(name="t", description="Finds.", inputSchema={"type": "object", "properties": {
        "q": {"type": "string"}, "n": {"type": "integer", "default": 5}}})]

@server.call_tool()
async def call(name, arguments):
    if name == "t":
CODE
"""
ZOD = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
const server = new McpServer({ name: "rooms", version: "1" });
server.tool("t", "Finds.", { q: z.string(), n: z.number().default(20), dry: z.boolean().optional() }, async (args) => {
CODE
  return { content: [] };
});
"""


def _said(folder: Path, name: str, code: str) -> list[str]:
    """Return the words of the facts of the tool in a file."""
    (folder / name).write_text(code, encoding="utf-8")
    (manifest,) = scan_file(folder / name)
    code_of = with_implementations(manifest).implementations
    assert code_of is not None
    return [line.partition(": ")[2] for line in fact_lines(code_of[0])]


@pytest.mark.parametrize(
    ("parameters", "body", "said"),
    [
        (
            "a: str",
            "if len(a) > 9: raise ValueError('too long')",
            'has at most 9 characters; anything else fails with "too long"',
        ),
        (
            "a: list[str] | None",
            "if len(a) > MOST: raise ValueError('too long')",
            "has at most 7 items; anything else fails",
        ),
        (
            "a: dict[str, str]",
            "if len(a) > 9: raise ValueError('too long')",
            "has at most 9 entries; anything else fails",
        ),
        ("a: str | list[str]", "if len(a) > 9: raise ValueError('l')", "the length of `a` is at most 9; anything else"),
        ("a: bool", "if not a: raise ValueError('no x')", 'fails with "no x" if `a` is not true'),
        ("a: bool", "if a: shutil.rmtree('x')", "deletes a file; if `a` is true"),
        ("a: bool | None = None", "if a is None: raise ValueError('no x')", 'fails with "no x" if `a` is not given'),
        ("a: str | None = None", "if not a: raise ValueError('no x')", 'fails with "no x" if `a` is not given'),
        (
            "a: str, b: str",
            "if a == 'z' and not b: raise ValueError('no b')",
            'fails with "no b" if `a` is `z` and `b` is not given',
        ),
    ],
)
def test_a_fact_says_what_the_type_of_the_parameter_means(
    tmp_path: Path, parameters: str, body: str, said: str
) -> None:
    code = f"{PREAMBLE}\nMOST = 7\n@mcp.tool()\ndef t({parameters}) -> str:\n    '''Finds.'''\n    {body}\n    return 'y'\n"
    assert any(said in line for line in _said(tmp_path, "server.py", code)), _said(tmp_path, "server.py", code)


def test_a_missing_key_is_an_argument_that_is_not_given(tmp_path: Path) -> None:
    code = (
        "        if 'q' not in arguments:\n            raise ValueError('q is required')\n        return arguments['q']"
    )
    assert 'fails with "q is required" if `q` is not given' in _said(tmp_path, "low.py", LOW.replace("CODE", code))
    code = "  if (!('q' in args)) throw new Error('q is required');"
    assert 'fails with "q is required" if `q` is not given' in _said(tmp_path, "z.ts", ZOD.replace("CODE", code))


def test_a_default_that_an_sdk_fills_in_first_is_no_fact(tmp_path: Path) -> None:
    assert _said(tmp_path, "z.ts", ZOD.replace("CODE", "  const n = args.n ?? 200; return n;")) == []
    dry = ZOD.replace("CODE", "  const dry = args.dry ?? true; return dry;")
    assert _said(tmp_path, "z.ts", dry) == ["`dry` is true if it is not given"]
    low = LOW.replace("CODE", "        n = arguments.get('n', 10)\n        return n")
    assert _said(tmp_path, "low.py", low) == ["`n` is 10 if it is not given"]
    late = (
        f"{PREAMBLE}\n@mcp.tool()\ndef t(a: bool = False) -> str:\n    if a is None:\n        raise ValueError('x')\n"
    )
    assert _said(tmp_path, "server.py", late) == []


@pytest.mark.parametrize(
    ("text", "is_error"),
    [
        ("unknown", False),
        ("Invalid", False),
        ("failed", False),
        ("error", True),
        ("unknown mode", True),
        ("Error: x", True),
    ],
)
def test_one_word_that_is_returned_is_a_value(text: str, is_error: bool) -> None:
    assert is_error_text(text) is is_error


def _coded(folder: Path) -> Manifest:
    tools = "\n".join(
        f"@mcp.tool()\ndef t{n}(a: Annotated[str, Field(description='What.')]) -> str:\n"
        f"    '''Finds {n}.'''\n    _log_in()\n    return _do{n}(a)\n"
        f"def _do{n}(a: str) -> str:\n    if a == 'b': raise ValueError('no b in {n}')\n    return a\n"
        for n in range(3)
    )
    shared = (
        "def _log_in() -> None:\n    if not shutil.which('x'): raise ValueError('no tool x')\n"
        "    if not shutil.which('y'): raise ValueError('invalid credentials')\n"
    )
    (folder / "server.py").write_text(f"{PREAMBLE}\n{shared}\n{tools}", encoding="utf-8")
    (manifest,) = scan_file(folder / "server.py")
    return manifest


def test_a_brief_shows_the_facts_of_one_tool_before_those_of_many(tmp_path: Path) -> None:
    options = default_options()
    yardstick = Yardstick(options.rubric, options.rules, options.frame, options.counter)
    for brief in briefs(_coded(tmp_path), yardstick):
        own, shared, trouble = brief.code
        assert own.endswith(f'fails with "no b in {brief.tool[1:]}" if `a` is `b`')
        assert 'fails with "no tool x"' in shared
        assert shared.endswith("(as 2 other tools)")
        assert 'fails with "invalid credentials"' in trouble
