"""Places the parts of a live tool, each next to the others.

If several places could be meant, the one next to the tool's other parts is taken, and none if that does not decide: a
finding at the wrong tool costs more than one without a place.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from toolsmell.model import Json, Location, Pointer, Tool
from toolsmell.model.pointer import lookup, unescape
from toolsmell.sources.code.anywhere import Anywhere, beginning
from toolsmell.sources.code.declared_blocks import Mentions
from toolsmell.sources.code.name_forms import declares_parameter
from toolsmell.sources.code.text_files import PROSE, TextSpan
from toolsmell.text import pattern

_NEAR = 40
"""Lines within which the parts of a tool are expected."""
_REACH = 200
"""Lines after the start of a tool in which its parameters are expected, if no other tool begins there."""
_ABOVE = 3
"""Lines before the name of a tool that may say its schema."""
_BESIDE = 12
"""Lines in which the name of a parameter is before its description."""
_AFTER = 3
"""Lines in which the name of a parameter is after its description."""
_MOST_HITS = 20
"""Places of one parameter in a file that are compared."""
_PARAMETER = r".*/properties/[^/]+"
"""The innermost parameter that a pointer is about."""


class Anchor(NamedTuple):
    """The place of a tool: its name and its description."""

    name: TextSpan | None
    description: TextSpan | None

    @property
    def first(self) -> TextSpan | None:
        """The earlier of its places in the file of the name."""
        if self.name is None or self.description is None or self.name.page is not self.description.page:
            return self.best
        return min(self.name, self.description, key=lambda hit: hit.start)

    @property
    def best(self) -> TextSpan | None:
        """The place to point at for the tool as a whole."""
        return self.name or self.description


class Anchors:
    """The places of the tools of one server, each found next to the others."""

    def __init__(self, files: Anywhere, tools: Iterable[Tool], heads: Mapping[int, Location]) -> None:
        """Look for tools. `heads` are the places of names that the code's reader found."""
        self._files: Final = files
        self._heads: Final = {index: hit for index, location in heads.items() if (hit := files.at(location))}
        self._tools: Final = {tool.index: tool for tool in tools}
        self._owned: Final[dict[tuple[str, int], TextSpan | None]] = {}

    @cached_property
    def _options(self) -> Mapping[int, list[TextSpan]]:
        """The places of each description."""
        return {index: self._files.texts(tool.description or "") for index, tool in self._tools.items()}

    @cached_property
    def _votes(self) -> Counter[str]:
        """The number of descriptions in each file, counting those that are in one place only."""
        return Counter(hits[0].page.label for hits in self._options.values() if len(hits) == 1)

    @cached_property
    def _anchors(self) -> Mapping[int, Anchor]:
        return {index: self._anchor(tool) for index, tool in self._tools.items()}

    @cached_property
    def _starts(self) -> Mapping[str, list[tuple[int, int]]]:
        """By file: where tools begin, in order, each with the tool's index."""
        starts: dict[str, list[tuple[int, int]]] = {}
        for index, anchor in self._anchors.items():
            if first := anchor.first:
                starts.setdefault(first.page.label, []).append((first.start, index))
        return {label: sorted(found) for label, found in starts.items()}

    def _anchor(self, tool: Tool) -> Anchor:
        described, kinds = self._options[tool.index], self._names(tool)
        named = [hit for kind in kinds for hit in kind]
        in_code = [hit for hit in described if hit.page.rank < PROSE]
        if len(in_code) == 1:
            return Anchor(_nearest(named, in_code[0]), in_code[0])
        if pair := _nearest_pair(in_code, named):
            return pair
        if in_code:
            return Anchor(None, self._elected(in_code))
        text = tool.description or ""
        begun = self._files.begun(text)
        if pair := _nearest_pair(begun, named) or _nearest_pair(self._files.first_sentence(text), named):
            return pair
        name = next((hit for kind in kinds if (hit := self._elected(kind))), None)
        return Anchor(name, self._elected(described or (begun if self._is_own_beginning(tool) else [])))

    def _names(self, tool: Tool) -> list[list[TextSpan]]:
        if head := self._heads.get(tool.index):
            return [[head]]
        return self._files.names(tool.name) if tool.name else []

    def _is_own_beginning(self, tool: Tool) -> bool:
        """Return True if no other tool's description begins as this one does."""
        return self._beginnings[beginning(tool.description or "")] == 1

    @cached_property
    def _beginnings(self) -> Counter[str]:
        return Counter(beginning(tool.description or "") for tool in self._tools.values())

    def _elected(self, hits: list[TextSpan]) -> TextSpan | None:
        """Return the only place, or the only one in the files that have most tools of this server."""
        if len(hits) > 1 and self._votes:
            most = max(self._votes[hit.page.label] for hit in hits)
            hits = [hit for hit in hits if most and self._votes[hit.page.label] == most]
        return hits[0] if len(hits) == 1 else None

    def place(self, tool: Tool, pointer: Pointer) -> tuple[TextSpan, bool] | None:
        """Return the place of a part of a tool, and whether that is the part itself, or None if it is not certain."""
        anchor = self._anchors.get(tool.index)
        if anchor is None or anchor.best is None:
            return self._by_text(tool, pointer)
        if pointer in ("", "/name"):
            return anchor.best, anchor.name is not None
        if pointer == "/description":
            return (anchor.description, True) if anchor.description else (anchor.best, False)
        value = lookup(tool.raw, pointer)
        if isinstance(value, str) and (hit := self._said(value, anchor, tool)):
            return hit, True
        head = pattern(_PARAMETER).match(pointer)
        found = self._parameter(head[0], tool, anchor) if head else None
        return (found, head is not None and head[0] == pointer) if found else (anchor.best, False)

    def _by_text(self, tool: Tool, pointer: Pointer) -> tuple[TextSpan, bool] | None:
        """Return the only place of a parameter's text, for a tool that has no place of its own."""
        head = pattern(_PARAMETER).match(pointer)
        schema = lookup(tool.raw, head[0]) if head else None
        text = schema.get("description") if isinstance(schema, dict) else None
        hits = self._files.texts(text) if isinstance(text, str) else []
        if head is None or len(hits) != 1 or hits[0].page.rank >= PROSE:
            return None
        if isinstance(lookup(tool.raw, pointer), str) and pointer.endswith("/description"):
            return hits[0], True
        return _beside(unescape(head[0].rpartition("/")[2]), hits[0]) or hits[0], head[0] == pointer

    def _parameter(self, head: Pointer, tool: Tool, anchor: Anchor) -> TextSpan | None:
        """Return the name of the parameter at a pointer, or its description if the name is not there.

        The name next to its description is taken, then the one of a type or schema that the tool refers to, then one
        in the tool's own code.
        """
        above, _, last = head.rpartition("/")
        name, siblings = unescape(last), lookup(tool.raw, above)
        schema = lookup(tool.raw, head)
        text = schema.get("description") if isinstance(schema, dict) else None
        said = self._said(text, anchor, tool) if isinstance(text, str) else None
        if said:
            return _beside(name, said) or said
        own = self._own(name, tool, anchor)
        if own and self._is_complete(own, siblings, tool, anchor):
            return own
        return self._elsewhere(name, siblings, tool, anchor) or own or self._in_own_file(name, siblings, tool)

    def _in_own_file(self, name: str, siblings: Json, tool: Tool) -> TextSpan | None:
        """Return where the only file that is called like a tool declares a parameter, with most of its siblings."""
        pages_ = self._files.called(tool.name or "")
        if len(pages_) != 1 or not isinstance(siblings, dict):
            return None
        found = {one: list(declares_parameter(pages_[0], one, 0, len(pages_[0].text)))[:_MOST_HITS] for one in siblings}
        ranked = [(_siblings_near(hit, found), hit) for hit in found[name]]
        most = max((count for count, _ in ranked), default=0)
        return next(hit for count, hit in ranked if count == most) if 2 * most > len(siblings) else None

    def _elsewhere(self, name: str, siblings: Json, tool: Tool, anchor: Anchor) -> TextSpan | None:
        first = anchor.first
        if first is None or not isinstance(siblings, dict):
            return None
        start = self._begin(first, tool)
        code = Mentions(first.page.text[start : self._end(first, tool)], first.start - start)
        return self._files.blocks.parameter(name, tuple(siblings), code, first.page)

    def _is_complete(self, own: TextSpan, siblings: Json, tool: Tool, anchor: Anchor) -> bool:
        """Return True if the code right after the tool's name declares its parameters one by one."""
        first = anchor.first
        if first is None or not isinstance(siblings, dict) or own.line - first.line > _NEAR:
            return False
        return all(self._own(name, tool, anchor) for name in siblings)

    def _said(self, text: str, anchor: Anchor, tool: Tool) -> TextSpan | None:
        hits = self._files.texts(text) or self._files.begun(text)
        if len(hits) == 1:
            return hits[0]
        inside = [hit for hit in hits or self._files.first_sentence(text) if self._is_inside(hit, anchor, tool)]
        return inside[0] if len(inside) == 1 else None

    def _own(self, name: str, tool: Tool, anchor: Anchor) -> TextSpan | None:
        """Return the first place of a parameter's name after the start of its tool and before that of the next."""
        if (name, tool.index) not in self._owned:
            self._owned[name, tool.index] = self._first(name, tool, anchor)
        return self._owned[name, tool.index]

    def _first(self, name: str, tool: Tool, anchor: Anchor) -> TextSpan | None:
        first = anchor.first
        if first is None:
            return None
        hits = declares_parameter(first.page, name, first.start, self._end(first, tool))
        return next((hit for hit in hits if not _is_within(hit, anchor.description)), None)

    def _begin(self, first: TextSpan, tool: Tool) -> int:
        """Return where the code of a tool may begin: a schema may be before its name, but not in the tool before."""
        above = first.page.start_of(max(1, first.line - _ABOVE))
        starts = self._starts.get(first.page.label, [])
        before = max((start for start, index in starts if start < first.start and index != tool.index), default=0)
        return max(above, before)

    def _end(self, first: TextSpan, tool: Tool) -> int:
        page = first.page
        starts = self._starts.get(page.label, [])
        after = next((start for start, index in starts if start > first.start and index != tool.index), len(page.text))
        return min(after, page.start_of(first.line + _REACH))

    def _is_inside(self, hit: TextSpan, anchor: Anchor, tool: Tool) -> bool:
        first = anchor.first
        return first is not None and hit.page is first.page and first.start <= hit.start < self._end(first, tool)


def _nearest_pair(described: Iterable[TextSpan], named: Sequence[TextSpan]) -> Anchor | None:
    """Return the description that is nearest to a name, with that name, or None if two are equally near."""
    pairs = [(abs(near.start - one.start), one, near) for one in described if (near := _nearest(named, one))]
    pairs.sort(key=lambda pair: pair[0])
    if not pairs or (len(pairs) > 1 and pairs[0][0] == pairs[1][0]):
        return None
    return Anchor(pairs[0][2], pairs[0][1])


def _nearest(hits: Iterable[TextSpan], to: TextSpan) -> TextSpan | None:
    """Return the nearest of some places in the same file, within a few lines, or None."""
    near = [hit for hit in hits if hit.page is to.page and abs(hit.line - to.line) <= _NEAR]
    return min(near, key=lambda hit: abs(hit.start - to.start), default=None)


def _siblings_near(hit: TextSpan, found: Mapping[str, Sequence[TextSpan]]) -> int:
    """Return how many parameters are declared near a place: a schema declares all of them together."""
    return sum(any(abs(one.line - hit.line) <= _NEAR for one in hits) for hits in found.values())


def _beside(name: str, text: TextSpan) -> TextSpan | None:
    """Return the declaration of a parameter next to its description: the last one before, or one soon after."""
    page, line = text.page, text.line
    start, end = page.start_of(max(1, line - _BESIDE)), page.start_of(page.line(text.end) + _AFTER)
    before = list(declares_parameter(page, name, start, text.start))
    return max(before, key=lambda hit: hit.start, default=None) or next(
        declares_parameter(page, name, text.end, end), None
    )


def _is_within(hit: TextSpan, other: TextSpan | None) -> bool:
    return other is not None and hit.page is other.page and other.start <= hit.start < other.end
