"""Finds types and schemas that are declared apart from the tool whose parameters they declare."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from toolsmell.sources.code.name_forms import declares_parameter
from toolsmell.sources.code.text_files import Page, TextSpan
from toolsmell.sources.code.word_index import WordIndex
from toolsmell.text import pattern

_DEFINITION = (
    r"(?m)^(?P<indent>[ \t]*)(?:(?:export|default|pub(?:\([^)\n]*\))?|public|private|internal|protected|static|final"
    r"|abstract|sealed|partial|readonly|async|data|open|declare|unsafe|inline|suspend|override)[ \t]+)*"
    r"(?:(?P<kind>struct|class|record(?:[ \t]+(?:struct|class))?|interface|type|enum|object|const|let|var|val"
    r"|func|fn|fun|def|function)[ \t]+(?:\([^)\n]*\)[ \t]*)?(?P<name>[A-Za-z_]\w*)"
    r"|(?<![ \t])(?P<assigned>[A-Za-z_]\w*)(?:[ \t]*:[^=\n]*)?[ \t]*=(?!=))"
)
_FUNCTIONS = frozenset(("func", "fn", "fun", "def", "function"))
_TYPES = frozenset(("struct", "class", "record", "interface", "type"))
_LONGEST = 20_000
"""Code points of a block."""
_SIGNATURE = 600
"""Code points at the start of a function that name the types of its parameters."""
_HOPS = 2
"""How many definitions may be between a tool and the one that declares its parameters."""
_MOST_NAMES = 2_000
_IDENTIFIER = r"[A-Za-z_]\w{3,}"


class Mentions(NamedTuple):
    """The code of a tool, which mentions types and schemas."""

    text: str
    at: int
    """Where the tool's name or description is in the text."""

    @property
    def names(self) -> set[str]:
        return set(pattern(_IDENTIFIER).findall(self.text))

    def distance(self, name: str) -> int:
        """Return how far the nearest mention of a name is from the tool's name."""
        places = (match.start() for match in re.finditer(rf"\b{re.escape(name)}\b", self.text))
        return min((abs(place - self.at) for place in places), default=len(self.text))


class CodeBlock(NamedTuple):
    """The code of one definition."""

    name: str
    page: Page
    start: int
    body: int
    """Where its name ends."""
    end: int
    kind: str
    """The keyword that begins it; empty for an assignment."""

    @property
    def is_function(self) -> bool:
        return self.kind in _FUNCTIONS

    @property
    def is_type(self) -> bool:
        """Whether it declares what it has, and gives no values."""
        return self.kind.partition(" ")[0] in _TYPES

    @property
    def head(self) -> str:
        """The text that may name the types that it takes."""
        return self.page.text[self.start : min(self.end, self.start + _SIGNATURE if self.is_function else self.end)]


class DeclaredBlocks:
    """The definitions of a repository, read file by file when they are asked for."""

    def __init__(self, index: WordIndex) -> None:
        self._index: Final = index
        self._by_page: Final[dict[Page, dict[str, list[CodeBlock]]]] = {}
        self._declarations: Final[dict[tuple[CodeBlock, str], TextSpan | None]] = {}

    def parameter(self, name: str, siblings: Sequence[str], code: Mentions, at: Page) -> TextSpan | None:
        """Return where a definition that the code of a tool refers to declares a parameter, if it is certain.

        It must declare most of the siblings too. Of several, types come before values, and then the one is taken that
        is mentioned nearest to the tool.
        """
        names = code.names
        for hop in range(_HOPS):
            if hop:
                names = self._further(names, at)
            blocks = [block for block in self._named(names, name, at) if not block.is_function]
            found = [
                (self._share(block, siblings), block, hit) for block in blocks if (hit := self._declared(block, name))
            ]
            most = max((share for share, _, _ in found), default=0)
            if 2 * most > len(siblings):
                best = [(block, hit) for share, block, hit in found if share == most]
                return _nearest_mentioned([one for one in best if one[0].is_type] or best, code)
        return None

    def _named(self, names: set[str], parameter: str, at: Page) -> Iterator[CodeBlock]:
        """Yield the definitions of names: those in the file of a tool hide those in files with the parameter."""
        own = self._blocks(at)
        for name in names & own.keys():
            yield from own[name]
        for page in self._index.with_name(parameter):
            blocks = self._blocks(page)
            for name in (names & blocks.keys()) - own.keys():
                yield from blocks[name]

    def _further(self, names: set[str], at: Page) -> set[str]:
        """Return the names in the definitions that are in the file of the tool: a handler names a type."""
        blocks = self._blocks(at)
        heads = (block.head for name in names & blocks.keys() for block in blocks[name])
        found: set[str] = set()
        for head in heads:
            found.update(pattern(_IDENTIFIER).findall(head))
            if len(found) > _MOST_NAMES:
                break
        return found - names

    def _share(self, block: CodeBlock, siblings: Sequence[str]) -> int:
        return sum(self._declared(block, name) is not None for name in siblings)

    def _declared(self, block: CodeBlock, name: str) -> TextSpan | None:
        if (block, name) not in self._declarations:
            found = next(declares_parameter(block.page, name, block.body, block.end), None)
            self._declarations[block, name] = found
        return self._declarations[block, name]

    def _blocks(self, page: Page) -> dict[str, list[CodeBlock]]:
        if page not in self._by_page:
            self._by_page[page] = _blocks_of(page)
        return self._by_page[page]


def _blocks_of(page: Page) -> dict[str, list[CodeBlock]]:
    """Return the definitions of a file by name. Each ends where the next one of its depth, or one outside, begins."""
    blocks: dict[str, list[CodeBlock]] = {}
    open_: list[tuple[int, re.Match[str]]] = []

    def close(depth: int, end: int) -> None:
        while open_ and open_[-1][0] >= depth:
            match = open_.pop()[1]
            name = match["name"] or match["assigned"]
            last = _closed(page.text, match, min(end, match.start() + _LONGEST))
            block = CodeBlock(name, page, match.start(), match.end(), last, match["kind"] or "")
            blocks.setdefault(name, []).append(block)

    for match in pattern(_DEFINITION).finditer(page.text):
        depth = len(match["indent"].expandtabs(4))
        close(depth, match.start())
        open_.append((depth, match))
    close(0, len(page.text))
    return blocks


def _closed(text: str, match: re.Match[str], end: int) -> int:
    """Return where a bracket on a line of its own closes a definition, or `end`."""
    bracket = re.compile(rf"(?m)^{match['indent']}[}}\])]").search(text, match.end(), end)
    return bracket.start() if bracket else end


def _nearest_mentioned(found: Sequence[tuple[CodeBlock, TextSpan]], code: Mentions) -> TextSpan | None:
    """Return the place in the only definition, or in the one whose name is nearest to the tool, or None."""
    if len(found) == 1:
        return found[0][1]
    ranked = sorted(((code.distance(block.name), hit) for block, hit in found), key=lambda one: one[0])
    return ranked[0][1] if ranked[0][0] < ranked[1][0] else None
