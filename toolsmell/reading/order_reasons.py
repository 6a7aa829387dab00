"""Decides by its odds, its words and its subject whether a sentence is taken for an order."""

from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.observed import Observed
from toolsmell.reading.plain_statements import is_plain
from toolsmell.reading.readable import Readable
from toolsmell.reading.sentence_weights import Reason

DOUBTFUL: Final = -1.2
"""Log-odds of steering above which a sentence that speaks of nothing that the tool is about is taken for an order.

Neither a name nor a number, a path, an address or a statement speaks against it: attacks have them too.
"""
CERTAIN: Final = 2.5
"""Log-odds of a purpose above which a first sentence about what the name says is no order."""
PLAIN: Final = 1.5
"""Log-odds of a kind above which it is plain: a first sentence with a plain purpose is no order, unless more surely."""
SURE: Final = 3.0
"""Log-odds of steering above which no construction speaks against an order."""
STEERING: Final = tuple(StatementKind).index(StatementKind.STEERING)
PURPOSE: Final = tuple(StatementKind).index(StatementKind.PURPOSE)
SMALL: Final = frozenset("use call get set run tool".split())
"""Words of names that orders have too."""


def order_in(found: Observed, about: set[str]) -> Reason | None:
    """Return the reason if a sentence is an order, or may be one and speaks of nothing that the tool is about."""
    odds = found.log_odds[STEERING]
    if odds <= DOUBTFUL or (odds <= 0 and not about.isdisjoint(found.sentence.stems)):
        return None
    if odds < SURE and is_plain(found):
        return None
    return Reason.STEERING if odds > 0 else Reason.DOUBTFUL


def states_purpose(tool: Readable, found: Observed) -> bool:
    """Return True if a sentence speaks of what the name says, and states a purpose more surely than it gives orders."""
    own, stems = tool.name_stems - SMALL, found.sentence.stems
    purpose, order = found.log_odds[PURPOSE], found.log_odds[STEERING]
    if own.isdisjoint(stems):  # A name such as `champdex` has no word that a text would use.
        return order < 0 and purpose > PLAIN and not _commands(found)
    if own <= stems:
        return purpose > order
    return purpose > max(PLAIN, order) or (order < PLAIN and not _commands(found))


def _commands(found: Observed) -> bool:
    """Return True if a sentence has words that are typical of orders."""
    return any(feature.startswith("cue:st-") for feature in found.seen.features)
