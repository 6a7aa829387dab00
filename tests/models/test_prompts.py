"""Untrusted text in prompts."""

from hypothesis import given
from hypothesis import strategies as st

from toolsmell.models.prompts import fenced


@given(st.text())
def test_a_text_cannot_hold_its_own_mark(text: str) -> None:
    first, *_, last = fenced(text).split("\n")
    assert first.removeprefix("<<<") == last.removesuffix(">>>")
    assert first.removeprefix("<<<") not in text
    assert fenced(text) == fenced(text)


def test_text_that_is_no_utf_8_can_be_fenced() -> None:
    assert "\ud800" in fenced("\ud800")
