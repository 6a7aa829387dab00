"""What each parameter means, and what it does."""

from toolsmell.model import Frame
from toolsmell.reading.cues import Cue
from toolsmell.scoring.signals.base import Reading, SignalKind, saturating
from toolsmell.scoring.signals.common import INFORMATION_IN_ALL, SENTENCES_IN_ALL

TYPED = 0.5
"""The share of parameters with a type in the schema that counts as types stated."""
_SAYS_TYPE = frozenset(("type", "enum", "const", "anyOf", "oneOf"))
MANY = 10
WORDS = 8
"""So many words explain a parameter well."""


def explained(reading: Reading) -> int:
    """Return how many parameters are explained: in prose by the description, else by it or by the schema."""
    told = reading.everything.explained
    if reading.frame is Frame.PROSE:
        return len(told)
    return sum(1 for p in reading.tool.all_parameters if p.path in told or p.name in told) if told else 0


def any_explained(reading: Reading) -> float:
    return 1.0 if explained(reading) else 0.0


def share(reading: Reading) -> float:
    """Return the share of the parameters that is explained; in prose, which does not know them all, their number."""
    if reading.frame is Frame.PROSE:
        return saturating(explained(reading), MANY)
    return explained(reading) / max(1, len(reading.tool.all_parameters))


def _share(reading: Reading) -> str:
    number = explained(reading)
    if reading.frame is Frame.PROSE:
        return f"{number or 'no'} {'parameter' if number == 1 else 'parameters'} explained in the description"
    return f"{number} of {len(reading.tool.all_parameters)} parameters explained"


def depth(reading: Reading) -> float:
    """Return how many words explain a parameter, on average; eight are enough."""
    told = reading.everything.explained
    return min(1.0, sum(told.values()) / len(told) / WORDS) if told else 0.0


def spoken_of(reading: Reading) -> float:
    """Return whether parameters are spoken of by that name, or explained by the schema."""
    said = reading.everything
    return 1.0 if said.has(Cue.PARAMETERS) or (said.explained and reading.frame is Frame.EFFECTIVE) else 0.0


def types(reading: Reading) -> float:
    """Return whether types or values are given in brackets, or by the schema."""
    if reading.description.has(Cue.BRACKETS):
        return 1.0
    if reading.frame is Frame.PROSE:
        return 0.0
    schemas = [p.schema for p in reading.tool.all_parameters]
    typed = sum(1 for schema in schemas if isinstance(schema, dict) and not _SAYS_TYPE.isdisjoint(schema))
    return 1.0 if typed >= TYPED * len(schemas) > 0 else 0.0


def defaults(reading: Reading) -> float:
    """Return whether it is said what may be left out, and what holds then; a schema says it by `default`."""
    if reading.frame is Frame.EFFECTIVE:
        schemas = (p.schema for p in reading.tool.parameters)
        if any(isinstance(schema, dict) and "default" in schema for schema in schemas):
            return 1.0
    return min(reading.everything.count(Cue.DEFAULT), 2) / 2


SIGNALS = (
    INFORMATION_IN_ALL,
    SENTENCES_IN_ALL,
    SignalKind(
        "explained",
        any_explained,
        "explains parameters one by one",
        "explains no parameter by its name",
        "explain each parameter by its name",
        of_schema=True,
    ),
    SignalKind(
        "share",
        share,
        "explains its parameters",
        "does not explain its parameters",
        "explain the parameters that are not",
        detail=_share,
        of_schema=True,
    ),
    SignalKind(
        "depth",
        depth,
        "explains them at some length",
        "explains them in a word or two",
        "say what each parameter changes, and in what form it is expected",
        enough=0.6,
        step=0.25,
        of_schema=True,
    ),
    SignalKind(
        "spoken-of",
        spoken_of,
        "speaks of its parameters",
        "does not speak of its parameters",
        "say in the description how the parameters work together",
        of_schema=True,
    ),
    SignalKind(
        "types",
        types,
        "states types or values",
        "states no types or values",
        "state the type, the unit or the allowed values",
        of_schema=True,
    ),
    SignalKind(
        "defaults",
        defaults,
        "says what may be left out",
        "does not say what may be left out",
        "say which are optional, and what holds then",
        of_schema=True,
    ),
)
