"""The ways to write a text over a literal, best first: in the layout that stands there, and plainer ones.

Not every way says every text. Whoever asks reads each back, and takes the first that is right.
"""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from toolsmell.editing.patch import PatchError
from toolsmell.sources.code.spelling import LiteralForm, best_quote, plain, spelled
from toolsmell.sources.code.syntax import Language
from toolsmell.sources.code.values import Literal, LiteralKind
from toolsmell.text import pattern

_LEAD = r"(?:[ \t]*\\?\r?\n)*[ \t]*"
_TRAIL = r"(?:\r?\n[ \t]*)+\Z"
_WIDEST = 100
"""Columns of code that a text in several pieces is laid out in."""


class Old(NamedTuple):
    """A literal as it stands in the file."""

    literal: Literal
    code: str
    form: LiteralForm
    """The first piece of a text in pieces."""


class Piece(NamedTuple):
    """A literal that is one of several which a text is put together of; offsets count from the first one's start."""

    start: int
    end: int
    text: str
    form: LiteralForm


def string(old: Old, text: str) -> Iterator[str]:
    """Yield ways to write a literal that is one string."""
    if old.literal.cleaned:
        yield from _indented(old, text)
    for form in dict.fromkeys((old.form, plain(old.form))):
        yield from _quoted(text, form)


def _quoted(text: str, form: LiteralForm) -> Iterator[str]:
    form = best_quote(text, form)
    try:
        yield f"{form.prefix}{form.quote}{spelled(text, form)}{form.quote}"
    except PatchError:
        return


def _indented(old: Old, text: str) -> Iterator[str]:
    """Yield ways to write a text over several lines whose indentation the program takes off."""
    form = old.form
    body = old.code[len(form.prefix + form.quote) : -len(form.quote)]
    if not form.long:
        if "\n" not in text or form.language is not Language.PYTHON:
            return
        form = form._replace(quote=3 * form.quote)
    lead, trail = _around(body)
    margin = _margin(body, old.literal)
    if "\n" in text.strip() and "\n" not in body:
        trail = form.newline + margin
    ways = product(
        (form, plain(form)) if form.raw else (form,), (text.strip(), text), (lead, ""), (trail, ""), (margin, "")
    )
    for way, words, before, behind, indent in dict.fromkeys(ways):
        try:
            lines = spelled(words, way, ends=not behind).split(way.newline)
        except PatchError:
            continue
        inside = way.newline.join((lines[0], *(f"{indent}{line}" if line else line for line in lines[1:])))
        yield f"{way.prefix}{way.quote}{before}{inside}{behind}{way.quote}"


def _around(body: str) -> tuple[str, str]:
    """Return the white space at the beginning and at the end of what stands between quotes."""
    found = pattern(_LEAD).match(body)
    lead = found[0] if found else ""
    trail = pattern(_TRAIL).search(body, len(lead))
    return lead, trail[0] if trail else ""


def _margin(body: str, literal: Literal) -> str:
    """Return the indentation of the lines of a literal but the first; if it has one line, of new ones."""
    lines = [line for line in body.split("\n")[1:] if line.strip()]
    indents = [line[: len(line) - len(line.lstrip(" \t"))] for line in lines]
    step = "" if literal.kind is LiteralKind.DOCSTRING else "    "
    return min(indents, key=len, default=literal.indent + step)


def part(old: Old, text: str) -> Iterator[str]:
    """Yield ways to write a part of a docstring, which stands between others."""
    if "\n" in text and not old.form.long:
        return
    indents = [old.literal.indent + step for step in ("        ", "    ", "", "            ")]
    written = old.code.split("\n")[1:]
    indents[:0] = [line[: len(line) - len(line.lstrip(" \t"))] for line in written if line.strip()][:1]
    for indent in dict.fromkeys(indents):
        try:
            lines = spelled(text, old.form).split(old.form.newline)
        except PatchError:
            continue
        yield old.form.newline.join((lines[0], *(f"{indent}{line}" if line else line for line in lines[1:])))


def concatenation(old: Old, pieces: list[Piece], text: str) -> Iterator[str]:
    """Yield ways to write a text in several pieces: another text in one of them, all of them anew, or one string."""
    if pieces:
        yield from _in_one(old, pieces, text)
        yield from _anew(old, pieces, text)
    yield from _quoted(text, plain(old.form))


def _in_one(old: Old, pieces: list[Piece], text: str) -> Iterator[str]:
    """Change the only piece in which the new text differs, if it stays on its line."""
    before = "".join(piece.text for piece in pieces)
    same = _common(before, text)
    behind = _common(before[same:][::-1], text[same:][::-1])
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        if at <= same and len(before) - behind <= end:
            words = piece.text[: same - at] + text[same : len(text) - behind] + before[len(before) - behind : end]
            for code in _quoted(words, piece.form):
                if piece.form.long or len(code) <= max(_WIDEST - len(old.literal.indent), piece.end - piece.start):
                    yield old.code[: piece.start] + code + old.code[piece.end :]
        at = end


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _anew(old: Old, pieces: list[Piece], text: str) -> Iterator[str]:
    """Lay a text out in pieces of a line each, put together as those that are there."""
    if len(pieces) < 2 or any(piece.form.long for piece in pieces):
        return
    between = old.code[pieces[0].end : pieces[1].start]
    if not pattern(r"[ \t]*\+?[ \t]*\r?\n[ \t]*\+?[ \t]*").fullmatch(between):
        return
    room = max(20, _WIDEST - len(between.rpartition("\n")[2]) - 4)
    written = [next(_quoted(words, plain(old.form)), None) for words in _wrapped(text, room)]
    if written and None not in written:
        yield between.join(code for code in written if code)


def _wrapped(text: str, room: int) -> Iterator[str]:
    """Split a text behind line ends, and behind spaces if a line would be too long."""
    for line in pattern(r"[^\n]*\n|[^\n]+").findall(text):
        start = 0
        while len(line) - start > room and (space := line.rfind(" ", start, start + room)) > start:
            yield line[start : space + 1]
            start = space + 1
        yield line[start:]
