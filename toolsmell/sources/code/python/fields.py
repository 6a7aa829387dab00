"""`Field(...)` and what else stands next to a type in `Annotated`."""

from collections.abc import Mapping

from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.python.names import Arguments, last_name, resolve_node
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import Value

_LENGTHS: Mapping[str, Mapping[str, str]] = {
    "min_length": {"array": "minItems", "object": "minProperties", "": "minLength"},
    "max_length": {"array": "maxItems", "object": "maxProperties", "": "maxLength"},
}
_KEYWORDS: Mapping[str, str] = {
    "ge": "minimum",
    "gt": "exclusiveMinimum",
    "le": "maximum",
    "lt": "exclusiveMaximum",
    "multiple_of": "multipleOf",
    "pattern": "pattern",
    "regex": "pattern",
}
_NOTES = ("description", "title", "examples", "deprecated")
# The metadata of annotated_types and pydantic that constrain by themselves: `Ge(1)`, `MinLen(2)`.
_CONSTRAINTS: Mapping[str, str] = {
    "Ge": "ge",
    "Gt": "gt",
    "Le": "le",
    "Lt": "lt",
    "MultipleOf": "multiple_of",
    "MinLen": "min_length",
    "MaxLen": "max_length",
}


def field_call(module: Module, node: Node | None) -> Arguments | None:
    """Return the arguments if a node is a call of `Field`, or of `field` of dataclasses."""
    if node is None:
        return None
    found = resolve_node(module, node) if node.type in ("identifier", "attribute") else Found(module, node)
    if not isinstance(found, Found) or found.node.type != "call":
        return None
    function = found.node.child_by_field_name("function")
    is_field = function is not None and last_name(found.module, function) in ("Field", "field")
    return Arguments(found.module, found.node) if is_field and found.module.path == module.path else None


def annotated(module: Module, schema: Value, metadata: list[Node], *, described_by_text: bool) -> Value:
    """Return the schema of a type with its metadata; FastMCP takes a bare text for the description."""
    for item in metadata:
        node = item.named_children[0] if item.type == "type" and item.named_child_count == 1 else item
        field = field_call(module, node)
        if field:
            schema = applied(module, schema, field)
        elif node.type == "call":
            schema = _constrained(module, schema, node)
        elif described_by_text and len(metadata) == 1:
            text = module.evaluate(node)
            if text.text is not None or text.unknown:
                schema = with_member(schema, "description", text)
    return schema


def _constrained(module: Module, schema: Value, call: Node) -> Value:
    function = call.child_by_field_name("function")
    keyword = _CONSTRAINTS.get(last_name(module, function)) if function else None
    bound = Arguments(module, call).get("", 0)
    return _constraint(schema, keyword, module.evaluate(bound)) if keyword and bound else schema


def applied(module: Module, schema: Value, field: Arguments) -> Value:
    """Add to a schema what a `Field` says, except for its default."""
    for name, (_, node) in field.named.items():
        if name in _KEYWORDS or name in _LENGTHS:
            schema = _constraint(schema, name, module.evaluate(node))
    for name in _NOTES:
        if name in field.named:
            value = module.evaluate(field.named[name][1])
            if value.data not in (None, False):
                schema = with_member(schema, name, value)
    if "json_schema_extra" in field.named:
        extra = module.evaluate(field.named["json_schema_extra"][1])
        for name, value in extra.members.items():
            schema = with_member(schema, name, value)
    return schema


def _constraint(schema: Value, name: str, value: Value) -> Value:
    """Add a constraint where pydantic puts it: to the arm of a union with null that is not null."""
    if value.data is None:
        return schema
    arms = schema.members["anyOf"].items if "anyOf" in schema.members else []
    if len(arms) == 2 and _type(arms[1]) == "null" and _type(arms[0]) != "null":
        inner = Value([_constraint(arms[0], name, value), arms[1]])
        return schema._replace(data={**schema.members, "anyOf": inner})
    if name in _LENGTHS:
        words = _LENGTHS[name]
        return with_member(schema, words.get(_type(schema), words[""]), value)
    return with_member(schema, _KEYWORDS[name], value)


def _type(schema: Value) -> str:
    kind = schema.members.get("type")
    return kind.text or "" if kind else ""


def with_member(schema: Value, name: str, value: Value) -> Value:
    """Add a member to a schema; what is wholly unknown stays so, but keeps what is said next to it."""
    if schema.unknown:
        return Value({name: value}, schema.literal, rest=schema.unknown.reason)
    return schema._replace(data={**schema.members, name: value})
