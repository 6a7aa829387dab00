"""Computes the percentile of an overall score among public tools, by a dated distribution that is shipped as data."""

import json
from bisect import bisect_left
from functools import cache
from typing import Final, NamedTuple

from toolsmell.data.shipped import shipped
from toolsmell.model import Frame
from toolsmell.scoring.weights import Rubric

SCHEMA: Final = "toolsmell.percentiles/v1"


class Distribution(NamedTuple):
    """Overall scores of public tools."""

    date: str
    tools: int
    rubric: str
    """The fingerprint of the rubric that they were scored with."""
    overall: dict[str, tuple[float, ...]]
    """By frame, the scores at each hundredth, lowest first."""


@cache
def distribution() -> Distribution:
    """Read the distribution that toolsmell ships."""
    with open(shipped("percentiles.json"), encoding="utf-8") as file:
        data = json.load(file)
    overall = {frame: tuple(scores) for frame, scores in data["overall"].items()}
    return Distribution(data["date"], data["tools"], data["rubric"], overall)


def percentile(overall: float | None, frame: Frame, rubric: Rubric) -> int | None:
    """Return how many of 100 public tools have a lower overall score.

    None for a tool without a score, and for scores of another rubric, which are not comparable.
    """
    known = distribution()
    if overall is None or rubric.fingerprint != known.rubric:
        return None
    return bisect_left(known.overall[frame.value], overall)
