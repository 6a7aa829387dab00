"""Groups patterns by the literals that must be in a text for them to be tried: most texts have few of the literals."""

from collections.abc import Iterable
from typing import TypeAlias, TypeVar

from toolsmell.text import pattern

Row = TypeVar("Row")
ByLead: TypeAlias = tuple[tuple[str, tuple[Row, ...]], ...]
"""Each literal with the rows that it leads to."""


def by_lead(rows: Iterable[tuple[str, Row]]) -> ByLead[Row]:
    """Return the rows by their literals, so that a literal of several rows is looked for once."""
    found: dict[str, list[Row]] = {}
    for lead, row in rows:
        found.setdefault(lead, []).append(row)
    return tuple((lead, tuple(led)) for lead, led in found.items())


def led(text: str, table: ByLead[Row]) -> list[Row]:
    """Return the rows of which a literal is in a text, which is in lower case if the literals are."""
    return [row for rows in [rows for lead, rows in table if lead in text] for row in rows]


def found(text: str, table: ByLead[str]) -> bool:
    """Return True if one of the patterns of a table is in a text."""
    for source in led(text, table):  # noqa: SIM110  with `any` it takes twice as long
        if pattern(source).search(text):
            return True
    return False
