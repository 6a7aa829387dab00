"""Constants in code: values that are known without running it."""

from typing import Final, TypeAlias

from toolsmell.model import Json
from toolsmell.sources.code.values import Value

Constant: TypeAlias = Json
"""A JSON value, or `UNKNOWN`."""


class _Unknown:
    """The value of an expression that only a run can tell."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unknown()
ELLIPSIS: Final = "…"


def plain(value: Value) -> Constant:
    """Return the JSON value of a value that is completely known, or `UNKNOWN`."""
    if value.unknown is not None or value.rest or value.partly:
        return UNKNOWN
    if isinstance(value.data, dict):
        members = {key: plain(member) for key, member in value.data.items()}
        return UNKNOWN if UNKNOWN in members.values() else members
    if isinstance(value.data, list):
        items = [plain(item) for item in value.data]
        return UNKNOWN if any(item is UNKNOWN for item in items) else items
    return value.data


def text_of_value(value: Value) -> str | None:
    """Return a text with `…` for its computed parts, or None if nothing of it is known."""
    if value.text is not None:
        return value.text
    pieces = value.unknown.pieces if value.unknown is not None else ()
    known = "".join(ELLIPSIS if piece is None else piece for piece in pieces)
    return known if known.strip(f"{ELLIPSIS} ") else None
