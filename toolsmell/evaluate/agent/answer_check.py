"""Checks whether an agent's words contain the answer of a case."""

from collections.abc import Iterator
from unicodedata import normalize

from toolsmell.evaluate.analysis import UNSPACED
from toolsmell.model import Json
from toolsmell.text import pattern

_LONGEST = 100_000
_NUMBER = r"(?<![\w.])-?(?:\d{1,3}(?:,\d{3}){1,9}(?!\d)|\d{1,30})(?:\.\d{1,30})?"


def gradable(answer: Json) -> bool:
    """Return True if replies can be compared with `answer`: a text, a number, or a list of these."""
    if isinstance(answer, list):
        return bool(answer) and all(gradable(part) and not isinstance(part, list) for part in answer)
    if isinstance(answer, str):
        return bool(answer.strip())
    return isinstance(answer, int | float) and not isinstance(answer, bool)


def holds(words: str, answer: Json) -> bool:
    """Return True if `words` contain `answer`, or every part of it if it is a list.

    A text is compared as whole words, whatever their case; a number as a number, rounded to the decimals that the
    case gives. Sentences are not understood: 'not Oslo' contains Oslo.
    """
    words = words[:_LONGEST]
    if isinstance(answer, list):
        return all(holds(words, part) for part in answer)
    if isinstance(answer, str):
        return _has_words(_plain(words), _plain(answer))
    decimals = len(repr(answer).partition(".")[2]) if isinstance(answer, float) and "e" not in repr(answer) else 0
    return any(round(number, decimals) == answer for number in _numbers(words))


def _plain(text: str) -> str:
    return " ".join(normalize("NFKC", text).casefold().split())


def _has_words(text: str, wanted: str) -> bool:
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        before, after = text[at - 1 : at], text[end : end + 1]
        if not _one_word(before, wanted[0]) and not _one_word(wanted[-1], after):
            return True
        at = text.find(wanted, at + 1)
    return False


def _one_word(left: str, right: str) -> bool:
    """Return True if two adjacent characters are in one word, in a script with spaces."""
    spaced = not pattern(UNSPACED).search(left + right)
    return left.isalnum() and right.isalnum() and spaced


def _numbers(text: str) -> Iterator[float]:
    for found in pattern(_NUMBER).finditer(text):
        yield float(found[0].replace(",", ""))
