"""Searches tools: lexically, by vectors, or both."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from toolsmell.errors import UsageError
from toolsmell.evaluate.analysis import Analyser, terms_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores: TypeAlias = NDArray[np.float32]
    Vectors: TypeAlias = NDArray[np.float32]

RRF_K = 60
"""The constant of reciprocal rank fusion, as its authors chose it."""
RRF_DEPTH = 100
"""The number of tools of each ranking that are fused."""
_QUERIES_AT_ONCE = 256


class Retriever(Protocol):
    """A search over a fixed list of tools."""

    def scores(self, queries: Sequence[str]) -> "Iterator[Scores]":
        """Yield, for each query, a score of every tool; minus infinity if it is not found."""


def require_extra() -> None:
    """Raise `UsageError` if the packages of the extra `eval` are not installed."""
    try:
        import bm25s  # noqa: F401
        import numpy as np  # noqa: F401
        import snowballstemmer  # noqa: F401
    except ImportError as error:
        words = f"this needs the extra `eval` ({error.name} is missing): pip install 'toolsmell[eval]'"
        raise UsageError(words) from None


class Lexical:
    """BM25 as Lucene computes it (k1 1.5, b .75)."""

    def __init__(self, documents: Sequence[str], analyser: Analyser = Analyser.STANDARD) -> None:
        require_extra()
        self._terms = terms_of(analyser)
        self._size = len(documents)
        self._postings = _postings([self._terms(text) for text in documents])

    def scores(self, queries: Sequence[str]) -> "Iterator[Scores]":
        import numpy as np

        for query in queries:
            terms = Counter(self._terms(query))
            known = [(self._postings[term], times) for term, times in terms.items() if term in self._postings]
            if not known:
                yield np.full(self._size, -np.inf, np.float32)
                continue
            # The library's own sum over the terms takes twice as long for a query as long as a description.
            held = np.concatenate([documents for (documents, _), _ in known])
            worth = np.concatenate([weights * times for (_, weights), times in known])
            found = np.bincount(held, weights=worth, minlength=self._size)
            yield np.where(found > 0, found, -np.inf).astype(np.float32)


def _postings(documents: list[list[str]]) -> "dict[str, tuple[NDArray[np.intp], Scores]]":
    """Return, by term, the documents that contain it and its weight in each."""
    import bm25s
    import numpy as np

    if not any(documents):
        return {}
    index = bm25s.BM25(method="lucene", k1=1.5, b=0.75, backend="numpy")
    index.index(documents, show_progress=False)
    ends, held, worth = (np.asarray(index.scores[key]) for key in ("indptr", "indices", "data"))
    spans = {term: slice(ends[n], ends[n + 1]) for term, n in index.vocab_dict.items() if n + 1 < len(ends)}
    return {term: (held[span], worth[span]) for term, span in spans.items()}


class Dense:
    """Cosine similarity of vectors."""

    def __init__(self, tools: "Vectors", embed: "Embed") -> None:
        """`tools` has one vector a row. A row of zeros is a tool without a vector, which is never found."""
        self._tools = normalised(tools)
        self._present = self._tools.any(axis=1)
        self._embed = embed

    def scores(self, queries: Sequence[str]) -> "Iterator[Scores]":
        import numpy as np

        for start in range(0, len(queries), _QUERIES_AT_ONCE):
            vectors = normalised(self._embed(queries[start : start + _QUERIES_AT_ONCE]))
            for row in vectors @ self._tools.T:
                yield np.where(self._present, row, -np.inf).astype(np.float32)


class Embed(Protocol):
    """Turns texts into vectors, one a row."""

    def __call__(self, texts: Sequence[str], /) -> "Vectors": ...


class Fused:
    """Reciprocal rank fusion: the sum of 1 / (60 + rank) over the rankings of several retrievers."""

    def __init__(self, retrievers: Sequence[Retriever]) -> None:
        self._retrievers = retrievers

    def scores(self, queries: Sequence[str]) -> "Iterator[Scores]":
        for rankings in zip(*(r.scores(queries) for r in self._retrievers), strict=True):
            yield _fused(rankings)


def _fused(rankings: "tuple[Scores, ...]") -> "Scores":
    import numpy as np

    total = np.zeros(len(rankings[0]), np.float32)
    for scores in rankings:
        order = np.argsort(-scores, kind="stable")[:RRF_DEPTH]
        for position in order[np.isfinite(scores[order])]:
            # Equal scores share the best rank, so that the order of the catalog has no effect.
            total[position] += 1 / (RRF_K + 1 + int((scores > scores[position]).sum()))
    return np.where(total > 0, total, -np.inf).astype(np.float32)


def normalised(vectors: "Vectors") -> "Vectors":
    """Return the rows of `vectors` with length 1; a row of zeros stays."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
