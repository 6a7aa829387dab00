"""Predictions of a fit for servers that it has not seen."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from toolsmell.calibrate.odds import fit
from toolsmell.calibrate.rater_agreement import Flags, Levels, Numbers, crosstab, kappa, mean_known
from toolsmell.calibrate.word_count import held_out_rule, word_counts
from toolsmell.model import SMELL_BELOW


class HeldOut(NamedTuple):
    """Predictions for each tool by a fit to other servers: a row for each way to divide the servers."""

    levels: Levels
    smell_probability: Numbers
    expected: Numbers
    """The mean of the distribution: finer than its median, to rank by."""


def held_out(signals: Numbers, ratings: Numbers, divisions: Sequence[Levels]) -> HeldOut:
    """Predict each tool by a fit to the folds that it is not in."""
    shape = (len(divisions), len(signals))
    found = HeldOut(np.zeros(shape, int), np.zeros(shape), np.zeros(shape))
    for row, fold in enumerate(divisions):
        for held in range(fold.max() + 1):
            out = fold == held
            smaller = fit(signals[~out], ratings[~out]).smaller(signals[out])
            found.levels[row, out] = 1 + (smaller < 0.5).sum(axis=1)
            found.smell_probability[row, out] = smaller[:, SMELL_BELOW - 2]
            found.expected[row, out] = 5 - smaller.sum(axis=1)
    return found


def best_words_rule(descriptions: list[str], ratings: Levels, divisions: Sequence[Levels]) -> list[Flags]:
    """Return the predictions of the number-of-words rule, a row for each division, for the better way to count."""
    smelly = ratings < SMELL_BELOW
    rules = [[held_out_rule(counts, smelly, fold) for fold in divisions] for counts in word_counts(descriptions)]
    return max(rules, key=lambda rule: _agreement(rule, smelly))


def _agreement(rule: list[Flags], smelly: Flags) -> float:
    tables = np.array([crosstab(flags, juror) for flags in rule for juror in smelly.T])
    return float(np.nan_to_num(mean_known(kappa(tables))))
