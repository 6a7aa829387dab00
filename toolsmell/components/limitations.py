"""What the tool does not do, needs or refuses."""

from toolsmell.components.base import SignalKind, saturating
from toolsmell.components.cues import Cue
from toolsmell.components.purpose import information
from toolsmell.components.reading import Reading


def limit(reading: Reading) -> float:
    return saturating(reading.count(Cue.LIMIT), 2)


def negation(reading: Reading) -> float:
    return saturating(reading.count(Cue.NEGATION), 2)


def failure(reading: Reading) -> float:
    return saturating(reading.count(Cue.FAILURE), 1)


def effect(reading: Reading) -> float:
    return saturating(reading.count(Cue.EFFECT), 2)


SIGNALS = (
    SignalKind("information", information, "says a good deal", "says little", "say more about its limits"),
    SignalKind("limit", limit, "names limits", "names no limit", "name what it is limited to"),
    SignalKind(
        "negation", negation, "says what it does not do", "does not say what it does not do", "say what it does not do"
    ),
    SignalKind("failure", failure, "says how it fails", "does not say how it fails", "say what happens when it fails"),
    SignalKind("effect", effect, "names effects", "names no side effect", "say what it changes"),
)
