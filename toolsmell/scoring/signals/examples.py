"""Explanation first, with examples that add to it."""

from toolsmell.reading.cues import Cue
from toolsmell.scoring.signals.base import Reading, SignalKind
from toolsmell.scoring.signals.common import (
    DETAIL_IN_ALL,
    DEVELOPMENT,
    INFORMATION_IN_ALL,
    RECOMMENDATION,
    RETURNS,
    SENTENCES_IN_ALL,
    scope,
)


def example(reading: Reading) -> float:
    return float(reading.everything.has(Cue.EXAMPLE))


SIGNALS = (
    INFORMATION_IN_ALL,
    DETAIL_IN_ALL,
    SENTENCES_IN_ALL,
    DEVELOPMENT,
    RECOMMENDATION,
    RETURNS,
    scope(2),
    SignalKind(
        "example",
        example,
        "gives an example",
        "gives no example",
        "give an example of a value or a call",
        cues=1 << Cue.EXAMPLE,
        of_schema=True,
    ),
)
