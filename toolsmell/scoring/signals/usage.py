"""When to use the tool, and when not."""

from toolsmell.reading.cues import Cue
from toolsmell.scoring.signals.base import Reading, SignalKind
from toolsmell.scoring.signals.common import COVERAGE, INFORMATION, RECOMMENDATION, SUBSTANCE, about

_EXCEPTIONS = 1 << Cue.WHEN_NOT | 1 << Cue.NEGATION


def exception(reading: Reading) -> float:
    return float(bool(reading.description.one & _EXCEPTIONS))


SIGNALS = (
    INFORMATION,
    SUBSTANCE,
    about(
        Cue.WHEN,
        2,
        name="occasion",
        present="says when to use it",
        absent="does not say when to use it",
        cure="say when an agent should use it",
    ),
    RECOMMENDATION,
    SignalKind(
        "exception",
        exception,
        "says when not to use it, or what it does not do",
        "does not say when not to use it",
        "say when not to use it, and what to use instead",
        cues=_EXCEPTIONS,
    ),
    about(
        Cue.NAMED,
        3,
        name="neighbours",
        present="names other tools or fields",
        absent="names no other tool",
        cure="name the tools that come before, after or in its place",
    ),
    about(
        Cue.ORDER,
        2,
        name="order",
        present="says what comes before or after",
        absent="does not say what comes before or after",
        cure="say what has to be done before or after",
    ),
    COVERAGE,
)
