"""The one place that speaks to tree-sitter: grammars, parsers and the queries in `queries/`.

Everything is loaded when it is first needed: a scan of JSON files imports none of it.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node, Tree
else:
    Node = Tree = object

_QUERIES = Path(__file__).parent / "queries"


class Language(StrEnum):
    PYTHON = "python"
    JAVASCRIPT = "javascript"
    TYPESCRIPT = "typescript"
    TSX = "tsx"
    GO = "go"

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

    match language:
        case Language.PYTHON:
            import tree_sitter_python

            pointer = tree_sitter_python.language()
        case Language.JAVASCRIPT:
            import tree_sitter_javascript

            pointer = tree_sitter_javascript.language()
        case Language.TYPESCRIPT:
            import tree_sitter_typescript

            pointer = tree_sitter_typescript.language_typescript()
        case Language.TSX:
            import tree_sitter_typescript

            pointer = tree_sitter_typescript.language_tsx()
        case Language.GO:
            import tree_sitter_go

            pointer = tree_sitter_go.language()
    return tree_sitter.Language(pointer)


def parse(data: bytes, language: Language) -> Tree:
    """Parse a file. A file with errors has a tree as well, with error nodes in it."""
    import tree_sitter

    return tree_sitter.Parser(_grammar(language)).parse(data)


@cache
def _query(language: Language, name: str) -> "tree_sitter.Query":
    import tree_sitter

    files = [_QUERIES / folder / f"{name}.scm" for folder in language.queries]
    source = "".join(file.read_text(encoding="utf-8") for file in files if file.exists())
    return tree_sitter.Query(_grammar(language), source)


def matches(language: Language, name: str, node: Node) -> Iterator[tuple[int, dict[str, Node]]]:
    """Yield the matches of a query file, in order: the number of the pattern, and its nodes by capture."""
    import tree_sitter

    for index, captures in tree_sitter.QueryCursor(_query(language, name)).matches(node):
        yield index, {capture: nodes[0] for capture, nodes in captures.items()}


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
