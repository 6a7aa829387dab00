"""Finds the siblings that a description should name: the tool that does nearly the same, and the one that lists ids."""

from typing import Final

from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.stems import stems_of
from toolsmell.reading.verbs import Deed, deed_named

LISTED: Final = 20
"""Tools that are compared for each word: a word that more tools have tells none of them apart."""
_FINDERS: Final = frozenset("list search find query lookup browse discover".split())


class Siblings:
    """The tools of one server by the words of their names. Built once; each question is answered in constant time."""

    def __init__(self, server: ServerContext) -> None:
        self._mark = server.beginning
        self._own = server.name_words
        self._by_stem: dict[str, list[ToolContext]] = {}
        self._finders: dict[str, ToolContext] = {}
        for tool in server.tools:
            stems = self._things(tool)
            for stem in stems:
                self._by_stem.setdefault(stem, []).append(tool)
                if not _FINDERS.isdisjoint(tool.name_words):
                    known = self._finders.get(stem)
                    if known is None or len(self._things(known)) > len(stems):
                        self._finders[stem] = tool

    def nearest(self, tool: ToolContext) -> str | None:
        """Return the name of the sibling that an agent most likely confuses with `tool`, or None if no name is near.

        Siblings share a thing in their names and do not differ in what they do with it: `find_user` and `get_user`.
        """
        shared: dict[str, float] = {}
        own = self._things(tool)
        for stem in own:
            others = self._by_stem[stem]
            for other in others[:LISTED] if len(others) <= LISTED else ():
                name = other.tool.name
                if other is not tool and name and name != tool.tool.name and self._alike(tool, other):
                    distance = len(own ^ self._things(other))
                    verb = 2 if tool.name_words[:1] == other.name_words[:1] else 1
                    shared[name] = shared.get(name, 0.0) + verb / (len(others) + distance)
        return max(shared, key=shared.__getitem__, default=None)

    def finder(self, tool: ToolContext, words: list[str]) -> str | None:
        """Return the name of a sibling that by its name lists or finds the thing that `words` name, or None."""
        for stem in stems_of(words):
            found = self._finders.get(stem)
            if found is not None and found is not tool and found.tool.name != tool.tool.name:
                return found.tool.name
        return None

    def _things(self, tool: ToolContext) -> frozenset[str]:
        """Return the stems of the name without verbs and without the server's mark."""
        words = [w for w in tool.name_words if w != self._mark and deed_named(w) is None and w not in _FINDERS]
        return frozenset(stems_of(words))

    def _alike(self, tool: ToolContext, other: ToolContext) -> bool:
        """Return True if both do the same kind of thing.

        If their verbs are unknown, their names must share two words, or all words of one.
        """
        ours, theirs = _deed(tool), _deed(other)
        if ours is not None or theirs is not None:
            return ours is theirs
        own, others = set(tool.name_words) - self._own, set(other.name_words) - self._own
        return len(own & others) > 1 or own <= others or others <= own


def _deed(tool: ToolContext) -> Deed | None:
    return next((deed for word in tool.name_words if (deed := deed_named(word))), None)
