"""Measures of one ranking for one case. All are between 0 and 1, and higher is better."""

from collections.abc import Sequence
from math import log2
from typing import NamedTuple

DEFAULT_KS = (1, 3, 5, 10)


class Ranking(NamedTuple):
    """The ranks of the right tools of one case."""

    ranks: tuple[int | None, ...]
    """Rank of each right tool, from 1, in the order of the case; None if it was not retrieved."""
    grades: tuple[float, ...]
    """The grade of each right tool."""
    first: int | None
    """Position in the catalog of the first tool; None if nothing was retrieved."""


def measure(ranking: Ranking, ks: Sequence[int] = DEFAULT_KS) -> dict[str, float]:
    """Return every measure by its name, such as `recall@5`. The case must have at least one right tool."""
    found = [rank for rank in ranking.ranks if rank is not None]
    measures = {"mrr": 1 / min(found) if found else 0.0}
    for k in ks:
        hits = sum(rank <= k for rank in found)
        measures[f"recall@{k}"] = hits / len(ranking.ranks)
        measures[f"precision@{k}"] = hits / k
        measures[f"ndcg@{k}"] = ndcg(ranking, k)
        measures[f"completeness@{k}"] = float(hits == len(ranking.ranks))
        measures[f"sufficiency@{k}"] = sufficiency(ranking, k)
    return measures


def ndcg(ranking: Ranking, k: int) -> float:
    """Return the normalised discounted cumulative gain, with a gain of 2^grade - 1."""
    pairs = zip(ranking.ranks, ranking.grades, strict=True)
    gain = sum(_gain(grade, rank) for rank, grade in pairs if rank is not None and rank <= k)
    ideal = sum(_gain(grade, i) for i, grade in enumerate(sorted(ranking.grades, reverse=True)[:k], 1))
    return gain / ideal


def sufficiency(ranking: Ranking, k: int) -> float:
    """Return 1 if all tools of the best grade are among the first `k`, else 0.

    Without grades this is completeness; with grades, tools of a lower grade may be missing.
    """
    best = max(ranking.grades)
    pairs = zip(ranking.ranks, ranking.grades, strict=True)
    return float(all(rank is not None and rank <= k for rank, grade in pairs if grade == best))


def _gain(grade: float, rank: int) -> float:
    return float(2**grade - 1) / log2(rank + 1)
