"""What a signal is: one observation about a tool, between nothing and fully there."""

from collections.abc import Callable
from math import log1p
from typing import NamedTuple

from toolsmell.model import Frame
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.reading.cues import Cue
from toolsmell.reading.extent import Extent
from toolsmell.reading.relevance import relevant


class Reading(NamedTuple):
    """What counts of one tool in one frame."""

    tool: ToolContext
    frame: Frame
    description: Extent
    everything: Extent
    """The description and, in the effective frame, what the schema says."""


class Readings(NamedTuple):
    """One tool in both frames."""

    prose: Reading
    effective: Reading

    def of(self, frame: Frame) -> Reading:
        return self.prose if frame is Frame.PROSE else self.effective


def in_prose(tool: ToolContext) -> Reading:
    """Read the description of `tool` alone; orders to the agent are left out, so that steering never pays."""
    sentences = tool.sentences
    orders = [StatementKind.STEERING in read.says for read in tool.reading.sentences]
    if any(orders):
        sentences = tuple(s for s, order in zip(sentences, orders, strict=True) if not order)
    prose = Extent(sentences, tool.name_stems)
    return Reading(tool, Frame.PROSE, prose, prose)


def readings(tool: ToolContext) -> Readings:
    """Read `tool` in both frames by the signals of prose; what is the same in both is read once."""
    prose = in_prose(tool)
    kept = relevant(tool)
    told = prose.description if kept is tool.sentences else Extent(kept, tool.name_stems)
    everything = told.with_schema(tool.schema_text) if tool.schema_text.stems else told
    return Readings(prose, Reading(tool, Frame.EFFECTIVE, told, everything))


Measure = Callable[[Reading], float]
"""From 0, nothing of it, to 1, all that counts."""


class SignalKind(NamedTuple):
    """A named observation. The rubric decides what it is worth."""

    id: str
    measure: Measure
    present: str
    """What a reason says where it was found."""
    absent: str
    """What a reason says where it was not."""
    cure: str
    """What a maintainer can do about it."""
    enough: float = 0.01
    """The measure from which on it counts as found."""
    step: float = 1.0
    """About how much one more sentence of that kind adds to the measure."""
    detail: Callable[[Reading], str] | None = None
    """What a reason says in place of `present` and `absent`, where there is more to say."""
    cues: int = 0
    """The cues of which it needs one, a bit for each; without any it is 0, and not measured."""
    of_schema: bool = False
    """Whether it looks at the schema too, in the effective frame."""

    def tell(self, reading: Reading, measure: float) -> str:
        """Return the observation in words."""
        if self.detail is not None:
            return self.detail(reading)
        return self.present if measure >= self.enough else self.absent


def saturating(amount: float, enough: float) -> float:
    """Return the share of `enough` that `amount` reaches on a logarithmic scale, 1 at most."""
    return log1p(min(enough, amount)) / log1p(enough)


def sentences_about(cue: Cue, enough: int) -> Measure:
    """Return a measure: the share of `enough` sentences of the description that speak about `cue`."""
    if enough == 1:
        return lambda reading: 1.0 if reading.description.has(cue) else 0.0
    return lambda reading: min(reading.description.count(cue), enough) / enough
