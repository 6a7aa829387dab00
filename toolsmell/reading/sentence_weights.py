"""How much a sentence counts, and the reasons why it does not count, or not in full."""

from enum import StrEnum
from typing import Final, NamedTuple

from toolsmell.model.reading import StatementKind


class Reason(StrEnum):
    """Why a sentence does not count. The words complete "it ..."."""

    STEERING = "steers the agent, or may"
    DOUBTFUL = "may be an order, and speaks of nothing that the tool is about"
    HEADING = "only announces what follows"
    NAME = "adds at most general words to the name"
    SCHEMA = "repeats the schema"
    REPEATED = "repeats what was said before"
    SHARED = "is in other tools of the server too"
    ALIKE = "is almost the same in other tools of the server"
    BARE = "adds little to the name"
    """It counts a quarter of a statement."""
    SLIGHT = "adds almost only general words"
    """It counts a little, like one that siblings have too."""
    UNNAMED = "speaks of parameters in words that may mean something else"
    """The same."""
    GENERAL = "adds mostly general words"
    """It counts a half."""
    WORDS = "has only words that were there before"
    """The same."""
    FUNCTION = "tells of a function that is no tool of the server"
    FILLER = "has no statement that was recognised"
    UNCLEAR = "has a name or a number, but no statement that was recognised"
    """It counts a little."""


ORDERS: Final = frozenset((Reason.STEERING, Reason.DOUBTFUL))
"""Reasons of sentences that are orders: the others are read as if they were not there."""
SLIGHT_KINDS: Final = frozenset(StatementKind) - {StatementKind.PURPOSE, StatementKind.STEERING}
"""Kinds that hold for each tool if several share them. A shared purpose tells no tool from another."""
SLIGHT: Final = 0.02
"""Weight of a statement that fits any tool: true, but it tells no tool from another."""
SHARED: Final = 0.004
"""Weight of a statement that siblings have too, or that repeats earlier words."""
COMMON: Final = 0.3
"""Weight of a short limit, failure, effect or prerequisite of the whole server: it binds this tool too."""
GENERAL: Final = 0.5
"""Weight of a statement about the subject of the tool in general words ("fails if the file does not exist")."""
LONG: Final = 0.1
"""The same for a long one: what says much about every tool is mostly boilerplate."""


class SentenceWeight(NamedTuple):
    """The weight of one sentence, with the reason if it does not count, or not in full."""

    weight: float
    reason: Reason | None = None


FULL: Final = SentenceWeight(1.0)
LITTLE: Final = SentenceWeight(SLIGHT, Reason.SLIGHT)
UNNAMED: Final = SentenceWeight(SLIGHT, Reason.UNNAMED)
UNCLEAR: Final = SentenceWeight(SLIGHT, Reason.UNCLEAR)
STALE: Final = SentenceWeight(SHARED, Reason.WORDS)
LEAST: Final = SentenceWeight(SHARED, Reason.SHARED)
PARTLY: Final = SentenceWeight(COMMON, Reason.SHARED)
HALF: Final = SentenceWeight(GENERAL, Reason.GENERAL)
HARDLY: Final = SentenceWeight(LONG, Reason.SHARED)
