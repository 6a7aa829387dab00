"""Measures how alike the tools of a server read: the cosine of their words, in which rare words count more."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt
from typing import Final

from toolsmell.evidence.facts import stems_of
from toolsmell.text import identifier_words, words_of

Vector = Mapping[str, float]


class Likeness:
    """The tools of one server as they are searched: name, description, parameters with their descriptions."""

    def __init__(self, documents: Sequence[str]) -> None:
        counts = [_counts(document) for document in documents]
        held = Counter(stem for c in counts for stem in c)
        self._weights: Final = {stem: log(1 + len(documents) / n) for stem, n in held.items()}
        self._rare: Final = log(1 + len(documents))
        self._vectors: Final = [self._vector(c) for c in counts]
        self._held: Final = _postings(self._vectors)

    def nearest(self, index: int, document: str | None = None) -> tuple[float, int | None]:
        """Return how like its nearest sibling a tool is, 0 to 1, and which that is; `document` stands for its text."""
        own = self._vectors[index] if document is None else self._vector(_counts(document))
        shared: dict[int, float] = {}
        for stem, weight in own.items():
            for other, theirs in self._held.get(stem, ()):
                shared[other] = shared.get(other, 0.0) + weight * theirs
        shared.pop(index, None)
        # The first wins if several are as near.
        which = min(shared, key=lambda other: (-shared[other], other), default=None)
        return (0.0, None) if which is None else (shared[which], which)

    def _vector(self, counts: Counter[str]) -> Vector:
        vector = {stem: (1 + log(n)) * self._weights.get(stem, self._rare) for stem, n in counts.items()}
        length = sqrt(sum(w * w for w in vector.values())) or 1.0
        return {stem: weight / length for stem, weight in vector.items()}


def _postings(vectors: Sequence[Vector]) -> dict[str, list[tuple[int, float]]]:
    """Return, for each stem, the vectors that hold it: only those are looked at."""
    found: dict[str, list[tuple[int, float]]] = {}
    for index, vector in enumerate(vectors):
        for stem, weight in vector.items():
            found.setdefault(stem, []).append((index, weight))
    return found


def _counts(document: str) -> Counter[str]:
    words = words_of(" ".join(identifier_words(document)))
    stems: Counter[str] = Counter()
    for word, n in Counter(words).items():
        for stem in stems_of(word):
            stems[stem] += n
    return stems
