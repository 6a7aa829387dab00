"""Decides when to stop rewriting: if the text no longer changes, by BLEU and similarity, as DRAFT does."""

from collections import Counter
from collections.abc import Sequence
from math import exp, log
from typing import Final

from toolsmell.calling.diversity import Similar, likeness

SETTLED: Final = 0.75
"""Mean of BLEU and likeness above which two texts count as the same (DRAFT)."""


def settled(before: str, after: str, similar: Similar = likeness) -> bool:
    """Return True if another round would not change the text."""
    return (bleu(before, after) + similar(before, after)) / 2 > SETTLED


def bleu(reference: str, candidate: str) -> float:
    """Return BLEU-4 of lower-case words, smoothed for short texts by adding one to groups of two and more."""
    wanted, given = reference.lower().split(), candidate.lower().split()
    if not wanted or not given:
        return float(wanted == given)
    logs = [log(p) if (p := _precision(wanted, given, n)) else None for n in range(1, 5)]
    if any(value is None for value in logs):
        return 0.0
    brevity = min(0.0, 1 - len(wanted) / len(given))
    return exp(brevity + sum(value or 0.0 for value in logs) / 4)


def _precision(wanted: Sequence[str], given: Sequence[str], n: int) -> float:
    have, want = _groups(given, n), _groups(wanted, n)
    shared = sum((have & want).values())
    return (shared + (n > 1)) / (max(1, have.total()) + (n > 1))


def _groups(words: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))
