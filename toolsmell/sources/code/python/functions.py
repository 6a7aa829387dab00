"""Functions as tools: what FastMCP and MCPServer make of a signature, a docstring and a decorator."""

from collections.abc import Iterator
from typing import NamedTuple

from toolsmell.escape import shown
from toolsmell.sources.code.cleaning import dedented
from toolsmell.sources.code.found import FoundTool, tool
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.python import docstring, model_classes
from toolsmell.sources.code.python.frameworks import Framework
from toolsmell.sources.code.python.model_classes import Field, Property
from toolsmell.sources.code.python.names import Arguments, argument, last_name, resolve_node, returned
from toolsmell.sources.code.python.servers import Owner
from toolsmell.sources.code.python.type_hints import TypeReader
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import LiteralKind, Value, unknown
from toolsmell.text import pattern

# Parameters that the framework fills, and that no schema shows.
_INJECTED = r"\bContext\b|\bResolve\("
_INJECTED_DEFAULTS = r"(?:\w+\.)*(?:Depends|Current\w+|Progress|Docket)\("
_HINTS = {
    "read_only_hint": "readOnlyHint",
    "destructive_hint": "destructiveHint",
    "idempotent_hint": "idempotentHint",
    "open_world_hint": "openWorldHint",
}


class Registration(NamedTuple):
    """A function, and the code that makes a tool of it, which may stand in another file."""

    module: Module
    function: Node
    caller: Module
    arguments: Arguments | None
    owner: Owner
    at: Node
    """In `caller`: what the tool's code is taken to be."""


def read(registration: Registration) -> FoundTool:
    """Return the tool that a function becomes."""
    module, function, caller, arguments, owner, at = registration
    name_node = function.child_by_field_name("name") or function
    own = own_name(Found(module, function))
    doc = docstring.of_function(module, function)
    framework = owner.framework
    is_apart = doc is not None and doc.text is not None and not framework.is_sdk
    documented = docstring.Documented(module, doc, framework.splits) if doc is not None and is_apart else None
    parts: dict[str, Value | None] = {
        "name": argument_value(caller, arguments, "name") or own,
        "title": argument_value(caller, arguments, "title"),
        "description": _description(caller, arguments, doc, documented),
        "inputSchema": input_schema(module, function, framework, documented),
        "outputSchema": argument_value(caller, arguments, "output_schema")
        or unknown("follows from the type that is returned"),
        "annotations": _annotations(caller, arguments),
    }
    if arguments and arguments.open:
        parts["*"] = Value("the decorator has arguments that are computed at run time")
    head = name_node if caller.path == module.path else at
    made = tool(caller, at, head, parts, owner.server)
    site = made.site and made.site._replace(function=Found(module, function))
    return made._replace(
        site=site, unsent=_unsent(parts["description"], documented), causes=_causes(registration, documented)
    )


def _causes(registration: Registration, documented: docstring.Documented | None) -> dict[str, str]:
    """Return why parts of the tool are missing, if its docstring was meant to have them."""
    module, function = registration.module, registration.function
    causes = {}
    if docstring.lost(module, function):
        causes["description"] = "the docstring is an f-string, which Python does not keep: write it without the f"
    signature = function.child_by_field_name("parameters")
    known = set(pattern(r"\w+").findall(module.text(signature))) if signature else set()
    strange = [name for name in documented.parameters if name not in known] if documented else []
    if strange:
        listed = " and ".join(f"'{shown(name, 40)}'" for name in strange[:3])
        causes["inputSchema"] = f"the docstring describes {listed} instead, which the function does not have"
    return causes


def without_function(caller: Module, arguments: Arguments | None, owner: Owner, at: Node) -> FoundTool | None:
    """Return a tool whose function is not known, but whose name is given."""
    name = argument_value(caller, arguments, "name")
    if name is None or name.text is None:
        return None
    why = unknown("the function of the tool is decided at run time")
    parts: dict[str, Value | None] = {
        "name": name,
        "title": argument_value(caller, arguments, "title"),
        "description": argument_value(caller, arguments, "description") or why,
        "inputSchema": why,
        "outputSchema": why,
        "annotations": _annotations(caller, arguments),
    }
    return tool(caller, at, at, parts, owner.server)


def own_name(function: Found) -> Value:
    """Return the name of a function as the name of a tool."""
    node = function.node.child_by_field_name("name") or function.node
    return Value(function.module.text(node), function.module.literal(node, LiteralKind.EXPRESSION))


def argument_value(module: Module, arguments: Arguments | None, name: str) -> Value | None:
    """Return an argument of a registration, or None if it is not passed or passed as None."""
    if arguments is None:
        return None
    # Only the name may be given by position, and only as a text.
    position = 0 if name == "name" and arguments.positional and arguments.positional[0].type == "string" else None
    found = argument(module, arguments, name, position)
    value = found.module.evaluate(found.node) if found else None
    return None if value is None or value.data is None else value


def _description(
    caller: Module, arguments: Arguments | None, doc: Value | None, documented: docstring.Documented | None
) -> Value | None:
    given = argument_value(caller, arguments, "description")
    if given is not None and (documented or given.data):
        return given
    if documented:
        return documented.description
    return doc if doc is None or doc.text is None else doc._replace(data=dedented(doc.text))


def _unsent(sent: Value | None, documented: docstring.Documented | None) -> str:
    """Return the text of a docstring that the framework takes off, if the docstring is the description."""
    is_description = documented is not None and sent is documented.description
    return documented.unsent if documented is not None and is_description else ""


def _annotations(caller: Module, arguments: Arguments | None) -> Value | None:
    found = argument(caller, arguments, "annotations") if arguments else None
    return annotations(found.module, found.node) if found else None


def annotations(module: Module, node: Node | None) -> Value | None:
    """Return the annotations of a tool: of `ToolAnnotations(...)`, a dictionary or a constant."""
    if node is None:
        return None
    found = resolve_node(module, node) if node.type != "call" else returned(module, node)
    if isinstance(found, Found):
        module, node = found.module, found.node
    function = node.child_by_field_name("function") if node.type == "call" else None
    if not (function and last_name(module, function) == "ToolAnnotations"):
        return module.evaluate(node)
    arguments = Arguments(module, node)
    members = {
        _HINTS.get(name, name): module.evaluate(value)._replace(key=module.literal(at))
        for name, (at, value) in arguments.named.items()
    }
    rest = "is given members at run time" if arguments.open else None
    return Value(members, module.literal(node), rest=rest)


def input_schema(
    module: Module, function: Node, framework: Framework, documented: docstring.Documented | None
) -> Value:
    """Return the schema that a framework makes of the parameters of a function."""
    reader = TypeReader(titles=framework.is_sdk, inline=not framework.is_sdk)
    reader.described_by_text = not framework.is_sdk
    found = [_property(reader, module, field, documented) for field in _fields(module, function, framework)]
    members: dict[str, Value] = {
        "properties": Value({p.name: p.schema for p in found}),
        "type": Value("object"),
    }
    if required := [Value(p.name) for p in found if p.required]:
        members["required"] = Value(required)
    if reader.definitions:
        members["$defs"] = Value(dict(reader.definitions))
    name = function.child_by_field_name("name")
    if framework.is_sdk and name:
        members["title"] = Value(f"{module.text(name)}Arguments")
    elif framework.closed:
        members["additionalProperties"] = Value(False)
    parameters = function.child_by_field_name("parameters")
    return Value(members, module.literal(parameters) if parameters else None)


def _property(reader: TypeReader, module: Module, field: Field, documented: docstring.Documented | None) -> Property:
    found = model_classes.property_of(reader, module, field)
    if field.type is None and reader.titles:
        untyped = {**found.schema.members, "title": Value(field.name), "type": Value("string")}
        found = found._replace(schema=found.schema._replace(data=untyped))
    text = documented.parameters.get(found.name) if documented else None
    if text and isinstance(found.schema.data, dict) and "description" not in found.schema.members:
        described = {**found.schema.members, "description": text}
        found = found._replace(schema=found.schema._replace(data=described))
    return found


def _fields(module: Module, function: Node, framework: Framework) -> Iterator[Field]:
    """Yield the parameters that a caller passes."""
    parameters = function.child_by_field_name("parameters")
    for position, node in enumerate(parameters.named_children if parameters else ()):
        name = node if node.type == "identifier" else node.child_by_field_name("name") or _first(node)
        if name is None or name.type != "identifier":
            continue
        field = Field(module.text(name), name, node.child_by_field_name("type"), node.child_by_field_name("value"))
        if position == 0 and field.name in ("self", "cls"):
            continue
        if not _injected(module, field, framework):
            yield field


def _first(node: Node) -> Node | None:
    return node.children[0] if node.type == "typed_parameter" else None


def _injected(module: Module, field: Field, framework: Framework) -> bool:
    if field.type and pattern(_INJECTED).search(module.text(field.type)):
        return True
    default = module.text(field.default) if field.default else ""
    return not framework.is_sdk and bool(pattern(_INJECTED_DEFAULTS).match(default))
