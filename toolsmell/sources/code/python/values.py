"""Python expressions, as far as they are known without running them."""

from collections.abc import Callable, Mapping

from toolsmell.sources.code.changed import Changes
from toolsmell.sources.code.cleaning import Cleaning
from toolsmell.sources.code.fallback import text_of_file, translated
from toolsmell.sources.code.module import MAX_FOLLOWED, Found, Module
from toolsmell.sources.code.python import classes, docstring, formats, strings
from toolsmell.sources.code.python.files import read_file
from toolsmell.sources.code.python.names import Arguments, attribute_node, called, last_name, resolve_node, returned
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import MAX_PIECES, TOO_MUCH, Kind, Literal, Value, as_text, elsewhere, joined, shared


def evaluate(module: Module, node: Node, depth: int = 0) -> Value:
    """Return the value of an expression."""
    if depth > MAX_FOLLOWED or module.project.exhausted():
        return TOO_MUCH
    reader = _READERS.get(node.type)
    return reader(module, node, depth + 1) if reader else module.computed(node)


def _string(module: Module, node: Node, depth: int) -> Value:
    return strings.read(module, node, lambda inner: evaluate(module, inner, depth))


def _concatenated(module: Module, node: Node, depth: int) -> Value:
    if node.named_child_count > MAX_PIECES:
        return module.computed(node)
    parts = [evaluate(module, child, depth) for child in node.named_children if child.type != "comment"]
    return joined(parts, module.literal(node, Kind.CONCATENATION), "a part of it is computed at run time")


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
    return joined(values, module.literal(node, Kind.CONCATENATION), "a part of it is computed at run time")


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
    inner = [child for child in node.named_children if child.type != "comment"]
    return evaluate(module, inner[0], depth) if len(inner) == 1 else module.computed(node)


_DEFINITIONS = ("function_definition", "class_definition")


def _name(module: Module, node: Node, depth: int) -> Value:
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
    items: list[Value] = []
    for child in node.named_children:
        if child.type == "list_splat":
            spread = evaluate(module, child.named_children[0], depth)
            if not isinstance(spread.data, list):
                return module.computed(node)
            items.extend(spread.items)
        elif child.type != "comment":
            items.append(evaluate(module, child, depth))
    return Value(items, module.literal(node))


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
                members[name] = evaluate(module, value, depth)._replace(key=module.literal(key, Kind.STRING))
        elif child.type == "dictionary_splat":
            spread = evaluate(module, child.named_children[0], depth)
            members.update(spread.members)
            if not isinstance(spread.data, dict) or spread.rest:
                rest = f"holds what is computed at run time: {module.words(child)}"
    return Value(members, module.literal(node), rest=rest)


def _either(module: Module, node: Node, depth: int) -> Value:
    """`a or b`, if `a` is known."""
    left, right, operator = (node.child_by_field_name(f) for f in ("left", "right", "operator"))
    if not (left and right and operator) or operator.type != "or":
        return module.computed(node)
    known = truth(module, left, depth)
    if known is None:
        return module.computed(node)
    return evaluate(module, left if known else right, depth)


def _conditional(module: Module, node: Node, depth: int) -> Value:
    """`a if condition else b`, if the condition is known, or both give the same."""
    parts = [child for child in node.named_children if child.type != "comment"]
    if len(parts) != 3:
        return module.computed(node)
    yes, condition, no = parts
    known = truth(module, condition, depth)
    if known is not None:
        return evaluate(module, yes if known else no, depth)
    first, second = evaluate(module, yes, depth), evaluate(module, no, depth)
    return first if first.text is not None and first.text == second.text else module.computed(node)


def truth(module: Module, node: Node, depth: int) -> bool | None:
    """Return whether a condition holds, or None if only a run can tell."""
    if module.project.exhausted():
        return None
    if node.type == "not_operator":
        inner = truth(module, node.named_children[0], depth)
        return None if inner is None else not inner
    if node.type == "comparison_operator":
        return _compared(module, node, depth)
    found = resolve_node(module, node)
    if isinstance(found, Found) and found.node.type in ("function_definition", "class_definition"):
        return True
    value = evaluate(module, node, depth)
    return bool(value.data) if value.known else None


def _compared(module: Module, node: Node, depth: int) -> bool | None:
    operators = [child.type for child in node.children if not child.is_named]
    operands = [child for child in node.named_children if child.type != "comment"]
    if len(operands) != 2 or " ".join(operators) not in ("is", "is not", "==", "!="):
        return None
    found = resolve_node(module, operands[0])
    if isinstance(found, Found) and found.node.type in ("function_definition", "class_definition", "call"):
        same = False if operands[1].type == "none" else None
    else:
        first, second = evaluate(module, operands[0], depth), evaluate(module, operands[1], depth)
        same = first.data == second.data if first.known and second.known else None
    return None if same is None else same == (operators[0] in ("is", "==") and len(operators) == 1)


def _call(module: Module, node: Node, depth: int) -> Value:
    function = node.child_by_field_name("function")
    if function is None:
        return module.computed(node)
    name = last_name(module, function)
    arguments = Arguments(module, node)
    owner = function.child_by_field_name("object") if function.type == "attribute" else None
    known = _method(module, node, name, owner, arguments, depth) if owner else None
    known = known or _function(module, node, name, owner, arguments, depth)
    return known if known is not None else _made(module, node, depth)


def _method(module: Module, node: Node, name: str, owner: Node, arguments: Arguments, depth: int) -> Value | None:
    """Return what a method of a text, a path or a model gives, or None for any other."""
    positional = arguments.positional
    match name:
        case "format" if not arguments.open:
            given = [evaluate(module, one, depth) for one in positional]
            named = {key: evaluate(module, value, depth) for key, (_, value) in arguments.named.items()}
            return formats.braces(module, node, evaluate(module, owner, depth), given, named)
        case "strip" | "lstrip" | "rstrip" if not positional:
            return docstring.cleaned(Cleaning(name), evaluate(module, owner, depth))
        case "join" if len(positional) == 1:
            return _join(module, node, evaluate(module, owner, depth), evaluate(module, positional[0], depth))
        case "get" if len(positional) == 2 and module.text(owner).endswith("environ"):
            return evaluate(module, positional[1], depth)
        case "read_text" | "read":
            return _read(module, node)
        case "model_json_schema" | "schema":
            from toolsmell.sources.code.python.types import model_schema

            return model_schema(module, owner) or module.computed(node)
    return None


def _function(
    module: Module, node: Node, name: str, owner: Node | None, arguments: Arguments, depth: int
) -> Value | None:
    """Return what a function of the language or of a library gives, or None for any other."""
    positional = arguments.positional
    only = positional[0] if len(positional) == 1 else None
    match name:
        case "str" if only:
            return as_text(evaluate(module, only, depth))
        case "dedent" | "cleandoc" if only:
            return docstring.cleaned(Cleaning(name), evaluate(module, only, depth))
        case "getenv" if len(positional) == 2:
            return evaluate(module, positional[1], depth)
        case "int" | "float" | "bool" if only and not owner:
            return _converted(module, node, name, evaluate(module, only, depth))
        case "dict" if not (owner or positional or arguments.open):
            return _keywords(module, node, arguments, depth)
    if len(positional) > 1 and not owner:
        return translated(name, [evaluate(module, one, depth) for one in positional])
    return None


def _made(module: Module, node: Node, depth: int) -> Value:
    """Return what a function of the project gives."""
    made = returned(module, node)
    value = evaluate(made.module, made.node, depth) if made else module.computed(node)
    return shared(elsewhere(value)) if value.known else module.computed(node)


def _converted(module: Module, node: Node, name: str, value: Value) -> Value:
    """Return what `int(...)`, `float(...)` and `bool(...)` make of a known value."""
    if not isinstance(value.data, str | int | float):
        return module.computed(node)
    try:
        data = {"int": int, "float": float, "bool": bool}[name](value.data)
    except ValueError:
        return module.computed(node)
    return Value(data, module.literal(node))


def _read(module: Module, node: Node) -> Value:
    path = read_file(module, node, evaluate)
    text = text_of_file(module, path) if path is not None else None
    return text if text is not None else module.computed(node)


def _keywords(module: Module, node: Node, arguments: Arguments, depth: int) -> Value:
    members = {
        key: evaluate(module, value, depth)._replace(key=module.literal(at))
        for key, (at, value) in arguments.named.items()
    }
    return Value(members, module.literal(node))


def _join(module: Module, node: Node, between: Value, parts: Value) -> Value:
    if between.text is None or not isinstance(parts.data, list):
        return module.computed(node)
    texts = [piece for part in parts.items for piece in (between, part)][1:]
    return joined(texts, module.literal(node, Kind.CONCATENATION), "a part of it is computed at run time")


_READERS: Mapping[str, Callable[[Module, Node, int], Value]] = {
    "string": _string,
    "concatenated_string": _concatenated,
    "binary_operator": _binary,
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
    "boolean_operator": _either,
    "conditional_expression": _conditional,
    "call": _call,
}
_CHANGES = Changes(evaluate, _parameter)
