"""Finds a sibling whose text says the same of the same thing, although its name does not."""

from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.stems import stems_of
from toolsmell.scoring.named_act import Act, act_of, is_plural
from toolsmell.scoring.named_object import object_of
from toolsmell.scoring.siblings import LISTED, differ, differ_in_schema

_FEWEST: Final = 3
"""Stems of a first sentence that says enough to be compared."""


class _Opening(NamedTuple):
    """What the first sentence of a tool says."""

    tool: ToolContext
    act: Act | None
    stems: AbstractSet[str]
    many: bool
    """Whether its object is several things."""


def same_in_words(tool: ToolContext) -> str | None:
    """Return a sibling that by its first sentence does the same to the same thing, or None.

    The sentence of `tool` adds nothing to that of the sibling, or only that one gives one thing and the other many.
    """
    others = _by_object(tool.server).get(_head(tool) or "", [])
    own = next((one for one in others if one.tool is tool), None)
    if own is None or len(others) > LISTED:
        return None
    near = (other for other in others if other.tool is not tool and _alike(own, other))
    return next((other.tool.tool.name for other in near), None)


def _alike(ours: _Opening, theirs: _Opening) -> bool:
    added = len(ours.stems - theirs.stems)
    if ours.act is not theirs.act or added > (1 if ours.many is not theirs.many else 0):
        return False
    names = (ours.tool.name_words, theirs.tool.name_words)
    if ours.many is not theirs.many and {"list", "get"} <= {*names[0]} ^ {*names[1]}:
        return False
    if differ(*names) or differ_in_schema(ours.tool, theirs.tool):
        return False
    return _required(ours.tool) == _required(theirs.tool)  # One that needs the id of one thing gives that one.


def _required(tool: ToolContext) -> frozenset[str]:
    return frozenset(parameter.name.lower() for parameter in tool.parameters if parameter.required)


@per_server
def _by_object(server: ServerContext) -> dict[str, list[_Opening]]:
    """Return the tools by the last word of their objects."""
    found: dict[str, list[_Opening]] = {}
    for tool in server.tools:
        head, sentences = _head(tool), tool.sentences
        if head and tool.tool.name and sentences and len(sentences[0].stems) >= _FEWEST:
            many = is_plural((object_of(tool) or "").lower())
            found.setdefault(head, []).append(_Opening(tool, act_of(tool), sentences[0].stems, many))
    return found


def _head(tool: ToolContext) -> str | None:
    words = (object_of(tool) or "").lower().split()
    return next(iter(stems_of(words[-1:])), None)
