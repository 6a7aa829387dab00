"""Finds the orders to the agent in an original text: they are no facts, so a rewrite need not keep them."""

from collections.abc import Sequence
from re import IGNORECASE

from toolsmell.evidence.facts import Facts, facts_of
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.reading.praise_and_orders import ORDERS_IN_ORIGINALS
from toolsmell.text import pattern


def kept_facts(tool: ToolContext, described: Sequence[str]) -> Facts:
    """Return the facts of a tool's description and of its parameters' descriptions that a rewrite must keep.

    A sentence that only steers gives no facts but the siblings that it names. A sentence that says something else
    too gives its numbers and names, but it need not survive as a whole.
    """
    raw = tool.text.raw
    steering = [s for s in tool.reading.sentences if s.says == (StatementKind.STEERING,)]
    if not steering and not any(_is_order(text) for text in (raw, *described)):
        return facts_of((raw, *described))
    left = raw
    for sentence in reversed(steering):
        left = f"{left[: sentence.start]} {left[sentence.end :]}"
    found = facts_of((left, *described))
    statements = tuple(s for s in found.statements if not _is_order(s.text))
    return found._replace(statements=statements, lower="\n\n".join((raw, *described)).lower())


def _is_order(text: str) -> bool:
    return any(pattern(order, IGNORECASE).search(text) for order in ORDERS_IN_ORIGINALS)
