"""Texts of a live tool are found in any text file of its repository, next to its name, or not at all."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from toolsmell.model import Json, Manifest, Place, Provenance, Tool
from toolsmell.sources.code.locate import Sources

MOOR = {
    "name": "moor_ship",
    "description": "Moors a ship at a quay.\nFails if the quay is taken.",
    "inputSchema": {
        "type": "object",
        "properties": {
            "ship": {"type": "string", "description": "Name of the ship to moor."},
            "quay": {"type": "integer"},
        },
    },
}
CAST = {"name": "cast_off", "description": "Casts a ship off from its quay.", "inputSchema": {"type": "object"}}

SOURCES = {
    "server.rb": """
        tool "moor_ship", "Moors a ship at a quay.\\n" \\
             "Fails if the quay is taken." do
          string :ship, "Name of the ship to moor."
          integer :quay
        end
        tool "cast_off", "Casts a ship off from its quay."
    """,
    "server.php": """
        $server->tool('moor_ship', 'Moors a ship at a quay.' . "\\n" . 'Fails if the quay is taken.', [
            'ship' => ['type' => 'string', 'description' => 'Name of the ship to moor.'],
            'quay' => ['type' => 'integer'],
        ]);
        $server->tool('cast_off', 'Casts a ship off from its quay.');
    """,
    "tools.yaml": """
        tools:
          - name: moor_ship
            description: |
              Moors a ship at a quay.
              Fails if the quay is taken.
            parameters:
              ship: {type: string, description: Name of the ship to moor.}
              quay: {type: integer}
          - name: cast_off
            description: Casts a ship off from its quay.
    """,
    "Harbour.swift": """
        Tool(name: "moor_ship", description: \"\"\"
            Moors a ship at a quay.
            Fails if the quay is taken.
            \"\"\", inputSchema: ["ship": .string("Name of the ship to moor."), "quay": .integer])
        Tool(name: "cast_off", description: "Casts a ship off from its quay.")
    """,
    "harbour.cpp": """
        // Moors a ship at a quay. Fails if the quay is taken.
        auto moor = mcp::tool("moor_ship", "Moors a ship at a quay.\\n"
                              "Fails if the quay is taken.", {{"ship", "Name of the ship to moor."}, {"quay", 0}});
        auto cast = mcp::tool("cast_off", "Casts a ship off from its quay.", {});
    """,
    "harbour.ex": """
        @doc \"\"\"
        Moors a ship at a quay.
        Fails if the quay is taken.
        \"\"\"
        deftool moor_ship(ship: "Name of the ship to moor.", quay: :integer)
        tool name: "moor_ship"
        @doc "Casts a ship off from its quay."
        tool name: "cast_off"
    """,
}


def placed(root: Path, files: Mapping[str, str], *tools: Json) -> Manifest:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    listed = tuple(Tool(index, raw) for index, raw in enumerate(tools))
    return Sources(root).placed(Manifest("live", "wire", Provenance.WIRE, listed))


def span(manifest: Manifest, index: int, pointer: str) -> str | None:
    assert manifest.locator is not None
    place = Place(index, pointer)
    found = manifest.locator.locate([place]).get(place)
    if found is None:
        return None
    lines = Path(found.file).read_text(encoding="utf-8").split("\n")[found.line - 1 : found.end_line]
    lines[-1] = lines[-1][: found.end_column - 1]
    return "\n".join(lines)[found.column - 1 :]


@pytest.mark.parametrize("name", SOURCES)
def test_each_part_is_found_in_every_language(tmp_path: Path, name: str) -> None:
    manifest = placed(tmp_path, {name: SOURCES[name]}, MOOR, CAST)
    described = span(manifest, 0, "/description") or ""
    assert described.startswith("Moors a ship")
    assert described.endswith("the quay is taken")
    assert span(manifest, 0, "/inputSchema/properties/ship/description") == "Name of the ship to moor"
    assert span(manifest, 0, "/inputSchema/properties/quay") == "quay"
    assert span(manifest, 1, "/description") == "Casts a ship off from its quay"
    assert span(manifest, 1, "") == "cast_off"


def test_a_name_with_a_prefix_is_found_by_its_description(tmp_path: Path) -> None:
    manifest = placed(tmp_path, {"a.rb": SOURCES["server.rb"]}, {**MOOR, "name": "harbour_moor_ship"})
    assert (span(manifest, 0, "") or "").startswith("Moors a ship")


def test_sections_that_the_framework_removes_do_not_matter(tmp_path: Path) -> None:
    text = '"""Moors a ship at a quay.\n    Fails if the quay is taken.\n\n    Args:\n        ship: which\n    """\n'
    manifest = placed(tmp_path, {"a.lua": f"tool('moor_ship', [[{text}]])"}, MOOR)
    assert (span(manifest, 0, "/description") or "").endswith("taken")


def test_built_copies_and_readmes_are_not_the_place(tmp_path: Path) -> None:
    files = {"src/s.rb": SOURCES["server.rb"], "dist/s.rb": SOURCES["server.rb"], "README.md": SOURCES["tools.yaml"]}
    manifest = placed(tmp_path, files, MOOR)
    assert manifest.locator is not None
    place = Place(0, "/description")
    assert manifest.locator.locate([place])[place].file.endswith("src/s.rb")


BERTH = {
    "name": "find_berth",
    "description": "Finds a free berth for a ship.",
    "inputSchema": {"type": "object", "properties": {"draught": {"type": "number"}, "quay_side": {"type": "string"}}},
}
APART = {
    "a struct that a handler takes": {
        "src/tools.kt": "class BerthQuery(\n    val draught: Double,\n    val quaySide: String,\n)\n",
        "src/server.kt": 'reg("find_berth", "Finds a free berth for a ship.") { q: BerthQuery -> go(q.draught, q.quaySide) }\n',
    },
    "a schema before the name": {
        "src/schemas.rb": "class Other\n  draught: x\n  quay_side: y\nend\n\nclass BerthQuery\n  draught: float\n  quay_side: str\nend\n",
        "src/server.rb": 'Tool.new(\n  input: BerthQuery,\n  name: "find_berth",\n  text: "Finds a free berth for a ship.")\nTool.new(\n  input: Other,\n  name: "x")\n',
    },
    "a type of the handler's type": {
        "server.swift": (
            "struct BerthQuery {\n    let draught: Double\n    let quaySide: String\n}\n\n"
            "func findHandler(query: BerthQuery) -> Berth {\n    go(query.draught)\n}\n\n"
            'add("find_berth", "Finds a free berth for a ship.", findHandler)\n'
        )
    },
}


@pytest.mark.parametrize("files", APART.values(), ids=APART)
def test_a_parameter_is_found_in_the_type_that_the_tool_refers_to(tmp_path: Path, files: Mapping[str, str]) -> None:
    manifest = placed(tmp_path, files, BERTH)
    assert manifest.locator is not None
    for name, line in (("draught", "draught: "), ("quay_side", ("quaySide: ", "quay_side: "))):
        place = Place(0, f"/inputSchema/properties/{name}")
        found = manifest.locator.locate([place])[place]
        text = Path(found.file).read_text(encoding="utf-8").split("\n")[found.line - 1]
        assert text[found.column - 1 :].startswith(line)
        before = Path(found.file).read_text(encoding="utf-8").split("\n")[: found.line]
        assert [one for one in before if one.startswith(("class", "struct"))][-1].split("(")[0].split()[
            1
        ] == "BerthQuery"


def test_of_types_with_one_name_the_one_in_the_file_of_the_tool_is_taken(tmp_path: Path) -> None:
    one = 'class GetInput\n  draught: float\n  quay_side: str\nend\n\ntool("{}", "{}", GetInput)\n'
    files = {"a.rb": one.format("x_y", "Another tool of it."), "b.rb": one.format("find_berth", BERTH["description"])}
    manifest = placed(tmp_path, files, BERTH)
    assert manifest.locator is not None
    place = Place(0, "/inputSchema/properties/draught")
    found = manifest.locator.locate([place])[place]
    assert (Path(found.file).name, found.line) == ("b.rb", 2)


def test_a_type_is_taken_before_a_value_of_it(tmp_path: Path) -> None:
    text = (
        "let find_berth = BerthQuery { draught: 1, quay_side: x };\n"
        "struct BerthQuery {\n    draught: f64,\n    quay_side: String,\n}\n"
        "/// Finds a free berth for a ship.\n#[own_tool]\nfn find_berth(query: BerthQuery) {\n    find(query)\n}\n"
        "#[cfg(test)]\nmod tests {\n    let q = BerthQuery { draught: 5, quay_side: x };\n}\n"
    )
    manifest = placed(tmp_path, {"a.rs": text}, BERTH)
    assert manifest.locator is not None
    place = Place(0, "/inputSchema/properties/draught")
    assert manifest.locator.locate([place])[place].line == 3


def test_a_decorated_definition_is_taken_before_a_name_in_other_data(tmp_path: Path) -> None:
    text = (
        'info = {"name": "moor_ship", "version": 1}\n'
        + "\n" * 60
        + "#[own_tool(x)]\nfn moor_ship(\n  ship: String) {}\n"
    )
    assert (
        span(placed(tmp_path / "a", {"a.rs": text}, {**MOOR, "description": "x"}), 0, "/inputSchema/properties/ship")
        == "ship"
    )


def test_a_class_with_the_name_of_a_tool_is_its_place(tmp_path: Path) -> None:
    files = {"tools.rb": "class MoorShipTool(Base):\n  def apply(ship: str)\n", "page.rb": "if active('moor_ship')"}
    assert span(placed(tmp_path, files, MOOR), 0, "") == "MoorShipTool"


def test_an_error_message_is_no_declaration(tmp_path: Path) -> None:
    text = 'tool "find_berth", "Finds a free berth for a ship." do\n raise "draught is required"\n draught: float\n'
    manifest = placed(tmp_path, {"a.rb": text}, BERTH)
    assert manifest.locator is not None
    place = Place(0, "/inputSchema/properties/draught")
    assert manifest.locator.locate([place])[place].line == 3


def test_the_only_place_of_a_parameters_text_is_found_without_its_tool(tmp_path: Path) -> None:
    text = "options = [\n  { ship: 'Name of the ship to moor.' },\n]\n"
    manifest = placed(tmp_path, {"a.rb": text}, MOOR)
    assert span(manifest, 0, "/inputSchema/properties/ship") == "ship"
    assert span(manifest, 0, "/inputSchema/properties/ship/description") == "Name of the ship to moor"
    assert span(manifest, 0, "/inputSchema/properties/quay") is None


def test_in_the_file_of_a_tool_the_place_with_all_parameters_is_taken(tmp_path: Path) -> None:
    text = "def measure(\n  draught: float)\n" + "\n" * 60 + "schema = {\n  draught: float,\n  quay_side: str }\n"
    files = {"tools/find_berth.rb": text, "tools.yaml": "name: find_berth\n"}
    manifest = placed(tmp_path, files, {**BERTH, "description": "x"})
    assert manifest.locator is not None
    place = Place(0, "/inputSchema/properties/draught")
    assert manifest.locator.locate([place])[place].line == 64


def test_a_key_of_data_is_not_the_place_if_code_says_the_text(tmp_path: Path) -> None:
    copy = '{"tools": [{"name": "moor_ship", "description": "Moors a ship at a quay. Fails if the quay is taken."}]}'
    manifest = placed(tmp_path, {"manifest.json": copy, "server.rb": SOURCES["server.rb"]}, MOOR)
    for pointer in ("", "/description"):
        assert manifest.locator is not None
        assert manifest.locator.locate([Place(0, pointer)])[Place(0, pointer)].file.endswith("server.rb")


def test_a_type_without_most_of_the_parameters_is_not_theirs(tmp_path: Path) -> None:
    files = {
        "a.kt": 'reg("find_berth", "Finds a free berth for a ship.") { q: Ship -> go(q) }\n',
        "b.kt": "class Ship(\n  val draught: Double,\n  val flag: String,\n)\n",
    }
    assert span(placed(tmp_path, files, BERTH), 0, "/inputSchema/properties/draught") == "find_berth"


def test_a_declaration_is_taken_before_a_use(tmp_path: Path) -> None:
    text = (
        'def_tool "find_berth", "Finds a free berth for a ship.", ->(args) { go(args["draught"], draught=args.draught) }\n'
        "  .takes(draught: :float, quay_side: :string)\n"
    )
    manifest = placed(tmp_path, {"a.rb": text}, BERTH)
    assert manifest.locator is not None
    place = Place(0, "/inputSchema/properties/draught")
    assert manifest.locator.locate([place])[place].line == 2


def test_a_parameter_is_shown_at_its_name_far_above_its_text(tmp_path: Path) -> None:
    text = SOURCES["server.php"].replace("'type' => 'string',", "'type' => 'string'," + "\n 'x' => 1," * 6)
    other = "$ship = 3;\n" * 3
    manifest = placed(tmp_path, {"a.php": text + other}, MOOR)
    assert span(manifest, 0, "/inputSchema/properties/ship") == "ship"
    assert manifest.locator is not None
    place = Place(0, "/inputSchema/properties/ship")
    assert manifest.locator.locate([place])[place].line == 3


def test_a_description_with_a_computed_end_is_known_by_its_first_sentence_near_the_name(tmp_path: Path) -> None:
    raw = {
        **MOOR,
        "description": "Moors a ship at a quay. It takes at most 20 ships in winter, and 40 ships in summer.",
    }
    near = "tool 'moor_ship', text: describe(does: 'Moors a ship at a quay', limit: season)\n"
    assert span(placed(tmp_path / "a", {"a.rb": near}, raw), 0, "/description") == "Moors a ship at a quay"
    apart = "tool 'moor_ship', text: t\n" + "\n" * 60 + "puts 'Moors a ship at a quay'\n"
    assert span(placed(tmp_path / "b", {"a.rb": apart}, raw), 0, "/description") == "moor_ship"


def test_a_list_of_names_is_not_the_place_of_a_tool_whose_name_is_given_elsewhere(tmp_path: Path) -> None:
    files = {"allow.rb": "ALLOWED = ['moor_ship', 'cast_off']\n", "server.rb": "add(name: 'moor_ship', text: t)\n"}
    manifest = placed(tmp_path, files, MOOR)
    assert manifest.locator is not None
    assert manifest.locator.locate([Place(0, "")])[Place(0, "")].file.endswith("server.rb")


WRONG = {
    "another text": "tool 'other', 'Unmoors a ship at a quay. Fails if the quay is taken. '",
    "the beginning of a sibling": "tool 'other', 'Moors a ship at a quay. Fails if the quay is taken by a tug'",
    "in a comment": "# Moors a ship at a quay. Fails if the quay is taken.\n",
    "inside a longer sentence": "x = 'He moors: Moors a ship at a quay. Fails if the quay is taken, and then goes home'",
    "a list of names": "ALLOWED = ['cast_off', 'moor_ship', 'sink']",
    "a name that is looked up": "if active('moor_ship') then go() end",
    "a name in a sentence": "y = 'call ``moor_ship`` or moor_ship first'",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_nothing_is_placed_at_something_else(tmp_path: Path, text: str) -> None:
    manifest = placed(tmp_path, {"a.rb": text}, MOOR)
    assert span(manifest, 0, "/description") is None


def test_two_tools_with_one_text_are_told_apart_by_their_names(tmp_path: Path) -> None:
    text = (
        "tool 'a_one', 'Does the work of the harbour.'\n"
        + "\n" * 60
        + "tool 'b_two', 'Does the work of the harbour.'\n"
    )
    tools = [{"name": name, "description": "Does the work of the harbour."} for name in ("a_one", "b_two")]
    manifest = placed(tmp_path, {"a.rb": text}, *tools)
    assert manifest.locator is not None
    lines = [manifest.locator.locate([Place(i, "/description")])[Place(i, "/description")].line for i in (0, 1)]
    assert lines == [1, 62]


def test_parameters_of_the_next_tool_are_not_taken(tmp_path: Path) -> None:
    text = "tool 'moor_ship', 'Moors a ship at a quay. Fails if the quay is taken.'\ntool 'cast_off', 'Casts a ship off from its quay.', ship: 1\n"
    manifest = placed(tmp_path, {"a.rb": text}, MOOR, CAST)
    assert span(manifest, 0, "/inputSchema/properties/ship") == "moor_ship"


def test_hostile_files_are_passed_over(tmp_path: Path) -> None:
    files = {"a.bin": "x", "b.rb": SOURCES["server.rb"], "big.txt": "word " * 500_000, "dots.txt": "." * 300_000}
    (tmp_path / "zero.rb").write_bytes(b"\0moor_ship")
    assert span(placed(tmp_path, files, MOOR), 0, "") == "moor_ship"
