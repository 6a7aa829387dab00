"""Python strings that are put together are followed; what a run would compute is unknown."""

from pathlib import Path

import pytest

from tests.sources.code.reading import literal_at, manifest_of, written

SERVER = """
import inspect, os, textwrap
from enum import Enum
from mcp.server.mcpserver import MCPServer

mcp = MCPServer("s")
UNIT = "metres"
NESTED = {"tool": {"text": "From a table."}}
TABLE = ["zeroth", "first"]
TWICE = "once"
TWICE = "twice"
if os.name:
    EITHER = "a"
else:
    EITHER = "b"
class Words(str, Enum):
    MAIN = "From an enumeration."
class Texts:
    main = "From a class."
def text():
    "A docstring."
    return "From a function."
def computed(x):
    return x
"""

KNOWN = {
    "plain": ('"Plain."', "Plain."),
    "single_quotes": ("'It is \"so\".'", 'It is "so".'),
    "escapes": (r'"a\tb\n\x41\u00e9\N{BULLET}\101\q\\"', "a\tb\n\x41\u00e9\u2022A\\q\\"),
    "raw": (r'r"a\n{b}"', r"a\n{b}"),
    "continued": ('"one \\\ntwo"', "one two"),
    "implicit": ('"one " "two"', "one two"),
    "in_parentheses": ('("one "\n    "two")', "one two"),
    "plus": ('"one " + "two " + ("three")', "one two three"),
    "constant": ("UNIT", "metres"),
    "constant_in_a_sum": ('"In " + UNIT + "."', "In metres."),
    "format_of_a_constant": ('f"In {UNIT}, {{not}} feet."', "In metres, {not} feet."),
    "format_of_a_number": ('f"{3} times"', "3 times"),
    "format_without_holes": ('f"None."', "None."),
    "dedent": ('textwrap.dedent("""\\\n    One.\n      Two.\n""")', "One.\n  Two.\n"),
    "cleandoc": ('inspect.cleandoc("""\n    One.\n      Two.\n    """)', "One.\n  Two."),
    "strip": ('"""\n  One.\n""".strip()', "One."),
    "join": ('" ".join(["One.", "Two.", UNIT])', "One. Two. metres"),
    "table": ('NESTED["tool"]["text"]', "From a table."),
    "item": ("TABLE[1]", "first"),
    "enumeration": ("Words.MAIN.value", "From an enumeration."),
    "member": ("Words.MAIN", "From an enumeration."),
    "class_attribute": ("Texts.main", "From a class."),
    "function": ("text()", "From a function."),
    "function_of_an_argument": ('computed("From an argument.")', "From an argument."),
    "bound_again": ("TWICE", "twice"),
    "conditional": ('"a" if UNIT else "b"', "a"),
    "compared": ('"a" if UNIT == "feet" else "b"', "b"),
    "either": ('"" or "Otherwise."', "Otherwise."),
    "percent": ('"In %s, %d %% of %s." % (UNIT, 5, "all")', "In metres, 5 % of all."),
    "percent_of_one": ('"In %s." % UNIT', "In metres."),
    "braces": ('"In {}, {{{u}}} and {1}.".format(UNIT, "two", u=3)', "In metres, {3} and two."),
    "number_as_text": ('"At " + str(5)', "At 5"),
    "formatted_pieces": ('f"In {UNIT}" " and " f"out."', "In metres and out."),
    "dedented_concatenation": ('textwrap.dedent("  One.\\n" "  Two.")', "One.\nTwo."),
    "join_of_a_constant": ('", ".join(TABLE)', "zeroth, first"),
    "empty_falls_back": ('""', "The docstring."),
}

UNKNOWN = {
    "call": 'os.environ["X"]',
    "format_of_a_call": 'f"On {os.name}."',
    "rebound": "EITHER",
    "conditional": '"a" if os.name else "b"',
    "method": '"a".upper()',
    "nowhere": "ELSEWHERE",
    "percent_of_a_call": '"%s" % os.name',
    "percent_with_a_width": '"%5s" % UNIT',
    "percent_of_too_few": '"%s and %s" % UNIT',
    "braces_with_a_format": '"{:>5}".format(UNIT)',
    "braces_of_nothing": '"{} {}".format(UNIT)',
    "format_with_a_format": 'f"{3:02d}"',
    "bytes": 'b"One."',
    "generator": '" ".join(x for x in TABLE)',
}


def server(expression: str) -> str:
    return f'{SERVER}\n@mcp.tool(description={expression})\ndef f() -> str:\n    "The docstring."\n    return ""\n'


@pytest.mark.parametrize(("expression", "text"), KNOWN.values(), ids=KNOWN)
def test_known(expression: str, text: str, tmp_path: Path) -> None:
    (tool,) = manifest_of(tmp_path, server(expression)).tools
    assert tool.description == text
    assert tool.known("description")


@pytest.mark.parametrize("expression", UNKNOWN.values(), ids=UNKNOWN)
def test_unknown(expression: str, tmp_path: Path) -> None:
    (tool,) = manifest_of(tmp_path, server(expression)).tools
    assert "description" not in tool.raw
    assert tool.unknown["description"].startswith("computed at run time")


def test_a_name_means_what_it_means_where_it_stands(tmp_path: Path) -> None:
    code = SERVER + (
        "def make(UNIT, mcp: MCPServer):\n"
        '    inner = "From inside."\n'
        "    @mcp.tool(description=UNIT)\n    def a(): ...\n"
        "    @mcp.tool(description=inner)\n    def b(): ...\n"
        "class Other:\n    UNIT = 'not visible in methods'\n"
        "    def method(self):\n        @mcp.tool(description=UNIT)\n        def c(): ...\n"
    )
    tools = {tool.name: tool for tool in manifest_of(tmp_path, code).tools}
    assert not tools["a"].known("description")
    assert tools["b"].description == "From inside."
    assert tools["c"].description == "metres"


def test_constants_of_other_files_are_followed(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("from .texts import *\n")
    (package / "texts.py").write_text('ONE = "From a star."\nTWO = "From a module."\n')
    code = (
        "from mcp.server.mcpserver import MCPServer\nfrom package import ONE, texts\nfrom . import texts as near\n"
        'from .nowhere import GONE\nimport package.texts\nmcp = MCPServer("s")\n'
        "@mcp.tool(description=ONE)\ndef a(): ...\n"
        "@mcp.tool(description=texts.TWO)\ndef b(): ...\n"
        "@mcp.tool(description=near.TWO)\ndef c(): ...\n"
        "@mcp.tool(description=GONE)\ndef d(): ...\n"
    )
    tools = manifest_of(package, code).tools
    found = [tool.description for tool in tools]
    assert found == ["From a star.", "From a module.", "From a module.", None]


SPANS = {
    "string": ('"Plain."', '"Plain."', True),
    "concatenation": ('"one " + "two"', '"one " + "two"', True),
    "dedent": ('textwrap.dedent("""\n    One.\n""")', '"""\n    One.\n"""', True),
    "constant": ("UNIT", '"metres"', False),
    "format": ('f"In {UNIT}."', 'f"In {UNIT}."', False),
    "sum_with_a_constant": ('"In " + UNIT', '"In " + UNIT', False),
    "percent": ('"In %s." % "one"', '"In %s." % "one"', False),
    "table": ('NESTED["tool"]["text"]', '"From a table."', False),
    "join_of_a_constant": ('", ".join(TABLE)', '", ".join(TABLE)', False),
    "join": ('", ".join(["a", "b"])', '", ".join(["a", "b"])', True),
}


@pytest.mark.parametrize(("expression", "span", "editable"), SPANS.values(), ids=SPANS)
def test_spans(expression: str, span: str, editable: bool, tmp_path: Path) -> None:
    literal = literal_at(manifest_of(tmp_path, server(expression)), 0, "/description")
    assert written(literal) == span
    assert literal.editable is editable
