"""Invisible characters are shown as escapes, and visible ones stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolsmell.escape import invisible_runs, shown, visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text", "plain text"),
        ("größer als 3 µm, naïve, 同步订单。", "größer als 3 µm, naïve, 同步订单。"),
        ("a\x1b[2Jb", r"a\x1b[2Jb"),
        ("a\u202eb\u2066c", r"a\u202eb\u2066c"),
        ("a\u200bb", r"a\u200bb"),
        ("x\U000e0041\U000e0042", r"x\U000e0041\U000e0042"),
        ("\ud800", r"\ud800"),
        ("two\nlines\t", r"two\nlines\t"),
        ("\ufeffstart", r"\ufeffstart"),
        ("\ufe0f", r"\ufe0f"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    assert visible(text) == expected


@pytest.mark.parametrize("text", ["⚠️ careful", "1️⃣ first", "👩‍💻 at work", "❤️‍🔥", "می‌خواهم", "क्‍ष"])
def test_emoji_and_joining_scripts_stay(text: str) -> None:
    assert visible(text) == text
    assert list(invisible_runs(text)) == []


def test_a_run_of_joiners_is_no_joiner() -> None:
    assert visible("म\u200d\u200c\u200dम") == r"म\u200d\u200c\u200dम"
    assert list(invisible_runs("a \u200b\u200c\u200d b")) == [(2, 5)]


def test_line_breaks_are_no_invisible_runs() -> None:
    assert list(invisible_runs("one\r\n\ttwo\n\n\nthree")) == []
    assert list(invisible_runs("one\n\u200b\ntwo")) == [(3, 6)]


def test_keep() -> None:
    assert visible("a\nb\x1b", keep="\n") == "a\nb\\x1b"


def test_shown_is_short_and_on_one_line() -> None:
    assert shown("one\n\n  two") == "one two"
    assert shown("x" * 100, 10) == "xxxxxxxxx…"
    assert shown("a" * 1_000_000 + "\x1b", 10) == "aaaaaaaaa…"


@given(st.text(st.characters(codec=None)))
def test_nothing_visible_acts(text: str) -> None:
    out = visible(text)
    out.encode()
    assert not any(c < " " or "\x7f" <= c < "\xa0" or "\u202a" <= c <= "\u202e" for c in out)
    assert visible(out) == out
