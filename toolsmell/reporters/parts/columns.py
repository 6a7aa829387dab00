"""Text in columns of a terminal: how wide it is, cut to a width, wrapped, coloured."""

from collections.abc import Iterator
from enum import StrEnum

_LONGEST = 2_000
# A message is cut to this before it is measured: a server may send a megabyte.


class Ink(StrEnum):
    """Colours; the values are those of ECMA-48's SGR sequence."""

    BOLD = "1"
    DIM = "2"
    RED = "31"
    GREEN = "32"
    YELLOW = "33"
    CYAN = "36"


def paint(text: str, ink: Ink | None, on: bool) -> str:
    """Colour `text`, where colours are `on`."""
    return f"\x1b[{ink.value}m{text}\x1b[0m" if on and ink and text else text


def columns(text: str) -> int:
    """Return the width of `text` in columns."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_of, text))


def _columns_of(c: str) -> int:
    if c.isascii():
        return 1
    from unicodedata import category, east_asian_width

    if category(c) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(c) in "WF" else 1


def pad(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def head(text: str, width: int) -> str:
    """Return as much of the start of `text` as fits into `width` columns."""
    if text.isascii():
        return text[:width]
    used = 0
    for at, c in enumerate(text):
        used += _columns_of(c)
        if used > width:
            return text[:at]
    return text


def cut_middle(text: str, width: int) -> str:
    """Shorten `text` to `width` columns: names that begin alike often differ at their end."""
    if len(text) <= width and columns(text) <= width:
        return text
    if width < 2:
        return head(text, width)
    left = head(text[:width], width // 2)
    right = head(text[: -width - 1 : -1], width - 1 - columns(left))[::-1]
    return f"{left}…{right}"


def cut_end(text: str, width: int) -> str:
    """Shorten `text` to `width` columns."""
    if len(text) <= width and columns(text) <= width:
        return text
    return head(text[:width], max(0, width - 1)) + "…"


def wrap(text: str, width: int) -> Iterator[str]:
    """Break `text` into lines of at most `width` columns, between words if possible."""
    text = cut_end(text, _LONGEST)
    measure = len if text.isascii() else columns
    line: list[str] = []
    used = 0
    for word in text.split():
        size = measure(word)
        if line and used + 1 + size > width:
            yield " ".join(line)
            line, used = [], 0
        if size > width:
            *pieces, word = _pieces(word, width)
            yield from pieces
            size = measure(word)
        line.append(word)
        used += size + (used > 0)
    if line:
        yield " ".join(line)


def _pieces(word: str, width: int) -> Iterator[str]:
    """Break a word that is too long."""
    while word:
        piece = head(word, width) or word[0]
        yield piece
        word = word[len(piece) :]
