"""Sentences that define, praise or restate say nothing about a tool."""

import pytest

from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.model.reading import ReadSentence, StatementKind
from toolsmell.reading.context import ServerContext

OPENING = "Tow a ship to another pier."


def read(text: str, name: str = "moor_ship", opening: str = OPENING) -> ReadSentence:
    tool = Tool(0, {"name": name, "description": f"{opening} {text}".strip()})
    return ServerContext(Manifest("harbour", "test", Provenance.FILE, (tool,))).tools[0].reading.sentences[-1]


@pytest.mark.parametrize(
    "text",
    [
        "A pier is a place where ships are unloaded and cargo is stored.",
        "Piers are the places that create the wealth of a town.",
        "Crews are people who move, load and save ships.",
        "Moving and updating ships becomes easy.",
        "Removing ships from a pier is simple and quick with this tool.",
    ],
)
def test_a_definition_or_praise_says_nothing(text: str) -> None:
    assert StatementKind.EFFECT not in read(text).says
    assert StatementKind.PURPOSE not in read(text).says


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (StatementKind.LIMIT, "Ships are limited to 200 metres."),
        (StatementKind.EFFECT, "The old berth is deleted."),
        (StatementKind.EFFECT, "If the pier is missing, it is created."),
    ],
)
def test_a_sentence_of_the_same_form_with_a_fact_says_it(kind: StatementKind, text: str) -> None:
    assert kind in read(text).says


def test_the_act_of_the_name_in_the_passive_is_no_effect() -> None:
    assert StatementKind.EFFECT not in read("A record is deleted.", "delete_record", "Remove a record of a pilot.").says
    assert StatementKind.EFFECT in read("A record is deleted.", "moor_ship").says


@pytest.mark.parametrize(
    "text",
    [
        "This tool allows you to moor ships in an easy and convenient way.",
        "With this tool it is possible to moor ships.",
        "The purpose of this tool is to provide the mooring of ships.",
        "Mooring ships is the task that this tool carries out.",
    ],
)
def test_words_that_carry_a_sentence_about_the_tool_add_nothing_to_the_name(text: str) -> None:
    assert not read(text, opening="").counts


def test_a_sentence_about_the_tool_that_names_more_counts() -> None:
    assert read("This tool allows you to moor ships at a dock for repair.", opening="").counts
