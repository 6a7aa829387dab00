"""Type hints as pydantic writes them in JSON Schema."""

from collections.abc import Callable, Mapping
from typing import Final

from toolsmell.model import Json
from toolsmell.sources.code.following import resolve
from toolsmell.sources.code.module import MAX_FOLLOWED, Found, Module
from toolsmell.sources.code.python import fields, model_classes
from toolsmell.sources.code.python.names import Arguments, last_name, resolve_node
from toolsmell.sources.code.python.unions import enumeration, union
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import TOO_MUCH, Value, plain, unknown

_STRING: Json = {"type": "string"}
SIMPLE: Mapping[str, Json] = {
    "str": _STRING,
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "bytes": {"format": "binary", "type": "string"},
    "None": {"type": "null"},
    "NoneType": {"type": "null"},
    "Any": {},
    "object": {},
    "dict": {"additionalProperties": True, "type": "object"},
    "list": {"items": {}, "type": "array"},
    "tuple": {"items": {}, "type": "array"},
    "set": {"items": {}, "type": "array", "uniqueItems": True},
    "datetime": {"format": "date-time", "type": "string"},
    "date": {"format": "date", "type": "string"},
    "time": {"format": "time", "type": "string"},
    "timedelta": {"format": "duration", "type": "string"},
    "Decimal": {"anyOf": [{"type": "number"}, {"type": "string"}]},
    "UUID": {"format": "uuid", "type": "string"},
    "Path": {"format": "path", "type": "string"},
    "FilePath": {"format": "file-path", "type": "string"},
    "DirectoryPath": {"format": "directory-path", "type": "string"},
    "AnyUrl": {"format": "uri", "minLength": 1, "type": "string"},
    "AnyHttpUrl": {"format": "uri", "minLength": 1, "type": "string"},
    "HttpUrl": {"format": "uri", "maxLength": 2083, "minLength": 1, "type": "string"},
    "EmailStr": {"format": "email", "type": "string"},
    "SecretStr": {"format": "password", "type": "string", "writeOnly": True},
    "IPv4Address": {"format": "ipv4", "type": "string"},
    "IPv6Address": {"format": "ipv6", "type": "string"},
    "PositiveInt": {"exclusiveMinimum": 0, "type": "integer"},
    "NonNegativeInt": {"minimum": 0, "type": "integer"},
    "NegativeInt": {"exclusiveMaximum": 0, "type": "integer"},
    "PositiveFloat": {"exclusiveMinimum": 0, "type": "number"},
    "NonNegativeFloat": {"minimum": 0, "type": "number"},
    "StrictStr": _STRING,
    "StrictInt": {"type": "integer"},
    "StrictFloat": {"type": "number"},
    "StrictBool": {"type": "boolean"},
}
_ALIASES: Mapping[str, str] = {
    **dict.fromkeys(("Dict", "Mapping", "MutableMapping", "OrderedDict", "DefaultDict", "defaultdict"), "dict"),
    **dict.fromkeys(("List", "Sequence", "Iterable", "Collection", "MutableSequence", "Deque", "deque"), "list"),
    **dict.fromkeys(("Set", "FrozenSet", "frozenset", "AbstractSet", "MutableSet"), "set"),
    **dict.fromkeys(("Tuple",), "tuple"),
    **dict.fromkeys(("PurePath", "PosixPath"), "Path"),
    **dict.fromkeys(("UUID1", "UUID3", "UUID4", "UUID5"), "UUID"),
}
_TRANSPARENT = frozenset(("Required", "NotRequired", "ReadOnly", "Final", "SkipValidation", "InstanceOf"))


class TypeReader:
    """Reads the annotations of one tool. Classes that it meets become definitions, as pydantic makes them."""

    def __init__(self, *, titles: bool, inline: bool) -> None:
        self.titles: Final = titles
        """Write a title for each field, made of its name, as pydantic does."""
        self.inline: Final = inline
        """Write the schema of a class in place, instead of a reference to its definition."""
        self.definitions: dict[str, Value] = {}
        self.open: list[int] = []
        """The classes that are being read, by the ids of their nodes: one in itself ends in a reference."""
        self.described_by_text = False
        """Whether a bare text in `Annotated` describes, as FastMCP has it."""

    def schema(self, module: Module, node: Node, depth: int = 0) -> Value:
        """Return the schema of an annotation."""
        if depth > MAX_FOLLOWED or module.project.steps.exhausted():
            return TOO_MUCH
        if node.type in ("type", "parenthesized_expression") and node.named_child_count == 1:
            return self.schema(module, node.named_children[0], depth + 1)
        match node.type:
            case "identifier" | "attribute":
                return self._named(module, node, depth)
            case "none":
                return plain(SIMPLE["None"])
            case "binary_operator" | "union_type":
                return union([self.schema(module, arm, depth + 1) for arm in _arms(node)])
            case "subscript" | "generic_type":
                return self._generic(module, node, depth)
            case "string":
                return self._quoted(module, node, depth)
        return module.computed(node)

    def _named(self, module: Module, node: Node, depth: int) -> Value:
        found = resolve_node(module, node)
        if isinstance(found, Found) and found.node.type == "class_definition":
            return self._class(found.module, found.node, depth)
        if isinstance(found, Found) and found.node.id != node.id:
            return self._alias(found, depth)
        name = last_name(module, node)
        name = _ALIASES.get(name, name)
        return plain(SIMPLE[name]) if name in SIMPLE else module.computed(node)

    def _alias(self, found: Found, depth: int) -> Value:
        """Read what a name of a type stands for: `Alias = Literal[...]`, `NewType("Id", str)`."""
        if found.node.type == "call":
            function = found.node.child_by_field_name("function")
            base = Arguments(found.module, found.node).get("tp", 1)
            if base and function and last_name(found.module, function) == "NewType":
                return self.schema(found.module, base, depth + 1)
            return found.module.computed(found.node)
        return self.schema(found.module, found.node, depth + 1)

    def _quoted(self, module: Module, node: Node, depth: int) -> Value:
        """Read a forward reference; only of a single name, since what is quoted has no tree."""
        name = module.evaluate(node).text or ""
        found = resolve(module, name, node.start_byte) if name.isidentifier() else None
        if isinstance(found, Found) and found.node.type == "class_definition":
            return self._class(found.module, found.node, depth)
        return plain(SIMPLE[name]) if name in SIMPLE else module.computed(node)

    def _generic(self, module: Module, node: Node, depth: int) -> Value:
        arguments = _type_arguments(node)
        name = last_name(module, node.children[0])
        name = _ALIASES.get(name, name)
        reader = _GENERICS.get(name)
        if reader and arguments:
            return reader(self, module, arguments, depth + 1)
        if name in _TRANSPARENT and arguments:
            return self.schema(module, arguments[0], depth + 1)
        return module.computed(node)

    def _class(self, module: Module, node: Node, depth: int) -> Value:
        return model_classes.schema(self, module, node, depth + 1)

    def _optional(self, module: Module, arguments: list[Node], depth: int) -> Value:
        return union([self.schema(module, arguments[0], depth), plain(SIMPLE["None"])])

    def _union(self, module: Module, arguments: list[Node], depth: int) -> Value:
        return union([self.schema(module, arm, depth) for arm in arguments])

    def _literal(self, module: Module, arguments: list[Node], depth: int) -> Value:
        values = [value for node in arguments for value in self._options(module, node, depth)]
        if not all(value.known for value in values):
            return unknown("an option is computed at run time")
        return enumeration(values, single="const")

    def _options(self, module: Module, node: Node, depth: int) -> list[Value]:
        """Return the values of an argument of `Literal`; an alias of another `Literal` gives all of its."""
        inner = node.named_children[0] if node.type == "type" and node.named_child_count == 1 else node
        value = module.evaluate(inner, depth)
        if value.known or inner.type not in ("identifier", "attribute", "subscript", "generic_type"):
            return [value]
        schema = self.schema(module, inner, depth + 1).members
        return schema["enum"].items if "enum" in schema else [schema["const"]] if "const" in schema else [value]

    def _list(self, module: Module, arguments: list[Node], depth: int) -> Value:
        return Value({"items": self.schema(module, arguments[0], depth), "type": Value("array")})

    def _set(self, module: Module, arguments: list[Node], depth: int) -> Value:
        return Value({**self._list(module, arguments, depth).members, "uniqueItems": Value(True)})

    def _dict(self, module: Module, arguments: list[Node], depth: int) -> Value:
        values = self.schema(module, arguments[1], depth) if len(arguments) > 1 else Value({})
        return Value({"additionalProperties": values if values.data else Value(True), "type": Value("object")})

    def _tuple(self, module: Module, arguments: list[Node], depth: int) -> Value:
        if module.text(arguments[-1]) == "...":
            return self._list(module, arguments, depth)
        items = Value([self.schema(module, argument, depth) for argument in arguments])
        size = Value(len(arguments))
        return Value({"maxItems": size, "minItems": size, "prefixItems": items, "type": Value("array")})

    def _annotated(self, module: Module, arguments: list[Node], depth: int) -> Value:
        schema = self.schema(module, arguments[0], depth)
        return fields.annotated(module, schema, arguments[1:], described_by_text=self.described_by_text)


_GENERICS: Mapping[str, Callable[[TypeReader, Module, list[Node], int], Value]] = {
    "Optional": TypeReader._optional,  # noqa: SLF001
    "Union": TypeReader._union,  # noqa: SLF001
    "Literal": TypeReader._literal,  # noqa: SLF001
    "Annotated": TypeReader._annotated,  # noqa: SLF001
    "list": TypeReader._list,  # noqa: SLF001
    "set": TypeReader._set,  # noqa: SLF001
    "dict": TypeReader._dict,  # noqa: SLF001
    "tuple": TypeReader._tuple,  # noqa: SLF001
}


def _arms(node: Node) -> list[Node]:
    """Return the arms of `A | B | C`, which is nested to the left."""
    arms: list[Node] = []
    while node.type in ("binary_operator", "union_type"):
        arms.append(node.named_children[-1])
        node = node.named_children[0]
    return [node, *reversed(arms)]


def _type_arguments(node: Node) -> list[Node]:
    if node.type == "subscript":
        return node.children_by_field_name("subscript")
    parameters = next((child for child in node.named_children if child.type == "type_parameter"), None)
    return parameters.named_children if parameters else []


def model_schema(module: Module, node: Node) -> Value | None:
    """Return the value of `Model.model_json_schema()`, or None if the class is not in the project."""
    found = resolve_node(module, node)
    if not isinstance(found, Found) or found.node.type != "class_definition":
        return None
    reader = TypeReader(titles=True, inline=False)
    schema = model_classes.schema(reader, found.module, found.node, 0)
    own = next(reversed(reader.definitions), None)
    if not own or set(schema.members) != {"$ref"}:
        return None
    members = reader.definitions.pop(own).members
    return Value({**({"$defs": Value(dict(reader.definitions))} if reader.definitions else {}), **members})
