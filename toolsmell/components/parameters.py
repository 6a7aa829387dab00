"""What each parameter means, and what it does."""

from toolsmell.components.base import SignalKind, saturating
from toolsmell.components.cues import Cue
from toolsmell.components.purpose import information
from toolsmell.components.reading import Reading


def share(reading: Reading) -> float:
    named = len(reading.explained)
    return min(1.0, named / max(1, len(reading.tool.parameters)))


def defaults(reading: Reading) -> float:
    return saturating(reading.count(Cue.DEFAULT), 2)


SIGNALS = (
    SignalKind("information", information, "says a good deal", "says little", "say more about its parameters"),
    SignalKind("share", share, "parameters explained", "no parameter explained", "explain each parameter"),
    SignalKind(
        "defaults", defaults, "names defaults", "names no default", "say which are optional, with their defaults"
    ),
)
