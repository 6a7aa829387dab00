"""Signals of what is said, by the cues of the sentences."""

from functools import reduce
from operator import or_

from toolsmell.reading.cues import Cue
from toolsmell.scoring.signals.frame_reading import FrameReading, SignalKind

_ASPECTS = (
    Cue.WHEN,
    Cue.WHEN_NOT,
    Cue.ORDER,
    Cue.LIMIT,
    Cue.FAILURE,
    Cue.CAVEAT,
    Cue.RETURNS,
    Cue.DEFAULT,
    Cue.EXAMPLE,
    Cue.MEANS,
)
_ANY_ASPECT = sum(1 << cue for cue in _ASPECTS)
_EXCEPTIONS = 1 << Cue.WHEN_NOT | 1 << Cue.NEGATION
_QUESTIONS = (
    1 << Cue.RECOMMENDATION,
    1 << Cue.WHEN_NOT,
    1 << Cue.RETURNS,
    1 << Cue.DEFAULT,
    1 << Cue.EXAMPLE,
    1 << Cue.LIMIT | 1 << Cue.FAILURE,
)
"""Questions of an agent: a bit for each cue that answers one."""
_ANSWERS = reduce(or_, _QUESTIONS)


def aspects(reading: FrameReading) -> float:
    """Return the share of the ten aspects that the description speaks about."""
    return (reading.description.one & _ANY_ASPECT).bit_count() / len(_ASPECTS)


def exception(reading: FrameReading) -> float:
    return float(bool(reading.description.one & _EXCEPTIONS))


def answers(reading: FrameReading) -> float:
    """Return how many of an agent's questions have an answer: use, exceptions, results, defaults, examples, limits."""
    said = reading.description.one
    return sum(1 for question in _QUESTIONS if said & question) / len(_QUESTIONS)


def about(name: str, cue: Cue, enough: int = 1) -> SignalKind:
    """Return the signal of the sentences of the description that speak about `cue`, `enough` of them being all."""
    if enough == 1:
        return SignalKind(name, lambda reading: 1.0 if reading.description.has(cue) else 0.0, cues=1 << cue)
    return SignalKind(name, lambda reading: min(reading.description.count(cue), enough) / enough, cues=1 << cue)


SIGNALS = (
    about("returns", Cue.RETURNS),
    about("scope", Cue.SCOPE),
    about("scope-2", Cue.SCOPE, 2),
    about("scope-3", Cue.SCOPE, 3),
    about("recommendation", Cue.RECOMMENDATION),
    about("contents", Cue.CONTENTS, 2),
    about("occasion", Cue.WHEN, 2),
    about("neighbours", Cue.NAMED, 3),
    about("order", Cue.ORDER, 2),
    about("limit", Cue.LIMIT),
    about("negation", Cue.NEGATION),
    about("failure", Cue.FAILURE),
    SignalKind("coverage", aspects, cues=_ANY_ASPECT),
    SignalKind("exception", exception, cues=_EXCEPTIONS),
    SignalKind("answers", answers, cues=_ANSWERS),
    SignalKind("example", lambda reading: float(reading.everything.has(Cue.EXAMPLE)), 1 << Cue.EXAMPLE, of_schema=True),
)
