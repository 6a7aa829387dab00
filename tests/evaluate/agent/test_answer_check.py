"""Whether words hold an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.linear import grows_linearly
from toolsmell.evaluate.agent.answer_check import gradable, holds
from toolsmell.model import Json


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("It is in **Oslo**.", "oslo"),
        ("It moored at north   3, I think", "North 3"),
        ("There are 1,204 boats.", 1204),
        ("Price: $12.504", 12.5),
        ("-7°C at night", -7),
        ("Ada and Bob own 2 boats", ["bob", 2, "ada"]),
        ("東京タワーです", "東京タワー"),
        ("ｆｕｌｌ width", "full"),
    ],
)
def test_held(words: str, answer: Json) -> None:
    assert holds(words, answer)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("It is in Oslofjord.", "Oslo"),
        ("", "x"),
        ("b7 and v2.12", 7),
        ("1,2,3", 123),
        ("12.6", 12.5),
        ("2-3", -3),
        ("Ada owns 2 boats", ["ada", 3]),
    ],
)
def test_not_held(words: str, answer: Json) -> None:
    assert not holds(words, answer)


@pytest.mark.parametrize("answer", [None, "", "  ", True, [], {"a": 1}, [["a"]], ["a", None]])
def test_what_no_words_can_be_held_against(answer: Json) -> None:
    assert not gradable(answer)


@given(st.text(), st.one_of(st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_any_words_and_answer(words: str, answer: Json) -> None:
    if gradable(answer):
        holds(words, answer)


@pytest.mark.parametrize("piece", ["1", "1,", "-", "a ", "0.", "1,111"])
def test_a_long_answer_costs_in_proportion_to_its_length(piece: str) -> None:
    assert grows_linearly(lambda size: holds(piece * (size // len(piece)), ["a a b", 3]), 200_000)
