"""What the tool does not do, needs or refuses."""

from functools import reduce
from operator import or_

from toolsmell.reading.cues import Cue
from toolsmell.scoring.signals.base import Reading, SignalKind
from toolsmell.scoring.signals.common import INFORMATION, SUBSTANCE, about, scope

_QUESTIONS = (
    1 << Cue.RECOMMENDATION,
    1 << Cue.WHEN_NOT,
    1 << Cue.RETURNS,
    1 << Cue.DEFAULT,
    1 << Cue.EXAMPLE,
    1 << Cue.LIMIT | 1 << Cue.FAILURE,
)
"""What an agent asks of a tool: a bit for each cue that is an answer."""
_ANSWERS = reduce(or_, _QUESTIONS)


def answers(reading: Reading) -> float:
    """Return how many of an agent's questions have an answer: use, exceptions, results, defaults, examples, limits."""
    said = reading.description.one
    return sum(1 for question in _QUESTIONS if said & question) / len(_QUESTIONS)


SIGNALS = (
    INFORMATION,
    SUBSTANCE,
    about(
        Cue.LIMIT,
        1,
        name="limit",
        present="names limits",
        absent="names no limit",
        cure="name its limits: how many, how large, within what",
    ),
    about(
        Cue.NEGATION,
        1,
        name="negation",
        present="says what it does not do",
        absent="does not say what it does not do",
        cure="say what it does not do or return",
    ),
    scope(3),
    about(
        Cue.FAILURE,
        1,
        name="failure",
        present="says how it fails",
        absent="does not say how it fails",
        cure="say what happens when it fails, and on what",
    ),
    SignalKind(
        "answers",
        answers,
        "leaves few of an agent's questions open",
        "leaves most of an agent's questions open",
        "answer what an agent will ask: when, when not, what comes back, what if left out, what limits",
        enough=0.5,
        step=1 / len(_QUESTIONS),
        cues=_ANSWERS,
    ),
)
