"""Tests differences that were measured on the same cases before and after."""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALPHA = 0.05
"""The probability of reporting a difference if there is none."""
RESAMPLES = 10_000
_POWER_AND_LEVEL = 2.80
"""Standard errors that a true difference must have to be found in 80 of 100 studies (1.96 + 0.84)."""
_SEED = 20_260_728
_FEW = 8
"""If there are fewer distinct values than cases by this factor, drawing the count of each value is faster."""
_CELLS = 4_000_000
"""The most numbers in one batch of resamples, which bounds memory."""


class Effect(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    NONE = "no difference found"


class Interval(NamedTuple):
    low: float
    high: float


class Difference(NamedTuple):
    """After minus before, over the cases that both have."""

    cases: int
    before: float
    after: float
    interval: Interval
    """The 95 % confidence interval of the difference."""
    p: float
    """The probability of a difference at least this large if there is none."""
    test: str
    """`McNemar` (hits) or `bootstrap` (means)."""
    improved: int
    """The number of cases that improved."""
    worsened: int
    detectable: float
    """The smallest true difference that this many cases detect in 80 of 100 studies."""

    @property
    def delta(self) -> float:
        return self.after - self.before


def compare(
    before: Sequence[float],
    after: Sequence[float],
    *,
    binary: bool = False,
    clusters: Sequence[str] | None = None,
) -> Difference:
    """Compare two paired lists of measures, of hits (0 or 1) if `binary`.

    `clusters` names the server of each case: with several, servers are drawn first and then cases within them,
    because the cases of one server are not independent.
    """
    import numpy as np

    old, new = np.asarray(before, float), np.asarray(after, float)
    if len(old) != len(new) or not len(old):
        raise ValueError("a comparison needs at least one case, and as many before as after")
    deltas = new - old
    means = _resampled_means(deltas, clusters)
    improved, worsened = int((deltas > 0).sum()), int((deltas < 0).sum())
    several = clusters is not None and len(set(clusters)) > 1
    exact = binary and not several
    return Difference(
        cases=len(deltas),
        before=float(old.mean()),
        after=float(new.mean()),
        interval=Interval(*(float(x) for x in np.quantile(means, (ALPHA / 2, 1 - ALPHA / 2)))),
        p=mcnemar(improved, worsened) if exact else _bootstrap_p(means, deltas),
        test="McNemar" if exact else "bootstrap",
        improved=improved,
        worsened=worsened,
        detectable=_detectable(deltas, means, binary=binary),
    )


def mcnemar(improved: int, worsened: int) -> float:
    """Return the exact two-sided p-value of McNemar's test: a fair coin for each case that changed."""
    changed = improved + worsened
    term, tail = 1, 0
    for i in range(min(improved, worsened) + 1):
        tail += term
        term = term * (changed - i) // (i + 1)
    return min(1.0, float(Fraction(2 * tail, 2**changed)))


def holm(values: Sequence[float]) -> list[float]:
    """Return p-values adjusted for multiple tests by Holm's method, in the same order."""
    adjusted = [0.0] * len(values)
    highest = 0.0
    for rank, index in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        highest = max(highest, min(1.0, (len(values) - rank) * values[index]))
        adjusted[index] = highest
    return adjusted


def verdict(difference: Difference, adjusted_p: float) -> Effect:
    """Return the effect in one word. If it is none, `detectable` tells which differences could not be seen."""
    if adjusted_p >= ALPHA or difference.delta == 0:
        return Effect.NONE
    return Effect.BETTER if difference.delta > 0 else Effect.WORSE


def _resampled_means(deltas: "NDArray[np.float64]", clusters: Sequence[str] | None) -> "NDArray[np.float64]":
    import numpy as np

    random = np.random.default_rng(_SEED)
    names = sorted(set(clusters)) if clusters is not None else []
    if len(names) < 2:
        return _means(deltas, RESAMPLES, random)
    labels = np.asarray(clusters)
    groups = [deltas[labels == name] for name in names]
    drawn = random.integers(len(groups), size=(RESAMPLES, len(groups)))
    sums, counts = np.zeros(RESAMPLES), np.zeros(RESAMPLES)
    for index, group in enumerate(groups):
        times = (drawn == index).sum(axis=1)
        # The cases of a server are drawn again each time that the server is drawn.
        for turn in range(int(times.max())):
            rows = np.flatnonzero(times > turn)
            sums[rows] += _means(group, len(rows), random) * len(group)
            counts[rows] += len(group)
    return sums / counts


def _means(values: "NDArray[np.float64]", resamples: int, random: "np.random.Generator") -> "NDArray[np.float64]":
    """Return the means of `resamples` draws of `values` with repeats."""
    import numpy as np

    n = len(values)
    distinct, counts = np.unique(values, return_counts=True)
    few = len(distinct) * _FEW <= n
    batch = max(1, _CELLS // (len(distinct) if few else n))
    means = []
    for at in range(0, resamples, batch):
        size = min(batch, resamples - at)
        drawn = (
            random.multinomial(n, counts / n, size) @ distinct
            if few
            else values[random.integers(n, size=(size, n))].sum(axis=1)
        )
        means.append(drawn / n)
    return np.concatenate(means)


def _bootstrap_p(means: "NDArray[np.float64]", deltas: "NDArray[np.float64]") -> float:
    """Return twice the share of resamples on the other side of zero.

    It is never less than the sign test allows: three cases that all went up prove nothing,
    however the bootstrap draws them.
    """
    changed = int((deltas != 0).sum())
    tail = min(int((means <= 0).sum()), int((means >= 0).sum()))
    return min(1.0, max(2 * (tail + 1) / (len(means) + 1), 2 * 0.5**changed))


def _detectable(deltas: "NDArray[np.float64]", means: "NDArray[np.float64]", *, binary: bool) -> float:
    """Return the smallest difference that could have been shown.

    It depends on how much the cases vary. If they vary little, a test of hits still needs six cases that
    changed in one direction and none in the other (2 x 0.5^6 < 0.05), and a test of means about as many.
    """
    n = len(deltas)
    least = min(1.0, 6 / n)
    error = float(means.std())
    spread = _POWER_AND_LEVEL * max(error, sqrt(least * (1 - least) / n) if binary and not error else 0.0)
    return min(1.0, max(least, spread))
