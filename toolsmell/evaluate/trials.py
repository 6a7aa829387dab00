"""Builds the trials of selection: the tools that a model is offered with a query, and what it should do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple
from zlib import crc32

from toolsmell.evaluate.catalog import Catalog
from toolsmell.evaluate.datasets import Case
from toolsmell.evaluate.retrievers import Lexical
from toolsmell.evaluate.search_documents import DocumentForm, document

LIMIT = 128
"""The most tools that are offered at once: some providers reject more."""
FEW = 10
"""The number of tools that are offered if not all are."""
TWIN = 0.9
"""A sibling with this similarity or more may serve as well, so that choosing it is no mistake."""


class Mode(StrEnum):
    """The tasks of MetaTool (arXiv 2310.03128)."""

    SINGLE = "single"
    """One tool is right, and all tools are offered."""
    SIMILAR = "similar"
    """The right tool is offered among its nearest siblings."""
    SCENARIO = "scenario"
    """The right tool is offered among the tools of its server; with one server, among random others."""
    NONE = "none"
    """The right tool is missing, so that no tool should be called."""
    MULTI = "multi"
    """Several tools are right, and all tools are offered."""


class SelectionTrial(NamedTuple):
    case: Case
    mode: Mode
    offered: tuple[str, ...]
    """Names of tools, in the order in which they are offered."""
    expected: frozenset[str]
    """Names of the tools to call; empty if no tool should be called."""


class Nearness:
    """Similarity of tools to a tool or a query, by their words."""

    def __init__(self, catalog: Catalog) -> None:
        texts = {entry.name: document(entry.tool, DocumentForm.FULL) for entry in catalog.entries}
        self._texts = texts
        self._names = tuple(texts)
        self._index = Lexical(list(texts.values()))
        self._seen: dict[str, list[tuple[str, float]]] = {}

    def to_tool(self, name: str) -> list[tuple[str, float]]:
        """Return the other tools, nearest first, with their score as a share of the tool's own."""
        if name not in self._seen:
            found = self._scored(self._texts[name]) if name in self._texts else []
            own = max((score for other, score in found if other == name), default=0.0)
            self._seen[name] = [(other, score / own) for other, score in found if other != name and own > 0]
        return self._seen[name]

    def to_query(self, query: str) -> list[str]:
        return [name for name, _ in self._scored(query)]

    def _scored(self, text: str) -> list[tuple[str, float]]:
        scores = next(iter(self._index.scores([text])))
        order = (-scores).argsort(kind="stable")
        return [(self._names[position], float(scores[position])) for position in order if scores[position] > 0]


class TrialMaker:
    """Builds the trials of a catalog.

    Siblings are looked up in `reference`. If two versions are compared, it is the one before, so
    that a rewrite is tried against the same siblings.
    """

    def __init__(self, catalog: Catalog, reference: Catalog | None = None) -> None:
        self._catalog = catalog
        self._nearness = Nearness(reference or catalog)

    def trials(self, cases: Sequence[Case], modes: Sequence[Mode]) -> Iterator[SelectionTrial]:
        """Yield the trials of every case in every mode that fits. A case with an unknown tool fits none."""
        for case in cases:
            if all(name in self._catalog.position for name in case.tools):
                for mode in modes:
                    yield from self._trial(case, mode)

    def _trial(self, case: Case, mode: Mode) -> Iterator[SelectionTrial]:
        right = frozenset(case.tools)
        if mode is Mode.NONE:
            yield SelectionTrial(case, mode, self._without(case), frozenset())
        elif (mode is Mode.MULTI and len(right) > 1) or (mode is Mode.SINGLE and len(right) == 1):
            yield SelectionTrial(case, mode, self.all_for(case), right)
        elif mode in (Mode.SIMILAR, Mode.SCENARIO) and len(right) == 1:
            others = self._siblings(case) if mode is Mode.SIMILAR else self._companions(case)
            yield SelectionTrial(case, mode, _shuffled(case, {*right, *others}), right)

    def all_for(self, case: Case) -> tuple[str, ...]:
        """Return all tools in the server's order; of too many, the right ones and the nearest to the query."""
        names = [entry.name for entry in self._catalog.entries]
        if len(names) <= LIMIT:
            return tuple(names)
        near = self._known((*case.tools, *self._nearness.to_query(case.query), *names))
        kept = set(near[:LIMIT])
        return tuple(name for name in names if name in kept)

    def _siblings(self, case: Case) -> list[str]:
        return self._known(name for name, _ in self._nearness.to_tool(case.tools[0]))[: FEW - 1]

    def _companions(self, case: Case) -> list[str]:
        right = case.tools[0]
        server = self._catalog.server_of(right)
        together = [entry.name for entry in self._catalog.entries if entry.server == server]
        if len(together) < len(self._catalog) and len(together) <= LIMIT:
            return together
        drawn = _shuffled(case, (entry.name for entry in self._catalog.entries if entry.name != right))
        return list(drawn[: FEW - 1])

    def _without(self, case: Case) -> tuple[str, ...]:
        pairs = (pair for name in case.tools for pair in self._nearness.to_tool(name))
        taken = {*case.tools, *(name for name, share in pairs if share >= TWIN)}
        all_names = (entry.name for entry in self._catalog.entries)
        near = self._known((*self._nearness.to_query(case.query), *all_names))
        return _shuffled(case, [name for name in near if name not in taken][:FEW])

    def _known(self, names: Iterable[str]) -> list[str]:
        return [name for name in dict.fromkeys(names) if name in self._catalog.position]


def _shuffled(case: Case, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names in a random order that depends on the query, and is the same before and after."""
    return tuple(sorted(names, key=lambda name: (crc32(f"{case.query} {name}".encode("utf-8", "replace")), name)))


def aliases(offered: Iterable[str]) -> Mapping[str, str]:
    """Return the full name of each offered tool by a name that providers accept. Most names are unchanged."""
    found: dict[str, str] = {}
    for name in offered:
        safe = safe_name(name)
        while safe in found:
            safe = f"{safe[: _LONGEST - 6]}_{crc32(safe.encode()) % 99_999:05}"
        found[safe] = name
    return found


def safe_name(name: str) -> str:
    """Return `name` with only the characters that providers accept."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "_-") else "_" for c in name)[:_LONGEST] or "tool"


_LONGEST = 64
