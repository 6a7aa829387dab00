"""Measures how similar two texts are: by compression, or by an embedding model."""

import zlib
from collections.abc import Callable, Sequence
from math import sqrt
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from toolsmell.models.client import EmbeddingModel

ALIKE: Final = 0.9
"""A trial that is at least this similar to an earlier one of the same tool is dropped (DRAFT)."""

Similar: TypeAlias = Callable[[str, str], float]
"""Returns the similarity of two texts, at most 1."""


def likeness(a: str, b: str) -> float:
    """Return 1 minus the normalised compression distance: 1 is the same text."""
    one, two, both = (len(zlib.compress(t.encode("utf-8", "replace"), 9)) for t in (a, b, a + b))
    return 1 - (both - min(one, two)) / max(one, two)


def embedded(model: "EmbeddingModel") -> Similar:
    """Return the cosine of the vectors that `model` gives; each text is embedded once."""
    seen: dict[str, list[float]] = {}

    def similar(a: str, b: str) -> float:
        if new := [text for text in dict.fromkeys((a, b)) if text not in seen]:
            seen.update(zip(new, model.embed(new), strict=True))
        return _cosine(seen[a], seen[b])

    return similar


def _cosine(a: Sequence[float], b: Sequence[float]) -> float:
    length = sqrt(sum(x * x for x in a)) * sqrt(sum(y * y for y in b))
    return sum(x * y for x, y in zip(a, b, strict=True)) / length if length else 0.0
