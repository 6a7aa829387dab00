"""JavaScript and TypeScript expressions, as far as they are known without running them."""

from collections.abc import Callable, Mapping

from toolsmell.sources.code import escapes
from toolsmell.sources.code.changed import Changes
from toolsmell.sources.code.cleaning import Cleaning, cleaned
from toolsmell.sources.code.fallback import text_of_file, translated
from toolsmell.sources.code.javascript.functions import FUNCTIONS, arguments_of, callee, parameters_of, unwrapped
from toolsmell.sources.code.javascript.names import called, pairs, resolve_node, returned
from toolsmell.sources.code.module import MAX_FOLLOWED, Found, Module
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import (
    MAX_PIECES,
    TOO_MUCH,
    Kind,
    Unknown,
    Value,
    as_text,
    elsewhere,
    joined,
    pieces_of,
    shared,
    unknown,
)

_DEDENTS = frozenset(("dedent", "outdent", "stripIndent", "stripIndents"))
_SCHEMA_CALLS = ("toJSONSchema", "toJsonSchema", "zodToJsonSchema", "ToJsonSchema")
_TRIMS = {"trim": (Cleaning.STRIP,), "trimStart": (Cleaning.LSTRIP,), "trimEnd": (Cleaning.RSTRIP,)}
_ENVIRONMENTS = ("process.env", "import.meta.env", "Deno.env")
_LONGEST_CONVERTER = 300
"""Bytes of a function of the project that only calls a converter; a longer one may change the schema."""
_PART = "a part of it is computed at run time"


def evaluate(module: Module, node: Node, depth: int = 0) -> Value:
    """Return the value of an expression."""
    node = unwrapped(node)
    if depth > MAX_FOLLOWED or module.project.exhausted():
        return TOO_MUCH
    reader = _READERS.get(node.type)
    return reader(module, node, depth + 1) if reader else module.computed(node)


def _string(module: Module, node: Node, _depth: int) -> Value:
    quote = module.text(node.children[0])
    body = module.source.slice(node.start_byte + 1, node.end_byte - 1)
    literal = module.literal(node, Kind.STRING)._replace(quote=quote)
    return Value(escapes.javascript(escapes.newlines(body)), literal)


def _template(module: Module, node: Node, depth: int, *, raw: bool = False) -> Value:
    literal = module.literal(node, Kind.TEMPLATE)._replace(quote="`")
    holes = [child for child in node.named_children if child.type == "template_substitution"]
    parts: list[Value] = []
    at = node.start_byte + 1
    for hole in (*holes, None):
        text = escapes.newlines(module.source.slice(at, hole.start_byte if hole else node.end_byte - 1))
        parts.append(Value(text if raw else escapes.javascript(text)))
        if hole is not None:
            inner = [child for child in hole.named_children if child.type != "comment"]
            parts.append(evaluate(module, inner[0], depth) if len(inner) == 1 else module.computed(hole))
            at = hole.end_byte
    words = " ".join(module.text(hole)[:40] for hole in holes[:3])
    value = joined(parts, literal, f"computed at run time: {words}")
    return value._replace(literal=literal._replace(whole=not holes))


def _binary(module: Module, node: Node, depth: int) -> Value:
    operands: list[Node] = []
    here = node
    # `a + b + c` is nested to the left, as deep as it is long.
    while here.type == "binary_expression":
        left, right, operator = (here.child_by_field_name(f) for f in ("left", "right", "operator"))
        if not (left and right and operator):
            return module.computed(node)
        if operator.type in ("||", "??") and here is node:
            return _either(module, node, left, right, depth)
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
    return joined(values, module.literal(node, Kind.CONCATENATION), _PART)


def _either(module: Module, node: Node, left: Node, right: Node, depth: int) -> Value:
    first = evaluate(module, left, depth)
    if first.unknown and module.text(unwrapped(left)).startswith(_ENVIRONMENTS):
        return evaluate(module, right, depth)
    if first.unknown:
        return module.computed(node)
    return first if first.data else evaluate(module, right, depth)


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


def _ternary(module: Module, node: Node, depth: int) -> Value:
    """`condition ? a : b`, if the condition is known, or both give the same."""
    condition, yes, no = (node.child_by_field_name(f) for f in ("condition", "consequence", "alternative"))
    if not (condition and yes and no):
        return module.computed(node)
    known = truth(module, condition, depth)
    if known is not None:
        return evaluate(module, yes if known else no, depth)
    first, second = evaluate(module, yes, depth), evaluate(module, no, depth)
    return first if first.text is not None and first.text == second.text else module.computed(node)


def truth(module: Module, node: Node, depth: int) -> bool | None:
    """Return whether a condition holds, or None if only a run can tell."""
    node = unwrapped(node)
    left, right, operator = (node.child_by_field_name(f) for f in ("left", "right", "operator"))
    if operator is not None and left is not None and right is not None and node.type == "binary_expression":
        return _compared(module, left, right, operator.type, depth)
    argument = node.child_by_field_name("argument") if node.type == "unary_expression" else None
    if argument is not None and operator is not None and operator.type == "!":
        inner = truth(module, argument, depth)
        return None if inner is None else not inner
    if module.project.exhausted():
        return None
    value = evaluate(module, node, depth)
    if value.known:
        return bool(value.data) or isinstance(value.data, (dict, list))
    found = resolve_node(module, node, depth)
    return True if isinstance(found, Found) and found.node.type in _TRUE else None


_TRUE = frozenset(("object", "array", "new_expression", *FUNCTIONS))


def _compared(module: Module, left: Node, right: Node, operator: str, depth: int) -> bool | None:
    if operator not in ("===", "==", "!==", "!="):
        return None
    first, second = _typed(module, left, depth), evaluate(module, right, depth)
    if first.unknown or second.unknown:
        return None
    return (first.data == second.data) == (operator in ("===", "=="))


def _typed(module: Module, node: Node, depth: int) -> Value:
    """Return the value of an expression; of `typeof x`, the name of its type."""
    argument = node.child_by_field_name("argument") if node.type == "unary_expression" else None
    if argument is None or not module.text(node).startswith("typeof"):
        return evaluate(module, node, depth)
    found = resolve_node(module, argument, depth)
    if isinstance(found, Found) and found.node.type in FUNCTIONS:
        return Value("function")
    value = evaluate(module, argument, depth)
    return (
        Value("string") if value.text is not None or (value.unknown and value.unknown.pieces) else module.computed(node)
    )


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
    items: list[Value] = []
    for child in node.named_children:
        if child.type == "spread_element":
            spread = evaluate(module, child.named_children[0], depth)
            if not isinstance(spread.data, list):
                return module.computed(node)
            items.extend(spread.items)
        elif child.type != "comment":
            items.append(evaluate(module, child, depth))
    return Value(items, module.literal(node))


def _object(module: Module, node: Node, depth: int) -> Value:
    found = pairs(module, node, depth)
    members = {
        name: evaluate(pair.module, pair.value, depth)._replace(key=pair.module.literal(pair.key, Kind.EXPRESSION))
        for name, pair in found.members.items()
    }
    return Value(members, module.literal(node), rest=found.rest)


def _call(module: Module, node: Node, depth: int) -> Value:
    function, arguments = callee(node), node.child_by_field_name("arguments")
    if function is None or arguments is None:
        return module.computed(node)
    name = module.text(function).rpartition(".")[2]
    if arguments.type == "template_string":
        return _tagged(module, node, arguments, name, depth)
    owner = function.child_by_field_name("object") if function.type == "member_expression" else None
    given = arguments_of(node)
    if name in ("trim", "trimStart", "trimEnd", "toString") and owner:
        return _trimmed(name, evaluate(module, owner, depth))
    if name == "join" and owner and len(given) <= 1:
        between = evaluate(module, given[0], depth) if given else Value(",")
        return _join(module, node, between, evaluate(module, owner, depth))
    if name == "String" and not owner and len(given) == 1:
        return as_text(evaluate(module, given[0], depth))
    if name in _DEDENTS and len(given) == 1:
        return _dedented(evaluate(module, given[0], depth))
    if name.endswith(_SCHEMA_CALLS) and given:
        from toolsmell.sources.code.javascript import zod

        schema = zod.schema(module, given[0])
        function_ = called(module, node, depth)
        own = function_ is not None and len(function_.node.text or b"") > _LONGEST_CONVERTER
        return schema._replace(rest=f"is put through {name}") if own and schema.known else schema
    if name == "readFileSync" and given:
        return _read(module, node, given[0], depth)
    if len(given) > 1 and (text := translated(name, [evaluate(module, one, depth) for one in given])) is not None:
        return text
    if name == "freeze" and len(given) == 1:
        return evaluate(module, given[0], depth)
    if made := returned(module, node, depth):
        value = evaluate(made.module, made.node, depth)
        return shared(elsewhere(value)) if value.known else module.computed(node)
    return _reworked(module, node, owner, depth)


def _read(module: Module, node: Node, path: Node, depth: int) -> Value:
    """Return the text of a file next to this one that `readFileSync` reads."""
    texts: list[str] = []
    waiting = [path]
    while waiting:
        here = waiting.pop(0)
        if here.type in ("string", "template_string"):
            texts.append(evaluate(module, here, depth).text or "")
        else:
            waiting[:0] = here.named_children
    value = text_of_file(module, module.path.parent.joinpath(*texts)) if texts else None
    return value if value is not None else module.computed(node)


def _reworked(module: Module, node: Node, owner: Node | None, depth: int) -> Value:
    """Return what a method makes of a text: unknown, but the text may help to find its place."""
    value = module.computed(node)
    held = evaluate(module, owner, depth) if owner else value
    if not isinstance(held.data, str) or value.unknown is None:
        return value
    return unknown(value.unknown.reason, held.literal and held.literal._replace(whole=False), pieces_of(held))


def _tagged(module: Module, node: Node, template: Node, tag: str, depth: int) -> Value:
    if tag in _DEDENTS:
        return _dedented(_template(module, template, depth))
    return _template(module, template, depth, raw=True) if tag == "raw" else module.computed(node)


def _dedented(value: Value) -> Value:
    return _cleaned(value, (Cleaning.DEDENT, Cleaning.STRIP))


def _trimmed(name: str, value: Value) -> Value:
    return _cleaned(value, _TRIMS.get(name, ()))


def _cleaned(value: Value, functions: tuple[Cleaning, ...]) -> Value:
    if value.text is None:
        return value
    literal = value.literal._replace(cleaned=value.literal.cleaned + functions) if value.literal else None
    return value._replace(data=cleaned(value.text, functions), literal=literal)


def _join(module: Module, node: Node, between: Value, parts: Value) -> Value:
    if between.text is None or not isinstance(parts.data, list):
        return module.computed(node)
    texts = [piece for part in parts.items for piece in (between, part)][1:]
    return joined(texts, module.literal(node, Kind.CONCATENATION), _PART)


_READERS: Mapping[str, Callable[[Module, Node, int], Value]] = {
    "string": _string,
    "template_string": _template,
    "binary_expression": _binary,
    "identifier": _followed,
    "shorthand_property_identifier": _followed,
    "member_expression": _followed,
    "subscript_expression": _index,
    "number": _number,
    "property_identifier": _key,
    "ternary_expression": _ternary,
    "unary_expression": _unary,
    "true": _constant,
    "false": _constant,
    "null": _constant,
    "undefined": _constant,
    "array": _array,
    "object": _object,
    "call_expression": _call,
}
_CHANGES = Changes(evaluate, _parameter)
