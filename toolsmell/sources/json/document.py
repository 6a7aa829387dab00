"""JSON text and its value: read at the speed of `json`, with clear complaints, and located when asked."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from math import isinf
from typing import Any, NamedTuple, NoReturn, TypeAlias

from toolsmell.errors import SourceError
from toolsmell.model import Json, Location, Pointer
from toolsmell.model.pointer import escape
from toolsmell.sources.json.places import SPACE, LineCounter, ValueSpan, find
from toolsmell.text import Span, pattern

MAX_DEPTH = 500
"""Levels of nesting that are read. Half of the thousand frames that Python allows: the limit is the same on
every version, and what reads the value may recurse."""

MAX_DUPLICATES = 100
"""Duplicate keys that are named for one document."""

_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)'


class Document(NamedTuple):
    """A JSON text and its value."""

    file: str
    """The name of the file in messages and locations."""
    text: str
    value: Json
    first_line: int
    """The line of `file` that the text begins at."""
    plain: str
    """The text with comments and trailing commas blanked out: same length, same places."""
    repeated: tuple[tuple[dict[str, Json], tuple[str, ...]], ...]
    """The objects of `value` that have a key more than once, with these keys."""
    alone: bool = True
    """Whether the file has nothing else in it. False if each line is a document."""

    def spans(self, pointers: Collection[Pointer]) -> dict[Pointer, Location]:
        """Return the location of each pointer: a scalar itself, anything else by its key or opening bracket.

        A pointer to nothing gets the nearest thing around it. Of equal keys the last counts, as in `value`.
        """
        found = find(self.plain, pointers)
        visible = {pointer: _visible(self.plain, place) for pointer, (place, _) in found.items()}
        lines = LineCounter(self.text, self.file, self.first_line)
        located = {span: lines.location(*span) for span in sorted(set(visible.values()))}
        return {pointer: located[span] for pointer, span in visible.items()}

    def value_spans(self, pointers: Collection[Pointer]) -> dict[Pointer, Span]:
        """Return the exact text of each value, quotes included. A pointer to nothing is left out."""
        return {
            pointer: Span(place.start, place.end, self.text[place.start : place.end])
            for pointer, (place, exact) in find(self.plain, pointers).items()
            if exact
        }

    def value_span(self, pointer: Pointer) -> Span | None:
        """Return the exact text of one value; None if `pointer` names nothing."""
        return self.value_spans((pointer,)).get(pointer)

    def duplicates(self) -> tuple[Pointer, ...]:
        """Return the pointers whose key is more than once in its object: the first `MAX_DUPLICATES`.

        There are fewer if the pointers together would be longer than the document.
        """
        return tuple(_limited(_duplicates(self), len(self.text))) if self.repeated else ()


def parse(text: str, file: str, *, first_line: int = 1, comments: bool = False) -> Document:
    """Read one JSON value; with `comments`, also `//` and `/* */` comments and trailing commas.

    Lone surrogates are kept; of equal keys the last counts. Raises SourceError, with line and column, for
    what is not JSON (`NaN` and a byte order mark are not), for nesting deeper than `MAX_DEPTH` and for
    numbers that are too large.
    """
    at = _Position(text, file, first_line)
    plain = _blank_comments(text, at) if comments else text
    repeated: list[tuple[dict[str, Json], tuple[str, ...]]] = []

    def to_object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        found = dict(pairs)
        if len(found) != len(pairs):
            repeated.append((found, _repeated(pairs)))
        return found

    try:
        value = json.loads(plain, object_pairs_hook=to_object, parse_constant=_refuse, parse_float=_finite)
    except json.JSONDecodeError as error:
        at.fail(error.pos, _complaint(error, comments=comments))
    except RecursionError:
        _fail_for_depth(plain, at)
    except ValueError:
        _fail_for_number(plain, at)
    if plain.count("{") + plain.count("[") > MAX_DEPTH and _too_deep(value):
        _fail_for_depth(plain, at)
    return Document(file, text, value, first_line, plain, tuple(repeated))


class _Position(NamedTuple):
    """A text, to complain about a place in it."""

    text: str
    file: str
    first_line: int

    def fail(self, offset: int, complaint: str) -> NoReturn:
        line = self.text.count("\n", 0, offset) + self.first_line
        column = offset - self.text.rfind("\n", 0, offset)
        raise SourceError(f"{self.file}:{line}:{column}: {complaint}") from None


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(literal: str) -> float:
    value = float(literal)
    if isinf(value):
        raise ValueError(literal)
    return value


def _complaint(error: json.JSONDecodeError, *, comments: bool) -> str:
    text, at = error.doc, error.pos
    if not text.strip():
        return "no JSON here: the text is empty"
    if text.startswith("\ufeff"):
        return "not valid JSON: it begins with a byte order mark; save it as UTF-8 without one"
    if not comments and text.startswith(("//", "/*"), at):
        return "not valid JSON: comments are not allowed here"
    wrong = (error.msg[:1].lower() + error.msg[1:]).removesuffix(" at").removesuffix(" starting")
    return f"not valid JSON: it ends too early ({wrong})" if at >= len(text.rstrip()) else f"not valid JSON: {wrong}"


def _fail_for_number(plain: str, at: _Position) -> NoReturn:
    """Name the number that stopped `json`."""
    number = _STRING + r"|(NaN|-?Infinity)|-?\d++(\.\d++)?([eE][-+]?\d++)?"
    for match in pattern(number, re.DOTALL).finditer(plain):
        literal = match.group()
        if match[1]:
            at.fail(match.start(), f"not valid JSON: {literal} is not a JSON value")
        if literal[0] != '"' and _too_large(literal, float if match[2] or match[3] else int):
            at.fail(match.start(), f"a number that is too large to hold ({len(literal)} characters)")
    at.fail(0, "it has a number that is too large to hold")


def _too_large(literal: str, kind: type) -> bool:
    try:
        _finite(literal) if kind is float else int(literal)
    except ValueError:
        return True
    return False


def _too_deep(value: Json) -> bool:
    """Return True if `value` is deeper than `MAX_DEPTH`. It looks level by level, so that nothing can overflow."""
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for node in level
            for child in (node.values() if type(node) is dict else node)
            if type(child) is dict or type(child) is list
        ]
        if not level:
            return False
    return True


def _fail_for_depth(plain: str, at: _Position) -> NoReturn:
    depth = offset = 0
    for match in pattern(_STRING + r"|([\[{])|([\]}])", re.DOTALL).finditer(plain):
        depth += bool(match[1]) - bool(match[2])
        offset = match.start()
        if depth > MAX_DEPTH:
            break
    at.fail(offset, f"nested deeper than {MAX_DEPTH} levels, which toolsmell does not read")


def _blank_comments(text: str, at: _Position) -> str:
    """Put spaces for comments and trailing commas, so that all else keeps its place."""

    def comment(match: re.Match[str]) -> str:
        found = match.group()
        if found[0] == '"':
            return found
        if found[1] == "*" and (len(found) < len("/**/") or not found.endswith("*/")):
            at.fail(match.start(), "not valid JSON: a comment that is not closed")
        return pattern(r"[^\r\n]").sub(" ", found)

    def comma(match: re.Match[str]) -> str:
        return " " if match.group() == "," else match.group()

    if "/" in text:
        text = pattern(_STRING + r"|//[^\r\n]*+|/\*.*?(?:\*/|\Z)", re.DOTALL).sub(comment, text)
    # A comma right after an opening bracket is always wrong: it is stepped over, for `json` to refuse.
    trailing = rf"{_STRING}|[\[{{]{SPACE},|,(?={SPACE}[\]}}])"
    return pattern(trailing, re.DOTALL).sub(comma, text)


def _visible(text: str, place: ValueSpan) -> tuple[int, int]:
    """Return the place to point at: a scalar, or the key or opening bracket of an object or a list."""
    if text[place.start] not in "[{":
        return place.start, place.end
    return place.key or (place.start, place.start + 1)


def _repeated(pairs: list[tuple[str, Json]]) -> tuple[str, ...]:
    counts = Counter(key for key, _ in pairs)
    return tuple(key for key, count in counts.items() if count > 1)


_Path: TypeAlias = "tuple[_Path, str | int] | None"
"""Steps from the root, the last one outermost."""


def _duplicates(document: Document) -> Iterator[Pointer]:
    keys = {id(found): keys for found, keys in document.repeated}
    nodes: list[tuple[Json, _Path]] = [(document.value, None)]
    while nodes:
        node, path = nodes.pop()
        yield from (_pointer((path, key)) for key in keys.get(id(node), ()))
        members = node.items() if isinstance(node, dict) else enumerate(node)
        inside = [(child, (path, step)) for step, child in members if isinstance(child, (dict, list))]
        nodes.extend(reversed(inside))


def _pointer(path: _Path) -> Pointer:
    steps = []
    while path:
        path, step = path
        steps.append(f"/{escape(str(step))}")
    return "".join(reversed(steps))


def _limited(pointers: Iterable[Pointer], characters: int) -> Iterator[Pointer]:
    for count, pointer in enumerate(pointers, start=1):
        yield pointer
        characters -= len(pointer)
        if characters <= 0 or count == MAX_DUPLICATES:
            return
