"""Measures of agreement between two raters."""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]
Levels: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

LEVELS: Final = 5


def crosstab(first: Flags, second: Flags) -> Numbers:
    """Return how often two raters say no/no, no/yes, yes/no and yes/yes."""
    return np.bincount(2 * first.astype(int) + second.astype(int), minlength=4).astype(float)


def kappa(table: Numbers) -> Numbers:
    """Return Cohen's kappa of one or many crosstabs (last axis: no/no, no/yes, yes/no, yes/yes).

    It is not a number if both raters always give the same level.
    """
    total = table.sum(axis=-1)
    same = (table[..., 0] + table[..., 3]) / total
    first, second = (table[..., 2] + table[..., 3]) / total, (table[..., 1] + table[..., 3]) / total
    chance = first * second + (1 - first) * (1 - second)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((same - chance) / (1 - chance))


def mean_known(values: Numbers, axis: tuple[int, ...] | None = None) -> Numbers:
    """Return the mean of the values that are numbers, or not a number if none is."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(known, values, 0.0).sum(axis=axis) / known.sum(axis=axis))


def quadratic_kappa(first: Levels, second: Levels) -> float:
    """Return Cohen's kappa of levels 1-5 with quadratic weights."""
    seen = np.zeros((LEVELS, LEVELS))
    np.add.at(seen, (first - 1, second - 1), 1.0)
    i, j = np.indices(seen.shape)
    cost = (i - j) ** 2
    chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / seen.sum()
    expected = float((cost * chance).sum())
    return 1 - float((cost * seen).sum()) / expected if expected else float("nan")


def spearman(first: Numbers, second: Numbers) -> float:
    """Return Spearman's rank correlation, or not a number if one of the two never varies."""
    from scipy.stats import spearmanr

    if len(np.unique(first)) < 2 or len(np.unique(second)) < 2:
        return float("nan")
    return float(spearmanr(first, second).statistic)
