"""The tools and servers of a Python file."""

from collections.abc import Iterator

from toolsmell.sources.code import found as finds
from toolsmell.sources.code import module as modules
from toolsmell.sources.code.found import Found, FoundTool
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.python import functions
from toolsmell.sources.code.python.functions import Registration
from toolsmell.sources.code.python.names import Arguments, resolve_node
from toolsmell.sources.code.python.servers import Framework, Owner, imports_tool, owner, servers
from toolsmell.sources.code.python.values import evaluate
from toolsmell.sources.code.syntax import Match, Node, call_of
from toolsmell.sources.code.values import Value

_PARTS = ("name", "title", "description", "inputSchema", "outputSchema", "annotations")
_SNAKE = {"input_schema": "inputSchema", "output_schema": "outputSchema"}


def find(module: Module) -> Found:
    """Return what a file says of tools and servers."""
    made = tuple(servers(module))
    registered = [functions.read(one) for one in _registrations(module)]
    only = made[0].ref if len(made) == 1 else None
    listed = [one._replace(server=only) for one in _listed(module)]
    tools, notes = finds.sorted_out((*registered, *listed))
    return Found(tools, made, notes)


def _registrations(module: Module) -> Iterator[Registration]:
    for found in module.matches("fastmcp"):
        module.project.begin_tool()
        call = call_of(found["callee"])
        arguments = Arguments(module, call) if call else None
        function, at = _registered(module, found, call, arguments)
        whose = _owner(module, found) if function else None
        if function and whose:
            yield Registration(function.module, function.node, module, arguments, whose, at)


def _registered(
    module: Module, found: Match, call: Node | None, arguments: Arguments | None
) -> tuple[modules.Found | None, Node]:
    """Return the function that becomes a tool, and the code that makes it one."""
    callee = found["callee"]
    decorator = callee if callee.type == "decorator" else (call or callee).parent
    method = module.text(found["method"]) if "method" in found else "tool"
    if decorator and decorator.type == "decorator" and method == "tool":
        decorated = decorator.parent.child_by_field_name("definition") if decorator.parent else None
        is_function = decorated is not None and decorated.type == "function_definition"
        return (modules.Found(module, decorated), decorated) if decorated and is_function else (None, callee)
    outer = call_of(call) if call and method == "tool" else None
    given = Arguments(module, outer) if outer else arguments
    named = given.positional[0] if given and given.positional else None
    if call is None or named is None or named.type not in ("identifier", "attribute"):
        return None, callee
    return _function(module, named), call


def _owner(module: Module, found: Match) -> Owner | None:
    if "bare" in found:
        framework = imports_tool(module, found["bare"])
        return Owner(framework, None) if framework else None
    if module.text(found["method"]) == "from_function":
        return Owner(Framework.SDK, None) if module.text(found["server"]).endswith("Tool") else None
    return owner(module, found["server"])


def _function(module: Module, node: Node) -> modules.Found | None:
    """Return the function that is registered by name; also a method of the class around, by `self`."""
    found = resolve_node(module, node)
    if found is None and node.type == "attribute" and module.text(node).startswith("self."):
        method = module.text(node).removeprefix("self.")
        around: Node | None = node
        while around is not None and around.type != "class_definition":
            around = around.parent
        binding = module.names_in(around).get(method) if around else None
        found = modules.Found(module, binding.value) if binding and binding.value else None
    is_function = isinstance(found, modules.Found) and found.node.type == "function_definition"
    return found if is_function else None  # type: ignore[return-value]


def _listed(module: Module) -> Iterator[FoundTool]:
    """Yield the tools that are written down as objects."""
    for found in module.matches("lowlevel"):
        module.project.begin_tool()
        if "member" in found:
            node = found["member"].parent
            members = evaluate(module, node).members if node and node.type == "dictionary" else {}
            if node and "name" in members:
                yield finds.tool(module, node, _name_in(module, node), {k: members.get(k) for k in _PARTS}, None)
        elif call := found.get("tool") or call_of(found["callee"]):
            arguments = Arguments(module, call)
            if _is_mcp(module, found["type"], arguments):
                head = arguments.get("name", 0) or found["type"]
                yield finds.tool(module, call, head, _parts(module, arguments), None)


def _name_in(module: Module, dictionary: Node) -> Node:
    """Return the value of `name` in a dictionary."""
    for pair in dictionary.named_children:
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if key and value and evaluate(module, key).text == "name":
            return value
    return dictionary


def _is_mcp(module: Module, type_: Node, arguments: Arguments) -> bool:
    """Say whether a call of something named `Tool` makes one of MCP: other libraries have tools too."""
    if "inputSchema" in arguments.named or "input_schema" in arguments.named:
        return True
    binding = module.lookup(module.text(type_), type_.start_byte)
    origin = binding.origin if binding and binding.origin else ""
    return origin.startswith("mcp") and bool(arguments.named or arguments.open)


def _parts(module: Module, arguments: Arguments) -> dict[str, Value | None]:
    parts: dict[str, Value | None] = {}
    for key, (_, node) in arguments.named.items():
        key = _SNAKE.get(key, key)
        if key == "annotations":
            parts[key] = functions.annotations(module, node)
        elif key in _PARTS:
            parts[key] = evaluate(module, node)
    if arguments.open:
        parts["*"] = Value("it has arguments that are computed at run time")
    return parts
