"""The tools and servers of a Python file."""

from collections.abc import Iterator

from toolsmell.model import How
from toolsmell.sources.code import found as finds
from toolsmell.sources.code import module as modules
from toolsmell.sources.code.construct import Construction, Make
from toolsmell.sources.code.found import FoundInFile, FoundTool
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.python import classes, functions, openapi
from toolsmell.sources.code.python.frameworks import SDK
from toolsmell.sources.code.python.functions import Registration
from toolsmell.sources.code.python.names import Arguments, argument, called, last_name, resolve_node, returned
from toolsmell.sources.code.python.servers import Owner, imports_tool, mounts, owner, servers
from toolsmell.sources.code.python.sites import options
from toolsmell.sources.code.syntax import Match, Node, call_of
from toolsmell.sources.code.values import Value
from toolsmell.text import pattern

_PARTS = ("name", "title", "description", "inputSchema", "outputSchema", "annotations")
_SNAKE = {"input_schema": "inputSchema", "output_schema": "outputSchema"}


def find(module: Module) -> FoundInFile:
    """Return the tools and servers in a file."""
    made = tuple(servers(module))
    registered = [tool for found in module.matches("fastmcp") for tool in _registered(module, found)]
    only = made[0].ref if len(made) == 1 else None
    listed = [one._replace(server=only) for one in _listed(module)]
    described = [one._replace(server=only) for one in openapi.tools(module)]
    tools, notes = finds.sorted_out((*registered, *listed, *described))
    return FoundInFile(tools, made, notes, tuple(mounts(module)))


def _registered(module: Module, found: Match) -> list[FoundTool]:
    """Return the tools that a decorator or a call of the SDK makes of functions."""
    call = call_of(found["callee"])
    arguments = Arguments(module, call) if call else None
    node, at = _function_node(module, found, call, arguments)
    whose = _owner(module, found) if node is not None else None
    if node is None or whose is None:
        return []
    method = module.text(found["method"]) if "method" in found else "tool"

    def name() -> Value | None:
        given = functions.argument_value(module, arguments, "name")
        function = _function(module, node)
        return given or (functions.own_name(function) if function else None)

    def make() -> FoundTool | None:
        function = _function(module, node)
        if function is None:
            return functions.without_function(module, arguments, whose, at)
        tool = functions.read(Registration(function.module, function.node, module, arguments, whose, at))
        # `Tool.from_function` makes a tool that something else registers.
        return tool._replace(how=How.CONSTRUCTED) if method == "from_function" else tool

    return Construction(module.project, options, name, make).tools()


def _function_node(
    module: Module, found: Match, call: Node | None, arguments: Arguments | None
) -> tuple[Node | None, Node]:
    """Return what stands for the function that becomes a tool, and the code that makes it one."""
    callee = found["callee"]
    decorator = callee if callee.type == "decorator" else (call or callee).parent
    method = module.text(found["method"]) if "method" in found else "tool"
    if decorator and decorator.type == "decorator" and method == "tool":
        decorated = decorator.parent.child_by_field_name("definition") if decorator.parent else None
        is_function = decorated is not None and decorated.type == "function_definition"
        return (decorated, decorated) if decorated and is_function else (None, callee)
    outer = call_of(call) if call and method == "tool" else None
    given = Arguments(module, outer) if outer else arguments
    named = (given.get("fn", 0) or given.get("func")) if given else None
    if call is None or named is None or named.type not in _REFERENCES or _is_object(module, named):
        return None, callee
    return named, call


_REFERENCES = frozenset(("identifier", "attribute", "subscript", "call"))


def _is_object(module: Module, node: Node) -> bool:
    """Return True if `add_tool` gets a tool that other code makes: it is found there."""
    found = resolve_node(module, node)
    if not isinstance(found, modules.Found) or found.node.type != "call":
        return False
    function = found.node.child_by_field_name("function")
    return function is not None and last_name(found.module, function) in ("from_function", "Tool", "FunctionTool")


def _owner(module: Module, found: Match) -> Owner | None:
    if "bare" in found:
        framework = imports_tool(module, found["bare"])
        return Owner(framework, None) if framework else None
    if module.text(found["method"]) == "from_function":
        is_tool = module.text(found["server"]).endswith("Tool")
        return Owner(imports_tool(module, found["server"]) or SDK, None) if is_tool else None
    return owner(module, found["server"])


def _function(module: Module, node: Node) -> modules.Found | None:
    """Return the function that is registered: by name, as a method, wrapped in calls of others, or made by a call."""
    if node.type == "function_definition":
        return modules.Found(module, node)
    found = resolve_node(module, node)
    return _behind(found) if isinstance(found, modules.Found) else None


def _behind(found: modules.Found, depth: int = 0) -> modules.Found | None:
    """Return a function itself; of a call, the function that it gets and wraps, or the one that it returns."""
    if found.node.type == "function_definition":
        return found
    if depth > MAX_WRAPPERS or found.module.project.steps.exhausted():
        return None
    if found.node.type in _EITHER:
        either = (resolve_node(found.module, child) for child in found.node.named_children)
        functions_ = (_behind(one, depth + 1) for one in either if isinstance(one, modules.Found))
        return next((one for one in functions_ if one is not None), None)
    if found.node.type != "call":
        return None
    given = Arguments(found.module, found.node)
    for node in (*given.positional, *(value for _, value in given.named.values())):
        passed = resolve_node(found.module, node) if node.type in _REFERENCES else None
        if isinstance(passed, modules.Found) and (function := _behind(passed, depth + 1)):
            return function
    made = returned(found.module, found.node)
    held = resolve_node(made.module, made.node) if made is not None else None
    if not isinstance(held, modules.Found) or _is_wrapper(called(found.module, found.node), held):
        return None
    return _behind(held, depth + 1)


def _is_wrapper(maker: modules.Found | None, made: modules.Found) -> bool:
    """Return True if a function that another one makes calls a parameter of it: which function, only a call tells."""
    parameters = classes.parameters_of(maker.node) if maker is not None else []
    names = {maker.module.text(name) for _, name, _ in parameters} if maker is not None else set()
    return not names.isdisjoint(pattern(r"(?<![\w.])(\w+)\(").findall(made.module.text(made.node)))


_EITHER = frozenset(("conditional_expression", "parenthesized_expression", "boolean_operator"))
"""Types of nodes that give one of several functions: `wrapped(f) if asks else f`."""

MAX_WRAPPERS = 5
"""Calls that a registered function may be wrapped in."""


def _listed(module: Module) -> Iterator[FoundTool]:
    """Yield the tools that are written down as objects."""
    for found in module.matches("lowlevel"):
        if "member" in found:
            node = found["member"].parent
            if node and node.type == "dictionary":
                yield from _construction(module, node, lambda node=node: _dictionary(module, node))  # type: ignore[misc]
        elif call := found.get("tool") or call_of(found["callee"]):
            make = lambda call=call, found=found: _called(module, call, found["type"])  # noqa: E731
            yield from _construction(module, call, make)


def _construction(module: Module, node: Node, make: Make) -> list[FoundTool]:
    return Construction(module.project, options, lambda: _named(module, node), make).tools()


def _named(module: Module, node: Node) -> Value | None:
    """Return the name in a dictionary or in a call of `Tool`."""
    if node.type == "dictionary":
        value = _name_in(module, node)
        return module.evaluate(value) if value is not node else None
    given = argument(module, Arguments(module, node), "name", 0)
    return given.module.evaluate(given.node) if given else None


def _dictionary(module: Module, node: Node) -> FoundTool | None:
    members = module.evaluate(node).members
    if "name" not in members or list(members["inputSchema"].members) == ["json"]:  # a tool of Amazon Bedrock
        return None
    tool = finds.tool(module, node, _name_in(module, node), {k: members.get(k) for k in _PARTS}, None)
    return tool._replace(how=How.SHAPE)


def _called(module: Module, call: Node, type_: Node) -> FoundTool | None:
    arguments = Arguments(module, call)
    if not _is_mcp(module, type_, arguments):
        return None
    head = arguments.get("name", 0) or type_
    return finds.tool(module, call, head, _parts(module, arguments), None)


def _name_in(module: Module, dictionary: Node) -> Node:
    """Return the value of `name` in a dictionary, or the dictionary."""
    for pair in dictionary.named_children:
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if key and value and module.evaluate(key).text == "name":
            return value
    return dictionary


def _is_mcp(module: Module, type_: Node, arguments: Arguments) -> bool:
    """Return True if a call of something named `Tool` makes one of MCP: other libraries have tools too."""
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
            parts[key] = module.evaluate(node)
    for key in ("name", "description", "inputSchema", "title") if arguments.splats else ():
        passed = argument(module, arguments, key)
        if passed and key not in parts:
            parts[key] = passed.module.evaluate(passed.node)
    if arguments.open:
        parts["*"] = Value("it has arguments that are computed at run time")
    return parts
