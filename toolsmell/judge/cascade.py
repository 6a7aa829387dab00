"""Chooses the tools that models are asked about: those that the scorecard is unsure about."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

from toolsmell.data.files import read_regular, shipped
from toolsmell.errors import UsageError
from toolsmell.model import Component, Frame, Json, Score
from toolsmell.model.verdicts import Judgement, Standing

SCHEMA = "toolsmell.cascade/v1"


class Band(NamedTuple):
    """The probabilities of a smell, from `low` to `high`, at which the scorecard is unsure."""

    low: float
    high: float

    def holds(self, probability: float) -> bool:
        return self.low <= probability <= self.high


Bands: TypeAlias = Mapping[Component, Band]


def load(path: Path | None = None) -> Bands:
    """Return the bands in a file, or those that `benchmarks/cascade.py` found."""
    path = path or Path(shipped("cascade.json"))
    try:
        data: Json = json.loads(read_regular(path))
        bands = {c: Band(*map(float, data["bands"][c.value])) for c in Component}
        schema = data["schema"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: the bands of the cascade cannot be used: {error}") from None
    if schema != SCHEMA:
        raise UsageError(f"{path}: its `schema` must be {SCHEMA}")
    return bands


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
        (verdict.opinions[component].levels[frame] < 3) is not (score.value < 3)
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
