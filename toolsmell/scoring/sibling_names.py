"""Reads the parts of a tool's name that tell it from its siblings: its thing, its act, and how many it reaches."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from toolsmell.reading.context import ServerContext, ToolContext, per_tool
from toolsmell.reading.stems import stems_of
from toolsmell.reading.verbs import Deed, deed_named

SEEKERS: Final = frozenset("search find query lookup".split())
PREPOSITIONS: Final = frozenset("by for from in of on to with as via".split())
FINDERS: Final = frozenset("list search find query lookup browse discover".split())
_POSSESSIVES: Final = frozenset(("my", "your", "our"))


class NameParts(NamedTuple):
    """The parts of a tool's name."""

    things: frozenset[str]
    """Stems without verbs and without the server's mark."""
    deed: Deed | None
    words: frozenset[str]
    """All words but those of the server's own name."""
    head: str | None
    """The stem of the last word for a thing, before a preposition: of `get_active_asset`, `asset`."""
    found: frozenset[str]
    """The things before a preposition: of `list_items_in_groups`, `item`."""
    reach: str | None
    """The reach of a reading verb: `one` thing, `many`, or the `found` ones; None for other verbs."""


def parts_of(tool: ToolContext, server: ServerContext) -> NameParts:
    deeds = [(word, deed_named(word)) for word in tool.name_words]
    mark = {server.beginning} | FINDERS | _POSSESSIVES
    things = {word for word, deed in deeds if deed is None and word not in mark}
    deed = next((deed for _, deed in deeds if deed), None)
    end = next((i for i, word in enumerate(tool.name_words) if i and word in PREPOSITIONS), None)
    heads = [word for word in tool.name_words[:end] if word in things]
    return NameParts(
        frozenset(stems_of(things)),
        deed,
        frozenset(tool.name_words) - server.name_words,
        next(iter(stems_of(heads[-1:])), None),
        frozenset(stems_of(heads)),
        _reach(tool.name_words, heads) if deed is Deed.READ else None,
    )


def _reach(words: Sequence[str], heads: Sequence[str]) -> str:
    if not SEEKERS.isdisjoint(words):
        return "found"
    # In `resources_get` the first word names the kind of thing, not how many are got.
    last = heads[-1] if heads and heads[-1] != words[0] else ""
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return "many" if plural or "list" in words else "one"


def alike(ours: NameParts, theirs: NameParts) -> bool:
    """Return True if both tools do the same kind of thing to the same thing.

    A tool that gets one thing is no more like one that lists or finds many than their names say.
    If their verbs are unknown, their names must share two words, or all words of one.
    """
    if ours.head != theirs.head or (ours.reach != theirs.reach and "one" in (ours.reach, theirs.reach)):
        return False
    if ours.deed is not None or theirs.deed is not None:
        return ours.deed is theirs.deed
    return len(ours.words & theirs.words) > 1 or ours.words <= theirs.words or theirs.words <= ours.words


@per_tool
def spoken_stems(tool: ToolContext) -> frozenset[str]:
    """Return the stems of the words in the name and in the text of a tool."""
    return frozenset(tool.name_stems | stems_of(tool.text.vocabulary))
