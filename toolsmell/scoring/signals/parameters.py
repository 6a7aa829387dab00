"""Signals of how parameters are explained."""

from toolsmell.model import Frame
from toolsmell.reading.cues import Cue
from toolsmell.scoring.signals.frame_reading import FrameReading, SignalKind, saturating

TYPED = 0.5
"""The share of parameters with a type in the schema that counts as types stated."""
_SAYS_TYPE = frozenset(("type", "enum", "const", "anyOf", "oneOf"))
MANY = 10
WORDS = 8
"""Words that explain a parameter well."""


def explained(reading: FrameReading) -> int:
    """Return how many parameters are explained: in prose by the description, else by it or by the schema."""
    told = reading.everything.explained
    if reading.frame is Frame.PROSE:
        return len(told)
    return sum(1 for p in reading.tool.all_parameters if p.path in told or p.name in told) if told else 0


def any_explained(reading: FrameReading) -> float:
    return 1.0 if explained(reading) else 0.0


def share(reading: FrameReading) -> float:
    """Return the share of the parameters that is explained; in prose, which does not know them all, their number."""
    if reading.frame is Frame.PROSE:
        return saturating(explained(reading), MANY)
    return explained(reading) / max(1, len(reading.tool.all_parameters))


def depth(reading: FrameReading) -> float:
    """Return how many words explain a parameter, on average; eight are enough."""
    told = reading.everything.explained
    return min(1.0, sum(told.values()) / len(told) / WORDS) if told else 0.0


def spoken_of(reading: FrameReading) -> float:
    """Return 1 if the text mentions parameters as such, or the schema explains them."""
    said = reading.everything
    return 1.0 if said.has(Cue.PARAMETERS) or (said.explained and reading.frame is Frame.EFFECTIVE) else 0.0


def types(reading: FrameReading) -> float:
    """Return 1 if types or values are given in brackets, or by the schema."""
    if reading.description.has(Cue.BRACKETS):
        return 1.0
    if reading.frame is Frame.PROSE:
        return 0.0
    schemas = [p.schema for p in reading.tool.all_parameters]
    typed = sum(1 for schema in schemas if isinstance(schema, dict) and not _SAYS_TYPE.isdisjoint(schema))
    return 1.0 if typed >= TYPED * len(schemas) > 0 else 0.0


def defaults(reading: FrameReading) -> float:
    """Return 1 if the text says what may be omitted and what applies then; a `default` in the schema says it too."""
    if reading.frame is Frame.EFFECTIVE:
        schemas = (p.schema for p in reading.tool.parameters)
        if any(isinstance(schema, dict) and "default" in schema for schema in schemas):
            return 1.0
    return min(reading.everything.count(Cue.DEFAULT), 2) / 2


SIGNALS = (
    SignalKind("explained", any_explained, of_schema=True),
    SignalKind("share", share, of_schema=True),
    SignalKind("depth", depth, of_schema=True),
    SignalKind("spoken-of", spoken_of, of_schema=True),
    SignalKind("types", types, of_schema=True),
    SignalKind("defaults", defaults, of_schema=True),
)
