"""Trees of C#, Java, Kotlin and Rust: the grammars, and what the readers of all four need of a tree."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, NamedTuple

from toolsmell.deferred import resources_deferred

if TYPE_CHECKING:
    from tree_sitter import Node as Node  # noqa: PLC0414  re-exported
else:
    Node = object

GRAMMARS: Final[Mapping[str, tuple[str, str]]] = {
    ".cs": ("C#", "tree_sitter_c_sharp"),
    ".java": ("Java", "tree_sitter_java"),
    ".kt": ("Kotlin", "tree_sitter_kotlin"),
    ".rs": ("Rust", "tree_sitter_rust"),
}
"""Ending of a file -> the language and the package of its grammar."""

MARKS: Final[Mapping[str, tuple[bytes, ...]]] = {
    ".cs": (b"McpServerTool", b"McpTool", b"MCPTool"),
    ".java": (b"McpTool", b"@Tool", b"io.modelcontextprotocol", b"ToolBuilder"),
    ".kt": (b"McpTool", b"@Tool", b"addTool(", b"io.modelcontextprotocol"),
    ".rs": (b"#[tool", b"mcp_tool(", b"Tool::new("),
}
"""Ending of a file -> words. A file with tools contains at least one of them."""

PACKAGES: Final[Mapping[str, tuple[bytes, ...]]] = {
    ".cs": (b"ModelContextProtocol",),
    ".java": (b"io.modelcontextprotocol", b"springaicommunity.mcp", b"quarkiverse.mcp"),
    ".kt": (b"io.modelcontextprotocol", b"springaicommunity.mcp", b"intellij.mcpserver", b"mcpserverplugin"),
    ".rs": (b"rmcp::", b"rust_mcp_sdk", b"mcp_sdk::"),
}
"""Ending of a file -> words by which code uses a package for MCP servers."""

_MAX_DEPTH = 400


class PlacedText(NamedTuple):
    """A text of the source, with its place."""

    value: str | None
    """None if the code computes it."""
    start: int
    end: int
    """Bytes of the file."""
    code: str
    """The beginning of the code, for messages."""


def is_available(ending: str) -> bool:
    """Return True if the grammar of a file with this ending is installed."""
    return find_spec(GRAMMARS[ending][1]) is not None


def parse(data: bytes, ending: str) -> Node:
    """Return the root of the tree of a file."""
    import tree_sitter

    with resources_deferred():
        grammar = import_module(GRAMMARS[ending][1])
    return tree_sitter.Parser(tree_sitter.Language(grammar.language())).parse(data).root_node


def below(node: Node, *kinds: str) -> Iterator[Node]:
    """Yield the nodes of these kinds below a node, in the order of the file."""
    stack = [(node, 0)]
    while stack:
        here, depth = stack.pop()
        if here.type in kinds:
            yield here
        if depth < _MAX_DEPTH:
            stack.extend((child, depth + 1) for child in reversed(here.named_children))


def words(node: Node) -> str:
    """Return the text of a node; empty if it cannot be decoded."""
    return (node.text or b"").decode("utf-8", "replace")


def named(node: Node, field: str) -> str:
    """Return the text of a field of a node; empty if there is none."""
    found = node.child_by_field_name(field)
    return words(found) if found is not None else ""


def text_of(node: Node, constants: Mapping[str, str]) -> PlacedText:
    """Return the text that an expression is: a literal, a sum of texts, a constant of the file."""
    return PlacedText(_value(node, constants, 0), node.start_byte, node.end_byte, " ".join(words(node)[:60].split()))


def _value(node: Node, constants: Mapping[str, str], depth: int) -> str | None:
    if depth > _MAX_DEPTH:
        return None
    if node.type in ("binary_expression", "additive_expression"):
        parts = [_value(child, constants, depth + 1) for child in node.named_children]
        return None if None in parts or "+" not in words(node) else "".join(filter(None, parts))
    if node.type == "parenthesized_expression" and node.named_child_count == 1:
        return _value(node.named_children[0], constants, depth + 1)
    if node.type in ("identifier", "member_access_expression", "field_access", "navigation_expression"):
        return constants.get(words(node).rpartition(".")[2])
    if node.type == "call_expression":
        return _trimmed(node, constants, depth)
    return literal(node)


def _trimmed(node: Node, constants: Mapping[str, str], depth: int) -> str | None:
    """Return Kotlin's `text.trimIndent()` and `text.trimMargin()`."""
    import textwrap

    code = words(node)
    inner = next(below(node, "multiline_string_literal", "string_literal"), None)
    text = _value(inner, constants, depth + 1) if inner is not None else None
    if text is None:
        return None
    if code.endswith(".trimIndent()"):
        return textwrap.dedent(text).strip("\n").rstrip()
    if code.endswith(".trimMargin()"):
        return "\n".join(line.lstrip().removeprefix("|") for line in text.strip("\n").split("\n")).rstrip()
    return None


def literal(node: Node) -> str | None:
    """Return the value of a string literal; None for anything else, and for one with computed parts."""
    code = words(node)
    if "string" not in node.type or "interpolat" in node.type or _has_holes(node):
        return None
    if code.startswith('@"'):
        return code[2:-1].replace('""', '"')
    if code.startswith("r") and '"' in code and code.rstrip("#").endswith('"'):
        return code[code.index('"') + 1 : code.rindex('"')]
    if code.startswith('"""'):
        return _block(code[3:-3], kotlin=node.type == "multiline_string_literal")
    return unescaped(code[1:-1]) if code.startswith('"') and code.endswith('"') else None


def _has_holes(node: Node) -> bool:
    return any("interpol" in child.type or "template" in child.type for child in node.named_children)


def _block(inner: str, *, kotlin: bool) -> str:
    """Return a text block: as it stands in Kotlin, without common indentation in Java and C#."""
    import textwrap

    if kotlin or not inner.lstrip(" \t").startswith(("\n", "\r\n")):
        return inner
    lines = inner.split("\n")[1:]
    closing = lines[-1] if not lines[-1].strip() else None
    body = textwrap.dedent("\n".join(lines if closing is None else [*lines[:-1], f"{closing}|"]))
    return unescaped(body if closing is None else body.removesuffix("|").removesuffix("\n"))


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "f": "\f", "s": " "}


def unescaped(inner: str) -> str:
    """Return a text with its escapes replaced; an unknown escape stands for its character."""
    if "\\" not in inner:
        return inner
    made: list[str] = []
    at = 0
    while at < len(inner):
        char = inner[at]
        at += 1
        if char != "\\" or at >= len(inner):
            made.append(char)
            continue
        escape = inner[at]
        at += 1
        if escape in "uU":
            code, at = _code(inner, at)
            made.append(code)
        elif escape == "\n":
            while at < len(inner) and inner[at].isspace():
                at += 1
        else:
            made.append(_ESCAPES.get(escape, escape))
    return "".join(made)


def _code(inner: str, at: int) -> tuple[str, int]:
    """Return the character of `\\uXXXX` or `\\u{X}`, and the position after it."""
    braced = inner[at : at + 1] == "{"
    end = inner.find("}", at) if braced else at + 4
    digits = inner[at + 1 : end] if braced else inner[at:end]
    try:
        return chr(int(digits, 16)), end + braced
    except (ValueError, OverflowError):
        return "\ufffd", max(at, end + braced)
