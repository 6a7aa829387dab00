"""When another round is not worth it."""

import pytest

from toolsmell.rewrite.stop import bleu, settled

TEXT = "lists the free berths of a pier and says what each of them costs for a night"


def test_equal_texts_are_settled_and_different_ones_are_not() -> None:
    assert bleu(TEXT, TEXT) == pytest.approx(1.0)
    assert settled(TEXT, TEXT)
    assert not settled(TEXT, "shows the weather of tomorrow")


@pytest.mark.parametrize(
    ("before", "after", "expected"), [("", "", 1.0), ("", "a", 0.0), ("a", "", 0.0), ("a b", "c d", 0.0)]
)
def test_odd_texts_have_a_bleu(before: str, after: str, expected: float) -> None:
    assert bleu(before, after) == expected


def test_a_shorter_text_pays_for_what_it_leaves_out() -> None:
    assert 0 < bleu(TEXT, " ".join(TEXT.split()[:8])) < bleu(TEXT, " ".join(TEXT.split()[:12])) < 1
