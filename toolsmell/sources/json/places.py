"""Finds the places of values in a JSON text: those that are asked for, in one pass, at the speed of `json`.

The pass goes into an object or array only where something inside it is asked for, and leaves everything else
to the C scanner of `json`; so each character is read once, and nothing recurses. The text must be valid JSON.
"""

import json
import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from toolsmell.model import Location, Pointer
from toolsmell.model.pointer import unescape
from toolsmell.text import pattern

SPACE = r"[ \t\n\r]*+"
_KEY = rf'{SPACE}"([^"\\]*+(?:\\.[^"\\]*+)*+)"{SPACE}:{SPACE}'
_AFTER = rf"{SPACE}([,\]}}])"

_scan = json.JSONDecoder().raw_decode


class ValueSpan:
    """The place of one value, as offsets into the text, and what was found inside it."""

    __slots__ = ("end", "inside", "key", "start")

    def __init__(self, key: tuple[int, int] | None, start: int) -> None:
        self.key = key
        """The key in front of it, quotes included, or None in an array."""
        self.start = start
        self.end = start
        self.inside: dict[str, ValueSpan] = {}


class FoundValue(NamedTuple):
    place: ValueSpan
    exact: bool
    """Whether this is the place of the pointer itself, and not of the nearest value around it."""


class _Tree(dict[str, "_Tree"]):
    """The places that are asked for: steps of pointers, each with the tree of the steps after it."""


def find(text: str, pointers: Collection[Pointer]) -> dict[Pointer, FoundValue]:
    """Return the place of each pointer, or of the nearest thing around it. Of equal keys, the last counts."""
    if not pointers:
        return {}
    steps = {pointer: _steps(pointer) for pointer in pointers}
    root = _find(text, _tree(steps.values()))
    return {pointer: _nearest(root, tokens) for pointer, tokens in steps.items()}


class LineCounter:
    """Turns offsets into lines and columns, in one pass over spans that only grow and stay on one line."""

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self._text = text
        self._file = file
        self._line = first_line
        self._line_start = 0
        self._at = 0

    def location(self, start: int, end: int) -> Location:
        self._line += self._text.count("\n", self._at, start)
        self._line_start = max(self._line_start, self._text.rfind("\n", self._at, start) + 1)
        self._at = start
        column = start - self._line_start + 1
        return Location(self._file, self._line, column, self._line, column + end - start)


def _steps(pointer: Pointer) -> list[str]:
    steps = pointer.split("/")[1:]
    return [unescape(step) for step in steps] if "~" in pointer else steps


def _tree(paths: Iterable[list[str]]) -> _Tree:
    root = _Tree()
    for path in paths:
        here = root
        for token in path:
            below = here.get(token)
            if below is None:
                below = here[token] = _Tree()
            here = below
    return root


def _nearest(root: ValueSpan, path: list[str]) -> FoundValue:
    here = root
    for token in path:
        inside = here.inside.get(token)
        if inside is None:
            return FoundValue(here, exact=False)
        here = inside
    return FoundValue(here, exact=True)


class _Open:
    """An object or array that the pass is in: its place, what is wanted inside, and the member it is at."""

    __slots__ = ("index", "place", "wanted")

    def __init__(self, place: ValueSpan, wanted: _Tree) -> None:
        self.place = place
        self.wanted = wanted
        self.index = -1


def _find(text: str, wanted: _Tree) -> ValueSpan:
    """Return the root's place, with the wanted places below it."""
    key, after = pattern(_KEY).match, pattern(_AFTER).match
    root = place = ValueSpan(None, _skip(text, 0))
    unwanted = ValueSpan(None, 0)
    inside: _Tree | None = wanted
    open_: list[_Open] = []
    at = root.start
    while True:
        if inside and text[at] in "[{" and not after(text, at + 1):
            open_.append(_Open(place, inside))
            at += 1
        else:
            at = place.end = _scan(text, at)[1]
            while open_ and (mark := after(text, at)):
                at = mark.end()
                if mark[1] == ",":
                    break
                open_.pop().place.end = at
            else:
                return root
        parent = open_[-1]
        parent.index += 1
        named = key(text, at)
        at = named.end() if named else _skip(text, at)
        inside = parent.wanted.get(_step(named, parent.index))
        place = unwanted
        if inside is not None:
            span = (named.start(1) - 1, named.end(1) + 1) if named else None
            place = parent.place.inside[_step(named, parent.index)] = ValueSpan(span, at)


def _step(named: re.Match[str] | None, index: int) -> str:
    """Return a member's step in a pointer: its key, or in an array its index."""
    if named is None:
        return str(index)
    return named[1] if "\\" not in named[1] else str(json.loads(f'"{named[1]}"'))


def _skip(text: str, at: int) -> int:
    """Return the offset of the first character from `at` that is not white space."""
    space = pattern(SPACE).match(text, at)
    return space.end() if space else at
