"""Go expressions, as far as they are known without running them."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from toolsmell.sources.code import escapes
from toolsmell.sources.code.changed import Changes
from toolsmell.sources.code.cleaning import Cleaning, cleaned
from toolsmell.sources.code.fallback import text_of_file, translated
from toolsmell.sources.code.go.embeds import embedded
from toolsmell.sources.code.go.names import (
    called,
    function_of,
    parameters_of,
    resolve_node,
    returned,
)
from toolsmell.sources.code.literals import joined_by, only_part
from toolsmell.sources.code.module import MAX_FOLLOWED, Found, Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.source import DocumentSource, Source
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import (
    MAX_PIECES,
    TOO_MUCH,
    LiteralKind,
    Value,
    as_text,
    elsewhere,
    formatted,
    joined,
    plain,
    shared,
    unknown,
)
from toolsmell.text import pattern

# Helpers that make a pointer of a value: every project has its own.
_POINTER = r"(?i)ptr$|pointer|^to$|^of$|^bool$"
_JSON_NAMES: Mapping[str, str] = {"Ref": "$ref", "Defs": "$defs", "ID": "$id", "Schema": "$schema"}


def evaluate(module: Module, node: Node, depth: int = 0) -> Value:
    """Return the value of an expression. Fields of structs are named as encoding/json would name them in a schema."""
    if depth > MAX_FOLLOWED or module.project.steps.exhausted():
        return TOO_MUCH
    if isinstance(module.source, DocumentSource):
        return module.evaluate(node, depth + 1)
    reader = _READERS.get(node.type)
    return reader(module, node, depth + 1) if reader else module.computed(node)


def _string(module: Module, node: Node, _depth: int) -> Value:
    literal = module.literal(node, LiteralKind.STRING)._replace(quote='"')
    return Value(escapes.go(module.text(node)[1:-1]), literal)


def _raw_string(module: Module, node: Node, _depth: int) -> Value:
    literal = module.literal(node, LiteralKind.STRING)._replace(quote="`")
    return Value(module.text(node)[1:-1].replace("\r", ""), literal)


def _binary(module: Module, node: Node, depth: int) -> Value:
    operands: list[Node] = []
    here = node
    # `a + b + c` is nested to the left, as deep as it is long.
    while here.type == "binary_expression":
        left, right, operator = (here.child_by_field_name(f) for f in ("left", "right", "operator"))
        if not (left and right and operator) or operator.type != "+":
            return module.computed(node)
        operands.append(right)
        here = left
    if len(operands) > MAX_PIECES:
        return module.computed(node)
    values = [evaluate(module, operand, depth) for operand in (here, *reversed(operands))]
    if any(value.known and value.text is None for value in values):
        return module.computed(node)
    return joined(values, module.literal(node, LiteralKind.CONCATENATION), "a part of it is computed at run time")


def _inner(module: Module, node: Node, depth: int) -> Value:
    return only_part(evaluate, module, node, depth)


def _unary(module: Module, node: Node, depth: int) -> Value:
    value = evaluate(module, node.named_children[0], depth)
    if module.text(node).startswith("&"):
        return value
    negative = module.text(node).startswith("-") and isinstance(value.data, int | float)
    return Value(-value.data, module.literal(node)) if negative else module.computed(node)  # type: ignore[operator]


def _name(module: Module, node: Node, depth: int) -> Value:
    text = module.text(node)
    if text in ("true", "false", "nil"):
        return Value({"true": True, "false": False}.get(text), module.literal(node))
    found = resolve_node(module, node, depth)
    if found is None and (path := embedded(module, text)) is not None:
        return text_of_file(module, path) or module.computed(node)
    if found is None or found.node.id == node.id or "declaration" in found.node.type or _reassigned(found, text):
        return module.computed(node)
    value = evaluate(found.module, found.node, depth)
    if value.unknown and not value.unknown.pieces:
        return module.computed(node)
    return shared(_CHANGES.applied(module, node, value) if node.type == "identifier" else value)


def _parameter(module: Module, call: Node, argument: Node) -> Found | None:
    function = function_of(module, call)
    position = [one.start_byte for one in arguments_of(call)].index(argument.start_byte)
    names = parameters_of(function.node) if function is not None else []
    return Found(function.module, names[position][0]) if function is not None and position < len(names) else None


def _json_name(name: str) -> str:
    return _JSON_NAMES.get(name, name[:1].lower() + name[1:])


def _reassigned(found: Found, name: str) -> bool:
    """Return True if a variable of the package is assigned again in its file."""
    variable = found.node.parent and found.node.parent.parent
    if variable is None or variable.type != "var_spec":
        return False
    at = _assignments(found.module.source).get(name.rpartition(".")[2].encode(), ())
    return any(not variable.start_byte <= byte < variable.end_byte for byte in at)


@lru_cache(maxsize=16)
def _assignments(source: Source) -> Mapping[bytes, Sequence[int]]:
    """Return the places that assign names, without declarations by `:=`."""
    found: dict[bytes, list[int]] = {}
    for one in re.finditer(rb"(?<![\w.])([A-Za-z_]\w*)[ \t]*\+?=(?!=)", source.data):
        found.setdefault(one[1], []).append(one.start())
    return found


def _constant(module: Module, node: Node, _depth: int) -> Value:
    return Value({"true": True, "false": False}.get(node.type), module.literal(node))


def _number(module: Module, node: Node, _depth: int) -> Value:
    text = module.text(node).replace("_", "")
    try:
        return Value(int(text, 0) if node.type == "int_literal" else float(text), module.literal(node))
    except ValueError:
        return module.computed(node)


def _composite(module: Module, node: Node, depth: int) -> Value:
    body, type_ = node.child_by_field_name("body"), node.child_by_field_name("type")
    value = elements(module, body, depth) if body else module.computed(node)
    is_list = type_ is not None and type_.type in ("slice_type", "array_type", "implicit_length_array_type")
    return value._replace(data=[]) if is_list and value.data == {} else value


def elements(module: Module, body: Node, depth: int = 0) -> Value:
    """Return the content of a literal's braces: the members of a struct or map, or the items of a slice."""
    members: dict[str, Value] = {}
    items: list[Value] = []
    rest: str | None = None
    for child in body.named_children:
        if child.type == "keyed_element":
            key_node, value_node = child.named_children[0], child.named_children[-1]
            key = _key(module, key_node, depth)
            if key is None:
                rest = f"a key is computed at run time: {module.words(key_node)}"
            else:
                members[key] = evaluate(module, value_node, depth + 1)._replace(key=module.literal(key_node))
        elif child.type != "comment":
            items.append(evaluate(module, child, depth + 1))
    literal = module.literal(body)
    return Value(items, literal) if items and not members else Value(members, literal, rest=rest)


def _key(module: Module, node: Node, depth: int) -> str | None:
    inner = node.named_children[0] if node.type == "literal_element" and node.named_children else node
    if inner.type not in ("identifier", "field_identifier"):
        return evaluate(module, inner, depth + 1).text
    name = module.text(inner)
    held = evaluate(module, inner, depth + 1).text
    # In a map the name is that of a constant; in a struct it is a field, which starts with a capital.
    return held if held is not None else _json_name(name)


def _call(module: Module, node: Node, depth: int) -> Value:
    name, given = called(module, node), arguments_of(node)
    if name == "Sprintf" and given:
        return _formatted(module, node, [evaluate(module, one, depth) for one in given])
    if name in ("Sprint", "string") and len(given) == 1:
        return as_text(evaluate(module, given[0], depth))
    if name in ("TrimSpace", "Dedent", "Doc") and len(given) == 1:
        return _trimmed(name, evaluate(module, given[0], depth))
    if name == "Join" and len(given) == 2:
        return joined_by(module, node, evaluate(module, given[1], depth), evaluate(module, given[0], depth))
    if name == "RawMessage" and len(given) == 1:
        return raw_json(module, node, evaluate(module, given[0], depth))
    if len(given) > 1 and (text := translated(name, [evaluate(module, one, depth) for one in given])) is not None:
        return text
    if len(given) == 1 and pattern(_POINTER).search(name):
        return evaluate(module, given[0], depth)
    return _made(module, node, depth)


def _made(module: Module, node: Node, depth: int) -> Value:
    """Return the value of a function of the project that does nothing but return it."""
    function = node.child_by_field_name("function")
    found = resolve_node(module, function, depth) if function else None
    value = returned(found.node) if found and found.node.type == "function_declaration" else None
    if found is None or value is None:
        return module.computed(node)
    result = evaluate(found.module, value, depth)
    return shared(elsewhere(result)) if result.known else module.computed(node)


def _formatted(module: Module, node: Node, given: list[Value]) -> Value:
    """Return the text of `Sprintf` with plain verbs; other verbs become unknown parts."""
    computed = module.computed(node)
    text, values = given[0], given[1:]
    if text.text is None or computed.unknown is None:
        return computed
    pieces = [""]
    plain = 0
    for found in pattern(r"%%|%[-+# 0-9.*\[\]]*[a-zA-Z]|[^%]+|%").finditer(text.text):
        if found[0].startswith("%") and len(found[0]) > 1 and found[0] != "%%":
            plain += found[0] in ("%s", "%d", "%v")
            pieces.append("")
        else:
            pieces[-1] += "%" if found[0] == "%%" else found[0]
    if plain != len(values) or len(pieces) != plain + 1:
        values = [computed] * (len(pieces) - 1)
    return formatted(pieces, values, text.literal, computed.unknown.reason)


def _trimmed(name: str, value: Value) -> Value:
    if value.text is None:
        return value
    function = Cleaning.STRIP if name == "TrimSpace" else Cleaning.HEREDOC
    literal = value.literal._replace(cleaned=(*value.literal.cleaned, function)) if value.literal else None
    return value._replace(data=cleaned(value.text, (function,)), literal=literal)


def raw_json(module: Module, node: Node, text: Value) -> Value:
    """Read a JSON text that is written in the code."""
    if text.text is None:
        return module.computed(node)
    try:
        return plain(json.loads(text.text))._replace(literal=text.literal)
    except (ValueError, RecursionError):
        return unknown("is no valid JSON", module.literal(node))


_READERS: Mapping[str, Callable[[Module, Node, int], Value]] = {
    "interpreted_string_literal": _string,
    "raw_string_literal": _raw_string,
    "binary_expression": _binary,
    "parenthesized_expression": _inner,
    "literal_element": _inner,
    "unary_expression": _unary,
    "identifier": _name,
    "selector_expression": _name,
    "true": _constant,
    "false": _constant,
    "nil": _constant,
    "int_literal": _number,
    "float_literal": _number,
    "composite_literal": _composite,
    "literal_value": elements,
    "call_expression": _call,
    "type_conversion_expression": _inner,
}
_CHANGES = Changes(_parameter, _json_name)
