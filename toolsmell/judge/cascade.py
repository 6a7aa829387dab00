"""Chooses the tools that models are asked about: those that the scorecard is unsure about."""

from collections.abc import Mapping
from typing import TypeAlias

from toolsmell.model import SMELL_BELOW, Component, Frame, Score
from toolsmell.model.verdicts import Judgement, Standing
from toolsmell.scoring.weights import Band, Rubric

Bands: TypeAlias = Mapping[Component, Band]


def bands_of(rubric: Rubric) -> Bands:
    """Return where the scorecard is unsure of each component; `benchmarks/cascade.py` finds it for a rubric."""
    return {component: part.unsure for component, part in rubric.components.items()}


def unsure(scores: Mapping[Component, Score], bands: Bands) -> bool:
    """Return True if a model should be asked: a component is near a cut point, or has no score."""
    return any(_unsure(score, bands[component]) for component, score in scores.items())


def escalates(judgement: Judgement, scores: Mapping[Component, Score], frame: Frame, bands: Bands) -> bool:
    """Return True if a larger model should be asked about a tool as well.

    It should if the first gave no verdict, if its jurors or samples dispute a component, if one is in
    doubt, or if it contradicts the scorecard on a smell that the scorecard is sure of. A text that tries to
    steer one model may steer the next, so it is not asked about again.
    """
    if judgement.standing is not Standing.USED:
        return not any(s.component is None for v in judgement.verdicts for s in v.suspicions)
    if judgement.disputed or any(verdict.doubted for verdict in judgement.verdicts):
        return True
    return any(
        (verdict.opinions[component].levels[frame] < SMELL_BELOW) is not score.smelly
        for component, score in scores.items()
        if score.value is not None and not _unsure(score, bands[component])
        for verdict in judgement.verdicts
        if verdict.usable
    )


def _unsure(score: Score, band: Band) -> bool:
    if score.smell_probability is None:
        # A tool without parameters has no score for them to be unsure of.
        return not score.distribution
    return band.holds(score.smell_probability)
