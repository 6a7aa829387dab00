"""Cases: what users ask, and which tools should answer.

A case file is JSON Lines, one object a line: `query` and `tools` (the names of the right ones; an empty list means
that no tool fits), and optionally `relevance` (name -> grade), `arguments` (name -> what it should be called with)
and `answer`.
"""

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from toolsmell.data.shipped import open_regular
from toolsmell.errors import SourceError, reason
from toolsmell.model import Json

MAX_LINE = 1_000_000
"""The longest case, in characters."""


class Case(NamedTuple):
    """One thing that a user asks."""

    query: str
    tools: tuple[str, ...]
    """Names of the right tools; empty if no tool should be called."""
    relevance: Mapping[str, float] = {}
    """Grades of the right tools; 1 for a tool without one."""
    arguments: Mapping[str, Json] = {}
    """The wanted arguments, by the name of the tool."""
    answer: Json = None
    line: int = 0
    """Its line in the file, from 1."""

    @property
    def key(self) -> str:
        """Return a hash of the query and the right tools. Cases with the same hash are the same."""
        text = json.dumps([self.words, sorted(self.tools)])
        return sha256(text.encode("ascii")).hexdigest()[:16]

    @property
    def words(self) -> str:
        """Return the query with normalised case and white space."""
        return " ".join(self.query.split()).casefold()

    def grade(self, tool: str) -> float:
        return self.relevance.get(tool, 1.0 if tool in self.tools else 0.0)


def load_cases(path: Path) -> tuple[Case, ...]:
    """Read a case file. Raises `SourceError` with the first line that is not a case."""
    try:
        with io.TextIOWrapper(open_regular(str(path)), encoding="utf-8") as lines:
            return tuple(_read(lines, str(path)))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"cannot read the cases in {path}: {reason(error)}") from None


def _read(lines: Iterable[str], name: str) -> Iterator[Case]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield parse_case(_json(line), number)
            except ValueError as error:
                raise SourceError(f"{name}:{number}: {error}") from None


def _json(line: str) -> Json:
    if len(line) > MAX_LINE:
        raise ValueError(f"longer than {MAX_LINE:,} characters")
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None


def parse_case(raw: Json, line: int = 0) -> Case:
    """Read one case. Raises ValueError with what is wrong with it."""
    _need(isinstance(raw, dict), "a case must be an object with `query` and `tools`")
    query, tools, relevance = raw.get("query"), raw.get("tools"), _mapping(raw, "relevance")
    _need(isinstance(query, str), "`query` must be a string")
    listed = isinstance(tools, list) and all(isinstance(name, str) for name in tools)
    _need(listed, "`tools` must be a list of names (empty if no tool fits)")
    _need(all(map(_is_grade, relevance.values())), "`relevance` must give each tool a number from 0 to 100")
    return Case(
        query=query,
        tools=tuple(dict.fromkeys(name for name in tools if relevance.get(name, 1) > 0)),
        relevance=relevance,
        arguments=_mapping(raw, "arguments"),
        answer=raw.get("answer"),
        line=line,
    )


def _is_grade(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100


def _mapping(raw: dict[str, Json], key: str) -> dict[str, Json]:
    value: dict[str, Json] = raw.get(key) or {}
    _need(isinstance(value, dict), f"`{key}` must be an object with the names of tools as its keys")
    return value


def _need(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)


def to_json(case: Case) -> dict[str, Json]:
    """Return `case` as a line of a case file."""
    optional = {"relevance": case.relevance, "arguments": case.arguments, "answer": case.answer}
    return {"query": case.query, "tools": list(case.tools), **{k: v for k, v in optional.items() if v}}


class Halves(NamedTuple):
    """Cases to choose by, and other cases to check the choice by."""

    choose: tuple[Case, ...]
    judge: tuple[Case, ...]


def split(cases: Sequence[Case]) -> Halves:
    """Split `cases` in two, the same way each time, so that each half asks for every tool it can.

    If the best of several rewrites is chosen by certain cases, its gain on the same cases is biased.
    """
    halves: tuple[list[Case], list[Case]] = ([], [])
    turn: dict[tuple[str, ...], int] = {}
    for case in sorted(cases, key=lambda case: case.key):
        group = case.tools[:1]
        turn[group] = turn.get(group, int(case.key, 16)) + 1
        halves[turn[group] % 2].append(case)
    by_line = [tuple(sorted(half, key=lambda case: (case.line, case.key))) for half in halves]
    return Halves(*by_line)
