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


WRONG = {
    "another text": "tool 'other', 'Unmoors a ship at a quay. Fails if the quay is taken. '",
    "in a comment": "# Moors a ship at a quay. Fails if the quay is taken.\n",
    "inside a longer sentence": "x = 'He moors: Moors a ship at a quay. Fails if the quay is taken, and then goes home'",
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
