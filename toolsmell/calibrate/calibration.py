"""Labels -> weights and cut points, and how well they hold on servers that they were not fitted to."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from toolsmell.calibrate.crossvalidation import HeldOut, best_words_rule, held_out
from toolsmell.calibrate.folds import folds
from toolsmell.calibrate.labels import Labels
from toolsmell.calibrate.odds import Fit, fit
from toolsmell.calibrate.rater_agreement import LEVELS, Levels, Numbers
from toolsmell.calibrate.score_agreement import Agreement, agreement
from toolsmell.model import Component
from toolsmell.scoring.signals.frame_reading import in_prose
from toolsmell.scoring.weights import Rubric


class Calibration(NamedTuple):
    """The result of a fit to labels."""

    fits: Mapping[Component, Fit]
    """Fitted to all tools: what a rubric holds."""
    agreements: tuple[Agreement, ...]
    """Agreement of fits to nine tenths of the servers with the jurors of the rest."""
    held_out: Mapping[Component, HeldOut]


def calibrate(labels: Labels, rubric: Rubric) -> Calibration:
    """Fit every component of `rubric` to `labels` in the prose frame, which is what they are about.

    Predictions for servers that were not seen come from folds by server. Numbers of one run and another
    are the same: how servers are divided and drawn follows from fixed seeds.
    """
    signals, ratings = measured(labels, rubric), levels_of(labels)
    divisions = folds(labels.servers)
    predicted = {c: held_out(signals[c], counts(ratings[c]), divisions) for c in signals}
    rows = tuple(
        agreement(c, ratings[c], found, best_words_rule(labels.descriptions, ratings[c], divisions), labels.servers)
        for c, found in predicted.items()
    )
    return Calibration({c: fit(signals[c], counts(ratings[c])) for c in signals}, rows, predicted)


def measured(labels: Labels, rubric: Rubric) -> dict[Component, Numbers]:
    """Return the signals of each component in prose: a row for each tool, a column for each signal."""
    found = [in_prose(labelled.tool) for labelled in labels.tools]
    return {
        component: np.array([[kind.measure(reading) for kind in part.candidates.values()] for reading in found])
        for component, part in rubric.components.items()
    }


def levels_of(labels: Labels) -> dict[Component, Levels]:
    """Return the levels of the jurors: a row for each tool, a column for each juror."""
    return {c: np.array([labelled.levels[c] for labelled in labels.tools]) for c in labels.tools[0].levels}


def counts(ratings: Levels) -> Numbers:
    """Return how many jurors gave each tool each level."""
    return np.stack([(ratings == level).sum(axis=1) for level in range(1, LEVELS + 1)], axis=1).astype(float)
