"""The values of a reading: sentences, statement kinds, explained parameters."""

from enum import StrEnum
from typing import Final, NamedTuple


class StatementKind(StrEnum):
    """The kinds of information that a sentence can give about a tool."""

    __hash__ = str.__hash__

    PURPOSE = "purpose"
    """It says what the tool does, beyond repeating its name."""
    WHEN = "when"
    """The task, situation or question to use it for."""
    WHEN_NOT = "when_not"
    """When not to use it, or what to use instead."""
    LIMIT = "limit"
    """Where its scope ends or what binds it: a maximum, a range, what is supported, what it does not do or return."""
    FAILURE = "failure"
    """What happens on an error, on a missing thing, or if there is nothing to give."""
    PREREQUISITE = "prerequisite"
    """What must be done, known or true before, or the order of calls."""
    EFFECT = "effect"
    """What changes in the world, or that nothing does."""
    RESULT = "result"
    """What comes back: fields, form, order, units."""
    DEFAULT = "default"
    """What holds if a parameter is left out."""
    EXAMPLE = "example"
    """A value, a query or a call as an example."""
    STEERING = "steering"
    """An order that favours the tool, controls the agent beyond its right use, or hides something from the user."""


class ReadSentence(NamedTuple):
    """One sentence, list item or table row of a description: `text == description[start:end]`, in code points."""

    text: str
    start: int
    end: int
    says: tuple[StatementKind, ...]
    """Its statement kinds, in the order of `StatementKind`."""
    parameters: tuple[str, ...]
    """The names of the tool's parameters that it explains."""
    counts: bool
    """Whether it moves scores in the effective frame."""
    reason: str | None
    """Why it does not count, in words that complete "it ...", or None if it counts."""
    weight: float = 1.0
    """What it counts: 1.0, or less if siblings have it too or if it would fit any tool; 0.0 if it does not count."""
    slight: str | None = None
    """Why it counts only a part, in words that complete "it ...", or None."""
    amounts: tuple[float, ...] = ()
    """How much it says of each of its kinds: a half to 1.0 by how certain it is, and 1.0 more for each further fact."""
    implied: tuple[str, ...] = ()
    """Those of `parameters` that it speaks of in plain words, which may mean something else."""


class ToolReading(NamedTuple):
    """A description as it was read."""

    sentences: tuple[ReadSentence, ...] = ()
    missing: tuple[StatementKind, ...] = ()
    """Kinds that the tool owes its reader and that certainly no sentence has. A kind that may be said is not listed,
    so a kind can be neither said nor missing."""

    def says(self, kind: StatementKind) -> bool:
        """Return True if a sentence has this kind."""
        return any(kind in sentence.says for sentence in self.sentences)

    @property
    def explained(self) -> frozenset[str]:
        """The names of the parameters that the description explains."""
        return frozenset(name for sentence in self.sentences for name in sentence.parameters)


UNREAD: Final = ToolReading()
"""The reading of a tool without a description."""
