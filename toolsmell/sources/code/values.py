"""Values as far as they are known without running the code, and the place of each part."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from toolsmell.model import Json, Location, Pointer
from toolsmell.model.pointer import escape
from toolsmell.schema.walk import MAX_DEPTH
from toolsmell.sources.code.cleaning import Cleaning


class LiteralKind(StrEnum):
    """The sort of span of code that a text comes from: it decides how another text can be written there."""

    STRING = "string"
    DOCSTRING = "docstring"
    DOCSTRING_PART = "part of a docstring"
    TEMPLATE = "template"
    TAG = "struct tag"
    CONCATENATION = "concatenation"
    EXPRESSION = "expression"
    """Not a literal: a name, a number, a call; nothing that a text could be written into."""


class Literal(NamedTuple):
    """The place of a text, precise enough to write another text there.

    `start` and `end` count the code points of the whole file, decoded with `encoding` and with its line ends as
    they are; quotes and prefixes are inside the span.
    """

    location: Location
    start: int
    end: int
    kind: LiteralKind
    encoding: str = "utf-8"
    prefix: str = ""
    """What stands before the quote: `r`, `f`."""
    quote: str = ""
    indent: str = ""
    """White space at the start of the line that the literal starts on."""
    cleaned: tuple[Cleaning, ...] = ()
    """The functions that the program applies to this text (a docstring, `dedent`): lines may be indented."""
    shared: bool = False
    """The text is held in a constant, so that other places may change with it."""
    whole: bool = True
    """The value is this text and nothing else; false if the program computes a part of it."""

    @property
    def file(self) -> str:
        return self.location.file

    @property
    def editable(self) -> bool:
        """Whether writing a literal over the span changes the text, and in this file nothing else."""
        return self.kind is not LiteralKind.EXPRESSION and self.whole and not self.shared


class Unknown(NamedTuple):
    """A value that only a run would tell."""

    reason: str
    pieces: tuple[str | None, ...] = ()
    """The pieces of a text that is known in part, in order, with None for a computed piece."""


class Value(NamedTuple):
    """A JSON value of the source. Objects and arrays hold values again."""

    data: "str | int | float | bool | dict[str, Value] | list[Value] | Unknown | None"
    literal: Literal | None = None
    """Where it is written; None for what follows from something else."""
    key: Literal | None = None
    """Where the name of this member is written."""
    rest: str | None = None
    """Why an object may have more members than are known."""
    partly: str | None = None
    """Why a text is known in part only."""

    @property
    def text(self) -> str | None:
        return self.data if isinstance(self.data, str) else None

    @property
    def members(self) -> "dict[str, Value]":
        """The members of an object; of anything else, none."""
        return self.data if isinstance(self.data, dict) else {}

    @property
    def items(self) -> "list[Value]":
        """The items of an array; of anything else, none."""
        return self.data if isinstance(self.data, list) else []

    @property
    def unknown(self) -> Unknown | None:
        return self.data if isinstance(self.data, Unknown) else None

    @property
    def known(self) -> bool:
        return not isinstance(self.data, Unknown)


def unknown(reason: str, literal: Literal | None = None, pieces: tuple[str | None, ...] = ()) -> Value:
    return Value(Unknown(reason, pieces), literal)


TOO_MUCH = unknown("too much to follow")


class Mark(NamedTuple):
    """The place of the part of a tool that a pointer names."""

    value: Literal | None
    key: Literal | None
    pieces: tuple[str | None, ...] = ()
    """The pieces of a text that is known in part."""


class ValueReading(NamedTuple):
    """A value taken apart: the JSON, what is missing from it and why, and where the rest is written."""

    raw: Json
    unknown: dict[str, str]
    """Reasons by part: a top-level part by its name (`description`), one further down by its pointer."""
    marks: dict[Pointer, Mark]


def read(value: Value) -> ValueReading:
    """Take a tool apart. What is unknown is left out of `raw`, except for the names of parameters."""
    reading = ValueReading({}, {}, {})
    raw = _plain(value, "", reading, 0)
    return reading._replace(raw=raw)


_MISSING: Any = object()


def _plain(value: Value, at: Pointer, reading: ValueReading, depth: int) -> Json:
    pieces = value.data.pieces if isinstance(value.data, Unknown) else ()
    if value.literal or value.key:
        reading.marks[at] = Mark(value.literal, value.key, pieces)
    if depth > 2 * MAX_DEPTH:
        reading.unknown[_part(at)] = "nested too deeply"
        return _MISSING
    if isinstance(value.data, Unknown):
        if at.endswith("/description") and (text := readable(value)) is not None:
            reading.unknown[_part(at)] = f"known in part: {value.data.reason}"
            return text
        reading.unknown[_part(at)] = value.data.reason
        return {} if at.rpartition("/")[0].endswith("/properties") else _MISSING
    if value.rest or value.partly:
        reading.unknown[_part(at)] = value.rest or value.partly or ""
    if isinstance(value.data, dict):
        below = ((k, _plain(v, f"{at}/{escape(k)}", reading, depth + 1)) for k, v in value.data.items())
        return {k: v for k, v in below if v is not _MISSING}
    if isinstance(value.data, list):
        items = (_plain(v, f"{at}/{i}", reading, depth + 1) for i, v in enumerate(value.data))
        return [v for v in items if v is not _MISSING]
    return value.data


MIN_READABLE = 40
"""Known characters of a text that is worth reading in part."""


def readable(value: Value) -> str | None:
    """Return a text that is known in part, with an ellipsis for each computed piece, or None if too little is known."""
    pieces = value.unknown.pieces if value.unknown else ()
    known = sum(len(piece) for piece in pieces if piece is not None)
    return "".join("…" if piece is None else piece for piece in pieces) if known >= MIN_READABLE else None


def _part(at: Pointer) -> str:
    """Name a part as `Tool.unknown` does."""
    return at[1:] if at.count("/") == 1 else at


def elsewhere(value: Value) -> Value:
    """Return what a function gives: what is unknown in it may come from its caller, so its place is not known."""
    if isinstance(value.data, Unknown):
        return value._replace(literal=None)
    if isinstance(value.data, dict):
        return value._replace(data={name: elsewhere(member) for name, member in value.data.items()})
    if isinstance(value.data, list):
        return value._replace(data=[elsewhere(item) for item in value.data])
    return value


def plain(data: Json) -> Value:
    """Wrap a JSON value that is written nowhere: it follows from something else."""
    if isinstance(data, dict):
        return Value({k: plain(v) for k, v in data.items()})
    if isinstance(data, list):
        return Value([plain(v) for v in data])
    return Value(data)


def shared(value: Value) -> Value:
    """Mark a text, or a list of texts, as held in a constant."""
    if isinstance(value.data, list):
        value = value._replace(data=[shared(item) for item in value.data])
    return value._replace(literal=value.literal._replace(shared=True)) if value.literal else value


def as_text(value: Value) -> Value:
    """Return a value as it stands in a text: a whole number as its digits."""
    if isinstance(value.data, int) and not isinstance(value.data, bool):
        return value._replace(data=str(value.data), literal=value.literal and value.literal._replace(whole=False))
    return value


def formatted(pieces: Sequence[str], values: Sequence[Value], literal: Literal | None, reason: str) -> Value:
    """Return a text with values between its pieces; another text can be written over it only if there are no values."""
    parts = [part for piece, value in zip(pieces, values, strict=False) for part in (Value(piece), as_text(value))]
    return joined([*parts, Value(pieces[-1])], literal._replace(whole=False) if literal else None, reason)


def pieces_of(value: Value) -> tuple[str | None, ...]:
    """Return what is known of a text, in pieces; a computed one is a single hole."""
    if isinstance(value.data, str):
        return (value.data,)
    if isinstance(value.data, int | float) and not isinstance(value.data, bool):
        return (str(value.data),)
    return (value.data.pieces if isinstance(value.data, Unknown) else ()) or (None,)


MAX_PIECES = 2_000
"""Literals that one text may be put together of."""

MAX_TEXT = 1 << 20
"""Characters of one text. A longer one, made of constants that double each other, is not followed."""


def joined(parts: Iterator[Value] | list[Value], literal: Literal | None, reason: str) -> Value:
    """Concatenate texts; with a part that is unknown, the whole is, and its pieces tell the rest."""
    pieces: list[str | None] = []
    size = 0
    own = True
    for part in parts:
        own = own and not (part.literal and (part.literal.shared or not part.literal.whole))
        for piece in pieces_of(part):
            size += len(piece or "")
            if piece is not None and pieces and pieces[-1] is not None:
                pieces[-1] += piece
            elif piece is not None or not pieces or pieces[-1] is not None:
                pieces.append(piece)
        if size > MAX_TEXT:
            return unknown("the text is too long to follow", literal)
    here = literal._replace(whole=literal.whole and own and None not in pieces) if literal else None
    if None not in pieces:
        return Value(pieces[0] if pieces else "", here)
    return unknown(reason, here, tuple(pieces))
