"""Whether all aspects are covered, in as many sentences as they need."""

from toolsmell.components.base import SignalKind
from toolsmell.components.cues import Cue
from toolsmell.components.examples import sentences
from toolsmell.components.purpose import information
from toolsmell.components.reading import Reading

ASPECTS = (Cue.WHEN, Cue.LIMIT, Cue.RETURNS, Cue.MEANS, Cue.DEFAULT, Cue.EXAMPLE, Cue.FAILURE, Cue.EFFECT)


def aspects(reading: Reading) -> float:
    return sum(1 for cue in ASPECTS if reading.count(cue)) / len(ASPECTS)


SIGNALS = (
    SignalKind("information", information, "says a good deal", "says little", "say more"),
    SignalKind(
        "aspects", aspects, "covers several aspects", "covers few aspects", "cover use, limits, results and failure"
    ),
    SignalKind("sentences", sentences, "several sentences", "few sentences", "use a sentence for each aspect"),
)
