"""Values of the prose frame: a signal is one observation about a tool, from 0 to 1."""

from collections.abc import Callable
from math import log1p
from typing import NamedTuple

from toolsmell.model import Frame
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.reading.extent import Extent
from toolsmell.reading.relevance import relevant


class FrameReading(NamedTuple):
    """The sentences of one tool that count in one frame."""

    tool: ToolContext
    frame: Frame
    description: Extent
    everything: Extent
    """The description and, in the effective frame, what the schema says."""


class Readings(NamedTuple):
    """One tool in both frames."""

    prose: FrameReading
    effective: FrameReading


def in_prose(tool: ToolContext) -> FrameReading:
    """Read the description of `tool` alone; orders to the agent are left out, so that steering never pays."""
    sentences = tool.sentences
    orders = [StatementKind.STEERING in read.says for read in tool.reading.sentences]
    if any(orders):
        sentences = tuple(s for s, order in zip(sentences, orders, strict=True) if not order)
    prose = Extent(sentences, tool.name_stems)
    return FrameReading(tool, Frame.PROSE, prose, prose)


def readings(tool: ToolContext) -> Readings:
    """Read `tool` in both frames for the signals of prose; parts that are equal in both are read once."""
    prose = in_prose(tool)
    kept = relevant(tool)
    told = prose.description if kept is tool.sentences else Extent(kept, tool.name_stems)
    everything = told.with_schema(tool.schema_text) if tool.schema_text.stems else told
    return Readings(prose, FrameReading(tool, Frame.EFFECTIVE, told, everything))


Measure = Callable[[FrameReading], float]
"""From 0 for nothing to 1 for everything that counts."""


class SignalKind(NamedTuple):
    """A named observation. The rubric decides its weight."""

    id: str
    measure: Measure
    cues: int = 0
    """It is 0, and not measured, unless one of these cues occurs; a bit for each."""
    of_schema: bool = False
    """Whether it looks at the schema too, in the effective frame."""


def saturating(amount: float, enough: float) -> float:
    """Return the share of `enough` that `amount` reaches on a logarithmic scale, 1 at most."""
    return log1p(min(enough, amount)) / log1p(enough)
