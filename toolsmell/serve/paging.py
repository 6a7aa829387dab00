"""Results in pages: each at most a number of tokens, with a cursor for the rest."""

from collections.abc import Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from toolsmell.errors import UsageError
from toolsmell.tokens import estimate

TOKENS: Final = 6_000
"""About how many tokens the items of a page may be; a whole result stays under 8,000."""

T = TypeVar("T")


class ResultPage(NamedTuple, Generic[T]):
    items: list[T]
    total: int
    cursor: str | None
    """The cursor of the next page, or None at the end."""


def page_of(items: Sequence[T], cursor: str, size: int = TOKENS) -> ResultPage[T]:
    """Return the items from a cursor on that fit a page; at least one, if there is one.

    Raises `UsageError` for a cursor that no page gave.
    """
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 10):
        raise UsageError("the cursor is not one of this tool: leave it out to start from the beginning")
    start = int(cursor or 0)
    if start and start >= len(items):
        raise UsageError("the cursor is past the end: leave it out to start from the beginning")
    room, chosen = size, list[T]()
    for item in items[start:]:
        room -= estimate(str(item))
        if room < 0 and chosen:
            break
        chosen.append(item)
    after = start + len(chosen)
    return ResultPage(chosen, len(items), str(after) if after < len(items) else None)
