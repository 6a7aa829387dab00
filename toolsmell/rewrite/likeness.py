"""How like one another the tools of a server read: the cosine of their words, rare ones counting more.  Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt
from typing import Final

from toolsmell.rewrite.facts import stems_of
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

    def nearest(self, index: int, document: str | None = None) -> tuple[float, int | None]:
        """Return how like its nearest sibling a tool is, 0 to 1, and which that is; `document` stands for its"
        " text."""
        own = self._vectors[index] if document is None else self._vector(_counts(document))
        best, which = 0.0, None
        for other, vector in enumerate(self._vectors):
            if other != index and (likeness := _cosine(own, vector)) > best:
                best, which = likeness, other
        return best, which

    def _vector(self, counts: Counter[str]) -> Vector:
        vector = {stem: (1 + log(n)) * self._weights.get(stem, self._rare) for stem, n in counts.items()}
        length = sqrt(sum(w * w for w in vector.values())) or 1.0
        return {stem: weight / length for stem, weight in vector.items()}


def _cosine(a: Vector, b: Vector) -> float:
    small, large = (a, b) if len(a) < len(b) else (b, a)
    return sum(weight * large.get(stem, 0.0) for stem, weight in small.items())


def _counts(document: str) -> Counter[str]:
    words = words_of(" ".join(identifier_words(document)))
    stems: Counter[str] = Counter()
    for word, n in Counter(words).items():
        for stem in stems_of(word):
            stems[stem] += n
    return stems
