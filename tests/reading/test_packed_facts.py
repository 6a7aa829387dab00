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
        (StatementKind.LIMIT, "Count ships, default 5 (cap 50)."),
        (StatementKind.LIMIT, "Show at most `few` ships."),
        (StatementKind.PREREQUISITE, "Order of work: find_ship -> tow_ship -> moor_ship."),
        (StatementKind.PREREQUISITE, "Call find_ship first and pass what it gives."),
        (StatementKind.EFFECT, "Does not update the log; shows what is in it."),
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
    assert clauses("Tow a ship, then wait (or not); moored ships stay; x; tugs wait") == [
        "Tow a ship, then wait (or not)",
        "moored ships stay",
        "tugs wait",
    ]
    assert clauses("Tow a ship: it waits.") == []


def test_a_sentence_of_many_parts_is_read_in_part() -> None:
    assert len(clauses("a b; " * 100_000)) <= MOST


def test_another_form_of_a_word_of_the_name_is_no_news() -> None:
    assert without_forms({"deleti", "lockin", "berth"}, {"delete", "lock"}) == {"berth"}
    assert without_forms({"format", "payload"}, {"form", "pay"}) == {"format", "payload"}


def amount(kind: StatementKind, text: str) -> float:
    read = first(text)
    return read.amounts[read.says.index(kind)]


def test_two_facts_of_one_kind_in_a_sentence_count_as_two() -> None:
    one = amount(StatementKind.RESULT, "Show the arrivals of a pier, latest first.")
    two = amount(StatementKind.RESULT, "Show the arrivals of a pier, latest first, fees in euros.")
    assert two == one + 1


def test_parts_at_semicolons_count_like_sentences() -> None:
    text = "Tow a ship to a pier; moored ships are not included; tugs are not supported."
    assert amount(StatementKind.LIMIT, text) == 2


VAGUE = (
    "Tides may be of interest.",
    "Ships, maybe for repair.",
    "Not for small ships, in general.",
    "Ships can be found if they are there.",
    "Piers that have cranes work better.",
    "A ship needs a berth first.",
    "Draught, length and beam.",
    "Moored ships are charged.",
    "Towing goes on for a while.",
)


def test_a_kind_that_is_barely_recognised_counts_less_than_a_certain_one() -> None:
    amounts = [one for text in VAGUE for one in first(text).amounts]
    assert 0.0 < min(amounts) < 1.0
    assert amount(StatementKind.PURPOSE, "Search the ships of a harbour by flag.") == 1.0
