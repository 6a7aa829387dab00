"""Measures the similarity of a server's tools: the cosine of their words, weighted by rarity."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt
from typing import Final

from toolsmell.evidence.facts import stems_of
from toolsmell.text import identifier_words, words_of

Vector = Mapping[str, float]
COMPARED: Final = 100
"""Tools that one tool is compared with: all of them would be quadratic in a server of thousands."""


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
        """Return a tool's similarity to its nearest sibling, 0 to 1, and the sibling; `document` is its text."""
        own = self._vectors[index] if document is None else self._vector(_counts(document))
        shared = {other: _cosine(own, self._vectors[other]) for other in self._candidates(own) if other != index}
        # The first wins if several are as near.
        which = min(shared, key=lambda other: (-shared[other], other), default=None)
        return (0.0, None) if which is None else (shared[which], which)

    def _candidates(self, own: Vector) -> set[int]:
        """Return the tools that share a word: all in most servers, and those of the rarest words in a huge one."""
        found: set[int] = set()
        for stem in sorted(own.keys() & self._held.keys(), key=lambda stem: (len(self._held[stem]), stem)):
            if len(found) >= COMPARED:
                break
            found.update(self._held[stem][:COMPARED])
        return found

    def _vector(self, counts: Counter[str]) -> Vector:
        vector = {stem: (1 + log(n)) * self._weights.get(stem, self._rare) for stem, n in counts.items()}
        length = sqrt(sum(w * w for w in vector.values())) or 1.0
        return {stem: weight / length for stem, weight in vector.items()}


def _cosine(own: Vector, theirs: Vector) -> float:
    return sum(weight * theirs.get(stem, 0.0) for stem, weight in own.items())


def _postings(vectors: Sequence[Vector]) -> dict[str, list[int]]:
    """Return, for each stem, the vectors that hold it: only those are looked at."""
    found: dict[str, list[int]] = {}
    for index, vector in enumerate(vectors):
        for stem in vector:
            found.setdefault(stem, []).append(index)
    return found


def _counts(document: str) -> Counter[str]:
    words = words_of(" ".join(identifier_words(document)))
    stems: Counter[str] = Counter()
    for word, n in Counter(words).items():
        for stem in stems_of(word):
            stems[stem] += n
    return stems
