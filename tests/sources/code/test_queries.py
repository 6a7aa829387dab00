"""The query files: each compiles, and none can be made to hang."""

from pathlib import Path

import pytest

from toolsmell.sources.code import syntax
from toolsmell.sources.code.syntax import Language

QUERIES = Path(syntax.__file__).parent / "queries"
FILES = sorted(QUERIES.rglob("*.scm"))


def patterns(text: str) -> list[str]:
    """Return the patterns of a query file, each with the captures behind it."""
    found, depth, start = [], 0, 0
    code = "\n".join("" if line.startswith(";") else line for line in text.splitlines())
    for at, char in enumerate(code):
        if char == "(":
            start = at if depth == 0 and not code[start:at].strip().startswith("(") else start
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                after = code[at + 1 :].partition("\n")[0]
                found.append(code[start : at + 1] + after)
                start = at + 1 + len(after)
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(QUERIES)))
def test_compiles(file: Path) -> None:
    apart = file.parent.name == "apart"
    folder = file.parent.parent.name if apart else file.parent.name
    languages = [language for language in Language if folder in language.queries]
    assert languages
    for language in languages:
        found = syntax.search(language, syntax.parse(b"", language).root_node, file.stem if apart else None)
        assert found.by_query[file.stem] == []


@pytest.mark.parametrize("language", Language)
def test_steps_name_what_the_grammar_has(language: Language) -> None:
    """A node type or a field that is misspelt in `#set!` would match nothing, without a word."""
    grammar = syntax._grammar(language)
    steps = [step for apart in (None, "scopes") for steps in syntax._queries(language, apart).steps for step in steps]
    assert steps
    for step in steps:
        assert step.kind == "_" or grammar.id_for_node_kind(step.kind, True), step
        assert step.field == "_" or grammar.field_id_for_name(step.field), step
        assert step.way in ("in", "its", "beside"), step


CALLS = (
    "call ",
    "call_expression",
    "new_expression",
    "decorated_definition",
    "object",
    "dictionary",
    "composite_literal",
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(QUERIES)))
def test_half_found_matches_of_what_nests_are_counted(file: Path) -> None:
    """Only a match with a capture counts against the limit, and what nests without one is quadratic."""
    for pattern in patterns(file.read_text(encoding="utf-8")):
        inner = pattern.lstrip("(")
        if inner.startswith(CALLS):
            whole = pattern.split("(#")[0].rstrip().rstrip(")") if pattern.startswith("((") else pattern
            assert whole.rsplit(")", 1)[-1].strip().startswith("@"), pattern


@pytest.mark.parametrize(
    ("language", "code"),
    [
        (Language.JAVASCRIPT, "a" + ".b(1)" * 40_000),
        (Language.TYPESCRIPT, "x=" + "{a:" * 40_000 + "1" + "}" * 40_000),
        (Language.PYTHON, "f(" * 40_000 + ")" * 40_000),
        (Language.PYTHON, "a" + ".tool(x)" * 40_000),
        (Language.GO, "package a\nvar x = a" + ".NewTool(1)" * 40_000),
    ],
)
def test_deep_nesting_ends(language: Language, code: str) -> None:
    tree = syntax.parse(code.encode(), language)
    syntax.search(language, tree.root_node)


@pytest.mark.parametrize(
    "code", ["`${" * 60_000, "x = " + "\\N{" * 9_000, "<" * 100_000], ids=["template", "escape", "less"]
)
@pytest.mark.parametrize("language", [Language.PYTHON, Language.JAVASCRIPT])
def test_a_file_of_nothing_but_errors_is_refused_or_read(language: Language, code: str) -> None:
    try:
        tree = syntax.parse(code.encode(), language)
    except syntax.TangledError:
        return
    assert syntax.search(language, tree.root_node).by_query["servers"] == []


@pytest.mark.parametrize("end", ["", "\nclass {\n"], ids=["whole", "with an error"])
def test_a_large_file_has_the_tree_of_a_small_one(end: str) -> None:
    import tree_sitter
    import tree_sitter_javascript

    code = ("function f(a) { return `${a}` + [1, 2]; }\n" * 1_000 + end).encode()
    plain = tree_sitter.Parser(tree_sitter.Language(tree_sitter_javascript.language())).parse(code)
    assert _nodes(syntax.parse(code, Language.JAVASCRIPT)) == _nodes(plain)


def _nodes(tree: syntax.Tree) -> list[tuple[str, int, int, bool]]:
    found, stack = [], [tree.root_node]
    while stack:
        node = stack.pop()
        found.append((node.type, node.start_byte, node.end_byte, node.has_error))
        stack.extend(node.children)
    return found
