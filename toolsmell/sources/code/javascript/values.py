"""JavaScript and TypeScript expressions, as far as they are known without running them."""

from collections.abc import Callable, Mapping

from toolsmell.sources.code import escapes
from toolsmell.sources.code.changed import Changes
from toolsmell.sources.code.javascript import choices, known_calls
from toolsmell.sources.code.javascript.functions import parameters_of, unwrapped
from toolsmell.sources.code.javascript.names import called, pairs, resolve_node
from toolsmell.sources.code.javascript.templates import template
from toolsmell.sources.code.literals import json_text, sequence
from toolsmell.sources.code.module import MAX_FOLLOWED, Found, Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.source import DocumentSource
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import (
    MAX_PIECES,
    TOO_MUCH,
    LiteralKind,
    Unknown,
    Value,
    as_text,
    joined,
    shared,
)

_PART = "a part of it is computed at run time"


def evaluate(module: Module, node: Node, depth: int = 0) -> Value:
    """Return the value of an expression."""
    node = unwrapped(node)
    if depth > MAX_FOLLOWED or module.project.steps.exhausted():
        return TOO_MUCH
    reader = _READERS.get(node.type)
    return reader(module, node, depth + 1) if reader else module.computed(node)


def _string(module: Module, node: Node, _depth: int) -> Value:
    if isinstance(module.source, DocumentSource):
        return Value(json_text(module.text(node)), module.literal(node))
    quote = module.text(node.children[0])
    body = module.source.slice(node.start_byte + 1, node.end_byte - 1)
    literal = module.literal(node, LiteralKind.STRING)._replace(quote=quote)
    return Value(escapes.javascript(escapes.newlines(body)), literal)


def _binary(module: Module, node: Node, depth: int) -> Value:
    operands: list[Node] = []
    here = node
    # `a + b + c` is nested to the left, as deep as it is long.
    while here.type == "binary_expression":
        left, right, operator = (here.child_by_field_name(f) for f in ("left", "right", "operator"))
        if not (left and right and operator):
            return module.computed(node)
        if operator.type in ("||", "??") and here is node:
            return choices.either(module, node, left, right, depth)
        if operator.type != "+":
            return module.computed(node)
        operands.append(right)
        here = unwrapped(left)
    if len(operands) > MAX_PIECES:
        return module.computed(node)
    values = [evaluate(module, operand, depth) for operand in (here, *reversed(operands))]
    if any(value.text is not None for value in values[:2]):
        values = [as_text(value) for value in values]
    if any(value.known and value.text is None for value in values):
        return module.computed(node)
    return joined(values, module.literal(node, LiteralKind.CONCATENATION), _PART)


def _added(module: Module, node: Node, depth: int) -> Value:
    """Return the value of a name after `name += value`."""
    before, more = (node.child_by_field_name(field) for field in ("left", "right"))
    if before is None or more is None:
        return module.computed(node)
    values = [evaluate(module, before, depth), as_text(evaluate(module, more, depth))]
    if any(value.known and value.text is None for value in values):
        return module.computed(node)
    return joined(values, module.literal(node), _PART)


def _followed(module: Module, node: Node, depth: int) -> Value:
    if node.type == "identifier" and module.text(node) == "undefined":
        return Value(None, module.literal(node))
    found = resolve_node(module, node, depth)
    if not isinstance(found, Found) or found.node.id == node.id:
        return module.computed(node)
    value = evaluate(found.module, found.node, depth)
    if value.unknown and not value.unknown.pieces:
        return module.computed(node)
    return shared(_CHANGES.applied(module, node, value) if node.type == "identifier" else value)


def _parameter(module: Module, call: Node, argument: Node) -> Found | None:
    function = called(module, call, 0)
    position = [one.start_byte for one in arguments_of(call)].index(argument.start_byte)
    names = parameters_of(function.node) if function is not None else []
    if function is None or position >= len(names):
        return None
    return Found(function.module, names[position].child_by_field_name("pattern") or names[position])


def _index(module: Module, node: Node, depth: int) -> Value:
    owner, index = node.child_by_field_name("object"), node.child_by_field_name("index")
    if owner is None or index is None:
        return module.computed(node)
    held, key = evaluate(module, owner, depth), evaluate(module, index, depth).data
    if isinstance(key, str) and key in held.members:
        return shared(held.members[key])
    if isinstance(key, int) and 0 <= key < len(held.items):
        return shared(held.items[key])
    return _followed(module, node, depth) if key is None or isinstance(key, Unknown) else module.computed(node)


def _key(module: Module, node: Node, _depth: int) -> Value:
    """Return the key of a member as a text: names of tools are often keys."""
    return Value(module.text(node), module.literal(node))


def _number(module: Module, node: Node, _depth: int) -> Value:
    text = module.text(node).replace("_", "").lower()
    try:
        value = int(text, 0) if text.isalnum() and ("e" not in text or text.startswith("0x")) else float(text)
    except ValueError:
        return module.computed(node)
    return Value(value, module.literal(node))


def _unary(module: Module, node: Node, depth: int) -> Value:
    operator, argument = node.child_by_field_name("operator"), node.child_by_field_name("argument")
    value = evaluate(module, argument, depth).data if argument else None
    match operator.type if operator else "":
        case "-" if isinstance(value, int | float):
            return Value(-value, module.literal(node))
        case "!" if isinstance(value, int | float | bool):
            return Value(not value, module.literal(node))  # `!0`, as minifiers write `true`
        case "void":
            return Value(None, module.literal(node))
    return module.computed(node)


def _constant(module: Module, node: Node, _depth: int) -> Value:
    return Value({"true": True, "false": False}.get(node.type), module.literal(node))


def _array(module: Module, node: Node, depth: int) -> Value:
    return sequence(evaluate, module, node, depth, "spread_element")


def _object(module: Module, node: Node, depth: int) -> Value:
    found = pairs(module, node, depth)
    members = {
        name: evaluate(pair.module, pair.value, depth)._replace(
            key=pair.module.literal(pair.key, LiteralKind.EXPRESSION)
        )
        for name, pair in found.members.items()
    }
    return Value(members, module.literal(node), rest=found.rest)


_READERS: Mapping[str, Callable[[Module, Node, int], Value]] = {
    "string": _string,
    "template_string": template,
    "binary_expression": _binary,
    "augmented_assignment_expression": _added,
    "identifier": _followed,
    "shorthand_property_identifier": _followed,
    "member_expression": _followed,
    "subscript_expression": _index,
    "number": _number,
    "property_identifier": _key,
    "ternary_expression": choices.ternary,
    "unary_expression": _unary,
    "true": _constant,
    "false": _constant,
    "null": _constant,
    "undefined": _constant,
    "array": _array,
    "object": _object,
    "call_expression": known_calls.call,
}
_CHANGES = Changes(_parameter)
