"""Places the parts of a live tool in any text file of its repository, whatever the language.

A text is found by its words in a row, so that quotes, joins, escapes and comment marks do not matter. A name is found
where it is quoted or defined. If several places could be meant, the one next to the tool's other parts is taken, and
none if that does not decide: a finding at the wrong tool costs more than one without a place.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from toolsmell.model import Pointer, Tool
from toolsmell.model.pointer import lookup, unescape
from toolsmell.sources.code.text_files import Page, TextSpan, pages, words_of
from toolsmell.text import identifier_words

_NEAR = 40
"""Lines within which the parts of a tool are expected."""
_REACH = 200
"""Lines after the start of a tool in which its parameters are expected, if no other tool begins there."""
_FEW = 3
"""Words that a text needs to be looked for in all files."""
_PARAMETER = re.compile(r".*/properties/[^/]+")
"""The innermost parameter that a pointer is about."""
_BEGINNING = 12
"""Words by which a text is known if its middle or end is computed."""


class Anchor(NamedTuple):
    """The place of a tool: its name and its description."""

    name: TextSpan | None
    description: TextSpan | None

    @property
    def first(self) -> TextSpan | None:
        """The earlier of its places in the file of the description."""
        known = [hit for hit in (self.name, self.description) if hit is not None]
        return min(known, key=lambda hit: hit.start) if known else None

    @property
    def best(self) -> TextSpan | None:
        return self.name or self.description


class Anywhere:
    """The text files of a repository, read when a text is first looked for."""

    def __init__(self, root: Path, label: str) -> None:
        self._root: Final = root
        self._label: Final = label

    @cached_property
    def _pages(self) -> list[Page]:
        return pages(self._root, self._label)

    def anchors(self, tools: Iterable[Tool]) -> "Anchors":
        """Return the places of the tools of one server."""
        return Anchors(self, tuple(tools))

    def texts(self, text: str) -> list[TextSpan]:
        """Return the places that say a text, of the lowest rank that has any."""
        words = words_of(text)
        if words.count(" ") + 1 < _FEW:
            return []
        return self._lowest(words) or self._computed(words.split())

    def _computed(self, words: Sequence[str]) -> list[TextSpan]:
        """Return the places of a text whose middle or end is computed, by its first words or its last ones."""
        if len(words) <= _BEGINNING:
            return []
        return self._lowest(" ".join(words[:_BEGINNING])) or self._lowest(" ".join(words[-_BEGINNING:]))

    def _lowest(self, words: str) -> list[TextSpan]:
        found = [hit for page in self._pages for hit in page.find(words)]
        rank = min((hit.page.rank for hit in found), default=0)
        return [hit for hit in found if hit.page.rank == rank]

    def names(self, name: str) -> list[TextSpan]:
        """Return the places of a name, of the surest kind that occurs: quoted, as a word, in another spelling."""
        for expression in _of_tool(name):
            found = [hit for page in self._pages if page.rank < 2 for hit in page.matches(expression)]
            if found:
                rank = min(hit.page.rank for hit in found)
                return [hit for hit in found if hit.page.rank == rank]
        return []


_DEFINES = (
    r"(?:def|func|fn|fun|function|class|async|public|static|name\s*[:=])\s+(?:\([^)\n]*\)\s*)?"
    r"(?:[\w<>,.?\[\] ]{1,60}\s)?"
)
"""What stands before a name that is defined: a keyword, perhaps a receiver or the type of the result."""


_VALUE = (
    r"(?m:(?:^|[(\[{,=:>])[ \t]*(?:\n[ \t]*)?"
    r"|^[ \t]*(?!(?:case|when|if|elif|elsif|unless|return|in)\b)\w+[ \t]+)"
)
"""What stands before a quoted name that is a value or a key, and not a word in a sentence."""


def _of_tool(name: str) -> Sequence[re.Pattern[str]]:
    """Return expressions for the name of a tool: in quotes, in a definition, in another convention's spelling."""
    plain = re.escape(name)
    words = [re.escape(word) for word in identifier_words(name)]
    forms = [rf"{_VALUE}[\"'`](?P<name>{plain})[\"'`](?!`)", rf"(?<![\w-]){_DEFINES}(?P<name>{plain})(?![\w-])"]
    if len(words) > 1:
        forms.append(rf"(?i)(?<!\w){_DEFINES}(?P<name>{'[_-]?'.join(words)}(?:Async)?)(?=\s*[(<])")
    return [re.compile(form) for form in forms]


def _of_parameter(name: str) -> Sequence[re.Pattern[str]]:
    """Return expressions for the name of a parameter: in quotes, in a declaration, in another spelling."""
    plain = re.escape(name)
    words = [re.escape(word) for word in identifier_words(name)]
    declared = r"(?=\s*[:=?]|\s+[*\[\]\w.]+[ ,`\n)])"
    forms = [rf"[\"'`](?P<name>{plain})[\"'`]", rf"(?<![\w-])(?P<name>{plain}){declared}"]
    if len(words) > 1:
        forms.append(rf"(?i)(?<![A-Za-z0-9])(?P<name>{'[_-]?'.join(words)}){declared}")
    return [re.compile(form) for form in forms]


class Anchors:
    """The places of the tools of one server, each found next to the others."""

    def __init__(self, files: Anywhere, tools: tuple[Tool, ...]) -> None:
        self._files: Final = files
        self._tools: Final = {tool.index: tool for tool in tools}

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
        described, named = self._options[tool.index], self._files.names(tool.name or "") if tool.name else []
        if len(described) == 1:
            return Anchor(_nearest(named, described[0]), described[0])
        pairs = [(abs(near.start - one.start), one, near) for one in described if (near := _nearest(named, one))]
        if pairs:
            pairs.sort(key=lambda pair: pair[0])
            if len(pairs) == 1 or pairs[0][0] < pairs[1][0]:
                return Anchor(pairs[0][2], pairs[0][1])
        if described:
            return Anchor(None, self._elected(described))
        return Anchor(self._elected(named), None)

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
            return None
        if pointer in ("", "/name"):
            return anchor.best, anchor.name is not None
        if pointer == "/description":
            return (anchor.description, True) if anchor.description else (anchor.best, False)
        value = lookup(tool.raw, pointer)
        if isinstance(value, str) and (hit := self._said(value, anchor, tool)):
            return hit, True
        head = _PARAMETER.match(pointer)
        found = self._parameter(head[0], tool, anchor) if head else None
        return (found, head is not None and head[0] == pointer) if found else (anchor.best, False)

    def _parameter(self, head: Pointer, tool: Tool, anchor: Anchor) -> TextSpan | None:
        """Return the name of the parameter at a pointer, or its description if the name is not there."""
        name = unescape(head.rpartition("/")[2])
        schema = lookup(tool.raw, head)
        text = schema.get("description") if isinstance(schema, dict) else None
        said = self._said(text, anchor, tool) if isinstance(text, str) else None
        return self._named(name, tool, anchor) or said

    def _said(self, text: str, anchor: Anchor, tool: Tool) -> TextSpan | None:
        hits = self._files.texts(text)
        if len(hits) == 1:
            return hits[0]
        inside = [hit for hit in hits if self._is_inside(hit, anchor, tool)]
        return inside[0] if len(inside) == 1 else None

    def _named(self, name: str, tool: Tool, anchor: Anchor) -> TextSpan | None:
        """Return the first place of a parameter's name after the start of its tool and before that of the next."""
        first = anchor.first
        if first is None:
            return None
        end = self._end(first, tool)
        for expression in _of_parameter(name):
            for hit in first.page.matches(expression, first.start, end):
                if not _is_within(hit, anchor.description):
                    return hit
        return None

    def _end(self, first: TextSpan, tool: Tool) -> int:
        page = first.page
        starts = self._starts.get(page.label, [])
        after = next((start for start, index in starts if start > first.start and index != tool.index), len(page.text))
        return min(after, page.start_of(first.line + _REACH))

    def _is_inside(self, hit: TextSpan, anchor: Anchor, tool: Tool) -> bool:
        first = anchor.first
        return first is not None and hit.page is first.page and first.start <= hit.start < self._end(first, tool)


def _nearest(hits: Iterable[TextSpan], to: TextSpan) -> TextSpan | None:
    """Return the nearest of some places in the same file, within a few lines, or None."""
    near = [hit for hit in hits if hit.page is to.page and abs(hit.line - to.line) <= _NEAR]
    return min(near, key=lambda hit: abs(hit.start - to.start), default=None)


def _is_within(hit: TextSpan, other: TextSpan | None) -> bool:
    return other is not None and hit.page is other.page and other.start <= hit.start < other.end
