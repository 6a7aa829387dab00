"""Examples that add to an explanation, not replace it."""

from toolsmell.components.base import SignalKind, saturating
from toolsmell.components.cues import Cue
from toolsmell.components.purpose import information
from toolsmell.components.reading import Reading


def example(reading: Reading) -> float:
    return saturating(reading.count(Cue.EXAMPLE), 2)


def sentences(reading: Reading) -> float:
    return saturating(len(reading.sentences), 6)


SIGNALS = (
    SignalKind("information", information, "says a good deal", "says little", "explain before showing"),
    SignalKind("example", example, "gives examples", "gives no example", "give an example"),
    SignalKind("sentences", sentences, "several sentences", "few sentences", "explain in sentences of their own"),
)
