"""Tools whose parts are in JSON documents that the code reads."""

from pathlib import Path

import pytest

from toolsmell import read
from toolsmell.errors import NoToolsError
from toolsmell.model import Place, Provenance
from toolsmell.sources.code import scan_directory

DOCUMENT = """[
  {"name": "feed_fish", "description": "Feeds \\"the\\" fish \\ud83d\\ude00.", "strict": true, "shape": null,
   "inputSchema": {"type": "object", "properties": {"pond": {"type": "string"}}}}
]"""
LOADED = {
    "import": ("src/server.ts", 'import all from "./tools.json";'),
    "require": ("src/server.js", 'const all = require("./tools.json");'),
    "parse": (
        "src/server.ts",
        'const all = JSON.parse(readFileSync(path.join(import.meta.dirname, "tools.json"), "utf8").toString());',
    ),
    "named file": (
        "src/server.ts",
        'const FILE = "src/tools.json";\nconst all = JSON.parse(await readFile(FILE, "utf8"));',
    ),
    "checked": ("src/server.ts", 'import raw from "./tools.json";\nconst all = z.array(OfferSchema).parse(raw);'),
    "load": ("src/server.py", 'with open(Path(__file__).parent / "tools.json") as file:\n    all = json.load(file)'),
    "loads": ("src/server.py", 'all = json.loads((Path(__file__).parent / "tools.json").read_text())'),
}
REGISTERED = {
    ".py": "\nasync def listed():\n    return [types.Tool(name=one['name'], description=one['description'],"
    " inputSchema=one['inputSchema']) for one in all]",
    "script": "\nfor (const one of all) server.registerTool(one.name, { description: one.description }, run);",
}


@pytest.mark.parametrize("way", LOADED)
def test_tools_of_a_json_document(way: str, tmp_path: Path) -> None:
    file, loaded = LOADED[way]
    head = "from mcp import types\n" if file.endswith(".py") else "// mcp\n"
    code = head + loaded + REGISTERED[".py" if file.endswith(".py") else "script"]
    (tmp_path / "src").mkdir()
    (tmp_path / file).write_text(code)
    (tmp_path / "src" / "tools.json").write_text(DOCUMENT)
    (manifest,) = scan_directory(tmp_path)
    (tool,) = manifest.tools
    assert (tool.name, tool.description) == ("feed_fish", 'Feeds "the" fish \U0001f600.')
    assert manifest.locator is not None
    place = Place(0, "/description")
    found = manifest.locator.locate([place])[place]
    assert (Path(found.file).name, found.line, found.column) == ("tools.json", 2, 40)
    assert manifest.locator.unwritable(place)


@pytest.mark.parametrize("text", ["{", "[1, 2", '{"a": "\\ud800"}', "", "nul", "[" * 3000, '{"name": 1}', "\xff"])
def test_a_document_that_is_no_list_of_tools_is_no_crash(text: str, tmp_path: Path) -> None:
    for way in ("import", "load"):
        file, loaded = LOADED[way]
        folder = tmp_path / way / "src"
        folder.mkdir(parents=True)
        head = "from mcp import types\n" if file.endswith(".py") else "// mcp\n"
        (folder.parent / file).write_text(head + loaded + REGISTERED[".py" if way == "load" else "script"])
        (folder / "tools.json").write_bytes(text.encode("latin-1"))
        with pytest.raises(NoToolsError):
            list(scan_directory(folder.parent))


def test_a_document_that_code_reads_is_no_server_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "tools.json").write_text(DOCUMENT)
    assert len(list(read(str(tmp_path)))) == 1
    file, loaded = LOADED["import"]
    (tmp_path / file).write_text("// mcp\n" + loaded + REGISTERED["script"])
    (manifest,) = read(str(tmp_path))
    assert (manifest.provenance, [tool.name for tool in manifest.tools]) == (Provenance.SOURCE, ["feed_fish"])


GO_DOCUMENT = """package offers

import (
\t_ "embed"
\t"encoding/json"
\t"github.com/mark3labs/mcp-go/mcp"
)

//go:embed offers.json
var offersText string

type Offer struct {
\tToolName string
\tDescription string `json:"description"`
\tParams []Param
}

func load() (*Offers, error) {
\tvar all Offers
\tif err := json.Unmarshal([]byte(offersText), &all); err != nil {
\t\treturn nil, err
\t}
\treturn &all, nil
}

func made(offer *Offer) mcp.Tool {
\topts := []mcp.ToolOption{mcp.WithDescription(offer.Description)}
\topts = append(opts, mcp.WithString("pond"))
\tfor _, p := range offer.Params {
\t\topts = append(opts, mcp.WithString(p.Name))
\t}
\treturn mcp.NewTool(offer.ToolName, opts...)
}

func Add(s *Server) error {
\tall, err := load()
\tif err != nil {
\t\treturn err
\t}
\tfor _, offer := range all.Tools {
\t\ts.Add(made(&offer))
\t}
\treturn nil
}
"""


def test_tools_of_a_document_that_is_embedded_in_go(tmp_path: Path) -> None:
    (tmp_path / "go.mod").write_text("module example.com/ponds\n")
    (tmp_path / "offers.go").write_text(GO_DOCUMENT)
    offers = '{"tools": [{"tool_name": "feed_fish", "description": "Feeds fish.", "params": [{"name": "x"}]}]}'
    (tmp_path / "offers.json").write_text(offers)
    (manifest,) = scan_directory(tmp_path)
    (tool,) = manifest.tools
    assert (tool.name, tool.description) == ("feed_fish", "Feeds fish.")
    assert list((tool.input_schema or {})["properties"]) == ["pond"]
    assert "/inputSchema/properties" in tool.unknown  # the options that the loop appends
    (tmp_path / "offers.json").write_text('{"tools": 3}')
    with pytest.raises(NoToolsError):
        list(scan_directory(tmp_path))


OPENAPI = """{"openapi": "3.1.0", "paths": {
  "/fish": {"parameters": [], "get": {"operationId": "list.fish", "summary": "Lists fish."}, "post": {"operationId": "addFish__v2"}},
  "/ponds": {"delete": {"operationId": "dropPond"}, "x-note": {"operationId": "no"}, "head": {"summary": "No id."}}
}}"""
FROM_OPENAPI = """import json
from pathlib import Path
from fastmcp import FastMCP

HERE = Path(__file__).parent

class Offer:
    def __init__(self, name): self.name = name

OFFERS = {"addFish__v2": Offer(name="add_fish")}
NAMES = {key: one.name for key, one in OFFERS.items()}

def load(name: str) -> dict:
    path = HERE / f"{name}.json"
    with open(path) as file:
        return json.load(file)

document = load("api")
"""


@pytest.mark.parametrize(
    ("call", "names"),
    [
        ("FastMCP.from_openapi(document, client=client)", ["list_fish", "addFish", "dropPond"]),
        ("FastMCP.from_openapi(openapi_spec=document, mcp_names=NAMES)", ["list_fish", "add_fish", "dropPond"]),
        ("FastMCP.from_openapi(document, mcp_names=NAMES, route_map_fn=wanted)", ["add_fish"]),
    ],
)
def test_operations_of_a_document_are_tools_of_fastmcp(call: str, names: list[str], tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text(f"{FROM_OPENAPI}mcp = {call}\n")
    (tmp_path / "api.json").write_text(OPENAPI)
    (manifest,) = scan_directory(tmp_path)
    assert [tool.name for tool in manifest.tools] == names
    assert all("operation" in tool.unknown["description"] for tool in manifest.tools)
