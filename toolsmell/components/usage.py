"""When to use the tool, and when not."""

from toolsmell.components.base import SignalKind, saturating
from toolsmell.components.cues import Cue
from toolsmell.components.purpose import information
from toolsmell.components.reading import Reading


def when(reading: Reading) -> float:
    return saturating(reading.count(Cue.WHEN), 2)


def when_not(reading: Reading) -> float:
    return saturating(reading.count(Cue.WHEN_NOT), 1)


def order(reading: Reading) -> float:
    return saturating(reading.count(Cue.ORDER), 2)


SIGNALS = (
    SignalKind("information", information, "says a good deal", "says little", "say more about its use"),
    SignalKind("when", when, "says when to use it", "does not say when to use it", "say when to use it"),
    SignalKind("when-not", when_not, "says when not to", "does not say when not to use it", "say when not to use it"),
    SignalKind("order", order, "says what comes before or after", "names no order", "say what to call before or after"),
)
