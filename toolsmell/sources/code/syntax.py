"""The one place that speaks to tree-sitter: grammars, parsers and the queries in `queries/`.

Everything is loaded when it is first needed: a scan of JSON files imports none of it.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from toolsmell.deferred import resources_deferred

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node as Node  # noqa: PLC0414  re-exported
    from tree_sitter import Tree as Tree  # noqa: PLC0414
else:
    Node = Tree = object

MAX_OPEN_MATCHES = 1_024
"""Half-found matches that a query keeps: each level of nested calls is one, and each is looked at for every node.

Only matches with a capture count, so the outermost node of every pattern has one.
"""

_QUERIES = Path(__file__).parent / "queries"
_SET = re.compile(r'\(#set! (\w+) "(\w+) (\w+) (\w+)"\)')


MAX_DEPTH = 1_000
"""Levels of the tree that a query goes down; real code, also minified, has under a hundred. It hangs at 65,536."""

_CHUNK = 1 << 16
_SMALL = 1 << 13
"""Bytes of a file that is parsed in a second, whatever is in it."""
_PATIENCE = 2.0
"""Seconds; real code parses at megabytes a second."""
_PATIENCE_PER_BYTE = 10 / 2**20
_MAX_LOOSE = 2_000
_MAX_ERRORS = 20_000


class TangledError(Exception):
    """A file cannot be parsed in any reasonable time."""


class Language(StrEnum):
    PYTHON = "python"
    JAVASCRIPT = "javascript"
    TYPESCRIPT = "typescript"
    TSX = "tsx"
    GO = "go"

    @property
    def is_script(self) -> bool:
        return self in (Language.JAVASCRIPT, Language.TYPESCRIPT, Language.TSX)

    @property
    def queries(self) -> tuple[str, ...]:
        """The folders with this language's queries; a query may stand in several."""
        match self:
            case Language.JAVASCRIPT:
                return ("ecmascript", "javascript")
            case Language.TYPESCRIPT | Language.TSX:
                return ("ecmascript", "typescript")
        return (self.value,)


SUFFIXES: Mapping[str, Language] = {
    ".py": Language.PYTHON,
    ".js": Language.JAVASCRIPT,
    ".mjs": Language.JAVASCRIPT,
    ".cjs": Language.JAVASCRIPT,
    ".jsx": Language.JAVASCRIPT,
    ".ts": Language.TYPESCRIPT,
    ".mts": Language.TYPESCRIPT,
    ".cts": Language.TYPESCRIPT,
    ".tsx": Language.TSX,
    ".go": Language.GO,
}


@cache
def _grammar(language: Language) -> "tree_sitter.Language":
    import tree_sitter

    with resources_deferred():
        return tree_sitter.Language(_pointer(language))


def _pointer(language: Language) -> object:
    """Return the compiled grammar of a language, as `tree_sitter.Language` takes it."""
    match language:
        case Language.PYTHON:
            import tree_sitter_python

            return tree_sitter_python.language()
        case Language.JAVASCRIPT:
            import tree_sitter_javascript

            return tree_sitter_javascript.language()
        case Language.TYPESCRIPT:
            import tree_sitter_typescript

            return tree_sitter_typescript.language_typescript()
        case Language.TSX:
            import tree_sitter_typescript

            return tree_sitter_typescript.language_tsx()
        case Language.GO:
            import tree_sitter_go

            return tree_sitter_go.language()


def parse(data: bytes, language: Language) -> Tree:
    """Parse a file. A file with errors has a tree as well, with error nodes in it.

    Raises `TangledError` for a file that takes far longer than code of its size does: recovery from errors that were
    made for it is quadratic.
    """
    import tree_sitter

    if language is Language.PYTHON and len(data) > _SMALL:
        from toolsmell.sources.code.python.blanks import is_too_deep, without_long_runs

        if is_too_deep(data):
            raise TangledError
        data = without_long_runs(data)
    parser = tree_sitter.Parser(_grammar(language))
    tree = _timed(parser, data) if len(data) > _SMALL else parser.parse(data)
    if tree.root_node.has_error and language in (Language.TYPESCRIPT, Language.TSX):
        tree = _without_import_types(parser, data) or tree
    if tree.root_node.has_error and _is_tangled(tree):
        raise TangledError
    return tree


def _without_import_types(parser: "tree_sitter.Parser", data: bytes) -> "Tree | None":
    """Return the tree of a file whose only fault is that the grammar does not know `import("file").Type`."""
    from toolsmell.sources.code.javascript.blanks import without_import_types

    cleaned = without_import_types(data)
    tree = parser.parse(cleaned) if cleaned != data else None
    return tree if tree is not None and not tree.root_node.has_error else None


def _timed(parser: "tree_sitter.Parser", data: bytes) -> Tree:
    """Parse with an eye on the clock. Only a parser that asks for its text can be stopped.

    Queries over its tree take thirty times as long, because the tree asks for the text of nodes again and again. So
    the text is parsed again as a change of nothing: that takes all nodes over.
    """
    end = monotonic() + _PATIENCE + _PATIENCE_PER_BYTE * len(data)
    try:
        tree = parser.parse(lambda at, _: data[at : at + _CHUNK], progress_callback=lambda *_: monotonic() > end)
    except ValueError:
        raise TangledError from None
    return parser.parse(data) if tree.root_node.has_error else parser.parse(data, tree)


def _is_tangled(tree: Tree) -> bool:
    """Return True if an error has so many loose tokens that a query over it, which is quadratic in them, would hang."""
    stack = [tree.root_node]
    for _ in range(_MAX_ERRORS):
        if not stack:
            return False
        node = stack.pop()
        if node.child_count - node.named_child_count > _MAX_LOOSE:
            return True
        stack.extend(child for child in node.children if child.has_error)
    return True


Match: TypeAlias = dict[str, Node]
"""The nodes of a match by the names of their captures; of a capture with several nodes, the first."""


class Matches(NamedTuple):
    by_query: dict[str, list[Match]]
    """In the order of the code, by the name of the query file."""
    complete: bool
    """False if the code is nested so deeply that matches may be missing."""


class _Step(NamedTuple):
    """From the node of a pattern to another that is captured with it, as a query file says by `#set!`."""

    capture: str
    way: str
    """`in`: the parent; `its`: a child; `beside`: another child of the parent."""
    kind: str
    """The type of that node; `_` is any."""
    field: str
    """By which one is the child of the other; `_` is any."""

    def from_(self, node: Node) -> Node | None:
        parent = node.parent
        if self.way == "its":
            found = node.child_by_field_name(self.field)
        elif self.way == "beside":
            found = parent.child_by_field_name(self.field) if parent else None
        else:
            child = parent.child_by_field_name(self.field) if parent and self.field != "_" else node
            found = parent if child is not None and child.id == node.id else None
        return found if found is not None and self.kind in ("_", found.type) else None


class _Queries(NamedTuple):
    """Query files as one query: running two takes nearly twice as long."""

    query: "tree_sitter.Query"
    names: tuple[str, ...]
    """The file of each pattern."""
    steps: tuple[tuple[_Step, ...], ...]


@cache
def _queries(language: Language, apart: str | None) -> _Queries:
    """Return all queries of a language, or the one of that name that is run apart from them."""
    import tree_sitter

    folders = [_QUERIES / folder / ("apart" if apart else "") for folder in language.queries]
    files = sorted(file for folder in folders for file in folder.glob(f"{apart or '*'}.scm"))
    source, ends = "", []
    for file in files:
        source += file.read_text(encoding="utf-8")
        ends.append(len(source))
    # What `#set!` sets is freed twice by py-tree-sitter 0.26: the query itself never has it.
    query = tree_sitter.Query(_grammar(language), _SET.sub(lambda step: " " * len(step[0]), source))
    starts = [query.start_byte_for_pattern(index) for index in range(query.pattern_count)]
    names = tuple(files[bisect_right(ends, start)].stem for start in starts)
    texts = (source[start:end] for start, end in pairwise([*starts, len(source)]))
    return _Queries(query, names, tuple(tuple(map(_step, _SET.finditer(text))) for text in texts))


def _step(found: "re.Match[str]") -> _Step:
    """Read `#set! capture "in TYPE FIELD"`, `"its FIELD TYPE"` or `"beside FIELD TYPE"`."""
    capture, way, first, second = found.groups()
    return _Step(capture, way, *((first, second) if way == "in" else (second, first)))


def search(language: Language, node: Node, apart: str | None = None) -> Matches:
    """Run all queries of a language over a node at once, or only the one in its folder `apart` that is named.

    Patterns are a single node if possible: each level below it makes a query slower to load, and a commit hook
    waits for that. What belongs to the node is captured from here (`_Step`).
    """
    import tree_sitter

    queries = _queries(language, apart)
    cursor = tree_sitter.QueryCursor(queries.query, match_limit=MAX_OPEN_MATCHES)
    cursor.set_max_start_depth(MAX_DEPTH)
    found: dict[str, list[Match]] = {name: [] for name in queries.names}
    for pattern, captures in cursor.matches(node):
        match = {name: nodes[0] for name, nodes in captures.items()}
        if steps := queries.steps[pattern]:
            anchor = next(iter(match.values()))
            stepped = {step.capture: step.from_(anchor) for step in steps}
            if None in stepped.values():
                continue
            match |= stepped  # type: ignore[arg-type]  # none of them is None
        found[queries.names[pattern]].append(match)
    return Matches(found, complete=not cursor.did_exceed_match_limit)


def call_of(callee: Node) -> Node | None:
    """Return the call, or the `new`, in which a node is what is called; None if it is anything else."""
    call = callee.parent
    called = (call.child_by_field_name("function") or call.child_by_field_name("constructor")) if call else None
    return call if called and called.id == callee.id else None


def first_error(tree: Tree) -> Node | None:
    """Return the first node that does not parse."""
    node = tree.root_node
    if not node.has_error:
        return None
    while True:
        below = next((child for child in node.children if child.has_error or child.is_missing), None)
        if node.is_error or node.is_missing or below is None:
            return node
        node = below
