"""Findings of a live or dumped manifest are placed on the source: on the right span, or on none."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from toolsmell.model import Json, Location, Manifest, Place, Provenance, Tool
from toolsmell.sources.code.locate import Sources, SpanLocator
from toolsmell.sources.json import document as jsontext
from toolsmell.sources.json.manifest import JsonLocator

HEAD = "from mcp.server.mcpserver import MCPServer\nfrom typing import Annotated\nfrom pydantic import Field\n"
SERVER = HEAD + (
    'mcp = MCPServer("s")\n'
    "@mcp.tool()\n"
    'def moor(ship: Annotated[str, Field(description="Name of the ship to moor.")], quay: int = 1):\n'
    '    """Moors a ship at a quay.\n\n    Slowly.\n    """\n'
    '@mcp.tool(name="cast_off", description=f"Casts off, in {LANGUAGE}, from the quay.")\n'
    "def cast(ship: str): ...\n"
)


def live(*tools: Json) -> Manifest:
    return Manifest("live", "wire", Provenance.WIRE, tuple(Tool(i, raw) for i, raw in enumerate(tools)))


def tool(name: str, description: str, properties: Mapping[str, Json] | None = None) -> Json:
    return {"name": name, "description": description, "inputSchema": {"type": "object", "properties": properties or {}}}


MOOR = tool(
    "moor",
    "Moors a ship at a quay.\n\n    Slowly.\n    ",
    {"ship": {"type": "string", "description": "Name of the ship to moor."}, "quay": {"type": "integer"}},
)
CAST = tool("cast_off", "Casts off, in French, from the quay.", {"ship": {"type": "string"}})


class Spans:
    """Finds the text of a source file to which a place of a manifest is mapped."""

    def __init__(self, root: Path, files: Mapping[str, str], manifest: Manifest) -> None:
        for name, code in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(code, encoding="utf-8")
        self.sources = Sources(root)
        locator = self.sources.placed(manifest).locator
        assert isinstance(locator, SpanLocator)
        self.locator = locator

    def of(self, pointer: str, index: int = 0, *, exact: bool = True) -> str | None:
        """Return the span of a place that is found exactly, or not."""
        placement = self.locator.placement(Place(index, pointer))
        if placement is None or placement.exact is not exact:
            return None
        location = placement.literal.location
        lines = Path(location.file).read_text(encoding="utf-8").split("\n")[location.line - 1 : location.end_line]
        lines[-1] = lines[-1][: location.end_column - 1]
        return "\n".join(lines)[location.column - 1 :]


def test_by_name_and_position(tmp_path: Path) -> None:
    spans = Spans(tmp_path, {"s.py": SERVER}, live(MOOR, CAST))
    assert spans.of("") == "moor"
    assert spans.of("/name") == "moor"
    assert spans.of("/description") == '"""Moors a ship at a quay.\n\n    Slowly.\n    """'
    assert spans.of("/inputSchema/properties/ship") == "ship"
    assert spans.of("/inputSchema/properties/ship/description") == '"Name of the ship to moor."'
    assert spans.of("/inputSchema/properties/quay") == "quay"
    assert spans.of("/inputSchema/properties/quay/description", exact=False) == "quay"
    assert spans.of("/annotations/readOnlyHint", exact=False) == "moor"


def test_a_text_that_is_computed_in_part_is_known_by_the_rest(tmp_path: Path) -> None:
    spans = Spans(tmp_path, {"s.py": SERVER}, live(CAST))
    assert spans.of("/name") == '"cast_off"'
    assert spans.of("/description") == 'f"Casts off, in {LANGUAGE}, from the quay."'


def test_a_description_that_has_changed_since_is_still_that_of_the_tool(tmp_path: Path) -> None:
    spans = Spans(tmp_path, {"s.py": SERVER}, live(tool("moor", "An older text.")))
    assert spans.of("/description") == '"""Moors a ship at a quay.\n\n    Slowly.\n    """'
    place = Place(0, "/description")
    assert spans.locator.literal(place) is None, "to be written over, a text must be what the manifest says"


def test_a_text_to_write_over(tmp_path: Path) -> None:
    literal = Spans(tmp_path, {"s.py": SERVER}, live(MOOR)).locator.literal(Place(0, "/description"))
    assert literal and literal.editable


def test_of_two_tools_of_one_name_the_one_that_says_the_same(tmp_path: Path) -> None:
    other = SERVER.replace("Moors a ship", "Ties up a boat")
    spans = Spans(tmp_path, {"a.py": other, "b.py": SERVER}, live(MOOR))
    placement = spans.locator.placement(Place(0, "/description"))
    assert placement and placement.literal.file.endswith("b.py")


def test_of_two_tools_that_are_the_same_the_one_that_stands_with_the_others(tmp_path: Path) -> None:
    more = SERVER + '@mcp.tool()\ndef anchor(): "Drops the anchor in the bay."\n'
    spans = Spans(tmp_path, {"a.py": SERVER, "b.py": more}, live(MOOR, tool("anchor", "Drops the anchor in the bay.")))
    placement = spans.locator.placement(Place(0, ""))
    assert placement and placement.literal.file.endswith("b.py")


def test_between_two_that_are_the_same_none_is_chosen(tmp_path: Path) -> None:
    spans = Spans(tmp_path, {"a.py": SERVER, "b.py": SERVER}, live(MOOR))
    for pointer in ("", "/description", "/inputSchema/properties/ship"):
        assert spans.locator.placement(Place(0, pointer)) is None


def test_a_tool_whose_name_is_put_together_is_found_by_its_description(tmp_path: Path) -> None:
    code = (
        HEAD + 'mcp = MCPServer("s")\nmcp.tool(name=PREFIX + "go", description="Goes as far as the lighthouse.")(go)\n'
    )
    code = code.replace("mcp.tool(", "def go(far: int): ...\nmcp.tool(")
    manifest = live(tool("x_go", "Goes as far as the lighthouse.", {"far": {"type": "integer"}}))
    spans = Spans(tmp_path, {"s.py": code}, manifest)
    assert spans.of("") == spans.of("/description") == '"Goes as far as the lighthouse."'
    assert spans.of("/inputSchema/properties/far", exact=False) == '"Goes as far as the lighthouse."'


NOT_FOUND = {
    "twice": 'A = "Goes as far as the lighthouse."\nB = "Goes as far as the lighthouse."\n',
    "longer": 'A = "Goes as far as the lighthouse. And back."\n',
    "part": 'A = "Goes as far as "\n',
    "comment": "# Goes as far as the lighthouse.\n",
}


NEARLY = {
    "prefix_of_a_client": (SERVER, "harbour__moor", True),
    "prefix_of_another_text": (SERVER.replace("Moors a ship at a quay", "Sinks a ship"), "harbour_moor", False),
    "no_separator": (SERVER, "unmoor", False),
    "computed_prefix": (SERVER.replace("@mcp.tool()", "@mcp.tool(name=f'{PLACE}_moor')"), "hull_moor", True),
    "computed_prefix_of_another_name": (
        SERVER.replace("@mcp.tool()", "@mcp.tool(name=f'{PLACE}_moor')"),
        "hull_sink",
        False,
    ),
}


@pytest.mark.parametrize(("code", "name", "is_found"), NEARLY.values(), ids=NEARLY)
def test_a_name_with_another_beginning_is_matched_if_the_description_agrees(
    code: str, name: str, is_found: bool, tmp_path: Path
) -> None:
    spans = Spans(tmp_path, {"server.py": code}, live({**MOOR, "name": name}, CAST))
    assert (spans.of("/inputSchema/properties/quay") == "quay") is is_found


def test_a_name_that_is_known_in_part_is_no_guess_between_two(tmp_path: Path) -> None:
    computed = SERVER.replace("@mcp.tool()", "@mcp.tool(name=f'{PLACE}_moor')")
    other = (
        computed.partition('mcp = MCPServer("s")')[2]
        .replace("def moor", "def moor_all")
        .partition('@mcp.tool(name="')[0]
    )
    spans = Spans(tmp_path, {"server.py": computed + other}, live({**MOOR, "name": "hull_moor"}))
    assert spans.of("/inputSchema/properties/quay") is None


@pytest.mark.parametrize("code", NOT_FOUND.values(), ids=NOT_FOUND)
def test_a_text_that_does_not_stand_there_once_is_not_found(code: str, tmp_path: Path) -> None:
    spans = Spans(tmp_path, {"s.py": SERVER + code}, live(tool("x_go", "Goes as far as the lighthouse.")))
    assert spans.locator.placement(Place(0, "/description")) is None


def test_short_texts_are_not_looked_for(tmp_path: Path) -> None:
    spans = Spans(tmp_path, {"s.py": SERVER + 'A = "Go."\n'}, live(tool("x_go", "Go.")))
    assert spans.locator.placement(Place(0, "/description")) is None


def test_a_copy_in_a_file_without_tools_is_the_place_only_if_no_other_file_says_it(tmp_path: Path) -> None:
    help_ = 'HELP = {"x_go": "Goes as far as the lighthouse."}\n'
    manifest = live(tool("x_go", "Goes as far as the lighthouse."))
    assert Spans(tmp_path / "a", {"s.py": SERVER, "cli.py": help_}, manifest).of("") == "x_go"
    made = SERVER + 'mcp.tool(name=P + "go", description="Goes as far as the lighthouse.")(go)\n'
    placement = Spans(tmp_path / "b", {"s.py": made, "cli.py": help_}, manifest).locator.placement(Place(0, ""))
    assert placement and placement.literal.file.endswith("s.py")


def test_a_schema_from_elsewhere_is_searched_for_the_texts_of_its_parameters(tmp_path: Path) -> None:
    code = (
        'const s = new McpServer({ name: "s", version: "1" });\n'
        "const far = elsewhere(z.number().describe('How far to go, in miles.'));\n"
        's.registerTool("go", { description: "Goes.", inputSchema: load({ far }) }, f);\n'
    )
    manifest = live(tool("go", "Goes.", {"far": {"description": "How far to go, in miles."}, "fast": {}}))
    spans = Spans(tmp_path, {"s.ts": code}, manifest)
    assert spans.of("/inputSchema/properties/far/description") == "'How far to go, in miles.'"
    assert spans.of("/inputSchema/properties/far") == "'How far to go, in miles.'"
    assert spans.of("/inputSchema/properties/fast", exact=False) == "load({ far })"


def test_code_that_registers_many_tools_is_the_place_of_none(tmp_path: Path) -> None:
    code = (
        'const s = new McpServer({ name: "s", version: "1" });\n'
        'const all = [{ id: "go", text: words("Goes."), far: shape("a") }, { id: "stay", text: words("Stays."), far: shape("b") }];\n'
        "for (const one of all) s.registerTool(one.id, { description: one.text.join(' '), inputSchema: load(one.far) }, f);\n"
    )
    manifest = live(tool("go", "Goes.", {"far": {}}), tool("stay", "Stays.", {"far": {}}))
    spans = Spans(tmp_path, {"s.ts": code}, manifest)
    for index, name in enumerate(("go", "stay")):
        for pointer in ("", "/inputSchema", "/description"):
            placement = spans.locator.placement(Place(index, pointer))
            assert placement is not None
            assert placement.literal.location.line == 2, pointer
        assert spans.of("", index).strip('"') == name  # type: ignore[union-attr]


def test_a_template_that_many_tools_share_is_the_place_of_their_texts(tmp_path: Path) -> None:
    code = (
        'const s = new McpServer({ name: "s", version: "1" });\n'
        "for (const one of ['go', 'stay']) s.registerTool(one, { description: `Moves the ship: ${one} it is now.` }, f);\n"
    )
    manifest = live(tool("go", "Moves the ship: go it is now."), tool("stay", "Moves the ship: stay it is now."))
    spans = Spans(tmp_path, {"s.ts": code}, manifest)
    assert spans.of("/description") == spans.of("/description", 1) == "`Moves the ship: ${one} it is now.`"


def test_a_tool_of_another_server_with_the_same_name_is_not_taken(tmp_path: Path) -> None:
    other = HEAD + 'mcp = MCPServer("o")\n@mcp.tool()\ndef sink(): "Sinks into a chair."\n'
    manifest = live(MOOR, CAST, tool("sink", "Drains the water of the basin."))
    spans = Spans(tmp_path, {"a/s.py": SERVER, "b/o.py": other}, manifest)
    placement = spans.locator._read(2, "/description")
    assert placement is None


def test_an_element_of_another_order_is_not_taken_for_the_one_at_its_position(tmp_path: Path) -> None:
    code = (
        'const s = new McpServer({ name: "s", version: "1" });\n'
        's.registerTool("go", { inputSchema: { to: z.union([z.object({ a: z.string().describe("The first of two.") }),'
        ' z.object({ a: z.string().describe("The second of two.") })]) } }, f);\n'
    )
    arms = [{"properties": {"a": {"description": text}}} for text in ("The second of two.", "The first of two.")]
    spans = Spans(tmp_path, {"s.ts": code}, live(tool("go", "", {"to": {"anyOf": arms}})))
    place = "/inputSchema/properties/to/anyOf/{}/properties/a/description"
    assert spans.of(place.format(0)) == '"The second of two."'
    assert spans.of(place.format(1)) == '"The first of two."'


def test_what_is_not_in_the_source_is_located_as_before(tmp_path: Path) -> None:
    class Before(JsonLocator):
        def locate(self, places: Any) -> Mapping[Place, Location]:
            return {place: Location("dump.json", 1, 1, 1, 2) for place in places}

    spans = Spans(
        tmp_path,
        {"s.py": SERVER},
        live(MOOR, tool("gone", "Gone."))._replace(locator=Before(jsontext.parse("{}", "dump.json"), ())),
    )
    found = spans.locator.locate([Place(0, ""), Place(1, ""), Place(None, "")])
    assert [Path(one.file).name for one in found.values()] == ["dump.json", "dump.json", "s.py"]


def test_a_directory_without_tools_is_said(tmp_path: Path) -> None:
    spans = Spans(tmp_path, {"s.py": "x = 1\n"}, live(MOOR))
    assert spans.locator.locate([Place(0, "")]) == {}
    assert "no tools found" in spans.sources.notes[0]


@pytest.mark.parametrize("raw", [None, 3, {"name": 4, "description": ["x"]}, {"name": "moor", "inputSchema": "no"}])
def test_a_malformed_tool(raw: Json, tmp_path: Path) -> None:
    spans = Spans(tmp_path, {"s.py": SERVER}, live(raw))
    for pointer in ("", "/name", "/inputSchema/properties/ship"):
        spans.locator.placement(Place(0, pointer))
