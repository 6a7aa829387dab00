"""Python expressions, as far as they are known without running them."""

from collections.abc import Callable, Mapping

from toolsmell.sources.code.changed import Changes
from toolsmell.sources.code.literals import only_part, sequence
from toolsmell.sources.code.module import MAX_FOLLOWED, Found, Module
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.python import choices, classes, docstring, formats, known_calls, string_literals
from toolsmell.sources.code.python.names import Arguments, attribute_node, called, resolve_node
from toolsmell.sources.code.source import DocumentSource
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import MAX_PIECES, TOO_MUCH, Literal, LiteralKind, Value, joined, shared


def evaluate(module: Module, node: Node, depth: int = 0) -> Value:
    """Return the value of an expression."""
    if depth > MAX_FOLLOWED or module.project.steps.exhausted():
        return TOO_MUCH
    reader = _READERS.get(node.type)
    return reader(module, node, depth + 1) if reader else module.computed(node)


def _string(module: Module, node: Node, depth: int) -> Value:
    return string_literals.read(module, node, depth)


def _concatenated(module: Module, node: Node, depth: int) -> Value:
    if node.named_child_count > MAX_PIECES:
        return module.computed(node)
    parts = [evaluate(module, child, depth) for child in parts_of(node)]
    return joined(parts, module.literal(node, LiteralKind.CONCATENATION), "a part of it is computed at run time")


def _binary(module: Module, node: Node, depth: int) -> Value:
    operands: list[Node] = []
    here = node
    # `a + b + c` is nested to the left, as deep as it is long.
    while here.type == "binary_operator":
        left, right, operator = (here.child_by_field_name(f) for f in ("left", "right", "operator"))
        if left and right and operator and operator.type == "%" and here is node:
            return formats.percent(module, node, evaluate(module, left, depth), _operands(module, right, depth))
        if not (left and right and operator) or module.text(operator) not in ("+", "|"):
            return module.computed(node)
        operands.append(right)
        here = left
    if len(operands) > MAX_PIECES:
        return module.computed(node)
    values = [evaluate(module, operand, depth) for operand in (here, *reversed(operands))]
    if all(isinstance(value.data, dict) for value in values):
        return _merged(values, module.literal(node))
    if all(isinstance(value.data, list) for value in values):
        return Value([item for value in values for item in value.items], module.literal(node))
    if any(value.known and value.text is None for value in values):
        return module.computed(node)
    return joined(values, module.literal(node, LiteralKind.CONCATENATION), "a part of it is computed at run time")


def _added(module: Module, node: Node, depth: int) -> Value:
    """Return the value of a name after `name += value`."""
    before, more = (node.child_by_field_name(field) for field in ("left", "right"))
    if before is None or more is None:
        return module.computed(node)
    values = [evaluate(module, before, depth), evaluate(module, more, depth)]
    if any(value.known and value.text is None for value in values):
        return module.computed(node)
    return joined(values, module.literal(node), "a part of it is computed at run time")


def _operands(module: Module, node: Node, depth: int) -> list[Value] | None:
    """Return the values on the right of `%`; None if they are no tuple and no single text."""
    if node.type == "tuple":
        return _sequence(module, node, depth).items
    value = evaluate(module, node, depth)
    return [value] if value.text is not None or isinstance(value.data, int) else None


def _merged(values: list[Value], literal: Literal) -> Value:
    members = {key: member for value in values for key, member in value.members.items()}
    return Value(members, literal, rest=next((v.rest for v in values if v.rest), None))


def _inner(module: Module, node: Node, depth: int) -> Value:
    return only_part(evaluate, module, node, depth)


_JSON = {"true": True, "false": False}
"""Names that Python does not have; `null` is None as well."""

_DEFINITIONS = ("function_definition", "class_definition")


def _name(module: Module, node: Node, depth: int) -> Value:
    if isinstance(module.source, DocumentSource):
        return Value(_JSON.get(module.text(node)), module.literal(node))
    found = resolve_node(module, node)
    if (
        not isinstance(found, Found)
        or found.node.id == node.id
        or found.node.type in ("function_definition", "class_definition")
    ):
        return module.computed(node)
    return _CHANGES.applied(module, node, _followed(module, node, found, depth))


def _parameter(module: Module, call: Node, argument: Node) -> Found | None:
    function = called(module, call)
    position = [one.start_byte for one in Arguments(module, call).positional].index(argument.start_byte)
    names = [name for _, name, _ in classes.parameters_of(function.node)] if function is not None else []
    return Found(function.module, names[position]) if function is not None and position < len(names) else None


def _followed(module: Module, node: Node, found: Found, depth: int) -> Value:
    value = evaluate(found.module, found.node, depth)
    if value.unknown and not value.unknown.pieces:
        return module.computed(node)
    return shared(value)


def _attribute(module: Module, node: Node, depth: int) -> Value:
    owner, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
    if owner is None or name is None:
        return module.computed(node)
    if module.text(name) == "__name__":
        return _name_of(module, node, owner)
    if module.text(name) == "__doc__":
        return _documentation(module, node, owner)
    # A member of an enumeration is as good as its value, which is what goes over the wire.
    if module.text(name) == "value" and owner.type == "attribute":
        return evaluate(module, owner, depth)
    found = attribute_node(module, node, depth)
    return _followed(module, node, found, depth) if isinstance(found, Found) else module.computed(node)


def _name_of(module: Module, node: Node, owner: Node) -> Value:
    """Return `function.__name__`."""
    found = resolve_node(module, owner)
    is_named = isinstance(found, Found) and found.node.type in ("function_definition", "class_definition")
    name = found.node.child_by_field_name("name") if isinstance(found, Found) and is_named else None
    if name is None or not isinstance(found, Found):
        return module.computed(node)
    return Value(found.module.text(name), found.module.literal(name))


def _documentation(module: Module, node: Node, owner: Node) -> Value:
    """Return `function.__doc__`."""
    found = resolve_node(module, owner)
    if not isinstance(found, Found) or found.node.type not in _DEFINITIONS:
        return module.computed(node)
    return docstring.of_function(found.module, found.node) or Value(None)


def _subscript(module: Module, node: Node, depth: int) -> Value:
    owner, index = node.child_by_field_name("value"), node.child_by_field_name("subscript")
    if owner is None or index is None:
        return module.computed(node)
    held, key = evaluate(module, owner, depth), evaluate(module, index, depth).data
    if isinstance(key, str) and key in held.members:
        return shared(held.members[key])
    if isinstance(key, int) and 0 <= key < len(held.items):
        return shared(held.items[key])
    found = resolve_node(module, node)
    return _followed(module, node, found, depth) if isinstance(found, Found) else module.computed(node)


def _number(module: Module, node: Node, _depth: int) -> Value:
    text = module.text(node).replace("_", "").lower()
    try:
        data = int(text, 0) if node.type == "integer" else float(text)
    except ValueError:
        return module.computed(node)
    return Value(data, module.literal(node))


def _negative(module: Module, node: Node, depth: int) -> Value:
    operand = node.child_by_field_name("argument")
    value = evaluate(module, operand, depth).data if operand else None
    negative = module.text(node).startswith("-") and isinstance(value, int | float)
    return Value(-value, module.literal(node)) if negative and value is not None else module.computed(node)  # type: ignore[operator]


def _constant(module: Module, node: Node, _depth: int) -> Value:
    return Value({"true": True, "false": False, "none": None}[node.type], module.literal(node))


def _sequence(module: Module, node: Node, depth: int) -> Value:
    return sequence(evaluate, module, node, depth, "list_splat")


def _dictionary(module: Module, node: Node, depth: int) -> Value:
    members: dict[str, Value] = {}
    rest: str | None = None
    for child in node.named_children:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type == "pair" and key and value:
            name = evaluate(module, key, depth).text
            if name is None:
                rest = f"a key is computed at run time: {module.words(key)}"
            else:
                members[name] = evaluate(module, value, depth)._replace(key=module.literal(key, LiteralKind.STRING))
        elif child.type == "dictionary_splat":
            spread = evaluate(module, child.named_children[0], depth)
            members.update(spread.members)
            if not isinstance(spread.data, dict) or spread.rest:
                rest = f"holds what is computed at run time: {module.words(child)}"
    return Value(members, module.literal(node), rest=rest)


_READERS: Mapping[str, Callable[[Module, Node, int], Value]] = {
    "string": _string,
    "concatenated_string": _concatenated,
    "binary_operator": _binary,
    "augmented_assignment": _added,
    "parenthesized_expression": _inner,
    "type": _inner,
    "identifier": _name,
    "attribute": _attribute,
    "subscript": _subscript,
    "integer": _number,
    "float": _number,
    "unary_operator": _negative,
    "true": _constant,
    "false": _constant,
    "none": _constant,
    "list": _sequence,
    "tuple": _sequence,
    "set": _sequence,
    "dictionary": _dictionary,
    "boolean_operator": choices.either,
    "conditional_expression": choices.conditional,
    "call": known_calls.call,
}
_CHANGES = Changes(_parameter)
