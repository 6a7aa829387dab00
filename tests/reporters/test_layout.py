"""Text in columns: no line too wide, no word lost, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolsmell.reporters.parts.columns import columns, cut_end, cut_middle, wrap

any_text = st.text(st.characters(codec=None))


@given(any_text, st.integers(2, 60))
def test_wrap_fits_and_keeps_every_character(text: str, width: int) -> None:
    lines = list(wrap(text, width))
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(any_text, st.integers(2, 60))
def test_cuts_fit(text: str, width: int) -> None:
    assert columns(cut_middle(text, width)) <= width
    assert columns(cut_end(text, width)) <= width


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("get_recent_periodic_notes", 30, "get_recent_periodic_notes"),
        ("get_recent_periodic_notes", 11, "get_r…notes"),
        ("天気を調べる", 12, "天気を調べる"),
        ("天気を調べる", 11, "天気…調べる"),
        ("天気を調べる", 8, "天気…る"),
        ("ab", 1, "a"),
    ],
)
def test_cut_middle(text: str, width: int, expected: str) -> None:
    assert cut_middle(text, width) == expected


def test_wrap_breaks_between_words() -> None:
    assert list(wrap("an agent guesses what to pass", 12)) == ["an agent", "guesses what", "to pass"]
