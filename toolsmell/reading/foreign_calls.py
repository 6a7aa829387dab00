"""Denies examples that call neither the tool nor a sibling, and pass no parameter of the tool.

`Example: run(reason="the user has agreed")` shows an agent nothing about a tool that has no `reason`: it only looks
like an example.
"""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.features import LONGEST, Names
from toolsmell.reading.near_misses import UNSURE
from toolsmell.reading.stems import stems_in_name
from toolsmell.text import pattern

_EXAMPLE: Final = tuple(StatementKind).index(StatementKind.EXAMPLE)
_CALL: Final = r"\b([A-Za-z_][\w.-]{0,80})\(([^()\n]{1,400})\)"
_ARGUMENT: Final = r"(?:^|[,{(\s])[\"'`]?([A-Za-z_]\w{0,80})[\"'`]?\s?[=:](?!=)"


def without_foreign_calls(text: str, odds: list[float], names: Names, name_stems: AbstractSet[str]) -> list[float]:
    """Lower the log-odds of an example if each of its calls is of something that the server does not have."""
    if odds[_EXAMPLE] > 0 and "(" in text:
        calls = pattern(_CALL).findall(text[:LONGEST])
        if calls and all(_is_foreign(function, inside, names, name_stems) for function, inside in calls):
            odds[_EXAMPLE] = UNSURE
    return odds


def _is_foreign(function: str, inside: str, names: Names, name_stems: Collection[str]) -> bool:
    arguments = pattern(_ARGUMENT).findall(inside)
    if not arguments or function in names.siblings or not names.parameters.keys().isdisjoint(arguments):
        return False
    return stems_in_name(function).isdisjoint(name_stems)
