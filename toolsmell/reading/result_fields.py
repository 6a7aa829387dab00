"""Finds the fields that a tool returns, and the sentences that explain one: `count is 0 if the list is empty`."""

from collections.abc import Collection, Iterator
from typing import Final

from toolsmell.reading.features import LONGEST
from toolsmell.text import pattern

_OBJECT: Final = r"\{([^{}]{1,600})"
_FIELD: Final = r"(?:^|,)\s{0,20}[`'\"]?([A-Za-z_]\w{0,60})[`'\"]?\??(?=\s{0,20}(?:,|:|$|\.\.\.))"
_SUBJECT: Final = (
    r"\W{0,3}([A-Za-z_]\w{0,60})[`'\"*]{0,3}(?: (?:is|are|has|holds|gives|lists|contains|counts|names|says|means|will"
    r"|may|can)\b| ?[=:<>])"
)


def fields_of(text: str, parameters: Collection[str]) -> Iterator[str]:
    """Yield the names of the fields in the objects that a sentence about the result shows: `{valid, mode}`."""
    if "{" not in text:
        return
    for shown in pattern(_OBJECT).finditer(text[:LONGEST]):
        yield from (name for name in pattern(_FIELD).findall(shown[1]) if name not in parameters)


def spoken_of(text: str, fields: Collection[str]) -> bool:
    """Return True if a sentence begins with one of `fields` and says something of it."""
    match = pattern(_SUBJECT).match(text) if fields else None
    return match is not None and match[1] in fields
