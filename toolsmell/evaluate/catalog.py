"""The tools of one or several servers together, and the check of cases against them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from toolsmell.evaluate.datasets import Case
from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.text import identifier_words


class CatalogTool(NamedTuple):
    name: str
    """Unique in the catalog: the tool's name, or `server:name` if two servers have a tool of that name."""
    server: str
    tool: Tool


class Catalog:
    """Tools by name, in the order of their servers."""

    def __init__(self, manifests: Iterable[Manifest]) -> None:
        found = [(m.key, tool) for m in manifests for tool in m.tools]
        self.unnamed: Final = sum(tool.name is None for _, tool in found)
        """Tools without a name: no client can offer them, so they are left out."""
        self.entries: Final = tuple(_entries([(key, tool) for key, tool in found if tool.name is not None]))

    @cached_property
    def position(self) -> dict[str, int]:
        return {entry.name: i for i, entry in enumerate(self.entries)}

    @cached_property
    def _aliases(self) -> dict[str, list[str]]:
        """Full names by the other names that a case may use."""
        found: dict[str, list[str]] = defaultdict(list)
        for entry in self.entries:
            for alias in {entry.tool.name or "", f"{entry.server}:{entry.tool.name}"}:
                found[alias].append(entry.name)
        return found

    def find(self, name: str) -> list[str]:
        """Return the full names that `name` may mean: one if it is unambiguous."""
        return [name] if name in self.position else self._aliases.get(name, [])

    def server_of(self, name: str) -> str:
        return self.entries[self.position[name]].server

    def __len__(self) -> int:
        return len(self.entries)


def _entries(tools: Sequence[tuple[str, Tool]]) -> Iterable[CatalogTool]:
    seen: dict[str, int] = defaultdict(int)
    for _, tool in tools:
        seen[tool.name or ""] += 1
    taken: set[str] = set()
    for server, tool in tools:
        plain = tool.name or ""
        name = plain if seen[plain] == 1 else f"{server}:{plain}"
        while name in taken:  # one server, the same name twice
            name += "'"
        taken.add(name)
        yield CatalogTool(name, server, tool)


def from_tools(tools: Iterable[object], key: str = "server") -> Catalog:
    """Return the catalog of one server's tools, each as the server sent it."""
    listed = tuple(Tool(i, raw) for i, raw in enumerate(tools))
    return Catalog([Manifest(key, key, Provenance.FILE, listed)])


class Problem(NamedTuple):
    """A problem of the cases that affects how far figures can be trusted."""

    kind: str
    """`empty-query`, `duplicate`, `unknown-tool`, `ambiguous-tool`, `leaks-name` or `two-golds`."""
    line: int
    text: str


class CheckedCases(NamedTuple):
    """Cases that can be measured, and the problems of all cases."""

    cases: tuple[Case, ...]
    """Cases with full names of tools. The name of a tool that does not exist stays: it counts as missed."""
    problems: tuple[Problem, ...]
    leaking: frozenset[str]
    """Keys of the cases that name their tool."""

    def counts(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for problem in self.problems:
            found[problem.kind] = found.get(problem.kind, 0) + 1
        return found


def check(cases: Iterable[Case], catalog: Catalog) -> CheckedCases:
    """Resolve names and find problems in `cases`. Empty queries and repeats are not measured."""
    kept: dict[str, Case] = {}
    asked: set[str] = set()
    problems: list[Problem] = []
    leaking: set[str] = set()
    for case in cases:
        if not case.query.strip():
            problems.append(Problem("empty-query", case.line, "has no query, so it is left out"))
            continue
        resolved = _resolved(case, catalog, problems)
        key = resolved.key
        if key in kept:
            earlier = kept[key].line
            problems.append(Problem("duplicate", case.line, f"repeats the case in line {earlier}; it counts once"))
            continue
        kept[key] = resolved
        if case.words in asked:
            problems.append(Problem("two-golds", case.line, "asks the same as another case but wants other tools"))
        asked.add(case.words)
        if named := [name for name in resolved.tools if _names(case.query, name)]:
            leaking.add(key)
            problems.append(Problem("leaks-name", case.line, f"names the tool that it asks for: {', '.join(named)}"))
    return CheckedCases(tuple(kept.values()), tuple(problems), frozenset(leaking))


def _resolved(case: Case, catalog: Catalog, problems: list[Problem]) -> Case:
    names: dict[str, str] = {}
    for name in dict.fromkeys((*case.tools, *case.relevance, *case.arguments)):
        found = catalog.find(name)
        names[name] = found[0] if len(found) == 1 else name
        if not found:
            problems.append(
                Problem("unknown-tool", case.line, f"wants {name}, which no server has; it counts as missed")
            )
        elif len(found) > 1:
            text = f"wants {name}, which may be {' or '.join(found)}; it counts as missed"
            problems.append(Problem("ambiguous-tool", case.line, text))
    return case._replace(
        tools=tuple(dict.fromkeys(names[name] for name in case.tools)),
        relevance={names[name]: grade for name, grade in case.relevance.items()},
        arguments={names[name]: value for name, value in case.arguments.items()},
    )


def _names(query: str, name: str) -> bool:
    """Return True if `query` contains the name of a tool: as written, or its words in a row."""
    plain = name.rpartition(":")[2]
    if len(plain) < 4:
        return False
    lower = query.casefold()
    written = any(mark in plain for mark in "_-./") or plain != plain.lower()
    if written and plain.casefold() in lower:
        return True
    words = identifier_words(plain)
    if len(words) < 3:
        return False
    return f" {' '.join(words)} " in f" {' '.join(identifier_words(query))} "
