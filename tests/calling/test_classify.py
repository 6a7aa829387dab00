"""Answers of real servers are classified by what they show."""

from pathlib import Path

import pytest

from toolsmell.calling.classify import SPEAKING, Outcome, classified

TABLE = Path(__file__).parent.parent / "data" / "outcomes.tsv"


def _rows() -> list[tuple[Outcome, bool, str]]:
    rows = [line.split("\t", 2) for line in TABLE.read_text(encoding="utf-8").splitlines() if line]
    return [(Outcome(kind), flag == "error", text.replace("\\n", "\n")) for kind, flag, text in rows]


def test_the_table_has_150_texts_of_all_outcomes() -> None:
    rows = _rows()
    assert len(rows) >= 150
    assert {kind for kind, _, _ in rows} == set(Outcome)


def test_the_texts_of_the_table_are_classified() -> None:
    wrong = [
        f"{text[:60]!r}: {got}, not {kind}"
        for kind, is_error, text in _rows()
        if (got := classified(text, is_error=is_error, faulty=False)) is not kind
    ]
    assert wrong == []


def test_trouble_of_the_environment_is_never_behaviour_of_the_tool() -> None:
    for kind, is_error, text in _rows():
        if kind not in SPEAKING:
            assert classified(text, is_error=is_error, faulty=True) not in SPEAKING, text


@pytest.mark.parametrize("text", ["It broke in an odd way here.", "Rejected: 7 of 9"])
def test_a_faulty_call_that_fails_has_invalid_arguments(text: str) -> None:
    assert classified(text, is_error=True, faulty=True) is Outcome.INVALID_ARGUMENTS


@pytest.mark.parametrize("depth", [300, 900, 5_000, 100_000])
def test_an_answer_that_is_nested_deeply_is_classified(depth: int) -> None:
    text = '{"a":' * depth + "1" + "}" * depth
    assert classified(text, is_error=False, faulty=False) is Outcome.RESULT


@pytest.mark.parametrize("text", ["Unknown tool: list_boats", "MCP error -32601: Tool 'list_boats' not found"])
def test_a_server_that_no_longer_has_a_tool_is_trouble_of_the_server(text: str) -> None:
    assert classified(text, is_error=True, faulty=False) is Outcome.SERVER
