"""Tools in C#, Java, Kotlin and Rust, read from files and folders as a user gives them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("tree_sitter_c_sharp")
pytest.importorskip("tree_sitter_kotlin")

from toolsmell import read
from toolsmell.errors import NoToolsError
from toolsmell.model import Manifest, Place
from toolsmell.sources.marked import scan, tree
from toolsmell.sources.marked.schema_types import schema_of

CSHARP = '''
[McpServerToolType]
public sealed class KilnTools(HttpClient client)
{
    private const string What = "Fires " + "a kiln.";

    [McpServerTool(Name = "fire_kiln", Title = "Fire", ReadOnly = false, Destructive = true), Description(What)]
    public static async Task<string> FireAsync(
        IKilnService kilns, HttpClient http, [Description("Degrees \\"Celsius\\".")] int heat, int? hours = 3,
        CancellationToken token = default) => "";

    [McpServerTool]
    [Description("""
        Lists the kilns
          of a house.
        """)]
    public Task<string> ListHTTPKilnsAsync([Description(@"Name of a ""house""")] List<string> houses) => null;

    [McpServerTool, Description(Texts.Load("x"))]
    public string Computed(Mode mode) => "";

    public string NoTool([Description("not read")] string a) => "";
}
'''
JAVA = '''
import org.springaicommunity.mcp.annotation.McpTool;
class Kilns {
  static final String HOUSE = "Name of " + "the house.";
  @McpTool(name = "list-kilns", description = """
      Lists kilns
      by house.""", annotations = @McpTool.McpAnnotations(readOnlyHint = true))
  public String list(@McpToolParam(description = HOUSE, required = false) String house, long limit, McpSyncServerExchange exchange) { return ""; }
  @Tool("Cools a kiln.")
  void cool(@ToolArg(name = "kiln_id", description = "Id.") String id, Map<String, Object> how) { }
}
'''
KOTLIN = '''
class Kilns {
    companion object { const val FIRE = "Fires a kiln." }
    @McpTool(description = FIRE)
    suspend fun fire(@McpToolParam(description = "Degrees") heat: Int, hours: Double = 2.0, note: String?, ctx: McpSyncRequestContext) = ""
}
fun main() {
    server.addTool(name = "cool", description = """
        Cools
          all kilns.
    """.trimIndent(), inputSchema = made) { call(it) }
}
'''
RUST = """
#[derive(schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FireArgs {
    #[schemars(description = "Degrees.")]
    pub max_heat: f64,
    /// Hours to fire,
    /// at least one.
    pub hours: Option<u32>,
    #[serde(rename = "kiln", default)]
    pub which: Vec<String>,
}
#[tool_router]
impl Kilns {
    #[tool(description = "Fires \\"a\\" kiln.", annotations(title = "Fire", read_only_hint = false, destructive_hint = true))]
    async fn fire(&self, Parameters(args): Parameters<FireArgs>) -> String { String::new() }
    /// Lists the kilns.
    #[tool]
    fn list(&self) -> String { String::new() }
    #[tool(name = "far", description = words!("a"))]
    fn elsewhere(&self, Parameters(a): Parameters<other::Args>) -> String { String::new() }
    fn no_tool(&self) {}
}
"""
FILES = {"Kilns.cs": CSHARP, "Kilns.java": JAVA, "Kilns.kt": KOTLIN, "kilns.rs": RUST}


def tools(tmp_path: Path, name: str, code: str | None = None) -> list[dict[str, Any]]:
    return [tool.raw for tool in manifest(tmp_path, name, code).tools]


def manifest(tmp_path: Path, name: str, code: str | None = None) -> Manifest:
    (tmp_path / name).write_text(FILES[name] if code is None else code)
    (found,) = read(str(tmp_path / name))
    return found


def properties(raw: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = raw["inputSchema"]["properties"]
    return found


def test_csharp(tmp_path: Path) -> None:
    fire, listed, computed = tools(tmp_path, "Kilns.cs")
    assert (fire["name"], fire["title"], fire["description"]) == ("fire_kiln", "Fire", "Fires a kiln.")
    assert fire["annotations"] == {"readOnlyHint": False, "destructiveHint": True}
    assert properties(fire) == {
        "heat": {"type": "integer", "description": 'Degrees "Celsius".'},
        "hours": {"type": "integer", "default": 3},
    }
    assert fire["inputSchema"]["required"] == ["heat"]
    assert (listed["name"], listed["description"]) == ("list_http_kilns", "Lists the kilns\n  of a house.")
    assert properties(listed)["houses"]["description"] == 'Name of a "house"'
    assert computed["name"] == "computed"
    assert "description" not in computed


def test_java(tmp_path: Path) -> None:
    listed, cool = tools(tmp_path, "Kilns.java")
    assert (listed["name"], listed["description"]) == ("list-kilns", "Lists kilns\nby house.")
    assert listed["annotations"] == {"readOnlyHint": True}
    assert properties(listed) == {
        "house": {"type": "string", "description": "Name of the house."},
        "limit": {"type": "integer"},
    }
    assert listed["inputSchema"]["required"] == ["limit"]
    assert (cool["name"], cool["description"]) == ("cool", "Cools a kiln.")
    assert properties(cool) == {"kiln_id": {"type": "string", "description": "Id."}, "how": {"type": "object"}}


def test_kotlin(tmp_path: Path) -> None:
    fire, cool = tools(tmp_path, "Kilns.kt")
    assert (fire["name"], fire["description"]) == ("fire", "Fires a kiln.")
    assert properties(fire)["heat"] == {"type": "integer", "description": "Degrees"}
    assert fire["inputSchema"]["required"] == ["heat"]
    assert (cool["name"], cool["description"]) == ("cool", "Cools\n  all kilns.")
    assert "inputSchema" not in cool


def test_rust(tmp_path: Path) -> None:
    fire, listed, far = tools(tmp_path, "kilns.rs")
    assert (fire["name"], fire["title"], fire["description"]) == ("fire", "Fire", 'Fires "a" kiln.')
    assert fire["annotations"] == {"readOnlyHint": False, "destructiveHint": True}
    assert properties(fire) == {
        "maxHeat": {"type": "number", "description": "Degrees."},
        "hours": {"type": "integer", "description": "Hours to fire,\nat least one."},
        "kiln": {"type": "array", "items": {"type": "string"}},
    }
    assert fire["inputSchema"]["required"] == ["maxHeat"]
    assert (listed["name"], listed["description"]) == ("list", "Lists the kilns.")
    assert far == {"name": "far"}


def test_parts_that_are_computed_are_unknown_with_a_reason(tmp_path: Path) -> None:
    computed = manifest(tmp_path, "Kilns.cs").tools[2]
    assert computed.unknown["description"] == 'computed by code: Texts.Load("x")'
    assert "is not followed" in computed.unknown["/inputSchema/properties/mode/type"]


@pytest.mark.parametrize("name", FILES)
def test_findings_point_at_the_text(tmp_path: Path, name: str) -> None:
    found = manifest(tmp_path, name)
    lines = FILES[name].splitlines()
    assert found.locator is not None
    for tool in found.tools:
        if isinstance(tool.description, str):
            place = Place(tool.index, "/description")
            line = lines[found.locator.locate([place])[place].line - 1]
            assert tool.description.split()[0].strip('"') in line or '"""' in line or "What" in line or "FIRE" in line
        assert found.locator.unwritable(Place(tool.index, "/description"))


def test_each_owner_in_rust_is_a_server(tmp_path: Path) -> None:
    code = '#[tool_router] impl A { #[tool(description = "x")] fn f(&self) {} }\n' * 1
    (tmp_path / "two.rs").write_text(code + code.replace("impl A", "impl B"))
    assert [(m.key, len(m.tools)) for m in read(str(tmp_path / "two.rs"))] == [("two (A)", 1), ("two (B)", 1)]


def test_descriptions_that_other_code_gives_to_tools_are_unknown(tmp_path: Path) -> None:
    (tmp_path / "Cargo.toml").write_text("")
    (tmp_path / "tools.rs").write_text(
        '#[tool_router] impl A { #[tool] fn f(&self) {} #[tool(description = "x")] fn g(&self) {} }'
    )
    (tmp_path / "texts.rs").write_text("fn apply(r: &mut Route) { r.attr.description = Some(TEXT.into()); }")
    (found,) = scan.scan_files(str(tmp_path), sorted(tmp_path.glob("*.rs")))
    assert [(tool.name, tool.known("description")) for tool in found.tools] == [("f", False), ("g", True)]
    with pytest.raises(NoToolsError):
        list(scan.scan_file(str(tmp_path / "texts.rs")))


def test_a_partial_method_of_csharp_has_a_description_from_its_comments(tmp_path: Path) -> None:
    code = "class K { [McpServerTool] public static partial string Fire(); [McpServerTool] public string Cool() => x; }"
    (tmp_path / "K.cs").write_text(code)
    (found,) = read(str(tmp_path / "K.cs"))
    assert [(tool.name, tool.known("description")) for tool in found.tools] == [("fire", False), ("cool", True)]


def test_a_folder_has_a_server_for_each_project(tmp_path: Path) -> None:
    for folder, build, name in (
        ("a", "x.csproj", "Kilns.cs"),
        ("b", "pom.xml", "Kilns.java"),
        ("c", "Cargo.toml", "kilns.rs"),
    ):
        (tmp_path / folder / "src").mkdir(parents=True)
        (tmp_path / folder / build).write_text("")
        (tmp_path / folder / "src" / name).write_text(FILES[name])
    assert [(m.key, len(m.tools)) for m in read(str(tmp_path)) if m.tools] == [("a", 3), ("b", 2), ("c", 3)]


def test_other_frameworks_are_left_alone(tmp_path: Path) -> None:
    code = 'import dev.langchain4j.agent.tool.Tool;\nclass A { @Tool("adds") int add(int a) { return a; } }'
    (tmp_path / "A.java").write_text(code)
    (found,) = read(str(tmp_path / "A.java"))
    assert "no tools found" in str(found.error)


@pytest.mark.parametrize(
    "code",
    [
        "[McpServerTool(",
        "[McpServerTool] public string F(",
        "@McpTool(name=",
        "#[tool(",
        "#[tool] fn",
        "\0[McpServerTool]",
    ],
)
@pytest.mark.parametrize("name", FILES)
def test_broken_code_is_no_crash(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / name).write_text(code)
    assert all(isinstance(found, Manifest) for found in read(str(tmp_path / name)))


def test_deep_code_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    (tmp_path / "Deep.java").write_text("class A { @McpTool(description = " + '"a" + ' * 3000 + '"b") void f() {} }')
    assert list(read(str(tmp_path / "Deep.java")))


def test_without_the_grammar_the_message_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Kilns.cs").write_text(CSHARP)
    monkeypatch.setattr(scan, "is_available", lambda _ending: False)
    (found,) = read(str(tmp_path / "Kilns.cs"))
    assert "C# is not read: `pip install 'toolsmell[languages]'`" in str(found.error)


def test_the_command_line_scans_and_shows_lines(tmp_path: Path) -> None:
    (tmp_path / "Kilns.cs").write_text(CSHARP)
    command = [sys.executable, "-m", "toolsmell", "scan", "Kilns.cs", "--format", "json", "--allow-partial"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    (server,) = report["servers"]
    found = [f for tool in server["tools"] for f in tool["findings"] if f["id"] == "undescribed-parameter"]
    assert (
        found[0]["location"]["line"]
        == CSHARP.splitlines().index(next(x for x in CSHARP.splitlines() if "hours" in x)) + 1
    )


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("string?", ({"type": "string"}, True)),
        ("IReadOnlyList<int>", ({"type": "array", "items": {"type": "integer"}}, False)),
        ("Vec<Option<f32>>", ({"type": "array", "items": {"type": "number"}}, False)),
        ("std::collections::HashMap<String, i64>", ({"type": "object"}, False)),
        ("Nullable<bool>", ({"type": "boolean"}, True)),
        ("double[][]", ({"type": "array", "items": {"type": "array", "items": {"type": "number"}}}, False)),
        ("MyEnum", (None, False)),
        ("List<MyEnum>", ({"type": "array"}, False)),
    ],
)
def test_types(code: str, expected: object) -> None:
    assert schema_of(code) == expected


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (r"a\nb", "a\nb"),
        (r"\u0041\u{42}", "AB"),
        (r"\q\"", 'q"'),
        ("\\", "\\"),
        (r"\uZZZZ", "\ufffd"),
        ("a\\\n   b", "ab"),
    ],
)
def test_escapes(inner: str, expected: str) -> None:
    assert tree.unescaped(inner) == expected


BUILDERS = {
    "Kilns.java": (
        'package garden.mcp;\nclass A {\n  static final String NAME = "fire_kiln";\n'
        "  A(KilnService kilns) {\n    super(OwnToolBuilder.forOutput(Fired.class)\n"
        '      .setName(NAME).setTitle("Fire").setDescription("Fires " + "a kiln.").addNumber("heat").build());\n  }\n'
        '  Object b = McpSchema.Tool.builder().name("cool_kiln").description("Cools a kiln.").build();\n'
        '  Object c = new McpSchema.Tool("list_kilns", "Lists kilns.", schema);\n'
        '  Object d = new Tool("see_kiln", "See", "Shows a kiln.", in, out, hints, meta);\n'
        '  Object p = McpSchema.Prompt.builder().name("p").description("A prompt.").build();\n}\n'
        'class E implements OwnTool {\n  public String name() { return "mend_kiln"; }\n'
        '  public String getDescription() { return "Mends a kiln."; }\n'
        "  public String title(Locale in) { return texts(in); }\n}\n"
    ),
    "Kilns.kt": (
        "package garden.mcpplugin\n"
        'class FireKiln : OwnMcpTool<Kiln>(Kiln.serializer()) {\n    override val name: String = "fire_kiln"\n'
        '    override val title get() = "Fire"\n'
        '    override val description: String = """\n        Fires a kiln.\n    """.trimIndent()\n}\n'
        'object CoolKiln : McpTool { override val name = "cool_kiln"; override val description = "Cools a kiln." }\n'
        'fun add(server: Server) {\n    server.addTool(Tool(name = "list_kilns", description = "Lists kilns."))\n'
        '    server.add(Tool("see_kiln", "Shows a kiln."))\n}\n'
        'class Plain : Screen() { override val name = "n"; override val description = "d" }\n'
        'class MendKiln : McpTool {\n    override val name: String get() = "mend_kiln"\n'
        '    override val description: String get() = "Mends a kiln."\n}\n'
    ),
}
DESCRIBED = {
    "fire_kiln": "Fires a kiln.",
    "cool_kiln": "Cools a kiln.",
    "list_kilns": "Lists kilns.",
    "see_kiln": "Shows a kiln.",
    "mend_kiln": "Mends a kiln.",
}


@pytest.mark.parametrize("name", BUILDERS)
def test_builders_constructors_and_classes_describe_tools(tmp_path: Path, name: str) -> None:
    found = tools(tmp_path, name, BUILDERS[name])
    assert {tool["name"]: tool["description"] for tool in found} == DESCRIBED
    assert next(tool for tool in found if tool["name"] == "fire_kiln")["title"] == "Fire"


def test_a_class_of_csharp_describes_a_tool(tmp_path: Path) -> None:
    code = (
        'class FireKiln : McpToolBase<Kiln> {\n  public override string Name => "fire_kiln";\n'
        '  public override string Description => "Fires " + "a kiln.";\n}\n'
        'class Other : Page { public string Name => "x"; public string Description => "y"; }\n'
    )
    (tool,) = tools(tmp_path, "Kilns.cs", code)
    assert (tool["name"], tool["description"]) == ("fire_kiln", "Fires a kiln.")


def test_a_builder_whose_name_is_computed_is_said(tmp_path: Path) -> None:
    code = 'class A { Object f(String mcp) { return Tool.builder().name(mcp).description("Fires.").build(); } }'
    (tmp_path / "A.java").write_text("// @McpTool\n" + code)
    (found,) = read(str(tmp_path / "A.java"))
    assert "A.java:2: a tool is made here whose name is computed" in str(found.error)


STRUCTURES = """
use rust_mcp_sdk::macros::{mcp_tool, JsonSchema};
#[mcp_tool(
    name = "fire_kiln",
    title = "Fire",
    description = concat!("Fires ",
        "a kiln."),
    destructive_hint = true,
    icons = [(src = "https://x.example/a.png", sizes = ["1x1"])],
)]
#[derive(Clone, JsonSchema)]
pub struct FireKiln {
    /// Degrees.
    pub heat: u32,
    pub kiln: Option<String>,
}
#[mcp_tool(name = "cool_kiln", description = text!("cool"))]
pub struct CoolKiln {}
"""


def test_structures_of_rust_are_tools(tmp_path: Path) -> None:
    fire, cool = manifest(tmp_path, "kilns.rs", STRUCTURES).tools
    assert (fire.name, fire.raw["title"], fire.description) == ("fire_kiln", "Fire", "Fires a kiln.")
    assert fire.raw["annotations"] == {"destructiveHint": True}
    assert properties(dict(fire.raw)) == {
        "heat": {"type": "integer", "description": "Degrees."},
        "kiln": {"type": "string"},
    }
    assert (cool.name, cool.description) == ("cool_kiln", None)
    assert cool.unknown["description"] == "computed by code: text"


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("main.rs", "use rmcp::ServerHandler;", "1 Rust file uses a package for MCP, and no tool was found there"),
        ("Main.java", "import io.modelcontextprotocol.server.McpServer;", "1 Java file uses a package for MCP"),
    ],
)
def test_code_for_mcp_without_tools_is_said(tmp_path: Path, name: str, code: str, words: str) -> None:
    (tmp_path / name).write_text(code)
    (found,) = read(str(tmp_path))
    assert words in str(found.error)
    (tmp_path / "server.py").write_text('mcp = FastMCP("x")\n@mcp.tool()\ndef fire():\n    """Fires a kiln."""\n')
    assert [one.error for one in read(str(tmp_path))] == [None]


def test_constructors_of_rust_are_tools(tmp_path: Path) -> None:
    code = (
        'use rmcp::model::Tool;\npub const FIRE: &str = "fire_kiln";\n'
        'fn all() -> [Tool; 4] { [\n  Tool::new(FIRE, "Fires a kiln.".to_string(), schema!(Fire)),\n'
        '  rmcp::model::Tool::new("cool_kiln", text_of("cool"), schema!(Cool)),\n'
        '  Hammer::new("x", "y", 1), OwnTool::new("z", "y", 1),\n] }\n'
        'fn more() -> Vec<Tool> { vec![Tool::new("see_kiln", "Shows a kiln.".into(), schema!(See)), other()] }\n'
        'mod tests { fn one() { Tool::new("t", "u", schema()); } }\n'
    )
    fire, cool, see = manifest(tmp_path, "kilns.rs", code).tools
    assert (fire.name, fire.description) == ("fire_kiln", "Fires a kiln.")
    assert (see.name, see.description) == ("see_kiln", "Shows a kiln.")
    assert (cool.name, cool.unknown["description"]) == ("cool_kiln", 'computed by code: text_of("cool")')
    assert "inputSchema" in cool.unknown
