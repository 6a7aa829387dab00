"""Blocks of Go that make the tool fail: they return an error, or a result that is one."""

from toolsmell.evidence.code.error_words import is_error_name
from toolsmell.evidence.code.go.terms import text_at
from toolsmell.sources.code.go.names import called
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Node

MAX_STATEMENTS = 6
"""Statements of a block that only fails."""

_ZERO = frozenset(("nil", '""', "0", "false"))


def failure_of(module: Module, block: tuple[Node, ...]) -> str | None:
    """Return the message that a block fails with, or None if it does not fail (`Dialect`)."""
    last = block[-1] if block and len(block) <= MAX_STATEMENTS else None
    if last is None or last.type != "return_statement" or not last.named_children:
        return None
    listed = last.named_children[0]
    values = listed.named_children if listed.type == "expression_list" else [listed]
    return error_in(module, tuple(values))


def error_in(module: Module, values: tuple[Node, ...]) -> str | None:
    """Return the message of returned values if one of them is an error, or None."""
    if not values:
        return None
    for node in values:
        if (message := _error(module, node)) is not None:
            return message
    *others, last = values
    is_error = last.type == "identifier" and module.text(last).lower().startswith("err")
    return "" if is_error and all(_is_zero(module, one) for one in others) else None


def _is_zero(module: Module, node: Node) -> bool:
    """Return True for `nil`, `""` and `T{}`."""
    body = node.child_by_field_name("body") if node.type == "composite_literal" else None
    return module.text(node) in _ZERO or (body is not None and not body.named_children)


def _error(module: Module, node: Node) -> str | None:
    if node.type == "unary_expression" and node.named_children:
        return _error(module, node.named_children[-1])
    if node.type == "composite_literal":
        return "" if "IsError: true" in " ".join(module.text(node)[:2000].split()) else None
    if node.type != "call_expression":
        return None
    function, name = node.child_by_field_name("function"), called(module, node)
    written = module.text(function) if function is not None else ""
    if written in ("fmt.Errorf", "errors.New") or is_error_name(name) or "Error" in name:
        return next((text for one in arguments_of(node) if (text := text_at(module, one)) and " " in text), "")
    return None
