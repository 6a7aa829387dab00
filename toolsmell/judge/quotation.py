"""Finds quotations in texts. Models change white space, quotation marks and case when they copy."""

from collections.abc import Iterable
from enum import Enum
from typing import Final

from toolsmell.text import pattern

_SHORTEST: Final = 3
"""The least letters of a quotation."""


class Quoted(Enum):
    YES = "yes"
    NO = "no"
    EMPTY = "empty"
    """There is nothing to find: no letter is quoted."""


class Haystack:
    """Texts in which quotations are looked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._letters = _letters("\n".join(texts))

    def has(self, quotation: str) -> bool:
        return self.find(quotation) is Quoted.YES

    def find(self, quotation: str) -> Quoted:
        """Look for the letters and digits of a quotation in order, piece by piece if it has gaps."""
        pieces = [_letters(piece) for piece in pattern(r"\.\.\.|…|\[\.\.\.\]").split(quotation)]
        pieces = [piece for piece in pieces if piece]
        at = 0
        for piece in pieces:
            at = self._letters.find(piece, at)
            if at < 0 or len(piece) < _SHORTEST:
                return Quoted.NO
            at += len(piece)
        return Quoted.YES if pieces else Quoted.EMPTY


def _letters(text: str) -> str:
    """Return the letters and digits of `text`."""
    unescaped = pattern(r"\\(?:[nrt]|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|U[0-9a-fA-F]{8})").sub(" ", text)
    return "".join(c for c in unescaped.casefold() if c.isalnum())
