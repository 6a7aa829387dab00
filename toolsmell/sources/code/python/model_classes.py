"""Classes as pydantic writes them in JSON Schema: models, dataclasses, typed dictionaries, enumerations."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from toolsmell.sources.code.cleaning import cleandoc
from toolsmell.sources.code.module import MAX_FOLLOWED, Found, Module
from toolsmell.sources.code.python import docstring, fields
from toolsmell.sources.code.python.names import Arguments, last_name, resolve_node
from toolsmell.sources.code.python.unions import enumeration
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import TOO_MUCH, Value, unknown

_ENUMS = frozenset(("Enum", "StrEnum", "IntEnum", "Flag", "IntFlag"))
_MODELS = frozenset(("BaseModel", "RootModel", "BaseSettings", "TypedDict"))


class Annotations(Protocol):
    """A reader of type hints, and the classes that it met: `types.TypeReader`, which reads the fields of classes."""

    definitions: dict[str, Value]
    open: list[int]

    @property
    def titles(self) -> bool: ...

    @property
    def inline(self) -> bool: ...

    def schema(self, module: Module, node: Node, depth: int = 0) -> Value: ...


class Field(NamedTuple):
    """A parameter of a function or a field of a class, before it is a property."""

    name: str
    at: Node
    """The node of the name."""
    type: Node | None
    default: Node | None


class Property(NamedTuple):
    name: str
    schema: Value
    required: bool


def schema(reader: Annotations, module: Module, node: Node, depth: int) -> Value:
    """Return the schema of a class, or the reference to it."""
    name_node = node.child_by_field_name("name")
    name = module.text(name_node) if name_node else ""
    kind = _kind(module, node)
    if kind is None:
        return unknown(f"how {name} looks in JSON is decided at run time", module.literal(name_node or node))
    reference = Value({"$ref": Value(f"#/$defs/{name}")})
    if node.id in reader.open or depth > MAX_FOLLOWED:
        return reference
    if module.project.steps.exhausted():
        return TOO_MUCH
    if name not in reader.definitions or reader.inline:
        reader.open.append(node.id)
        body = _enumeration(reader, module, node) if kind == "enum" else _object(reader, module, node, depth, kind)
        reader.open.pop()
        if reader.inline:
            return body
        title = {"title": Value(name)} if reader.titles else {}
        reader.definitions[name] = Value({**body.members, **title}, body.literal, rest=body.rest)
    return reference


def _bases(module: Module, node: Node) -> Iterator[Found | str]:
    """Yield the classes that a class names as its bases; those from elsewhere by their names."""
    bases = node.child_by_field_name("superclasses")
    for base in bases.named_children if bases else ():
        found = resolve_node(module, base) if base.type in ("identifier", "attribute") else None
        if isinstance(found, Found) and found.node.type == "class_definition":
            yield found
        elif base.type != "keyword_argument":
            yield last_name(module, base)


def _kind(module: Module, node: Node, depth: int = 0) -> str | None:
    """Return the sort of a class: `enum`, `TypedDict`, `dataclass` or `model`."""
    if depth > MAX_FOLLOWED:
        return None
    parent = node.parent
    decorators = parent.children if parent and parent.type == "decorated_definition" else []
    if any("dataclass" in module.text(child) for child in decorators if child.type == "decorator"):
        return "dataclass"
    for base in _bases(module, node):
        if isinstance(base, Found):
            if kind := _kind(base.module, base.node, depth + 1):
                return kind
        elif base in _ENUMS:
            return "enum"
        elif base in _MODELS or base.endswith("BaseModel"):
            return "TypedDict" if base == "TypedDict" else "model"
    return None


def _enumeration(reader: Annotations, module: Module, node: Node) -> Value:  # noqa: ARG001  called like the others of its table
    values = [
        module.evaluate(binding.value)
        for name, binding in module.names_in(node).items()
        if binding.value and not name.startswith("_") and binding.value.type not in ("function_definition", "lambda")
    ]
    if not all(value.known for value in values):
        return unknown("a member of the enumeration is computed at run time")
    return _described(module, node, enumeration(values, single="enum"))


def _described(module: Module, node: Node, body: Value) -> Value:
    doc = docstring.of_function(module, node)
    if doc is None or doc.text is None:
        return body
    return body._replace(data={"description": doc._replace(data=cleandoc(doc.text)), **body.members})


def _object(reader: Annotations, module: Module, node: Node, depth: int, kind: str) -> Value:
    found: dict[str, Property] = {}
    rest = _collect(reader, module, node, depth, kind, found)
    members: dict[str, Value] = {
        "properties": Value({p.name: p.schema for p in found.values()}, rest=rest),
        "type": Value("object"),
    }
    if required := [Value(p.name) for p in found.values() if p.required]:
        members["required"] = Value(required)
    if _forbids_extra(module, node):
        members["additionalProperties"] = Value(False)
    return _described(module, node, Value(members))


def _forbids_extra(module: Module, node: Node) -> bool:
    config = module.names_in(node).get("model_config")
    return bool(config and config.value and '"forbid"' in module.text(config.value).replace("'", '"'))


def _collect(
    reader: Annotations, module: Module, node: Node, depth: int, kind: str, found: dict[str, Property]
) -> str | None:
    """Add the fields of a class and of its bases to `found`; say why there may be more."""
    rest: str | None = None
    for base in _bases(module, node):
        if isinstance(base, Found) and depth < MAX_FOLLOWED:
            rest = _collect(reader, base.module, base.node, depth + 1, kind, found) or rest
        elif base not in (*_MODELS, "Generic", "ABC", "Protocol") and not (kind == "dataclass" and base == "object"):
            rest = f"inherits fields from {base if isinstance(base, str) else 'a class'}"
    total = not any(
        "total=False" in module.text(c).replace(" ", "") for c in node.children if c.type == "argument_list"
    )
    for field in _fields(module, node):
        found[field.name] = property_of(reader, module, field, depth, optional=kind == "TypedDict" and not total)
    return rest


def _fields(module: Module, node: Node) -> Iterator[Field]:
    body = node.child_by_field_name("body")
    for statement in body.named_children if body else ():
        inner = (
            statement.named_children[0]
            if statement.type == "expression_statement" and statement.named_children
            else None
        )
        if inner is None or inner.type != "assignment":
            continue
        name, type_, default = (inner.child_by_field_name(f) for f in ("left", "type", "right"))
        if not (name and type_ and name.type == "identifier") or module.text(name).startswith("_"):
            continue
        if "ClassVar" not in module.text(type_):
            yield Field(module.text(name), name, type_, default)


def property_of(
    reader: Annotations, module: Module, field: Field, depth: int = 0, *, optional: bool = False
) -> Property:
    """Return a field as a property: its type, its `Field`, its default and its title."""
    body = reader.schema(module, field.type, depth + 1) if field.type else Value({})
    name, required = field.name, field.default is None and not optional
    text = module.text(field.type) if field.type else ""
    if text.startswith(("NotRequired", "Required", "typing.NotRequired", "typing.Required")):
        required = "NotRequired" not in text
    call = fields.field_call(module, field.default)
    if call:
        body = fields.applied(module, body, call)
        alias = call.get("alias") or call.get("validation_alias")
        name = (module.evaluate(alias).text if alias else None) or name
    body, has_default = _with_default(module, body, field, call)
    required = required or (call is not None and not has_default)
    if reader.titles and "title" not in body.members and body.known and not _is_reference(body):
        body = body._replace(data={**body.members, "title": Value(title(field.name))})
    return Property(name, body._replace(key=module.literal(field.at)), required)


def _with_default(module: Module, body: Value, field: Field, call: Arguments | None) -> tuple[Value, bool]:
    node = call.get("default", 0) if call else field.default
    if call and "default_factory" in call.named:
        return body, True
    if node is None or module.text(node) in ("...", "PydanticUndefined"):
        return body, False
    return fields.with_member(body, "default", module.evaluate(node)), True


def _is_reference(body: Value) -> bool:
    """Return True if the type of a field is a class, or a class or null: such fields have no titles."""
    if "$ref" in body.members:
        return True
    arms = body.members["anyOf"].items if "anyOf" in body.members else []
    return len(arms) == 2 and "$ref" in arms[0].members and arms[1].members.get("type") == Value("null")


def title(name: str) -> str:
    """Return the title that pydantic makes of a name."""
    return name.title().replace("_", " ").strip()
