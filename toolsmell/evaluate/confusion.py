"""Finds tools that are hard to tell apart, and queries that lead to the wrong tool."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from toolsmell.evaluate.catalog import Catalog
from toolsmell.evaluate.retrieval import SearchResult
from toolsmell.evaluate.retrievers import Retriever
from toolsmell.evaluate.search_documents import DocumentForm, document


class Neighbour(NamedTuple):
    """A sibling that the text of a tool leads to."""

    tool: str
    sibling: str
    similarity: float
    """Score of the sibling for the tool's own document, as a share of the tool's score for it: 1 is no difference."""


class Mistake(NamedTuple):
    """Queries for one tool that went to another."""

    wanted: str
    got: str | None
    """None if nothing was found."""
    times: int
    queries: tuple[str, ...]
    """Up to three of the queries."""


class Shift(NamedTuple):
    """The number of times that one tool is confused with another, before and after."""

    wanted: str
    got: str | None
    before: int
    after: int


_EXAMPLES = 3


def neighbours(catalog: Catalog, retriever: Retriever, limit: int = 3) -> Iterator[Neighbour]:
    """Yield the nearest siblings of each tool, nearest first, at most `limit` a tool.

    `retriever` searches the catalog; each tool's document is the query. Memory does not grow with pairs.
    """
    texts = [document(entry.tool, DocumentForm.FULL) for entry in catalog.entries]
    for position, scores in enumerate(retriever.scores(texts)):
        own = float(scores[position])
        for other in (-scores).argsort(kind="stable")[: limit + 1]:
            if other != position and scores[other] > 0 and own > 0:
                tool, sibling = catalog.entries[position].name, catalog.entries[int(other)].name
                yield Neighbour(tool, sibling, round(min(1.0, float(scores[other]) / own), 3))


def mistakes(outcomes: Iterable[SearchResult], catalog: Catalog) -> tuple[Mistake, ...]:
    """Return the tools that were found first instead of a right one, most frequent first."""
    counts: Counter[tuple[str, str | None]] = Counter()
    queries: dict[tuple[str, str | None], list[str]] = {}
    for outcome in outcomes:
        first = outcome.ranking.first
        got = None if first is None else catalog.entries[first].name
        if got in outcome.case.tools:
            continue
        pair = (outcome.case.tools[0], got)
        counts[pair] += 1
        examples = queries.setdefault(pair, [])
        if len(examples) < _EXAMPLES:
            examples.append(outcome.case.query)
    ordered = sorted(counts, key=lambda pair: (-counts[pair], pair[0], pair[1] or ""))
    return tuple(Mistake(*pair, counts[pair], tuple(queries[pair])) for pair in ordered)


def shifts(before: Sequence[Mistake], after: Sequence[Mistake]) -> tuple[Shift, ...]:
    """Return the confusions whose number changed, the largest change first."""
    old = {(m.wanted, m.got): m.times for m in before}
    new = {(m.wanted, m.got): m.times for m in after}
    found = [Shift(*pair, old.get(pair, 0), new.get(pair, 0)) for pair in old.keys() | new.keys()]
    changed = [shift for shift in found if shift.before != shift.after]
    return tuple(sorted(changed, key=lambda s: (-abs(s.after - s.before), s.wanted, s.got or "")))
