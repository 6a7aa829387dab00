"""Blocks of Python that make the tool fail: they raise, or return what reads as an error."""

from toolsmell.evidence.code.error_words import is_error_key, is_error_name, is_error_text
from toolsmell.evidence.code.python.terms import text_at
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.python.names import Arguments, last_name
from toolsmell.sources.code.syntax import Node
from toolsmell.text import pattern

MAX_STATEMENTS = 6
"""Statements of a block that only fails."""

_EXITS = frozenset(("raise_statement", "return_statement", "continue_statement", "break_statement"))


def statements_in(block: Node) -> list[Node]:
    """Return the statements of a block without comments."""
    return list(parts_of(block))


def exits(block: Node) -> bool:
    """Return True if no code after a block runs when the block has run."""
    inside = statements_in(block)
    return bool(inside) and inside[-1].type in _EXITS


_LOG = r"(?:\w+\.)*_?(?:log|logger|logging|bind_contextvars|structlog|console|print)(?:\.\w+)*\("
_CATCHES = r"except(?:\*?\s*:|[^:]*\b(?:Exception|BaseException|ValueError|RuntimeError)\b)"


def is_log(module: Module, call: Node) -> bool:
    """Return True if a call only writes to a log."""
    return bool(pattern(_LOG).match(module.words(call)))


def keeps_errors(module: Module, attempt: Node) -> bool:
    """Return True if a `try` catches what its body raises, and neither raises nor returns an error itself."""
    for child in attempt.named_children:
        block = child.named_children[-1] if child.type == "except_clause" and child.named_children else None
        if block is None or block.type != "block" or not pattern(_CATCHES).match(module.words(child)):
            continue
        told = module.text(block)
        if failure_of(module, block) is None and "raise" not in told and "rror" not in told:
            return True
    return False


class Failed(str):
    """The message of a failure; empty if it is not known."""

    __slots__ = ()


def failure_of(module: Module, block: Node) -> Failed | None:
    """Return the message that a block fails with, or None if it does not fail."""
    inside = statements_in(block)
    if not inside or len(inside) > MAX_STATEMENTS:
        return None
    last = inside[-1]
    value = last.named_children[0] if last.named_children else None
    if last.type == "raise_statement":
        return Failed(_raised(module, value) if value is not None else "")
    if last.type == "return_statement" and value is not None:
        message = error_in(module, value)
        return None if message is None else Failed(message)
    return None


def _raised(module: Module, value: Node) -> str:
    if value.type != "call":
        return ""
    given = Arguments(module, value)
    texts: list[str] = []
    for node in (*given.positional, *(node for _, node in given.named.values())):
        function = node.child_by_field_name("function") if node.type == "call" else None
        name = last_name(module, function) if function is not None else ""
        inner = _raised(module, node) if name[:1].isupper() or is_error_name(name) else text_at(module, node)
        if inner and " " in inner.strip():  # one word is a name or a path, not a message
            texts.append(inner)
    return max(texts, key=len, default="")


def error_in(module: Module, node: Node) -> str | None:
    """Return the message of a returned value that reads as an error, or None if it is no error."""
    match node.type:
        case "string" | "concatenated_string" | "binary_operator":
            text = text_at(module, node)
            return text if text is not None and is_error_text(text) else None
        case "dictionary":
            return _error_in_dictionary(module, node)
        case "list" | "tuple" | "parenthesized_expression" | "await" | "expression_list":
            inner = parts_of(node)
            return error_in(module, inner[0]) if inner else None
        case "call":
            return _error_in_call(module, node)
    return None


def _error_in_dictionary(module: Module, node: Node) -> str | None:
    texts: list[str] = []
    is_error = False
    for pair in node.named_children:
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if key is None or value is None:
            continue
        name = module.text(key).strip("\"'")
        is_error = is_error or is_error_key(name, module.text(value).strip("\"'"))
        if name.lower() in ("error", "message", "detail", "reason", "msg", "text"):
            texts.extend(filter(None, (text_at(module, value) if value.type != "dictionary" else None,)))
        if name == "content" and (inner := error_in(module, value)) is not None:
            texts.append(inner)
    return (texts[0] if texts else "") if is_error else None


def _error_in_call(module: Module, node: Node) -> str | None:
    function = node.child_by_field_name("function")
    name = last_name(module, function) if function is not None else ""
    given = Arguments(module, node)
    nodes = [*given.positional, *(value for _, value in given.named.values())]
    flagged = any(
        given.get(key) is not None and module.text(given.named[key][1]) == "True" for key in _FLAGS & given.named.keys()
    )
    if flagged or is_error_name(name):
        texts = (text for one in nodes if (text := text_at(module, one)) is not None)
        return next(texts, "")
    if name in ("dumps", "TextContent", "ToolResult", "CallToolResult", "JSONResponse", "str"):
        return next((text for one in nodes if (text := error_in(module, one)) is not None), None)
    return None


_FLAGS = frozenset(("isError", "is_error"))
