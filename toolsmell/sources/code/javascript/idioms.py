"""The tools and servers of a JavaScript or TypeScript file."""

from collections.abc import Iterator

from toolsmell.model import How
from toolsmell.sources.code import found as finds
from toolsmell.sources.code.construct import Construction
from toolsmell.sources.code.found import FoundInFile, FoundServer, FoundTool, ServerRef
from toolsmell.sources.code.javascript import zod
from toolsmell.sources.code.javascript.functions import FUNCTIONS, outermost, unwrapped
from toolsmell.sources.code.javascript.names import object_given, pairs, resolve_node
from toolsmell.sources.code.javascript.pairs import Pair, Pairs
from toolsmell.sources.code.javascript.sites import options
from toolsmell.sources.code.module import Found as Resolved
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Match, Node, call_of
from toolsmell.sources.code.values import Value, plain
from toolsmell.text import pattern

_PARTS = ("name", "title", "description", "annotations")
# What wrappers of the project call the schema.
_SCHEMAS = ("inputSchema", "parameters", "schema", "paramsSchema", "params", "input")
_DESCRIBED = r"(?i)(?:desc|description|summary|docs?|prompt)$"
_NOTHING = plain({"type": "object", "properties": {}})
_HINTS = frozenset(("title", "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"))


def find(module: Module) -> FoundInFile:
    """Return the tools and servers in a file."""
    made = tuple(_servers(module))
    only = made[0].ref if len(made) == 1 else None
    found = (*_registered(module), *_written(module), *_defined_by_name(module))
    tools, notes = finds.sorted_out(one if one.server else one._replace(server=only) for one in found)
    return FoundInFile(tools, made, notes)


def _servers(module: Module) -> Iterator[FoundServer]:
    for found in module.matches("servers"):
        call = found.get("server") or call_of(found["callee"])
        if call is None or call.type != "new_expression":
            continue
        given = arguments_of(call)
        about = [_object(module, one).members for one in given[:2]]
        type_ = module.text(found["type"])
        if not about or "name" not in about[0] or (type_ == "Server" and "version" not in about[0]):
            continue
        instructions = next((one["instructions"] for one in about if "instructions" in one), None)
        yield FoundServer(
            finds.ref_of(module, call),
            _value(about[0]["name"]),
            _value(instructions) if instructions else None,
            module.literal(call),
        )


def _value(pair: Pair) -> Value:
    return pair.module.evaluate(pair.value)


def _object(module: Module, node: Node) -> Pairs:
    """Return the members of an object, also of one in a constant or made by a function of no arguments."""
    found = object_given(resolve_node(module, node))
    if isinstance(found, Resolved) and found.node.type == "object":
        return pairs(found.module, found.node)
    return Pairs({}, "it is given as a whole at run time")


def _registered(module: Module) -> Iterator[FoundTool]:
    for found in module.matches("register"):
        call, method = call_of(outermost(found["callee"])), module.text(found["method"])
        given = arguments_of(call) if call else []
        if call is None or not given or _is_own(module, found["callee"]):
            continue
        construction = Construction(
            module.project,
            options,
            lambda given=given: _name(module, given[0]),  # type: ignore[misc]
            lambda found=found, call=call, given=given, method=method: _made(module, found, call, given, method),  # type: ignore[misc]
        )
        yield from construction.tools()


def _is_own(module: Module, callee: Node) -> bool:
    """Return True if a method of the project is called, not one of the SDK."""
    found = resolve_node(module, callee)
    return isinstance(found, Resolved) and found.node.type in FUNCTIONS


def _name(module: Module, node: Node) -> Value | None:
    """Return the name of the tool that the first argument of a registration gives: a text, or an object with it."""
    found = resolve_node(module, node)
    if isinstance(found, Resolved) and found.node.type == "object":
        pair = pairs(found.module, found.node).members.get("name")
        return _value(pair) if pair else None
    return module.evaluate(node)


def _made(module: Module, found: Match, call: Node, given: list[Node], method: str) -> FoundTool | None:
    """Return the tool that a registration makes."""
    server = _server(module, found["server"])
    if method == "addTool":
        parts = _object_parts(module, given[0])
    elif method == "tool":
        parts = _positional_parts(module, given)
    else:
        parts = _config_parts(module, given)
    if not parts or not _is_registration(module, method, parts):
        return None
    return finds.tool(module, call, _head(module, given[0]), parts, server)


def _head(module: Module, node: Node) -> Node:
    """Return the name of a tool in the code that makes it: an argument, or the member of one."""
    pair = pairs(module, node).members.get("name") if node.type == "object" else None
    return pair.value if pair and pair.module is module else node


def _is_registration(module: Module, method: str, parts: dict[str, Value | None]) -> bool:
    """Return True if a call registers a tool of MCP: other libraries have methods of the same names."""
    name = parts.get("name")
    if method == "registerTool":
        return name is not None
    return name is not None and (name.text is not None or b"mcp" in module.source.data.lower())


def _server(module: Module, node: Node) -> ServerRef | None:
    found = resolve_node(module, node)
    if isinstance(found, Resolved) and found.node.type == "new_expression":
        return finds.ref_of(found.module, found.node)
    return None


def _config_parts(module: Module, given: list[Node]) -> dict[str, Value | None] | None:
    """`registerTool(name, {title, description, inputSchema, annotations}, handler)`"""
    if len(given) < 2 or given[0].type == "object":
        return _object_parts(module, given[0])
    name = module.evaluate(given[0])
    return {
        "name": name,
        **_from_members(_object(module, given[1]), ("inputSchema",), ("title", "description", "annotations")),
    }


def _object_parts(module: Module, node: Node) -> dict[str, Value | None] | None:
    """`addTool({name, description, parameters, annotations, execute})`"""
    found = _object(module, node)
    return _from_members(found, _SCHEMAS) if "name" in found.members else None


def _positional_parts(module: Module, given: list[Node]) -> dict[str, Value | None] | None:
    """`tool(name, description?, shape?, annotations?, handler)`"""
    if len(given) < 2:
        return None
    name = module.evaluate(given[0])
    if name.known and name.text is None:
        return None
    parts: dict[str, Value | None] = {"name": name}
    rest = given[1:-1]
    if rest and _is_text(module, rest[0]):
        parts["description"] = module.evaluate(rest.pop(0))
    for node in rest[:2]:
        found = _object(module, node)
        hints = found.members and set(found.members) <= _HINTS
        if hints and not any(zod.read(p.module, p.value).schema.known for p in found.members.values()):
            parts["annotations"] = module.evaluate(node)
        else:
            parts.setdefault("inputSchema", input_schema(module, node))
    parts.setdefault("inputSchema", _NOTHING)
    return parts


def _is_text(module: Module, node: Node) -> bool:
    """Return True if an argument is a text, even one that is known in part only."""
    if unwrapped(node).type in ("string", "template_string", "binary_expression"):
        return True
    if pattern(_DESCRIBED).search(module.text(node)[-60:]):
        return True
    found = resolve_node(module, node)
    if isinstance(found, Resolved) and found.node.type in ("object", "new_expression"):
        return False
    value = module.evaluate(node)
    return value.text is not None or bool(value.unknown and value.unknown.pieces)


def _from_members(found: Pairs, schemas: tuple[str, ...], names: tuple[str, ...] = _PARTS) -> dict[str, Value | None]:
    parts: dict[str, Value | None] = {name: _value(found.members[name]) for name in names if name in found.members}
    schema = next((found.members[name] for name in schemas if name in found.members), None)
    parts["inputSchema"] = input_schema(schema.module, schema.value) if schema else _NOTHING
    if "outputSchema" in found.members:
        parts["outputSchema"] = input_schema(found.members["outputSchema"].module, found.members["outputSchema"].value)
    if found.rest:
        parts["*"] = Value(found.rest)
        if schema is None:
            del parts["inputSchema"]
    return parts


def input_schema(module: Module, node: Node) -> Value:
    """Return a schema that is given in JSON, in zod, or as the members of a zod object."""
    found = object_given(resolve_node(module, node))
    if isinstance(found, Resolved) and found.node.type == "object":
        members = pairs(found.module, found.node).members
        kind = members["type"].module.evaluate(members["type"].value) if "type" in members else None
        if (kind and kind.text is not None) or "$schema" in members or "$ref" in members:
            return found.module.evaluate(found.node)
        # Code that all tools share says nothing about this one: then the object itself is the place.
        at = module.literal(node) if found.module.path == module.path else found.module.literal(found.node)
        return zod.shape(found.module, found.node).schema._replace(literal=at)
    value = zod.schema(module, node)
    value = value if value.known else module.evaluate(node)
    value = _NOTHING if value.data is None else value
    return value if value.literal else value._replace(literal=module.literal(node))


def _written(module: Module) -> Iterator[FoundTool]:
    """Yield the tools that are written down as objects."""
    seen: set[int] = set()
    for found in module.matches("literals"):
        node = _object_around(found["member"]) if "member" in found else _defined(module, found["callee"])
        if node is None or node.id in seen:
            continue
        seen.add(node.id)
        schemas = ("inputSchema",) if "member" in found else _SCHEMAS
        construction = Construction(
            module.project,
            options,
            lambda node=node: _name(module, node),  # type: ignore[misc]
            lambda node=node, schemas=schemas: _shaped(module, node, schemas),  # type: ignore[misc]
        )
        yield from construction.tools()


def _defined_by_name(module: Module) -> Iterator[FoundTool]:
    """Yield the tools of `tool("name", {description, input})`, if the function is of a package for MCP."""
    for found in module.matches("literals"):
        call = call_of(found["callee"]) if "callee" in found else None
        given = [unwrapped(one) for one in arguments_of(call)] if call else []
        if call is None or len(given) != 2 or given[1].type != "object" or not _is_for_mcp(module, found["callee"]):
            continue
        name = module.evaluate(given[0])
        members = pairs(module, given[1])
        if name.text is not None and "description" in members.members:
            parts = {**_from_members(members, _SCHEMAS), "name": name}
            yield finds.tool(module, call, given[0], parts, None)._replace(how=How.SHAPE)


def _is_for_mcp(module: Module, callee: Node) -> bool:
    """Return True if a function is imported from a package whose name contains `mcp`."""
    binding = module.lookup(module.text(callee), callee.start_byte)
    origin = binding.origin or "" if binding is not None else ""
    return "mcp" in origin.lower() and not origin.startswith(".")


def _shaped(module: Module, node: Node, schemas: tuple[str, ...]) -> FoundTool | None:
    """Return the tool that an object is, if it has the parts of one."""
    members = pairs(module, node)
    described = "description" in members.members or "inputSchema" in members.members
    if "name" not in members.members or not described or not any(name in members.members for name in schemas):
        return None
    tool = finds.tool(module, node, _head(module, node), _from_members(members, schemas), None)
    return tool._replace(how=How.SHAPE)


def _object_around(member: Node) -> Node | None:
    return member.parent if member.parent and member.parent.type == "object" else None


def _defined(module: Module, callee: Node) -> Node | None:
    """Return the object that `defineTool({...})` is given, or `defineTool(() => ({...}))` makes."""
    call = call_of(callee)
    if call is None or module.text(callee).endswith("addTool"):
        return None
    given = [unwrapped(one) for one in arguments_of(call)[:1]]
    body = given[0].child_by_field_name("body") if given and given[0].type == "arrow_function" else None
    if body is None:
        return given[0] if given and given[0].type == "object" else None
    if body.type == "statement_block":
        returns = [child for child in body.named_children if child.type == "return_statement"]
        body = returns[-1].named_children[0] if returns and returns[-1].named_children else body
    inner = unwrapped(body)
    return inner if inner.type == "object" else None
