"""JavaScript, TypeScript and Go strings that are put together are followed; what a run would compute is unknown."""

from pathlib import Path

import pytest

from tests.sources.code.reading import literal_at, manifest_of, written

SCRIPT = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
const server = new McpServer({ name: "s", version: "1" });
const UNIT = "metres";
const table = { tool: { text: "From a table." }, ["comp" + "uted"]: "By a computed key." };
const { tool: { text } , ...others } = table;
const { computed } = table;
let twice = "once";
twice = "twice";
class Texts { static main = "From a class."; }
var Names; (function (Names) { Names["A"] = "From an enumeration."; })(Names || (Names = {}));
var Late = ((Late2) => { Late2["A"] = "From a bundled enumeration."; return Late2; })(Late || {});
const made = () => "From a function.";
function stated() { return UNIT; }
"""

KNOWN = {
    "argument": ("((x) => x)('a')", "a"),
    "condition": ('UNIT ? "a" : "b"', "a"),
    "double": ('"Plain."', "Plain."),
    "single": ("'It is \"so\".'", 'It is "so".'),
    "escapes": (r"'a\tb\x41\u00e9\u{1F600}\ud83d\ude00\0\q\\'", "a\tb\x41\u00e9\U0001f600\U0001f600\0q\\"),
    "continued": ('"one \\\ntwo"', "one two"),
    "template": ("`One.\n  Two \\`three\\`.`", "One.\n  Two `three`."),
    "template_of_a_constant": ("`In ${UNIT}.`", "In metres."),
    "raw": ("String.raw`a\\n`", "a\\n"),
    "dedented": ("dedent`\n    One.\n      Two.\n`", "One.\n  Two."),
    "plus": ('"one " + "two " + (`three`)', "one two three"),
    "constant": ("UNIT", "metres"),
    "trimmed": ('"  One. ".trim()', "One."),
    "joined": ('["One.", UNIT].join("\\n")', "One.\nmetres"),
    "member": ("table.tool.text", "From a table."),
    "index": ('table["tool"]["text"]', "From a table."),
    "computed_key": ("computed", "By a computed key."),
    "class": ("Texts.main", "From a class."),
    "enumeration": ("Names.A", "From an enumeration."),
    "bundled_enumeration": ("Late.A", "From a bundled enumeration."),
    "function": ("made()", "From a function."),
    "function_with_a_body": ("stated()", "metres"),
    "plus_a_number": ('"At most " + 5', "At most 5"),
    "joined_without_a_word": ('["a", "b"].join()', "a,b"),
    "text_of_a_number": ('"At " + String(5)', "At 5"),
    "otherwise": ('"" || "Otherwise."', "Otherwise."),
}

UNKNOWN = {
    "argument": ("((x) => x)('a')", "a"),
    "condition": ('UNIT ? "a" : "b"', "a"),
    "environment": "process.env.X",
    "template": "`On ${process.platform}.`",
    "rebound": "twice",
    "conditional": 'process.platform ? "a" : "b"',
    "method": '"a".toUpperCase()',
    "nowhere": "elsewhere",
    "sum_of_numbers": "1 + 2 + 'a'",
    "mapped": "['a'].map((x) => x).join()",
}


def script(expression: str) -> str:
    return f'{SCRIPT}\nserver.registerTool("f", {{ description: {expression} }}, async () => ({{ content: [] }}));\n'


@pytest.mark.parametrize("name", ["server.js", "server.ts", "server.tsx"])
@pytest.mark.parametrize(("expression", "text"), KNOWN.values(), ids=KNOWN)
def test_known(expression: str, text: str, name: str, tmp_path: Path) -> None:
    (tool,) = manifest_of(tmp_path, script(expression), name).tools
    assert tool.description == text


@pytest.mark.parametrize("expression", UNKNOWN.values(), ids=UNKNOWN)
def test_unknown(expression: str, tmp_path: Path) -> None:
    (tool,) = manifest_of(tmp_path, script(expression), "server.js").tools
    assert "description" not in tool.raw
    assert not tool.known("description")


TYPED = {
    "as_const": ('"Plain." as const', "Plain."),
    "satisfies": ('"Plain." satisfies string', "Plain."),
    "not_null": ("UNIT!", "metres"),
    "enumeration": ("Kind.A", "From an enumeration."),
}


@pytest.mark.parametrize(("expression", "text"), TYPED.values(), ids=TYPED)
def test_types_around_a_value_change_nothing(expression: str, text: str, tmp_path: Path) -> None:
    code = 'export enum Kind { A = "From an enumeration." }\n' + script(expression)
    (tool,) = manifest_of(tmp_path, code, "server.ts").tools
    assert tool.description == text


def test_spans(tmp_path: Path) -> None:
    plus = literal_at(manifest_of(tmp_path, script('"one " + "twö"'), "a.js"), 0, "/description")
    template = literal_at(manifest_of(tmp_path, script("`é${UNIT}`"), "b.js"), 0, "/description")
    constant = literal_at(manifest_of(tmp_path, script("UNIT"), "c.js"), 0, "/description")
    assert (written(plus), plus.editable) == ('"one " + "twö"', True)
    assert (written(template), template.editable) == ("`é${UNIT}`", False)
    assert (written(constant), constant.editable, constant.shared) == ('"metres"', False, True)


GO = """package main

import ("fmt"; "os"; "strings"; "github.com/mark3labs/mcp-go/mcp")

const unit = "metres"
var table = map[string]string{"a": "From a table."}
var once = "Set once."
var twice = "Set once."

func init() { twice = "Set again." }

func stated() string { return "From a function." }

var tool = mcp.NewTool("f", mcp.WithDescription(%s))
"""

GO_KNOWN = {
    "interpreted": (r'"a\tb\x41\u00e9\101\\"', "a\tb\x41\u00e9A\\"),
    "raw": ("`One.\n\\n two`", "One.\n\\n two"),
    "plus": ('"one " + `two ` + ("three")', "one two three"),
    "constant": ('"In " + unit', "In metres"),
    "trimmed": ('strings.TrimSpace("  One.\\n")', "One."),
    "joined": ('strings.Join([]string{"One.", unit}, " ")', "One. metres"),
    "function": ("stated()", "From a function."),
    "formatted": ('fmt.Sprintf("In %s, %d %% of %v.", unit, 5, "all")', "In metres, 5 % of all."),
    "formatted_without_arguments": ('fmt.Sprintf("Plain.")', "Plain."),
    "converted": ('string("Plain.")', "Plain."),
    "bytes": (r'"caf\xc3\xa9 \134n"', "café \\n"),
    "variable": ("once", "Set once."),
}
GO_UNKNOWN = {
    "call": 'os.Getenv("X")',
    "formatted": 'fmt.Sprintf("On %s.", os.Getenv("X"))',
    "formatted_with_an_index": 'fmt.Sprintf("In %[1]s.", unit)',
    "formatted_with_too_few": 'fmt.Sprintf("%s and %s.", unit)',
    "nowhere": "elsewhere",
    "reassigned": "twice",
}


@pytest.mark.parametrize(("expression", "text"), GO_KNOWN.values(), ids=GO_KNOWN)
def test_known_in_go(expression: str, text: str, tmp_path: Path) -> None:
    (tool,) = manifest_of(tmp_path, GO % expression, "main.go").tools
    assert tool.description == text


@pytest.mark.parametrize("expression", GO_UNKNOWN.values(), ids=GO_UNKNOWN)
def test_unknown_in_go(expression: str, tmp_path: Path) -> None:
    (tool,) = manifest_of(tmp_path, GO % expression, "main.go").tools
    assert "description" not in tool.raw
    assert not tool.known("description")
