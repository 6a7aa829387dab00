"""Agreement of scores with jurors, next to the agreement among the jurors and that of a simpler rule."""

from collections.abc import Sequence
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np

from toolsmell.calibrate.crossvalidation import HeldOut
from toolsmell.calibrate.rater_agreement import (
    Flags,
    Levels,
    Numbers,
    crosstab,
    kappa,
    mean_known,
    quadratic_kappa,
    spearman,
)
from toolsmell.model import SMELL_BELOW, Component

RESAMPLES: Final = 2_000
_SEED: Final = 20_260_302


class LevelDifference(NamedTuple):
    """A difference of two kappas, with the interval that 95 of 100 bootstrap samples of the servers lie in."""

    value: float
    low: float
    high: float


class Agreement(NamedTuple):
    """Agreement of one component with the jurors: means over the ways to divide the servers, out of fold."""

    component: Component
    jurors: float | None
    """Mean kappa of the jurors' smells among themselves, or None for one juror."""
    words: float
    """Mean kappa of the best number-of-words rule with the jurors."""
    each: tuple[float, ...]
    """Kappa of the scorecard's smell with each juror."""
    majority: float
    """Kappa with what most jurors say."""
    quadratic: float
    """Quadratic-weighted kappa of the level with the jurors' median."""
    rank: float
    """Spearman's correlation of the expected level with the jurors' mean."""
    over_jurors: LevelDifference | None
    over_words: LevelDifference

    @property
    def mean(self) -> float:
        return float(np.mean(self.each))


def agreement(
    component: Component, ratings: Levels, found: HeldOut, words: Sequence[Flags], servers: Sequence[str]
) -> Agreement:
    """Compare what was predicted with `ratings` (a column for each juror), and both with the references.

    `words` holds what the number-of-words rule says, for each way to divide the servers.
    """
    smelly = ratings < SMELL_BELOW
    middle = np.sort(ratings, axis=1)[:, ratings.shape[1] // 2]
    ours = _tables([level < SMELL_BELOW for level in found.levels], smelly, servers)
    theirs = _tables(words, smelly, servers)
    among = _among(smelly, servers)
    return Agreement(
        component=component,
        jurors=None if among is None else _mean_kappa(among),
        words=_mean_kappa(theirs),
        each=tuple(float(k) for k in kappa(ours.sum(axis=-2)).mean(axis=0)),
        majority=float(np.mean([kappa(crosstab(level < SMELL_BELOW, middle < SMELL_BELOW)) for level in found.levels])),
        quadratic=float(np.mean([quadratic_kappa(level, middle) for level in found.levels])),
        rank=float(np.mean([spearman(row, ratings.mean(axis=1)) for row in found.expected])),
        over_jurors=None if among is None else _difference(ours, among),
        over_words=_difference(ours, theirs),
    )


def _tables(rows: Sequence[Flags], smelly: Flags, servers: Sequence[str]) -> Numbers:
    """Return crosstabs by division, juror and server."""
    return np.array([[_by_server(row, juror, servers) for juror in smelly.T] for row in rows])


def _among(smelly: Flags, servers: Sequence[str]) -> Numbers | None:
    """Return crosstabs of each two jurors by server, as of one division."""
    pairs = list(combinations(smelly.T, 2))
    return np.array([[_by_server(one, other, servers) for one, other in pairs]]) if pairs else None


def _by_server(one: Flags, other: Flags, servers: Sequence[str]) -> Numbers:
    labels = np.asarray(servers)
    return np.array([crosstab(one[labels == s], other[labels == s]) for s in sorted(set(servers))])


def _mean_kappa(tables: Numbers) -> float:
    return float(mean_known(kappa(tables.sum(axis=-2))))


def _difference(first: Numbers, second: Numbers) -> LevelDifference:
    """Bootstrap the difference of two mean kappas over servers; the same draws for both."""
    number = first.shape[-2]
    random = np.random.default_rng(_SEED)
    times = random.multinomial(number, np.full(number, 1 / number), RESAMPLES).astype(float)

    def resampled(tables: Numbers) -> Numbers:
        # (division, rater, server, cell) x (draw, server) -> (draw, division, rater, cell)
        return mean_known(kappa(np.einsum("rjsc,ds->drjc", tables, times)), axis=(1, 2))

    deltas = resampled(first) - resampled(second)
    low, high = np.nanquantile(deltas, (0.025, 0.975)) if not np.isnan(deltas).all() else (np.nan, np.nan)
    return LevelDifference(_mean_kappa(first) - _mean_kappa(second), float(low), float(high))
