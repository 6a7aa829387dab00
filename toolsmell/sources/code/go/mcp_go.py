"""mark3labs/mcp-go: tools that are built by options."""

from collections.abc import Mapping

from toolsmell.model import Json
from toolsmell.sources.code.go import reach, structs
from toolsmell.sources.code.go.names import called, resolve_node, returned
from toolsmell.sources.code.go.values import evaluate, raw_json
from toolsmell.sources.code.module import MAX_FOLLOWED, Found, Module
from toolsmell.sources.code.nodes import arguments_of, parts_of
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import Value, plain

_TYPES: Mapping[str, Json] = {
    "WithString": {"type": "string"},
    "WithNumber": {"type": "number"},
    "WithInteger": {"type": "integer"},
    "WithBoolean": {"type": "boolean"},
    "WithArray": {"type": "array"},
    "WithObject": {"type": "object", "properties": {}},
    "WithAny": {},
}
_KEYWORDS: Mapping[str, str] = {
    "Description": "description",
    "Title": "title",
    "DefaultString": "default",
    "DefaultNumber": "default",
    "DefaultBool": "default",
    "DefaultArray": "default",
    "MaxLength": "maxLength",
    "MinLength": "minLength",
    "Pattern": "pattern",
    "Max": "maximum",
    "Min": "minimum",
    "MultipleOf": "multipleOf",
    "Properties": "properties",
    "AdditionalProperties": "additionalProperties",
    "MinProperties": "minProperties",
    "MaxProperties": "maxProperties",
    "PropertyNames": "propertyNames",
    "Items": "items",
    "MinItems": "minItems",
    "MaxItems": "maxItems",
    "UniqueItems": "uniqueItems",
}
_ITEMS: Mapping[str, str] = {
    "WithStringItems": "string",
    "WithNumberItems": "number",
    "WithIntegerItems": "integer",
    "WithBooleanItems": "boolean",
}
_HINTS: Mapping[str, str] = {
    "WithTitleAnnotation": "title",
    "WithReadOnlyHintAnnotation": "readOnlyHint",
    "WithDestructiveHintAnnotation": "destructiveHint",
    "WithIdempotentHintAnnotation": "idempotentHint",
    "WithOpenWorldHintAnnotation": "openWorldHint",
}
# What NewTool starts from.
_ANNOTATIONS: Json = {"readOnlyHint": False, "destructiveHint": True, "idempotentHint": False, "openWorldHint": True}


class Builder:
    """A tool, as one option after another makes it."""

    def __init__(self) -> None:
        self.description: Value | None = None
        self.properties: dict[str, Value] = {}
        self.required: list[Value] = []
        self.annotations: Value = plain(_ANNOTATIONS)
        self.schema: Value | None = None
        self.output: Value | None = None
        self.rest: str | None = None

    def apply(self, module: Module, node: Node, depth: int = 0) -> None:
        """Apply one option; one that cannot be followed may have set anything."""
        name = called(module, node) if node.type == "call_expression" else ""
        given = arguments_of(node)
        if name in _TYPES and given:
            self._property(module, name, given, depth)
        elif name == "WithDescription" and given:
            self.description = evaluate(module, given[0])
        elif name in _HINTS and given:
            self.annotations = _with(self.annotations, _HINTS[name], evaluate(module, given[0]))
        elif name == "WithToolAnnotation" and given:
            self.annotations = evaluate(module, given[0])
        elif name == "WithRawInputSchema" and given:
            self.schema = evaluate(module, given[0])
        elif name in ("WithInputSchema", "WithOutputSchema"):
            self._of_type(module, node, name)
        elif not name.startswith("With") and not self._followed(module, node, depth):
            self.rest = f"an option is computed at run time: {module.words(node)}"

    def _of_type(self, module: Module, node: Node, name: str) -> None:
        arguments = type_arguments(node)
        if not arguments:
            self.rest = f"an option is computed at run time: {module.words(node)}"
            return
        schema = structs.schema(module, arguments[0], invopop=True)
        if name == "WithInputSchema":
            self.schema = schema
        else:
            self.output = schema

    def _followed(self, module: Module, node: Node, depth: int) -> bool:
        """Apply the option that a function or a constant of the project gives."""
        if depth > MAX_FOLLOWED:
            return False
        function = node.child_by_field_name("function") if node.type == "call_expression" else node
        found = resolve_node(module, function) if function else None
        option = returned(found.node) if found and found.node.type == "function_declaration" else None
        if found and option is None and found.node.id != node.id and found.node.type == "call_expression":
            option = found.node
        if found is None or option is None:
            return False
        self.apply(found.module, option, depth + 1)
        return True

    def _property(self, module: Module, name: str, given: list[Node], depth: int) -> None:
        key = evaluate(module, given[0])
        if key.text is None:
            self.rest = f"the name of a parameter is computed at run time: {module.words(given[0])}"
            return
        schema, required = _property(module, plain(_TYPES[name]), given[1:], depth)
        self.properties[key.text] = schema._replace(key=key.literal)
        if required:
            self.required.append(Value(key.text))

    def input_schema(self) -> Value:
        if self.schema is not None:
            return self.schema
        members = {"type": Value("object"), "properties": Value(self.properties, rest=self.rest)}
        return Value({**members, "required": Value(self.required)} if self.required else members)


def _with(schema: Value, name: str, value: Value) -> Value:
    return schema._replace(data={**schema.members, name: value})


def _property(module: Module, schema: Value, options: list[Node], depth: int) -> tuple[Value, bool]:
    """Return the schema that options make of that of a type, and whether it must be given."""
    required = False
    for option in options:
        name = called(module, option) if option.type == "call_expression" else ""
        given = arguments_of(option)
        if name == "Required":
            required = True
        elif name == "Enum":
            schema = _with(schema, "enum", Value([evaluate(module, one) for one in given]))
        elif name in _KEYWORDS and given:
            schema = _with(schema, _KEYWORDS[name], evaluate(module, given[0]))
        elif name in _ITEMS:
            schema = _with(schema, "items", _property(module, plain({"type": _ITEMS[name]}), given, depth)[0])
        elif name == "WithStringEnumItems" and given:
            items = Value({"type": Value("string"), "enum": evaluate(module, given[0])})
            schema = _with(schema, "items", items)
        else:
            schema = schema._replace(rest=f"an option is computed at run time: {module.words(option)}")
    return schema, required


def type_arguments(node: Node) -> list[Node]:
    """Return the types in `Function[T]()`."""
    function = node.child_by_field_name("function")
    holder = node.child_by_field_name("type_arguments")
    if (
        holder is None
        and function is not None
        and function.type in ("index_expression", "type_instantiation_expression")
    ):
        return function.named_children[1:]
    types = parts_of(holder) if holder else ()
    return [t.named_children[0] if t.type == "type_elem" and t.named_children else t for t in types]


def new_tool(module: Module, node: Node) -> dict[str, Value | None]:
    """Return the parts of `mcp.NewTool(...)` or `mcp.NewToolWithRawSchema(...)`."""
    given = arguments_of(node)
    parts: dict[str, Value | None] = {"name": evaluate(module, given[0]) if given else None}
    if called(module, node) == "NewToolWithRawSchema":
        if len(given) == 3:
            schema = evaluate(module, given[2])
            parts["description"] = evaluate(module, given[1])
            parts["inputSchema"] = raw_json(module, given[2], schema) if schema.text is not None else schema
        return parts
    builder = Builder()
    for option in given[1:]:
        if option.type == "variadic_argument":
            given_options = list(reach.elements(Found(module, option.named_children[0])))
            for one in given_options:
                builder.apply(one.value.module, one.value.node)
            if not given_options or builder.description is None:
                builder.rest = "more options are given at run time"
        else:
            builder.apply(module, option)
    parts["description"] = builder.description
    parts["inputSchema"] = builder.input_schema()
    parts["outputSchema"] = builder.output
    parts["annotations"] = builder.annotations
    if builder.rest:
        parts["*"] = Value(builder.rest)
    return parts
