"""Blocks of JavaScript that make the tool fail: they throw, or return what reads as an error."""

from toolsmell.evidence.code.error_words import is_error_key, is_error_name, is_error_text
from toolsmell.evidence.code.javascript.terms import last_name, text_at
from toolsmell.sources.code.javascript.functions import callee, unwrapped
from toolsmell.sources.code.javascript.pairs import key_of
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Node

MAX_STATEMENTS = 6
"""Statements of a block that only fails."""

_TEXTS = frozenset(("string", "template_string", "binary_expression"))
_MESSAGES = frozenset(("error", "message", "detail", "reason", "msg", "text"))


def failure_of(module: Module, block: tuple[Node, ...]) -> str | None:
    """Return the message that a block fails with, or None if it does not fail (`Dialect`)."""
    if not block or len(block) > MAX_STATEMENTS:
        return None
    last = block[-1]
    value = last.named_children[0] if last.named_children else None
    if last.type == "throw_statement":
        return _thrown(module, value) if value is not None else ""
    if last.type == "return_statement" and value is not None:
        return error_in(module, value)
    return None


def _thrown(module: Module, value: Node, depth: int = 0) -> str:
    value = unwrapped(value)
    if value.type not in ("new_expression", "call_expression") or depth > 3:
        return ""
    for node in arguments_of(value):
        if node.type in ("new_expression", "call_expression") and (inner := _thrown(module, node, depth + 1)):
            return inner
        if node.type == "object" and (inner := _message_in(module, node)):
            return inner
        text = text_at(module, node) if node.type in _TEXTS else None
        if text and (" " in text.strip() or node is arguments_of(value)[-1]):
            return text
    return ""


def _message_in(module: Module, node: Node) -> str:
    for key, value in _entries(module, node):
        if key.lower() in _MESSAGES and (text := text_at(module, value)):
            return text
    return ""


def _entries(module: Module, node: Node) -> list[tuple[str, Node]]:
    found = []
    for child in node.named_children:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        name = key_of(module, key) if key is not None and key.type != "computed_property_name" else None
        if name is not None and value is not None:
            found.append((name, value))
    return found


def error_in(module: Module, node: Node, depth: int = 0) -> str | None:
    """Return the message of a returned value that reads as an error, or None if it is no error."""
    node = unwrapped(node)
    if depth > 6:
        return None
    match node.type:
        case "string" | "template_string" | "binary_expression":
            text = text_at(module, node)
            return text if text is not None and is_error_text(text) else None
        case "object":
            return _error_in_object(module, node, depth)
        case "array" if node.named_child_count == 1:
            return error_in(module, node.named_children[0], depth + 1)
        case "call_expression" | "new_expression":
            return _error_in_call(module, node, depth)
    return None


def _error_in_object(module: Module, node: Node, depth: int) -> str | None:
    entries = _entries(module, node)
    is_error = any(is_error_key(name, module.text(value).strip("'\"`")) for name, value in entries)
    texts: list[str] = []
    for name, value in entries:
        if name == "content" or (name == "text" and value.type == "call_expression"):
            inner = error_in(module, value, depth + 1)
            if inner is not None:
                is_error = True
                texts.append(inner)
            elif is_error:
                texts.extend(_texts(module, value))
        elif name.lower() in _MESSAGES and (text := text_at(module, value)) is not None:
            texts.append(text)
            is_error = is_error or (name == "text" and is_error_text(text))
    return next((text for text in texts if text), "") if is_error else None


def _texts(module: Module, node: Node) -> list[str]:
    """Return the texts in `[{ type: "text", text: "..." }]`."""
    found = []
    for child in node.named_children if node.type == "array" else ():
        for name, value in _entries(module, child):
            if name == "text" and (text := text_at(module, value)) is not None:
                found.append(text)
    return found


def _error_in_call(module: Module, node: Node, depth: int) -> str | None:
    function, given = callee(node), arguments_of(node)
    name = last_name(module, function) if function is not None else ""
    if is_error_name(name) or name in ("fail", "reject", "toolError"):
        return next((text for one in given if (text := text_at(module, one)) and " " in text), "")
    if name == "stringify" and given:
        return error_in(module, given[0], depth + 1)
    return next((inner for one in given if one.type == "object" and (inner := _flagged(module, one)) is not None), None)


def _flagged(module: Module, node: Node) -> str | None:
    """Return the message in an object of a call, if a flag says that it is an error."""
    flags = [value for name, value in _entries(module, node) if name == "isError"]
    return _message_in(module, node) if flags and module.text(flags[0]) == "true" else None
