"""The tools and servers of a Go file."""

from collections.abc import Iterator, Mapping, Sequence

from toolsmell.sources.code import found as finds
from toolsmell.sources.code.construct import Construction
from toolsmell.sources.code.found import FoundInFile, FoundServer, FoundTool
from toolsmell.sources.code.go import handler_schemas, mcp_go, sites
from toolsmell.sources.code.go.names import resolve_node
from toolsmell.sources.code.go.values import elements, evaluate
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Match, Node, call_of
from toolsmell.sources.code.values import Value, unknown

_PARTS = ("name", "title", "description", "inputSchema", "outputSchema", "annotations")


def find(module: Module) -> FoundInFile:
    """Return the tools and servers in a file."""
    made = tuple(_servers(module))
    only = made[0].ref if len(made) == 1 else None
    tools, notes = finds.sorted_out((*_built(module), *_written(module), *_registered(module)))
    return FoundInFile(tuple(one._replace(server=only) for one in tools), made, notes)


def _servers(module: Module) -> Iterator[FoundServer]:
    for found in module.matches("servers"):
        call = _called(module, found)
        given = arguments_of(call) if call else []
        if call is None or not given:
            continue
        name: Value | None = evaluate(module, given[0])
        if module.text(found["function"]) == "NewServer":
            name = name.members.get("name") if name else None
        instructions = evaluate(module, given[1]).members.get("instructions") if len(given) > 1 else None
        yield FoundServer(finds.ref_of(module, call), name, instructions, module.literal(call))


def _called(module: Module, found: Match) -> Node | None:
    """Return the call of a function of a package of MCP."""
    call = call_of(found["callee"])
    ours = module.text(found["function"]) == "NewMCPServer" or "mcp" in module.text(found["package"])
    return call if call is not None and call.type == "call_expression" and ours else None


def _built(module: Module) -> Iterator[FoundTool]:
    for found in module.matches("options"):
        node = _called(module, found)
        if node is None:
            continue
        head = next(iter(arguments_of(node)), node)
        construction = Construction(
            module.project,
            sites.options,
            lambda head=head, node=node: evaluate(module, head) if head is not node else None,  # type: ignore[misc]
            lambda head=head, node=node: finds.tool(module, node, head, mcp_go.new_tool(module, node), None),  # type: ignore[misc]
        )
        yield from construction.tools()


def _registered(module: Module) -> Iterator[FoundTool]:
    """Yield the tools of mcp-golang. Other projects have methods of that name, which take tools."""
    for found in module.matches("registered") if b"mcp-golang" in module.source.data else ():
        call = call_of(found["callee"])
        given = arguments_of(call) if call else []
        if call is None or len(given) != 3:
            continue
        construction = Construction(
            module.project,
            sites.options,
            lambda given=given: evaluate(module, given[0]),  # type: ignore[misc]
            lambda call=call, given=given: finds.tool(module, call, given[0], _positional(module, given), None),  # type: ignore[misc]
        )
        yield from construction.tools()


def _positional(module: Module, given: Sequence[Node]) -> dict[str, Value | None]:
    """`RegisterTool(name, description, handler)`"""
    return {
        "name": evaluate(module, given[0]),
        "description": evaluate(module, given[1]),
        "inputSchema": handler_schemas.of_last_parameter(module, given[2]),
    }


def _written(module: Module) -> Iterator[FoundTool]:
    given = _handlers(module)
    for found in module.matches("literals"):
        for tool, body in _literals(found["qualified"]) if "mcp" in module.text(found["package"]) else ():
            name = _name_in(module, body)
            if name is body:
                continue  # mcp.Tool{}: a zero value
            construction = Construction(
                module.project,
                sites.options,
                lambda name=name: evaluate(module, name),  # type: ignore[misc]
                lambda tool=tool, body=body: _literal(module, tool, body, given.get(tool.id)),  # type: ignore[misc]
            )
            yield from construction.tools()


def _literal(module: Module, tool: Node, body: Node, handler: Node | None) -> FoundTool | None:
    """Return the tool that a literal of the type `Tool` is."""
    parts = _parts(elements(module, body))
    if "name" not in parts:
        return None
    schema = parts.get("inputSchema")
    if schema is None or (schema.unknown and handler is None):
        made = (
            handler_schemas.of_handler(module, handler)
            if handler is not None
            else handler_schemas.of_constructor(module, tool)
        )
        parts["inputSchema"] = schema if made is None and schema is not None else made or _FOLLOWS
    return finds.tool(module, tool, _name_in(module, body), parts, None)


_FOLLOWS = unknown("follows from the type that its handler takes")


def _literals(type_: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the literals of a type, each with its body: one of `T{...}`, several of `[]T{{...}}`."""
    around = type_.parent
    if around is not None and around.type == "pointer_type":
        around = around.parent
    is_slice = around is not None and around.type == "slice_type"
    literal = around.parent if around is not None and is_slice else around
    body = literal.child_by_field_name("body") if literal is not None and literal.type == "composite_literal" else None
    if literal is None or body is None:
        return
    if not is_slice:
        yield literal, body
        return
    for element in body.named_children:
        inner = element.named_children[0] if element.type == "literal_element" and element.named_children else None
        if inner is not None and inner.type == "literal_value":
            yield element, inner


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
        call = call_of(handler_schemas.instantiated(captures["callee"]))
        given = arguments_of(call) if call else []
        tool = resolve_node(module, given[1]) if len(given) > 2 else None
        if tool and tool.module is module:
            found[tool.node.id] = given[2]
    return found
