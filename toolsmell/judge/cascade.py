"""Spends models where they are needed: on tools of which the scorecard is unsure, the large model on fewer still."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

from toolsmell.data.files import shipped
from toolsmell.errors import UsageError
from toolsmell.model import Component, Frame, Json, Score
from toolsmell.model.verdicts import Judgement, Standing

SCHEMA = "toolsmell.cascade/v1"


class Band(NamedTuple):
    """Probabilities of a smell, from `low` to `high`, at which the scorecard is not sure enough."""

    low: float
    high: float

    def holds(self, probability: float) -> bool:
        return self.low <= probability <= self.high


Bands: TypeAlias = Mapping[Component, Band]


def load(path: Path | None = None) -> Bands:
    """Read the bands of a file, or those that `benchmarks/cascade.py` has found."""
    path = path or Path(shipped("cascade.json"))
    try:
        data: Json = json.loads(path.read_text(encoding="utf-8"))
        bands = {c: Band(*map(float, data["bands"][c.value])) for c in Component}
        schema = data["schema"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: the bands of the cascade cannot be used: {error}") from None
    if schema != SCHEMA:
        raise UsageError(f"{path}: its `schema` must be {SCHEMA}")
    return bands


def unsure(scores: Mapping[Component, Score], bands: Bands) -> bool:
    """Say whether a model should be asked about a tool: a component near a cut point, or one it cannot score."""
    return any(_unsure(score, bands[component]) for component, score in scores.items())


def escalates(judgement: Judgement, scores: Mapping[Component, Score], frame: Frame, bands: Bands) -> bool:
    """Say whether a larger model should be asked about a tool as well.

    It should where the first gave no verdict, where its jurors or its samples dispute a component, where one is in
    doubt, and where it contradicts the scorecard on a smell that the scorecard is sure of. A text that tries to
    steer one model may steer the next: nothing is gained by asking about it again.
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
        # Without parameters there is nothing to be unsure of.
        return not score.distribution
    return band.holds(score.smell_probability)
