"""Finds the fields that a tool returns, and the sentences that explain one: `count is 0 if the list is empty`."""

from collections.abc import Collection, Iterator
from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.features import LONGEST
from toolsmell.text import pattern

_OBJECT: Final = r"\{([^{}]{1,600})"
_FIELD: Final = r"(?:^|,)\s{0,20}[`'\"]?([A-Za-z_]\w{0,60})[`'\"]?\??(?=\s{0,20}(?:,|:|$|\.\.\.))"
_SUBJECT: Final = (
    r"\W{0,3}([A-Za-z_]\w{0,60})[`'\"*]{0,3}(?: (?:is|are|has|holds|gives|lists|contains|counts|names|says|means|will"
    r"|may|can)\b| ?[=:<>])"
)
_KINDS: Final = tuple(StatementKind)
_PURPOSE: Final = _KINDS.index(StatementKind.PURPOSE)
_RESULT: Final = _KINDS.index(StatementKind.RESULT)
_SURE: Final = 1.0
_UNSURE: Final = -0.1


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


def with_names(text: str, odds: list[float], fields: Collection[str], parameters: Collection[str]) -> list[float]:
    """Return the log-odds of a sentence that begins with a name: a field is a result, a parameter is none.

    In the training half of `benchmarks/labels`, readers found a result in 7 of 273 sentences that
    begin with a parameter.
    """
    if spoken_of(text, fields):
        odds[_RESULT], odds[_PURPOSE] = max(odds[_RESULT], _SURE), min(odds[_PURPOSE], _UNSURE)
    elif "return" not in text and spoken_of(text, parameters):
        odds[_RESULT], odds[_PURPOSE] = min(odds[_RESULT], _UNSURE), min(odds[_PURPOSE], _UNSURE)
    return odds
