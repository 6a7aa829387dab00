"""A statement weighs the same wherever it stands."""

import pytest

from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.model.reading import ReadSentence
from toolsmell.reading.context import ServerContext

SHARED = "Fails with error 404 if the office does not know the ship."


def first(name: str, description: str, *siblings: str, **properties: object) -> ReadSentence:
    schema = {"type": "object", "properties": properties}
    texts = (description, *siblings)
    tools = tuple(
        Tool(i, {"name": name if not i else f"list_piers_{i}", "description": text, "inputSchema": schema})
        for i, text in enumerate(texts)
    )
    return ServerContext(Manifest("harbour", "test", Provenance.FILE, tools)).tools[0].reading.sentences[0]


def test_a_shared_failure_gains_nothing_by_standing_first() -> None:
    assert first("tow_ship", SHARED, SHARED, SHARED).weight < 0.5
    assert first("tow_ship", SHARED).weight == 1.0


def test_a_repetition_of_the_schema_gains_nothing_by_standing_first() -> None:
    berth = {"type": "string", "description": "Required: the berth of the ship, with its pier."}
    assert not first("tow_ship", "berth: the berth of the ship, with its pier (required).", berth=berth).counts


@pytest.mark.parametrize(
    "text",
    ["Tow a ship; fails if it is moored.", "Find ships by the name of their owner.", "Ships of a pier by their flag."],
)
def test_a_sentence_with_the_purpose_opens_a_description_also_if_siblings_begin_alike(text: str) -> None:
    assert first("tow_ship", text, text, text).weight == 1.0


def test_a_heading_that_is_a_statement_counts_and_a_title_does_not() -> None:
    def second(heading: str) -> ReadSentence:
        description = f"Find ships by the name of their owner.\n\n{heading}\n- name\n- flag"
        manifest = Manifest(
            "harbour", "test", Provenance.FILE, (Tool(0, {"name": "find_ships", "description": description}),)
        )
        return ServerContext(manifest).tools[0].reading.sentences[1]

    assert second("Returns a list of matching vessels with:").counts
    assert not second("Returns:").counts
    assert not second("Some more details:").counts


def test_words_of_another_parameter_are_no_repetition_of_the_schema() -> None:
    owner = {"type": "string", "description": "The owner, in capital letters."}
    pier = {"type": "string", "description": "The pier of the ship."}
    description = "Find ships by the name of their owner. `pier`: in capital letters."
    tool = Tool(
        0,
        {
            "name": "find_ships",
            "description": description,
            "inputSchema": {"type": "object", "properties": {"owner": owner, "pier": pier}},
        },
    )
    read = ServerContext(Manifest("harbour", "test", Provenance.FILE, (tool,))).tools[0].reading.sentences[1]
    assert read.parameters == ("pier",)
    assert read.reason != "repeats the schema"
