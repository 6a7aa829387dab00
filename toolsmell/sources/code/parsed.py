"""A parsed file of source code: its tree, the matches of its queries, and the text and place of each node."""

from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from toolsmell.sources.code.source import Source
from toolsmell.sources.code.syntax import Language, Match, Matches, Node, first_error, parse, search
from toolsmell.sources.code.values import Literal, LiteralKind, Value, unknown


class Binding(NamedTuple):
    """The meaning of a name in a scope."""

    value: Node | None = None
    """An expression, a function or a class; None if only a run can tell (a parameter, a loop variable)."""
    origin: str | None = None
    """The module of an import, as it is written."""
    member: str | None = None
    """The name in that module, or the key in `value` (`const { key } = value`), or None for the whole."""
    final: bool = False
    """Later bindings of the same name do not change it: compilers write enumerations like this."""
    at: Node | None = None
    """The node of the name in its binding."""
    all: "tuple[Binding, ...]" = ()
    """The bindings of a name that is bound several times; it has no single value then."""

    @property
    def others(self) -> tuple[Node, ...]:
        """The values that a name is bound to, if there are several."""
        return tuple(one.value for one in self.all if one.value is not None and one.member is None)


class NameScope(NamedTuple):
    start: int
    end: int
    kind: str
    """The type of its node."""
    parent: int
    """Its position in the list of scopes; the scope of the file is 0."""
    names: dict[str, Binding]


class Parsed:
    """A file of source code with its tree. Nodes of one file must only be given to its own object."""

    def __init__(self, source: Source, language: Language, path: Path) -> None:
        self.source: Final = source
        self.language: Final = language
        self.path: Final = path
        self.tree: Final = parse(source.data, language)
        self.too_deep = False
        """Whether the code is nested so deeply that a query may have missed something."""

    @property
    def root(self) -> Node:
        return self.tree.root_node

    @cached_property
    def _idioms(self) -> Matches:
        return self._search()

    @cached_property
    def bound(self) -> list[Match]:
        """The matches that scopes and names are made of; files without tools never need them."""
        return self.matches_apart("scopes")

    def _search(self, apart: str | None = None) -> Matches:
        result = search(self.language, self.root, apart)
        self.too_deep = self.too_deep or not result.complete
        return result

    def matches(self, query: str) -> list[Match]:
        """Return the matches of a query file of this language."""
        return self._idioms.by_query.get(query, [])

    def matches_apart(self, query: str) -> list[Match]:
        """Return the matches of a query that runs only on demand."""
        return self._search(query).by_query[query]

    def text(self, node: Node) -> str:
        return self.source.slice(node.start_byte, node.end_byte)

    def literal(self, node: Node, kind: LiteralKind = LiteralKind.EXPRESSION) -> Literal:
        return self.source.literal(node.start_byte, node.end_byte, kind)

    def computed(self, node: Node) -> Value:
        """Return an unknown value for an expression that only a run can tell."""
        return unknown(f"computed at run time: {self.words(node)}", self.literal(node))

    def words(self, node: Node) -> str:
        """Return the beginning of a piece of code, for messages."""
        end = min(node.end_byte, node.start_byte + 200)
        words = " ".join(self.source.data[node.start_byte : end].decode("utf-8", "replace").split())
        return f"{words[:60]}…" if len(words) > 60 else words

    @property
    def error(self) -> str | None:
        """Return why tools of the file may be missing, or None. Call it after the queries have run."""
        node = first_error(self.tree)
        if node is None:
            return f"{self.source.label}: is nested too deeply to be searched whole" if self.too_deep else None
        line = self.source.line(node.start_byte)
        return f"{self.source.label}:{line}: does not parse; tools near that line may be missing"
