"""Shows names and values from a server in the words of advice."""

from collections.abc import Sequence
from typing import Final

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext

CHOICES: Final = 3
"""Values of an enumeration that a statement names."""


def quoted(name: str) -> str:
    """Return a name or a value as code, on one line and not too long; an empty value as an empty text."""
    return f"`{shown(name, 60).replace('`', _TICK) or _EMPTY}`"


def listed(values: Sequence[str]) -> str:
    named = [quoted(value) for value in values[:CHOICES]]
    more = len(values) - len(named)
    return ", ".join(named) + (f" and {more:,} more" if more else "")


def name_of(tool: ToolContext) -> str:
    """Return the name of a tool; nothing if nobody could read it."""
    name = tool.tool.name or ""
    return name if is_readable(name) else ""


def is_readable(name: str) -> bool:
    """Return True if a name has a letter, a digit or a sign: a statement cannot speak of one that is blank."""
    return bool(shown(name))


_TICK: Final = r"\x60"
"""Stands for a back quote, which would end the code."""
_EMPTY: Final = '""'
