"""A description, read once: its sentences, words, lists, code and script.

Everything here is linear in the length of the text, also for hostile text of a megabyte, and regular
expressions are compiled when they are first needed: a cold start pays for what it uses.
"""

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import NamedTuple


@cache
def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Compile an own pattern once, when first needed. Patterns from outside must never come here."""
    return re.compile(source, flags)


class Span(NamedTuple):
    """A piece of a text: `text == raw[start:end]`, in code points."""

    start: int
    end: int
    text: str


_WORD = r"[^\W_]+(?:['’][^\W_]+)*"
_CAMEL = r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_A-Za-z]+"
_BULLET = r"[ \t]*(?:[-*•+]|\(?\d{1,3}[.)])[ \t]+"
_ENDS = ".!?。！？"
# A full stop after one of these does not end a sentence.
_ABBREVIATIONS = frozenset(
    "e.g i.e etc vs cf approx incl excl no nr vol fig resp max min mr mrs ms dr st inc ltd u.s".split()
)
_HAN = ("\u3400", "\u9fff")
_KANA = ("\u3040", "\u30ff")
_HANGUL = ("\uac00", "\ud7af")


def words_of(text: str) -> list[str]:
    """Return the words of `text`, lower case; `snake_case` gives two, `camelCase` one."""
    return [w.lower() for w in pattern(_WORD).findall(text)]


def identifier_words(name: str) -> list[str]:
    """Split an identifier (`getUserById`, `get-user`, `HTTPServer2`) into its words, lower case."""
    return [w.lower() for w in pattern(_CAMEL).findall(name)]


class Text:
    """A text and its readings. Make one for each description and pass it on: every reading is made once."""

    def __init__(self, raw: str) -> None:
        self.raw = raw

    @cached_property
    def lower(self) -> str:
        """The text in lower case, for cheap literal tests before a pattern is used."""
        return self.raw.lower()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words in order, lower case."""
        return tuple(words_of(self.raw))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The distinct words, lower case."""
        return frozenset(self.words)

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """The lines without their ends; blank ones are left out."""
        return tuple(_lines(self.raw))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences and list items, in order. A line break ends a sentence where a blank line or a list follows."""
        return tuple(_sentences(self.raw))

    @cached_property
    def bullets(self) -> tuple[Span, ...]:
        """The list items, without their marks."""
        marks = (pattern(_BULLET).match(line.text) for line in self.lines)
        return tuple(
            Span(line.start + mark.end(), line.end, line.text[mark.end() :])
            for line, mark in zip(self.lines, marks, strict=True)
            if mark
        )

    @cached_property
    def script(self) -> str:
        """`latin`, `han`, `kana`, `hangul` or `other`: what most of the letters belong to; `none` without letters."""
        return _script(self.raw)


def _lines(raw: str) -> Iterator[Span]:
    start = 0
    for line in raw.splitlines(keepends=True):
        body = line.rstrip()
        if body.strip():
            yield Span(start, start + len(body), body)
        start += len(line)


def _sentences(raw: str) -> Iterator[Span]:
    for block in _blocks(raw):
        start = block.start
        for end in _ends(block.text):
            yield from _trimmed(raw, start, block.start + end)
            start = block.start + end
        yield from _trimmed(raw, start, block.end)


def _blocks(raw: str) -> Iterator[Span]:
    """Yield paragraphs and list items: what a sentence cannot cross. A wrapped line continues its block."""
    start: int | None = None
    end = 0
    last_end = 0
    for line in _lines(raw):
        bullet = pattern(_BULLET).match(line.text)
        gap = raw.count("\n", last_end, line.start) > 1
        labelled = line.text.rstrip().endswith(":") or pattern(r"\s*(?:#+\s|\w[\w ]{0,40}:\s)").match(line.text)
        if start is not None and (bullet or gap or labelled or raw[end - 1] == ":"):
            yield Span(start, end, raw[start:end])
            start = None
        if start is None:
            start = line.start + (bullet.end() if bullet else 0)
        end = last_end = line.end
    if start is not None:
        yield Span(start, end, raw[start:end])


def _ends(text: str) -> Iterator[int]:
    for match in pattern(r"[.!?]+[\"')\]*`]*(?=\s)|[。！？]+").finditer(text):
        if match.group().startswith(".") and _abbreviated(text, match.start()):
            continue
        yield match.end()


def _abbreviated(text: str, stop: int) -> bool:
    begin = max(text.rfind(" ", max(0, stop - 12), stop), text.rfind("(", max(0, stop - 12), stop)) + 1
    word = text[begin:stop].lower()
    return word in _ABBREVIATIONS


def _trimmed(raw: str, start: int, end: int) -> Iterator[Span]:
    piece = raw[start:end]
    body = piece.strip()
    if body:
        at = start + len(piece) - len(piece.lstrip())
        yield Span(at, at + len(body), body)


def _script(raw: str) -> str:
    if raw.isascii():
        return "latin" if any(c.isalpha() for c in raw) else "none"
    counts = dict.fromkeys(("latin", "han", "kana", "hangul", "other"), 0)
    for c in raw:
        if c.isalpha():
            counts[_script_of(c)] += 1
    if counts["kana"] * 10 > counts["han"] > 0:
        return "kana"
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else "none"


def _script_of(c: str) -> str:
    if c < "\u0250":
        return "latin"
    for name, (low, high) in (("han", _HAN), ("kana", _KANA), ("hangul", _HANGUL)):
        if low <= c <= high:
            return name
    return "other"
