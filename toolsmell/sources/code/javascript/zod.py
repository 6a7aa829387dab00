"""Zod schemas as JSON Schema: what their author wrote, without what only some version of a converter adds."""

from collections.abc import Callable, Mapping

from toolsmell.model import Json
from toolsmell.sources.code.javascript import zodmethods
from toolsmell.sources.code.javascript.functions import members_of, unwrapped
from toolsmell.sources.code.javascript.names import resolve_node, returned
from toolsmell.sources.code.javascript.pairs import branches, pair_of
from toolsmell.sources.code.javascript.zodtypes import Zod, ZodCall, any_of, constants, obj
from toolsmell.sources.code.module import MAX_FOLLOWED, Found, Module
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import TOO_MUCH, Value, elsewhere, plain
from toolsmell.text import pattern

_BASES: Mapping[str, Json] = {
    "string": {"type": "string"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "bigint": {"type": "integer"},
    "null": {"type": "null"},
    "any": {},
    "unknown": {},
    "int": {"type": "integer"},
    **{name: {"type": "string", "format": form} for name, form in zodmethods.FORMATS.items()},
}
# `z.string`, `zod.z.string`, `z.coerce.number`, `z.iso.date`, and what bundlers make of the name `z`.
_CALLEE = r"(?:(?:_*(?:zod|z|Zod)(?:_?\d+)?|import_zod\w*|external_exports\d*)\.){1,2}(?:coerce\.|iso\.)?(\w+)$"
_LONGEST_CALLEE = 200
_EXPRESSIONS = frozenset(("identifier", "member_expression", "shorthand_property_identifier"))


def schema(module: Module, node: Node) -> Value:
    """Return the JSON Schema of a zod type."""
    return read(module, node).schema


def read(module: Module, node: Node, depth: int = 0) -> Zod:
    """Read an expression as a zod type; an object literal is read as the members of one."""
    node = unwrapped(node)
    if depth > MAX_FOLLOWED or module.project.steps.exhausted():
        return Zod(TOO_MUCH)
    if node.type == "call_expression":
        return _call(module, node, depth + 1)
    if node.type == "object":
        return shape(module, node, depth + 1)
    if node.type == "member_expression" and (member := _of_shape(module, node, depth + 1)):
        return member
    if node.type in _EXPRESSIONS:
        found = resolve_node(module, node, depth)
        if isinstance(found, Found) and found.node.id != node.id:
            return read(found.module, found.node, depth + 1)
    return Zod(module.computed(node))


def shape(module: Module, node: Node, depth: int = 0) -> Zod:
    """Read an object literal whose members are zod types."""
    members: dict[str, Zod] = {}
    rest: str | None = None
    for child in node.named_children:
        if child.type == "spread_element":
            taken = _spread(module, child, depth)
            members.update(taken.members or {})
            rest = taken.rest or rest
        elif named := pair_of(module, child):
            name, pair = named
            one = read(module, pair.value, depth + 1)
            members[name] = one._replace(schema=one.schema._replace(key=module.literal(pair.key)))
        elif child.type != "comment":
            rest = f"a key is computed at run time: {module.words(child)}"
    return obj(members, rest)


def _spread(module: Module, node: Node, depth: int) -> Zod:
    """Read the members that are taken over; under a condition, all that may be."""
    parts = branches(node.named_children[0])
    members: dict[str, Zod] = {}
    rest = f"is up to a condition: {module.words(node)}" if parts != [unwrapped(node.named_children[0])] else None
    for part in parts:
        taken = read(module, part, depth + 1)
        members.update(taken.members or {})
        rest = taken.rest or rest
        if taken.members is None:
            rest = f"takes over what is computed at run time: {module.words(node)}"
    return obj(members, rest)


def _of_shape(module: Module, node: Node, depth: int) -> Zod | None:
    """Return the value of `Schema.shape` and `Schema.shape.name`."""
    owner, name = node.child_by_field_name("object"), node.child_by_field_name("property")
    if owner is None or name is None:
        return None
    if module.text(name) == "shape":
        return read(module, owner, depth)
    if owner.type == "member_expression" and module.text(owner).endswith(".shape"):
        return (read(module, owner, depth).members or {}).get(module.text(name))
    return None


def _call(module: Module, node: Node, depth: int) -> Zod:
    function = node.child_by_field_name("function")
    if function is None:
        return Zod(module.computed(node))
    function = unwrapped(function)
    call = ZodCall(module, node, depth, read)
    short = function.end_byte - function.start_byte <= _LONGEST_CALLEE
    named = pattern(_CALLEE).match("".join(module.text(function).split())) if short else None
    if named and named[1] in _READERS:
        return _READERS[named[1]](call)
    if named:
        return Zod(plain(_BASES[named[1]])) if named[1] in _BASES else call.computed()
    if made := returned(module, node, depth):
        one = read(made.module, made.node, depth + 1)
        return one._replace(schema=elsewhere(one.schema)) if one.schema.known else call.computed()
    owner, method = function.child_by_field_name("object"), function.child_by_field_name("property")
    if function.type != "member_expression" or owner is None or method is None:
        return call.computed()
    return zodmethods.apply(read(module, owner, depth), module.text(method), call)


def _object(call: ZodCall) -> Zod:
    held = call.zod()
    return held if held.members is not None else Zod(held.schema) if call.arguments else obj({})


def _strict(call: ZodCall) -> Zod:
    return _object(call).plus("additionalProperties", Value(False))


def _enum(call: ZodCall) -> Zod:
    """`z.enum([...])`, `z.enum({A: "a"})`, `z.nativeEnum(E)`."""
    found = call.followed()
    value = call.value()
    items = value.items or list(value.members.values())
    if not items and found:
        items = [found.module.evaluate(node) for _, node in members_of(found.module, found.node)]
    if not items or not all(item.known for item in items):
        return call.computed()
    return Zod(constants(items))


def _literal(call: ZodCall) -> Zod:
    value = call.value()
    if isinstance(value.data, list):
        return Zod(constants(value.items))
    if value.unknown:
        return call.computed()
    kind = {str: "string", int: "number", float: "number", bool: "boolean"}.get(type(value.data))
    return Zod(Value({**({"type": Value(kind)} if kind else {}), "const": value}))


def _array(call: ZodCall) -> Zod:
    return Zod(Value({"type": Value("array"), "items": call.zod().schema}))


def _set(call: ZodCall) -> Zod:
    return _array(call).plus("uniqueItems", Value(True))


def _record(call: ZodCall) -> Zod:
    values = call.zod(min(1, len(call.arguments) - 1)).schema
    return Zod(Value({"type": Value("object"), "additionalProperties": values}))


def _arms(call: ZodCall, position: int) -> list[Zod] | None:
    found = call.followed(position)
    if found is None or found.node.type != "array":
        return None
    nodes = parts_of(found.node)
    return [call.read(found.module, node, call.depth) for node in nodes]


def _union(call: ZodCall) -> Zod:
    arms = _arms(call, 0)
    return Zod(any_of(arms), optional=any(arm.optional for arm in arms)) if arms else call.computed()


def _discriminated(call: ZodCall) -> Zod:
    arms = _arms(call, 1)
    return Zod(Value({"oneOf": Value([arm.schema for arm in arms])})) if arms else call.computed()


def _tuple(call: ZodCall) -> Zod:
    arms = _arms(call, 0)
    if arms is None:
        return call.computed()
    size = Value(len(arms))
    items = Value([arm.schema for arm in arms])
    return Zod(Value({"type": Value("array"), "items": items, "minItems": size, "maxItems": size}))


def _inner(call: ZodCall) -> Zod:
    """`z.optional(T)`, `z.nullable(T)`, `z.preprocess(f, T)`, `z.lazy(() => T)`: of the type that is given last."""
    given = call.arguments
    last = given[-1] if given else None
    if last is not None and last.type == "arrow_function" and (body := last.child_by_field_name("body")):
        return call.read(call.module, body, call.depth)
    return call.zod(len(given) - 1) if given else call.computed()


_READERS: Mapping[str, Callable[[ZodCall], Zod]] = {
    "object": _object,
    "looseObject": _object,
    "strictObject": _strict,
    "enum": _enum,
    "nativeEnum": _enum,
    "literal": _literal,
    "array": _array,
    "set": _set,
    "record": _record,
    "partialRecord": _record,
    "union": _union,
    "discriminatedUnion": _discriminated,
    "tuple": _tuple,
    "preprocess": _inner,
    "lazy": _inner,
    "optional": lambda call: _inner(call)._replace(optional=True),
    "nullable": lambda call: zodmethods.apply(_inner(call), "nullable", call),
    "nullish": lambda call: zodmethods.apply(_inner(call), "nullish", call),
    "intersection": lambda call: zodmethods.apply(call.zod(0), "and", call),
}
