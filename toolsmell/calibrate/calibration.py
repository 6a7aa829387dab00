"""Labels -> weights and cut points, and how well they hold on servers that they were not fitted to."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from toolsmell.calibrate.agreement import Agreement, agreement
from toolsmell.calibrate.crossvalidation import HeldOut, best_words_rule, held_out
from toolsmell.calibrate.folds import folds
from toolsmell.calibrate.labels import Labels
from toolsmell.calibrate.measures import LEVELS, Levels, Numbers
from toolsmell.calibrate.odds import Fit, fit
from toolsmell.model import Component
from toolsmell.scoring.signals import SIGNALS
from toolsmell.scoring.signals.base import in_prose


class Calibration(NamedTuple):
    """The result of a fit to labels."""

    fits: Mapping[Component, Fit]
    """Fitted to all tools: what a rubric holds."""
    agreements: tuple[Agreement, ...]
    """Agreement of fits to nine tenths of the servers with the jurors of the rest."""
    held_out: Mapping[Component, HeldOut]


def calibrate(labels: Labels) -> Calibration:
    """Fit every component to `labels` in the prose frame, which is what they are about, and cross-validate by server.

    Numbers of one run and another are the same: how servers are divided and drawn follows from fixed seeds.
    """
    signals, ratings = measured(labels), levels_of(labels)
    divisions = folds(labels.servers)
    predicted = {c: held_out(signals[c], counts(ratings[c]), divisions) for c in Component}
    rows = tuple(
        agreement(c, ratings[c], found, best_words_rule(labels.descriptions, ratings[c], divisions), labels.servers)
        for c, found in predicted.items()
    )
    return Calibration({c: fit(signals[c], counts(ratings[c])) for c in Component}, rows, predicted)


def measured(labels: Labels) -> dict[Component, Numbers]:
    """Return what every signal measures of each tool's prose: a row for each tool, a column for each signal."""
    found = [in_prose(labelled.tool) for labelled in labels.tools]
    return {c: np.array([[kind.measure(reading) for kind in SIGNALS[c]] for reading in found]) for c in Component}


def levels_of(labels: Labels) -> dict[Component, Levels]:
    """Return what the jurors gave: a row for each tool, a column for each juror."""
    return {c: np.array([labelled.levels[c] for labelled in labels.tools]) for c in Component}


def counts(ratings: Levels) -> Numbers:
    """Return how many jurors gave each tool each level."""
    return np.stack([(ratings == level).sum(axis=1) for level in range(1, LEVELS + 1)], axis=1).astype(float)
