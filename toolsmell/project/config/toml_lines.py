"""Finds the lines of keys in a TOML file, which the standard library's parser does not return."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

Path: TypeAlias = tuple[str, ...]
"""Names of tables and keys from the top; a table of an array of tables is named by its number, from `0`."""

_BUDGET: Final = 300_000
"""Characters that may be parsed in vain to tell where long values end; past them no more lines are known."""

_CLOSING: Final = ("]", "}", '"""', "'''")
"""The last line of a value of several lines contains one of these."""


class _Statement(NamedTuple):
    """A header or an assignment, which is valid TOML by itself."""

    line: int
    data: dict[str, Any]
    header: bool


@lru_cache(maxsize=2)
def lines_of(text: str) -> "KeyLines":
    """Return the places of keys in a file that is known to be valid; it is read once for all questions."""
    return KeyLines(text)


class KeyLines:
    """Finds keys in a file that is known to be valid."""

    def __init__(self, text: str) -> None:
        self._text: Final = text

    def of(self, path: Path) -> int:
        """Return the line of a key, or of the nearest table around it that is written, or 1."""
        while path:
            if path in self._known:
                return self._known[path]
            path = path[:-1]
        return 1

    @cached_property
    def _known(self) -> Mapping[Path, int]:
        known: dict[Path, int] = {}
        table: Path = ()
        counts: dict[Path, int] = {}
        for statement in self._statements():
            if statement.header:
                table = _header(statement.data, counts)
                known.setdefault(table, statement.line)
            else:
                for path in _paths(statement.data, table):
                    known.setdefault(path, statement.line)
        return known

    def _statements(self) -> Iterator[_Statement]:
        left = _BUDGET
        lines = self._text.split("\n")
        start = 0
        while start < len(lines) and left > 0:
            end = start + 1
            while (data := _parsed(lines[start:end])) is None and left > 0:
                left -= sum(map(len, lines[start:end]))
                end += 1
                while end < len(lines) and not any(mark in lines[end - 1] for mark in _CLOSING):
                    end += 1
            if data:
                yield _Statement(start + 1, data, lines[start].lstrip().startswith("["))
            start = end


def _parsed(lines: list[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _header(data: dict[str, Any], counts: dict[Path, int]) -> Path:
    """Return the path of the table that a header opens, counting those of an array of tables."""
    path: Path = ()
    node: Any = data
    while isinstance(node, dict) and node:
        ((name, node),) = node.items()
        path = (*path, name)
        # A table below an array of tables belongs to the last one of them.
        if path in counts and not isinstance(node, list):
            path = (*path, str(counts[path]))
    if isinstance(node, list):
        counts[path] = counts.get(path, -1) + 1
        path = (*path, str(counts[path]))
    return path


def _paths(data: dict[str, Any], above: Path) -> Iterator[Path]:
    for name, value in data.items():
        yield (*above, name)
        if isinstance(value, dict):
            yield from _paths(value, (*above, name))
        elif isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, dict):
                    yield (*above, name, str(number))
                    yield from _paths(item, (*above, name, str(number)))
