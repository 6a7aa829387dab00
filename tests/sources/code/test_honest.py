"""Values that a run may change are unknown; prefixes of names and exclusive registrations are followed."""

from pathlib import Path
from typing import Any

import pytest

from tests.sources.code.test_construction import write
from toolsmell.app import read, scan
from toolsmell.errors import NoToolsError
from toolsmell.model import Manifest
from toolsmell.sources.code import scan_directory

SDK = "from mcp.server.fastmcp import FastMCP\nimport os\nmcp = FastMCP('p')\n"


def tools_of(tmp_path: Path, **files: str) -> dict[str | None, Any]:
    """Return the tools of a project; `a__py` is the name of the file a.py."""
    return {tool.name: tool for manifest in manifests_of(tmp_path, **files) for tool in manifest.tools}


def manifests_of(tmp_path: Path, **files: str) -> list[Manifest]:
    write(tmp_path, {name.replace("__", "."): text for name, text in files.items()})
    return list(scan_directory(tmp_path))


@pytest.mark.parametrize(
    "value",
    [
        "os.environ.get('TEXT', 'Counts the fish.')",
        "os.getenv('TEXT', 'Counts the fish.')",
        "t('TEXT', 'Counts the fish.')",
        "(Path(__file__).parent / 'text.md').read_text()",
        "open(os.path.join(os.path.dirname(__file__), 'text.md')).read()",
    ],
)
def test_fallbacks_and_files_of_python(tmp_path: Path, value: str) -> None:
    code = f"{SDK}from pathlib import Path\n@mcp.tool(description={value})\ndef count() -> int:\n    return 1\n"
    tools = tools_of(tmp_path, server__py=code, text__md="Counts the fish.")
    assert tools["count"].description == "Counts the fish."


@pytest.mark.parametrize(
    "value",
    [
        "process.env.TEXT ?? 'Counts the fish.'",
        "process.env.TEXT || 'Counts the fish.'",
        "t('count.text', 'Counts the fish.')",
        "t('count.text', { defaultValue: 'Counts the fish.' })",
        "readFileSync(join(__dirname, 'text.md'), 'utf8')",
    ],
)
def test_fallbacks_and_files_of_scripts(tmp_path: Path, value: str) -> None:
    code = f"import {{ McpServer }} from 'mcp';\nserver.registerTool('count', {{ description: {value} }}, run);\n"
    assert tools_of(tmp_path, server__js=code, text__md="Counts the fish.")["count"].description == "Counts the fish."


LISTS_OF_PYTHON = {
    "appended": ("parts.append('Counts the fish.')", "Counts the fish."),
    "several": ("parts.append('Counts')\n    parts += ['the', 'fish.']", None),
    "if_true": (
        "if kind == 'fish':\n        parts.append('Counts the fish.')\n    else:\n        parts.append('No.')",
        "Counts the fish.",
    ),
    "if_unknown": ("if os.environ.get('X'):\n        parts.append('Counts the fish.')", None),
    "loop": ("for x in os.listdir('.'):\n        parts.append(x)", None),
    "inserted": ("parts.append('the fish.')\n    parts.insert(0, 'Counts')", None),
    "unknown_part": ("parts.append(os.getcwd())", None),
}


@pytest.mark.parametrize(("body", "text"), LISTS_OF_PYTHON.values(), ids=LISTS_OF_PYTHON)
def test_a_text_of_a_list_that_grows(tmp_path: Path, body: str, text: str | None) -> None:
    code = f"{SDK}def made(kind):\n    parts = []\n    {body}\n    return ' '.join(parts)\n"
    code += "@mcp.tool(description=made('fish'))\ndef count() -> int:\n    return 1\n"
    tool = tools_of(tmp_path, server__py=code)["count"]
    assert tool.description == text
    assert ("description" in tool.unknown) is (text is None)


LISTS_OF_SCRIPTS = {
    "pushed": ("parts.push(o.text);", "Counts the fish."),
    "condition": (
        "if (o.text) { const t = o.text.trim(); parts.push(t.endsWith('.') ? t : t + '.'); }",
        "Counts the fish.",
    ),
    "condition_that_fails": ("if (o.more) { parts.push(o.more); }\nparts.push(o.text);", "Counts the fish."),
    "unshifted": ("parts.push(o.text);\nparts.unshift('x');", None),
    "loop": ("for (const x of o.all) { parts.push(x); }", None),
    "text": ("let t = 'Counts';\nt += ' the fish.';\nparts.push(t);", "Counts the fish."),
}


@pytest.mark.parametrize(("body", "text"), LISTS_OF_SCRIPTS.values(), ids=LISTS_OF_SCRIPTS)
def test_a_text_of_an_array_that_grows(tmp_path: Path, body: str, text: str | None) -> None:
    code = f"import {{ McpServer }} from 'mcp';\nfunction made(o) {{\nconst parts = [];\n{body}\nreturn parts.join(' ');\n}}\n"
    code += "server.registerTool('count', { description: made({ text: ' Counts the fish.'.trim() }) }, run);\n"
    tool = tools_of(tmp_path, server__js=code)["count"]
    assert tool.description == text or "description" in tool.unknown
    assert ("description" in tool.unknown) is (text is None)


ADDED = {
    "in_order": ("TEXT = 'Counts '\nTEXT += 'the '\nTEXT += 'fish.'\nadd(TEXT)", "Counts the fish."),
    "before": ("TEXT = 'Counts the fish.'\nadd(TEXT)\nTEXT += ' Later.'", "Counts the fish."),
    "number": ("TEXT = 'Counts the fish.'\nTEXT += 5\nadd(TEXT)", None),
    "unknown": ("TEXT = 'Counts the fish.'\nTEXT += os.getcwd()\nadd(TEXT)", None),
    "condition": ("TEXT = 'Counts the fish.'\nif os.getcwd():\n    TEXT += ' All.'\nadd(TEXT)", None),
    "loop": ("TEXT = 'Counts the fish.'\nfor x in os.listdir('.'):\n    add(TEXT)\n    TEXT += x", None),
    "function": ("def f():\n    text = 'Counts '\n    text += 'the fish.'\n    add(text)\nf()", "Counts the fish."),
    "function_that_runs_later": ("TEXT = 'Counts.'\ndef f():\n    add(TEXT)\nTEXT += ' All.'\nf()", None),
    "taken_off": ("TEXT = 7\nTEXT -= 5\nadd(TEXT)", None),
}


@pytest.mark.parametrize(("body", "text"), ADDED.values(), ids=ADDED)
def test_a_text_to_which_code_adds(tmp_path: Path, body: str, text: str | None) -> None:
    called = body.replace("add(", "mcp.add_tool(count, description=")
    code = f"{SDK}def count() -> int:\n    return 1\n{called}\n"
    tool = tools_of(tmp_path, server__py=code)["count"]
    assert tool.description == text or "description" in tool.unknown
    assert ("description" in tool.unknown) is (text is None)


RETURNS = {
    "str": ("'Counts the fish.'", "Counts the fish."),
    "other": ("{'text': 'Counts the fish.'}", "Counts the fish."),
    "unknown": ("load()", None),
}


@pytest.mark.parametrize(("argument", "text"), RETURNS.values(), ids=RETURNS)
def test_the_return_that_the_conditions_lead_to(tmp_path: Path, argument: str, text: str | None) -> None:
    code = f"{SDK}def text_of(x):\n    if isinstance(x, str):\n        return x\n    elif callable(x):\n        return x()\n"
    code += f"    return x['text']\n@mcp.tool(description=text_of({argument}))\ndef count() -> int:\n    return 1\n"
    tool = tools_of(tmp_path, server__py=code)["count"]
    assert tool.description == text


def test_a_schema_that_a_function_returns_is_one_of_json(tmp_path: Path) -> None:
    code = "import { McpServer } from 'mcp';\nfunction of(name) { return { type: 'object', properties: { [name]: { type: 'string' } } }; }\n"
    code += "server.registerTool('count', { description: 'Counts.', inputSchema: of('pond') }, run);\n"
    tool = tools_of(tmp_path, server__js=code)["count"]
    assert tool.input_schema == {"type": "object", "properties": {"pond": {"type": "string"}}}


@pytest.mark.parametrize(("value", "text"), [("'Counts the fish.'", "Counts the fish."), ("load()", None)])
def test_a_docstring_that_is_assigned(tmp_path: Path, value: str, text: str | None) -> None:
    code = f"{SDK}from mcp.types import Tool\ndef count() -> int:\n    return 1\ncount.__doc__ = {value}\nmcp.tool()(count)\n"
    code += "other = Tool(name='other', description=count.__doc__, inputSchema={'type': 'object'})\n"
    tools = tools_of(tmp_path, server__py=code)
    assert [tools[name].description for name in ("count", "other")] == [text, text]
    assert all(("description" in tool.unknown) is (text is None) for tool in tools.values())


def test_an_embedded_file_of_go(tmp_path: Path) -> None:
    code = (
        'package p\n\nimport (\n\t_ "embed"\n\t"github.com/mark3labs/mcp-go/mcp"\n)\n\n'
        '//go:embed text.md\nvar text string\n\nvar tool = mcp.NewTool("count", mcp.WithDescription(text))\n'
    )
    assert tools_of(tmp_path, main__go=code, text__md="Counts the fish.")["count"].description == "Counts the fish."


def test_a_file_outside_of_the_project_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("Secret.")
    inside = tmp_path / "inside"
    code = f"{SDK}@mcp.tool(description=open('../secret.md').read())\ndef count() -> int:\n    return 1\n"
    assert "description" in tools_of(inside, server__py=code)["count"].unknown


def test_members_that_are_set_later(tmp_path: Path) -> None:
    code = (
        f"{SDK}from mcp.types import Tool\n"
        "def with_page(schema):\n    schema['properties']['page'] = {'type': 'integer'}\n"
        "def listed(flag):\n    schema = {'type': 'object', 'properties': {}}\n"
        "    schema['properties']['pond'] = {'type': 'string'}\n    with_page(schema)\n"
        "    return [Tool(name='count', description='Counts.', inputSchema=schema)]\n"
        "def other(flag):\n    loose = {'type': 'object', 'properties': {}}\n"
        "    if flag:\n        loose['properties']['pond'] = {'type': 'string'}\n"
        "    return [Tool(name='weigh', description='Weighs.', inputSchema=loose)]\n"
    )
    tools = tools_of(tmp_path, server__py=code)
    assert list(tools["count"].input_schema["properties"]) == ["pond", "page"]
    assert "/inputSchema/properties" in tools["weigh"].unknown


def test_descriptions_that_are_assigned_again(tmp_path: Path) -> None:
    tools = "export const all = [{ name: 'count', description: 'Counts.', inputSchema: { type: 'object' } }];\n"
    change = "for (const one of all) { one.description = translate(one.description); }\n"
    (manifest,) = manifests_of(tmp_path, tools__js=tools + change)
    assert manifest.tools[0].unknown["description"].endswith("tools.js:2")
    assert any(note.startswith("1 of 1 description is not read: changed after") for note in manifest.notes)


@pytest.mark.parametrize(
    ("mount", "name"),
    [
        ("main.mount(fish, namespace='pond')", "pond_count"),
        ("main.mount(fish, prefix='pond')", "pond_count"),
        ("main.mount('pond', fish)", "pond_count"),
        ("main.mount(fish)", "count"),
        ("main.import_server('pond', fish)", "pond_count"),
    ],
)
def test_names_of_mounted_servers(tmp_path: Path, mount: str, name: str) -> None:
    fish = "from fastmcp import FastMCP\nfish = FastMCP('fish')\n@fish.tool\ndef count() -> int:\n    'Counts.'\n"
    main = f"from fastmcp import FastMCP\nfrom fish import fish\nmain = FastMCP('main')\n{mount}\n"
    (manifest,) = manifests_of(tmp_path, fish__py=fish, main__py=main)
    assert [tool.name for tool in manifest.tools] == [name]
    assert manifest.key == "main"


def test_a_name_that_is_known_in_part(tmp_path: Path) -> None:
    code = (
        f"{SDK}prefix = os.environ['P']\n@mcp.tool(name=prefix + '_count_fish')\ndef count() -> int:\n    'Counts.'\n"
    )
    tool = tools_of(tmp_path, server__py=code)["count_fish"]
    assert tool.unknown["name"].startswith("known in part")


ALTERNATIVES = {
    "else": "if os.environ:\n    mcp.tool(name='count', description='A.')(a)\nelse:\n    mcp.tool(name='count', description='B.')(b)\n",
    "return": "def main():\n    if os.environ:\n        mcp.add_tool(a, name='count')\n        return\n    mcp.add_tool(b, name='count')\n",
}


@pytest.mark.parametrize("code", ALTERNATIVES.values(), ids=ALTERNATIVES)
def test_alternatives_are_no_duplicates(tmp_path: Path, code: str) -> None:
    functions = "def a() -> int:\n    'A.'\ndef b() -> int:\n    'B.'\n"
    (manifest,) = manifests_of(tmp_path, server__py=SDK + functions + code)
    assert [tool.description for tool in manifest.tools] == ["A."]
    assert any("alternatives" in note for note in manifest.notes)


def test_duplicates_on_one_way_are_reported(tmp_path: Path) -> None:
    code = (
        f"{SDK}@mcp.tool(name='count')\ndef a() -> int:\n    'A.'\n@mcp.tool(name='count')\ndef b() -> int:\n    'B.'\n"
    )
    found = [
        f.id for server in scan(iter(manifests_of(tmp_path, server__py=code))) for t in server.tools for f in t.findings
    ]
    assert "duplicate-tool-name" in found


@pytest.mark.parametrize(
    "folder", ["evals", "examples", "mocks", "test-utils", "Tests", "http/integration-tests", "Server.Tests"]
)
def test_files_that_are_no_servers_are_read_if_they_are_named(tmp_path: Path, folder: str) -> None:
    write(tmp_path, {f"{folder}/server.py": f"{SDK}@mcp.tool()\ndef count() -> int:\n    'Counts.'\n"})
    with pytest.raises(NoToolsError, match="1 test file not read"):
        list(scan_directory(tmp_path))
    (manifest,) = scan_directory(tmp_path / folder)
    assert [tool.name for tool in manifest.tools] == ["count"]


def test_registrations_that_are_not_read_are_counted_by_file(tmp_path: Path) -> None:
    line = "server.registerTool(next(), {}, run);\n"
    files = {f"f{number}.ts": "import { McpServer } from 'mcp';\n" + 2 * line for number in range(7)}
    write(tmp_path, files)
    with pytest.raises(NoToolsError) as caught:
        list(scan_directory(tmp_path))
    assert len(caught.value.unread) == 6
    assert caught.value.unread[0].endswith(
        "f0.ts:2: 2 tools are made from here on whose names are computed at run time"
    )
    assert caught.value.unread[-1] == "and 4 more in 2 more files: 14 in all"


def test_other_languages_are_named_with_the_way_out(tmp_path: Path) -> None:
    write(tmp_path, {"a.rb": "require 'mcp'", "b.rb": "puts 1"})
    with pytest.raises(
        NoToolsError, match=r"1 Ruby file is not read: start the server \(`scan --source .* -- COMMAND`\)"
    ):
        list(scan_directory(tmp_path))


def test_the_way_out_is_said_once_for_all_languages(tmp_path: Path) -> None:
    write(tmp_path, {"a.rb": "mcp", "b.swift": "mcp", "c.swift": "mcp", "d.ps1": "mcp", "build.gradle.kts": "mcp"})
    with pytest.raises(NoToolsError) as caught:
        list(scan_directory(tmp_path))
    assert "2 Swift files, 1 Ruby file and 1 PowerShell file are not read: start" in str(caught.value)
    assert str(caught.value).count("COMMAND") == 1
    assert "Kotlin" not in str(caught.value)


def test_the_node_template_of_gitignore_gives_no_note(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    ignore = "logs\nreport.[0-9]*.[0-9]*.[0-9]*.[0-9]*.json\n"
    (manifest,) = manifests_of(
        tmp_path, __gitignore=ignore, server__py=f"{SDK}@mcp.tool()\ndef count() -> int:\n    'C.'\n"
    )
    assert not [note for note in manifest.notes if "wildcards" in note]


def test_a_shape_without_a_registration_gives_notes_on_names_and_schemas(tmp_path: Path) -> None:
    code = "export const one = { name: 'Count fish', description: 'Counts.', inputSchema: { type: 'string' } };\n"
    (server,) = scan(iter(manifests_of(tmp_path, tools__js=code)))
    (tool,) = server.tools
    assert (tool.how, tool.how and tool.how.confidence) == ("shape", "low")
    severities = {finding.id: finding.severity for finding in tool.findings}
    assert severities["invalid-tool-name"] == severities["non-object-schema"] == "note"


def test_a_shape_without_a_description_may_be_no_tool(tmp_path: Path) -> None:
    code = "export const golden = { name: 'count_fish', inputSchema: { type: 'object', properties: {} } };\n"
    (server,) = scan(iter(manifests_of(tmp_path, tools__js=code)))
    (tool,) = server.tools
    assert {finding.severity for finding in tool.findings if finding.id == "missing-description"} == {"note"}


def test_a_description_with_a_computed_part_is_read_in_part_and_gives_no_smell(tmp_path: Path) -> None:
    text = "f'Counts the fish of a pond by their size, and returns {os.name} and the total.'"
    code = f"{SDK}@mcp.tool(description={text})\ndef count() -> int:\n    return 1\n"
    (server,) = scan(iter(manifests_of(tmp_path, server__py=code)))
    (tool,) = server.tools
    assert tool.overall is not None
    assert not [finding for finding in tool.findings if finding.kind == "smell"]
    assert not [note for note in server.notes if "not read" in note]


def test_what_a_compiler_made_of_a_server_is_no_second_server(tmp_path: Path) -> None:
    code = "import { McpServer } from 'mcp';\nconst server = new McpServer({ name: 'p', version: '1' });\n"
    code += "server.registerTool('count', { description: 'Counts.' }, run);\n"
    write(tmp_path, {"src/index.ts": code, "dist/src/index.js": code, "dist/package.json": "{}", "package.json": "{}"})
    (manifest,) = scan_directory(tmp_path)
    assert manifest.source.endswith("index.ts")


def test_a_union_of_one_type_is_that_type(tmp_path: Path) -> None:
    code = "import { z } from 'zod';\nserver.registerTool('count', { inputSchema: { id: z.union([z.string(), z.string()]) } }, run);\n"
    assert tools_of(tmp_path, server__js=code)["count"].input_schema["properties"]["id"] == {"type": "string"}


@pytest.mark.parametrize(
    ("version", "origin", "expected"),
    [
        ("^3.25.0", "zod", {"type": ["string", "null"]}),
        ("^4.1.0", "zod", {"anyOf": [{"type": "string"}, {"type": "null"}]}),
        ("^3.25.0", "zod/v4", {"anyOf": [{"type": "string"}, {"type": "null"}]}),
        ("not json", "zod", {"type": ["string", "null"]}),
    ],
)
def test_nullables_as_each_version_of_zod_writes_them(tmp_path: Path, version: str, origin: str, expected: Any) -> None:
    code = f"import {{ z }} from '{origin}';\nserver.registerTool('count', {{ inputSchema: {{ id: z.string().nullable() }} }}, run);\n"
    package = version if version == "not json" else f'{{"dependencies": {{"zod": "{version}"}}}}'
    tools = tools_of(tmp_path, server__js=code, package__json=package)
    assert tools["count"].input_schema["properties"]["id"] == expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("server__py", "from fastmcp import FastMCP\nmcp = FastMCP('ponds')\nfor one in found():\n    one.add(mcp)\n"),
        ("server__ts", 'const server = new McpServer({ name: "ponds", version: "1.0.0" });\nattach(server);\n'),
    ],
)
def test_a_server_without_tools_is_named(name: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(NoToolsError) as caught:
        manifests_of(tmp_path, **{name: code})
    assert [line.partition("server.")[2][3:] for line in caught.value.unread] == [
        f"{'2' if name.endswith('py') else '1'}: a server is made here whose tools were not found"
    ]
    (found,) = read(str(tmp_path))
    assert "could not be read from the code: start the server" in str(found.error)


CONDITIONAL = {
    "added__ts": "let text = 'Counts the fish of all ponds in the garden, by size.';\nif (wide()) { text += ' And of lakes.'; }\n",
    "set__ts": "let text = 'Counts the fish.';\nif (wide()) {\n  text = 'Counts all.';\n}\n",
}


@pytest.mark.parametrize("name", CONDITIONAL)
def test_a_text_that_a_condition_changes_is_unknown(name: str, tmp_path: Path) -> None:
    code = f"// mcp\n{CONDITIONAL[name]}server.registerTool('count', {{ description: text }}, run);\n"
    tool = tools_of(tmp_path, **{name: code})["count"]
    assert "description" in tool.unknown
