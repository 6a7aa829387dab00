"""What the tool does, to what, how and to what end."""

from math import log

from toolsmell.components.base import SignalKind, saturating
from toolsmell.components.cues import Cue
from toolsmell.components.reading import Reading


def information(reading: Reading) -> float:
    """Return how much is said: distinct words, each further one worth less, 1 at eighty."""
    return log(1 + min(reading.distinct, 80)) / log(81)


def means(reading: Reading) -> float:
    return saturating(reading.count(Cue.MEANS), 1)


def end(reading: Reading) -> float:
    return saturating(reading.count(Cue.END), 1)


def returns(reading: Reading) -> float:
    return saturating(reading.count(Cue.RETURNS), 1)


SIGNALS = (
    SignalKind(
        "information", information, "says a good deal", "says little", "say what it does in more words of its own"
    ),
    SignalKind("means", means, "says how", "does not say how", "say by what means it works"),
    SignalKind("end", end, "says to what end", "does not say to what end", "say what it is good for"),
    SignalKind("returns", returns, "says what it returns", "does not say what it returns", "say what it returns"),
)
