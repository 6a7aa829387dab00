"""Measures retrieval without a model: whether a search finds the right tool by its text."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from toolsmell.errors import UsageError
from toolsmell.evaluate.analysis import Analyser
from toolsmell.evaluate.catalog import Catalog
from toolsmell.evaluate.datasets import Case
from toolsmell.evaluate.metrics import DEFAULT_KS, Ranking, measure
from toolsmell.evaluate.retrievers import Dense, Embed, Fused, Lexical, Retriever, normalised, require_extra
from toolsmell.evaluate.search_documents import DENSE_ONLY, NOTHING, DocumentForm, Expansion, document, weighted_parts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Setup(NamedTuple):
    """A way of searching for tools."""

    form: DocumentForm = DocumentForm.FULL
    method: str = "bm25"
    """`bm25`, `dense` or `hybrid` (both, fused)."""
    analyser: Analyser = Analyser.STANDARD

    @property
    def label(self) -> str:
        method = self.method if self.analyser is Analyser.STANDARD else f"{self.method}-{self.analyser}"
        return f"{self.form}/{method}"


class SearchResult(NamedTuple):
    """The result of one case."""

    case: Case
    ranking: Ranking
    measures: dict[str, float]


def build(
    catalog: Catalog,
    setup: Setup,
    embed: Embed | None = None,
    expansions: Sequence[Expansion] | None = None,
) -> Retriever:
    """Return the search that `setup` describes. `expansions` has one for each tool, if the form needs them."""
    require_extra()
    wanted = {"bm25": (True, False), "dense": (False, True), "hybrid": (True, True)}.get(setup.method)
    if wanted is None:
        raise UsageError(f"no such method of retrieval: {setup.method}")
    if wanted[1] and embed is None:
        raise UsageError(f"{setup.method} retrieval needs an embedding model: name one with --embeddings")
    if wanted[0] and setup.form in DENSE_ONLY:
        raise UsageError(f"the form {setup.form} is a vector: it can only be searched with dense retrieval")
    extra = expansions or [NOTHING] * len(catalog)
    parts: list[Retriever] = []
    if wanted[0]:
        parts.append(Lexical(_texts(catalog, setup.form, extra), setup.analyser))
    if wanted[1] and embed is not None:
        parts.append(Dense(_vectors(catalog, setup.form, extra, embed), embed))
    return parts[0] if len(parts) == 1 else Fused(parts)


def run(
    retriever: Retriever, catalog: Catalog, cases: Sequence[Case], ks: Sequence[int] = DEFAULT_KS
) -> Iterator[SearchResult]:
    """Yield the result of each case that has a right tool. The others cannot be measured by retrieval."""
    wanted = [case for case in cases if case.tools]
    order = _by_name(catalog)
    for case, scores in zip(wanted, retriever.scores([case.query for case in wanted]), strict=True):
        ranking = _ranking(case, catalog, scores, order)
        yield SearchResult(case, ranking, measure(ranking, ks))


class _Lots:
    """Orders tools with equal scores at random, with a seed made from the query.

    The order of the catalog would favour some tools, and a comparison of two versions would
    measure its changes. Drawing is slow and ties are rare, so numbers are drawn only if there is one.
    """

    def __init__(self, case: Case, by_name: "NDArray[np.intp]") -> None:
        self._case = case
        self._by_name = by_name

    @cached_property
    def numbers(self) -> "NDArray[np.intp]":
        """A number for each tool, distinct and the same in every version of a server."""
        import numpy as np

        seed = crc32(self._case.query.encode("utf-8", "replace"))
        return np.random.default_rng(seed).permutation(len(self._by_name))[self._by_name]

    def ahead_of(self, position: int, tied: "NDArray[np.intp]") -> int:
        """Return how many of the `tied` tools come before the one at `position`."""
        return int((self.numbers[tied] < self.numbers[position]).sum()) if len(tied) > 1 else 0

    def first_of(self, tied: "NDArray[np.intp]") -> int:
        return int(tied[self.numbers[tied].argmin()] if len(tied) > 1 else tied[0])


def _ranking(case: Case, catalog: Catalog, scores: "NDArray[np.float32]", by_name: "NDArray[np.intp]") -> Ranking:
    import numpy as np

    lots = _Lots(case, by_name)
    positions = [catalog.position.get(name) for name in case.tools]
    best = scores.max(initial=-np.inf)
    return Ranking(
        ranks=tuple(None if p is None else _rank(p, scores, lots) for p in positions),
        grades=tuple(case.grade(name) for name in case.tools),
        first=lots.first_of(np.flatnonzero(scores == best)) if np.isfinite(best) else None,
    )


def _rank(position: int, scores: "NDArray[np.float32]", lots: _Lots) -> int | None:
    import numpy as np

    own = scores[position]
    if not np.isfinite(own):
        return None
    return 1 + int((scores > own).sum()) + lots.ahead_of(position, np.flatnonzero(scores == own))


def _by_name(catalog: Catalog) -> "NDArray[np.intp]":
    """Return the position of each tool in the order of names, which is the same in every version."""
    import numpy as np

    order = sorted(range(len(catalog)), key=lambda i: catalog.entries[i].name)
    return np.argsort(np.array(order, np.intp))


def _texts(catalog: Catalog, form: DocumentForm, extra: Sequence[Expansion]) -> list[str]:
    return [document(entry.tool, form, e) for entry, e in zip(catalog.entries, extra, strict=True)]


def _vectors(catalog: Catalog, form: DocumentForm, extra: Sequence[Expansion], embed: Embed) -> "NDArray[np.float32]":
    if form not in DENSE_ONLY:
        return embed(_texts(catalog, form, extra))
    if form is DocumentForm.TDWA:
        weights = [weighted_parts(entry.tool, e) for entry, e in zip(catalog.entries, extra, strict=True)]
    else:
        # A tool without example questions is represented by its own text.
        weights = [
            {q: 1 / len(e.questions) for q in e.questions} or {document(entry.tool, DocumentForm.FULL): 1.0}
            for entry, e in zip(catalog.entries, extra, strict=True)
        ]
    return _averages(weights, embed)


def _averages(weights: Sequence[dict[str, float]], embed: Embed) -> "NDArray[np.float32]":
    """Return the weighted mean of the normalised vectors of each tool's texts; every text is embedded once."""
    import numpy as np

    texts = list(dict.fromkeys(text for row in weights for text in row))
    vectors = dict(zip(texts, normalised(embed(texts)), strict=True))
    return np.array([sum(w * vectors[text] for text, w in row.items()) for row in weights], np.float32)
