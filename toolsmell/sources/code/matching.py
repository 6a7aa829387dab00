"""Matches tools of a live or dumped manifest with tools of the source code."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from toolsmell.model import Json, Manifest, Place, Pointer, Tool
from toolsmell.model.pointer import lookup
from toolsmell.sources.code.locator import SourceLocator
from toolsmell.sources.code.texts import says
from toolsmell.sources.code.values import Literal, Mark

_SEPARATORS: Final = "_-./:"
"""Characters that servers put between a prefix and a name."""


class SourceTool(NamedTuple):
    """A tool of the source."""

    number: int
    """Number of its manifest."""
    manifest: Manifest
    position: int
    tool: Tool
    locator: SourceLocator

    def mark(self, pointer: Pointer) -> Mark | None:
        return self.locator.mark(Place(self.position, pointer))

    @property
    def head(self) -> Literal:
        return self.locator.head(self.position)


class Matching:
    """The tools of the source code, by name."""

    def __init__(self, found: Iterable[SourceTool]) -> None:
        self._by_name: Final[dict[str, list[SourceTool]]] = {}
        for one in found:
            self._by_name.setdefault(one.tool.name or "", []).append(one)

    def matched(self, tools: Sequence[Tool]) -> Mapping[int, SourceTool]:
        """Return the tool of the source for each tool, by its index, if there is exactly one candidate."""
        chosen = {tool.index: self._best(tool) for tool in tools}
        # Tools of one server stand together: that decides between two of the same name.
        votes = Counter(options[0].number for options in chosen.values() if len(options) == 1)
        raw = {tool.index: tool.raw for tool in tools}
        elected = {index: one for index, options in chosen.items() if (one := _elected(options, votes))}
        return {index: one for index, one in elected.items() if not _is_of_another(one, raw[index], votes)}

    def _best(self, tool: Tool) -> list[SourceTool]:
        """Return the tools of the source that have the name, and the description if any of them has."""
        named = self._by_name.get(tool.name or "", []) or self._nearly(tool.name or "")
        described = [one for one in named if says_at(one, "/description", tool.raw)]
        if described or not named or named[0].tool.name == tool.name:
            return described or named
        unread = [one for one in named if not one.tool.known("description")]
        return unread if len(unread) == len(named) else []

    def _nearly(self, name: str) -> list[SourceTool]:
        """Return the tools whose known part of a name is in this one, or that it names with a prefix before it."""
        parts = [one for one in self._known_in_part if (one.tool.name or name) in name]
        endings = (name[at + 1 :] for at, char in enumerate(name) if char in _SEPARATORS)
        return parts or next((found for ending in endings if (found := self._by_name.get(ending))), [])

    @cached_property
    def _known_in_part(self) -> list[SourceTool]:
        return [one for found in self._by_name.values() for one in found if "name" in one.tool.unknown]


def _elected(options: list[SourceTool], votes: Counter[int]) -> SourceTool | None:
    if len(options) > 1 and votes:
        most = max(votes[one.number] for one in options)
        options = [one for one in options if votes[one.number] == most]
    return options[0] if len(options) == 1 else None


def _is_of_another(one: SourceTool, raw: Json, votes: Counter[int]) -> bool:
    """Return True if a tool has the same name by chance: it says something else, and is in another server."""
    most = max(votes.values(), default=0)
    if votes[one.number] == most or not one.tool.known("description"):
        return False
    return isinstance(lookup(raw, "/description"), str) and not says_at(one, "/description", raw)


def says_at(candidate: SourceTool, pointer: Pointer, raw: Json) -> bool:
    """Return True if the source has at `pointer` the text that the manifest has there."""
    text = lookup(raw, pointer)
    mark = candidate.mark(pointer)
    if not isinstance(text, str) or mark is None:
        return False
    written = lookup(candidate.tool.raw, pointer)
    return says((written,) if isinstance(written, str) else mark.pieces or (None,), text)
