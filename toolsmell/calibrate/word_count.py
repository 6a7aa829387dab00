"""The reference to beat: a rule that knows nothing but how many words a description has."""

import re

import numpy as np
from numpy.typing import NDArray

from toolsmell.calibrate.rater_agreement import Flags, Numbers, crosstab, kappa

_HAN = re.compile(r"[\u3400-\u9fff]")


def word_counts(descriptions: list[str]) -> tuple[Numbers, Numbers]:
    """Return two counts of words: between blanks, and with half a word for a Chinese character."""
    plain = [len(text.split()) for text in descriptions]
    mixed = [len(_HAN.sub(" ", text).split()) + len(_HAN.findall(text)) / 2 for text in descriptions]
    return np.array(plain, float), np.array(mixed, float)


def held_out_rule(counts: Numbers, smelly: NDArray[np.bool_], fold: NDArray[np.int64]) -> Flags:
    """Return which tools the rule `fewer words than` calls smelly.

    The number is the one that agrees best with the jurors (`smelly`: a column each) on the other folds.
    """
    found = np.zeros(len(counts), bool)
    for held in range(fold.max() + 1):
        train = fold != held
        found[~train] = counts[~train] < _best_threshold(counts[train], smelly[train])
    return found


def _best_threshold(counts: Numbers, smelly: NDArray[np.bool_]) -> float:
    def agreement(threshold: float) -> float:
        tables = np.array([crosstab(counts < threshold, juror) for juror in smelly.T])
        return float(np.nan_to_num(kappa(tables)).mean())

    return float(max(np.unique(counts).tolist(), key=agreement))
