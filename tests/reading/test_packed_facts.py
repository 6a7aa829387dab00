"""Facts packed into the only sentence of a description, and words that say nothing new."""

import pytest

from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.model.reading import ReadSentence, StatementKind
from toolsmell.reading.clauses import MOST, clauses
from toolsmell.reading.context import ServerContext
from toolsmell.reading.stems import without_forms


def first(description: str, name: str = "do_zzz") -> ReadSentence:
    tool = Tool(0, {"name": name, "description": description})
    return ServerContext(Manifest("harbour", "test", Provenance.FILE, (tool,))).tools[0].reading.sentences[0]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (StatementKind.LIMIT, "List up to 40 ships of the harbour."),
        (StatementKind.LIMIT, "Reserve a berth for at most three nights."),
        (StatementKind.LIMIT, "Print the log of a ship as PDF or HTML."),
        (StatementKind.LIMIT, "Show the ships in the harbour, moored ones only."),
        (StatementKind.RESULT, "Draught of a ship in feet."),
        (StatementKind.RESULT, "Fees of a berth in euros."),
        (StatementKind.RESULT, "Show the arrivals of a pier, latest first."),
        (StatementKind.EFFECT, "Scrap a ship, which cannot be reversed."),
        (StatementKind.LIMIT, "Weigh several ships (maximum 25 ships)."),
        (StatementKind.EXAMPLE, "Example: tow ship and barge in one call."),
        (StatementKind.WHEN_NOT, "Do not use it to follow a ship as it moves: it looks once."),
    ],
)
def test_a_fact_in_a_few_words_of_the_only_sentence_is_read(kind: StatementKind, text: str) -> None:
    assert kind in first(text).says


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (StatementKind.LIMIT, "Look up the crew of a ship."),
        (StatementKind.LIMIT, "Print the log or the map."),
        (StatementKind.RESULT, "Find a berth in the harbour."),
        (StatementKind.RESULT, "Moor the first ship."),
        (StatementKind.PURPOSE, "TODO"),
    ],
)
def test_the_same_words_in_another_sense_are_no_fact(kind: StatementKind, text: str) -> None:
    assert kind not in first(text).says


def test_what_follows_a_semicolon_says_what_it_says_alone() -> None:
    alone = ServerContext(
        Manifest(
            "harbour",
            "test",
            Provenance.FILE,
            (Tool(0, {"name": "do_zzz", "description": "Tow a ship to a pier. Moored ships are left out."}),),
        )
    )
    kinds = set(alone.tools[0].reading.sentences[1].says) - {StatementKind.PURPOSE}
    assert StatementKind.LIMIT in kinds
    assert kinds <= set(first("Tow a ship to a pier; moored ships are left out.").says)


def test_a_sentence_is_split_at_semicolons_only() -> None:
    assert list(clauses("Tow a ship, then wait (or not); moored ships stay; x; tugs wait")) == [
        "moored ships stay",
        "tugs wait",
    ]
    assert list(clauses("Tow a ship: it waits.")) == []


def test_a_sentence_of_many_parts_is_read_in_part() -> None:
    assert len(list(clauses("a b; " * 100_000))) < MOST


def test_another_form_of_a_word_of_the_name_is_no_news() -> None:
    assert without_forms({"deleti", "lockin", "berth"}, {"delete", "lock"}) == {"berth"}
    assert without_forms({"format", "payload"}, {"form", "pay"}) == {"format", "payload"}
