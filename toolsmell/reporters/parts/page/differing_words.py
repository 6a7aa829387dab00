"""The words in which two texts differ."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

WORDS: Final = 400
"""Words of a text that are compared; more take too long."""


class WordSpan(NamedTuple):
    """Words of a text, and whether they are in the other text too."""

    text: str
    mark: str
    """`same`, `gone` (only in the first text) or `new` (only in the second)."""


def both(first: str, second: str) -> tuple[Sequence[WordSpan], Sequence[WordSpan]]:
    """Return each text with the words marked that the other one does not have there."""
    before, after = first.split()[:WORDS], second.split()[:WORDS]
    left, right = list[WordSpan](), list[WordSpan]()
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        _add(left, before[a:b], "same" if tag == "equal" else "gone")
        _add(right, after[c:d], "same" if tag == "equal" else "new")
    return left, right


def merged(first: str, second: str) -> Sequence[WordSpan]:
    """Return one text that shows what went and what came; empty if the texts are equal."""
    before, after = first.split()[:WORDS], second.split()[:WORDS]
    if before == after:
        return ()
    pieces = list[WordSpan]()
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        _add(pieces, before[a:b], "same" if tag == "equal" else "gone")
        if tag != "equal":
            _add(pieces, after[c:d], "new")
    return pieces


def _add(pieces: list[WordSpan], words: Sequence[str], mark: str) -> None:
    if words:
        pieces.append(WordSpan(" ".join(words), mark))
