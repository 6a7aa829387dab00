"""Structs as JSON Schema: by google/jsonschema-go for the official SDK, by invopop/jsonschema for mcp-go."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolsmell.sources.code import escapes
from toolsmell.sources.code.go.names import resolve_node
from toolsmell.sources.code.module import MAX_FOLLOWED, Module
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import TOO_MUCH, Literal, LiteralKind, Value, plain
from toolsmell.text import pattern

_INTEGERS = ("int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "byte", "rune")
_BASES: Mapping[str, str] = {
    "string": "string",
    "bool": "boolean",
    "float32": "number",
    "float64": "number",
    **dict.fromkeys(_INTEGERS, "integer"),
}


class Tag(NamedTuple):
    """The tag of a field: `json:"name,omitempty" jsonschema:"..."`."""

    values: Mapping[str, str]
    node: Node | None

    @property
    def name(self) -> str:
        return self.values.get("json", "").partition(",")[0]

    @property
    def optional(self) -> bool:
        return any(mark in self.values.get("json", "").split(",")[1:] for mark in ("omitempty", "omitzero"))


def schema(module: Module, node: Node, *, invopop: bool, depth: int = 0) -> Value:
    """Return the schema of a type."""
    if depth > MAX_FOLLOWED or module.project.steps.exhausted():
        return TOO_MUCH
    if node.type == "pointer_type":
        return schema(module, node.named_children[0], invopop=invopop, depth=depth + 1)
    if node.type in ("slice_type", "array_type"):
        element = node.child_by_field_name("element")
        items = schema(module, element, invopop=invopop, depth=depth + 1) if element else Value({})
        return Value({"type": Value("array"), "items": items})
    if node.type == "map_type":
        values = node.child_by_field_name("value")
        inner = schema(module, values, invopop=invopop, depth=depth + 1) if values else Value({})
        return Value({"type": Value("object"), "additionalProperties": inner})
    if node.type == "interface_type":
        return Value({})
    if node.type == "struct_type":
        return _struct(module, node, invopop, depth)
    return _named(module, node, invopop, depth)


def _named(module: Module, node: Node, invopop: bool, depth: int) -> Value:
    name = module.text(node)
    if name == "any":
        return Value({})
    if name in _BASES:
        return plain({"type": _BASES[name]})
    if name == "time.Time":
        return plain({"type": "string", "format": "date-time"} if invopop else {"type": "string"})
    found = resolve_node(module, node)
    if found is None or found.node.type not in ("type_spec", "type_alias"):
        return module.computed(node)
    type_ = found.node.child_by_field_name("type")
    return schema(found.module, type_, invopop=invopop, depth=depth + 1) if type_ else module.computed(node)


def _struct(module: Module, node: Node, invopop: bool, depth: int) -> Value:
    members: dict[str, Value] = {}
    required: list[Value] = []
    rest: str | None = None
    for field in fields(node):
        tag, name_node, type_ = (
            tag_of(module, field),
            field.child_by_field_name("name"),
            field.child_by_field_name("type"),
        )
        if type_ is None or tag.name == "-":
            continue
        body = schema(module, type_, invopop=invopop, depth=depth + 1)
        if name_node is None:  # an embedded struct: its fields are this one's
            members.update(body.members["properties"].members if "properties" in body.members else {})
            required.extend(body.members["required"].items if "required" in body.members else [])
            rest = rest or ("embeds what is not in the project" if body.unknown else None)
            continue
        name = tag.name or module.text(name_node)
        if not module.text(name_node)[:1].isupper():
            continue
        body, needed = _tagged(module, body, tag, invopop)
        members[name] = body._replace(key=module.literal(name_node))
        if needed:
            required.append(Value(name))
    properties = Value(members, rest=rest)
    object_ = {"type": Value("object"), "properties": properties}
    if required:
        object_["required"] = Value(required)
    return Value(object_ if invopop else {**object_, "additionalProperties": Value(False)})


def fields(node: Node) -> Iterator[Node]:
    for body in node.named_children:
        yield from (child for child in body.named_children if child.type == "field_declaration")


def tag_of(module: Module, field: Node) -> Tag:
    node = field.child_by_field_name("tag")
    if node is None:
        return Tag({}, None)
    text = module.text(node)
    body = text[1:-1] if text.startswith("`") else escapes.go(text[1:-1])
    found = pattern(r'\b(\w++):"((?:[^"\\]|\\.)*+)"').findall(body)
    return Tag({key: escapes.go(value) for key, value in found}, node)


def _tagged(module: Module, body: Value, tag: Tag, invopop: bool) -> tuple[Value, bool]:
    """Add to the schema of a field what its tag says; say whether it must be given."""
    said = tag.values.get("jsonschema")
    literal = _tag_literal(module, tag)
    if not invopop:
        described = {"description": Value(said, literal)} if said else {}
        return _plus(body, described), not tag.optional
    members: dict[str, Value] = {}
    required = not tag.optional
    for part in _parts(said or ""):
        key, equals, value = part.partition("=")
        if key == "required":
            required = True
        elif key == "default" and equals:
            members[key] = Value(_typed(body, value), literal)
        elif key in ("description", "title", "pattern", "format") and equals:
            members[key] = Value(value, literal)
        elif key == "enum":
            members["enum"] = Value([*(members["enum"].items if "enum" in members else []), Value(value)])
    if "jsonschema_description" in tag.values:
        members["description"] = Value(tag.values["jsonschema_description"], literal)
    return _plus(body, members), required


def _parts(said: str) -> Iterator[str]:
    """Yield the parts of a tag of invopop/jsonschema: commas divide them, unless a backslash stands before."""
    for part in pattern(r"(?<!\\),").split(said):
        yield part.replace("\\,", ",")


def _typed(body: Value, text: str) -> str | int | float | bool:
    """Return a default as a value of the type of its field."""
    kind = body.members["type"].text if "type" in body.members else None
    try:
        if kind == "integer":
            return int(text)
        if kind == "number":
            return float(text)
    except ValueError:
        return text
    return text == "true" if kind == "boolean" else text


def _plus(body: Value, members: dict[str, Value]) -> Value:
    if body.unknown:
        return Value(dict(members), body.literal, rest=body.unknown.reason)
    return body._replace(data={**body.members, **members})


def _tag_literal(module: Module, tag: Tag) -> Literal | None:
    """Return the literal of the description in a tag: the quotes of its part, not the whole tag."""
    if tag.node is None:
        return None
    text = module.text(tag.node)
    found = pattern(r'\bjsonschema(?:_description)?:("(?:[^"\\]|\\.)*")').search(text)
    if not found or not text.startswith("`"):
        return module.literal(tag.node, LiteralKind.EXPRESSION)
    start = tag.node.start_byte + len(text[: found.start(1)].encode())
    end = tag.node.start_byte + len(text[: found.end(1)].encode())
    return module.source.literal(start, end, LiteralKind.TAG)._replace(quote='"')
