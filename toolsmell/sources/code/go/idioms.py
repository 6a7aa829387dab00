"""The tools and servers of a Go file."""

from collections.abc import Iterator, Mapping

from toolsmell.sources.code import found as finds
from toolsmell.sources.code.found import Found, FoundServer, FoundTool
from toolsmell.sources.code.go import options, structs
from toolsmell.sources.code.go.names import arguments_of, resolve_node
from toolsmell.sources.code.go.values import elements, evaluate
from toolsmell.sources.code.module import Found as Resolved
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import Value, unknown

_PARTS = ("name", "title", "description", "inputSchema", "outputSchema", "annotations")


def find(module: Module) -> Found:
    """Return what a file says of tools and servers."""
    made = tuple(_servers(module))
    only = made[0].ref if len(made) == 1 else None
    tools, notes = finds.sorted_out((*_built(module), *_written(module)))
    return Found(tuple(one._replace(server=only) for one in tools), made, notes)


def _servers(module: Module) -> Iterator[FoundServer]:
    for found in module.matches("servers"):
        call, given = found["server"], arguments_of(found["server"])
        if not given:
            continue
        name: Value | None = evaluate(module, given[0])
        if module.text(found["function"]) == "NewServer":
            name = name.members.get("name") if name else None
        instructions = evaluate(module, given[1]).members.get("instructions") if len(given) > 1 else None
        yield FoundServer(finds.ref_of(module, call), name, instructions, module.literal(call))


def _built(module: Module) -> Iterator[FoundTool]:
    for found in module.matches("options"):
        module.project.begin_tool()
        node = found["tool"]
        head = next(iter(arguments_of(node)), node)
        yield finds.tool(module, node, head, options.new_tool(module, node), None)


def _written(module: Module) -> Iterator[FoundTool]:
    handlers = _handlers(module)
    for found in module.matches("literals"):
        module.project.begin_tool()
        parts = _parts(elements(module, found["body"]))
        if "name" not in parts:
            continue  # mcp.Tool{}: a zero value
        if "inputSchema" not in parts:
            parts["inputSchema"] = _of_handler(module, handlers.get(found["tool"].id))
        yield finds.tool(module, found["tool"], _name_in(module, found["body"]), parts, None)


def _name_in(module: Module, body: Node) -> Node:
    """Return the value of the field `Name`."""
    named = (child for child in body.named_children if child.type == "keyed_element")
    found = (child for child in named if module.text(child.named_children[0]) == "Name")
    return next((child.named_children[-1] for child in found), body)


def _parts(value: Value) -> dict[str, Value | None]:
    members = value.members
    parts: dict[str, Value | None] = {key: members[key] for key in _PARTS if key in members}
    if "rawInputSchema" in members:
        parts["inputSchema"] = members["rawInputSchema"]
    if value.rest:
        parts["*"] = Value(value.rest)
    return parts


def _handlers(module: Module) -> Mapping[int, Node]:
    """Return the handlers of the tools that are written down here, by the ids of the tools' nodes."""
    found: dict[int, Node] = {}
    for captures in module.matches("handlers"):
        tool = resolve_node(module, captures["tool"])
        if tool and tool.module is module:
            found[tool.node.id] = captures["handler"]
    return found


def _of_handler(module: Module, handler: Node | None) -> Value:
    """Return the schema of the third parameter of a handler."""
    type_ = _argument_type(resolve_node(module, handler)) if handler else None
    if type_ is None:
        return unknown("follows from the type that its handler takes")
    schema = structs.schema(type_.module, type_.node, invopop=False)
    return Value({"type": Value("object")}) if schema.data == {} else schema


def _argument_type(found: Resolved | None) -> Resolved | None:
    """Return the type of the arguments that a handler takes, or one that a call makes."""
    if found is None:
        return None
    module, node = found
    if node.type == "call_expression":
        function = node.child_by_field_name("function")
        made = resolve_node(module, function) if function else None
        result = made.node.child_by_field_name("result") if made and made.node.id != node.id else None
        return _argument_type(Resolved(made.module, result)) if made and result else None
    if node.type == "generic_type":  # mcp.ToolHandlerFor[In, Out]
        arguments = node.child_by_field_name("type_arguments")
        first = arguments.named_children[0] if arguments and arguments.named_children else None
        inner = first.named_children[0] if first and first.type == "type_elem" else first
        return Resolved(module, inner) if inner else None
    parameters = node.child_by_field_name("parameters")
    types = [
        type_
        for declaration in (parameters.named_children if parameters else ())
        if (type_ := declaration.child_by_field_name("type"))
        for _ in range(max(1, len(declaration.children_by_field_name("name"))))
    ]
    return Resolved(module, types[2]) if len(types) == 3 else None
