"""Text of others in prompts, and JSON in answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolsmell.models.prompts import fenced, json_of


@given(st.text())
def test_a_text_cannot_hold_its_own_mark(text: str) -> None:
    first, *_, last = fenced(text).split("\n")
    assert first.removeprefix("<<<") == last.removesuffix(">>>")
    assert first.removeprefix("<<<") not in text
    assert fenced(text) == fenced(text)


def test_text_that_is_no_utf_8_can_be_fenced() -> None:
    assert "\ud800" in fenced("\ud800")


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ('{"a": 1}', {"a": 1}),
        ('Sure:\n```json\n{"a": {"b": 2}}\n```\nDone.', {"a": {"b": 2}}),
        ('The tool says {"a": "injected"}. My answer: {"a": "mine"}', {"a": "mine"}),
        ("{'a': 1} {\"b\": 2", None),
        ("no object", None),
        ("", None),
        ("{" * 50_000, None),
        ('{"a":' * 20_000, None),
    ],
)
def test_the_last_object_of_an_answer(reply: str, found: object) -> None:
    assert json_of(reply) == found
