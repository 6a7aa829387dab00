"""The servers of a Python file, and which of them a decorator belongs to."""

from collections.abc import Iterator
from typing import NamedTuple

from toolsmell.sources.code import module as modules
from toolsmell.sources.code.found import FoundServer, Mount, ServerRef, ref_of
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.python.frameworks import SDK, Framework, framework_of
from toolsmell.sources.code.python.names import Arguments, last_name, resolve_node, returned
from toolsmell.sources.code.syntax import Node, call_of
from toolsmell.text import pattern

_CLASSES = frozenset(("FastMCP", "MCPServer"))
_LIKELY = r"(?i)mcp|server|^app$"


class Owner(NamedTuple):
    """The server that a decorator belongs to."""

    framework: Framework
    server: ServerRef | None


def servers(module: Module) -> Iterator[FoundServer]:
    """Yield the servers that a file makes."""
    aliases = {
        name: binding.member
        for name, binding in module.scopes[0].names.items()
        if binding.member in _CLASSES and name not in _CLASSES
    }
    for found in [*module.matches("servers"), *(module.matches_apart("calls") if aliases else ())]:
        if "mount" in found:
            continue
        type_ = module.text(found["type"])
        class_ = aliases.get(type_, type_)
        call = found.get("server") or call_of(found["callee"])
        if call and (class_ in _CLASSES or (class_ == "Server" and _from_sdk(module, found["type"]))):
            yield _server(module, call, class_)


def mounts(module: Module) -> Iterator[Mount]:
    """Yield the servers whose tools a file puts into another server, with the prefix that they get."""
    for found in module.matches("servers"):
        call = call_of(found["callee"]) if "mount" in found else None
        if call is None:
            continue
        arguments = Arguments(module, call)
        nodes = [*arguments.positional, *(node for _, node in arguments.named.values())]
        child = next((ref for node in nodes if (ref := _ref(module, node)) is not None), None)
        parent = _ref(module, found["parent"])
        prefix = arguments.get("namespace") or arguments.get("prefix")
        prefix = prefix or next((node for node in arguments.positional if _ref(module, node) is None), None)
        if child is not None and child != parent:
            yield Mount(child, parent, module.evaluate(prefix) if prefix is not None else None)


def _ref(module: Module, node: Node) -> ServerRef | None:
    """Return the server that an expression is, also one that a function of the project returns."""
    found = resolve_node(module, node) if node.type in ("identifier", "attribute", "call") else None
    for _ in range(MAX_MADE):
        if not isinstance(found, modules.Found) or found.node.type != "call":
            return None
        function = found.node.child_by_field_name("function")
        name = last_name(found.module, function) if function is not None else ""
        if name in _CLASSES or (pattern(_LIKELY).search(name) and returned(found.module, found.node) is None):
            return ref_of(found.module, found.node)
        made = returned(found.module, found.node)
        found = resolve_node(made.module, made.node) if made is not None else None
    return None


MAX_MADE = 5
"""Functions that return what another one returns."""


def _server(module: Module, call: Node, class_: str) -> FoundServer:
    arguments = Arguments(module, call)
    # The low-level server has its version in the second place.
    name, instructions = arguments.get("name", 0), arguments.get("instructions", 1 if class_ in _CLASSES else None)
    return FoundServer(
        ref_of(module, call),
        module.evaluate(name) if name else None,
        module.evaluate(instructions) if instructions else None,
        module.literal(call),
    )


def owner(module: Module, node: Node) -> Owner | None:
    """Return what `node` in `@node.tool` is; None if it is no MCP server (`Agent` of an agent framework)."""
    found = resolve_node(module, node) if node.type in ("identifier", "attribute") else None
    if isinstance(found, modules.Found) and found.node.type in ("identifier", "attribute"):
        module, node = found
    elif isinstance(found, modules.Found) and found.node.type != "class_definition":
        return _made(found) if found.node.type == "call" else None
    name = module.text(node).rpartition(".")[2]
    annotation = _annotation(module, node) if node.type == "identifier" else None
    likely = pattern(_LIKELY).search(annotation or name)
    if annotation and not likely:
        return None
    return Owner(_framework(module), None) if likely or _mentions_mcp(module) else None


def _made(found: modules.Found) -> Owner | None:
    """Return the server that a call makes; None if its class is of something else."""
    function = found.node.child_by_field_name("function")
    name = last_name(found.module, function) if function else ""
    binding = found.module.lookup(name, found.node.start_byte)
    if name in _CLASSES or (binding and binding.member in _CLASSES):
        return Owner(_framework(found.module, function), ref_of(found.module, found.node))
    return Owner(_framework(found.module), ref_of(found.module, found.node)) if pattern(_LIKELY).search(name) else None


def _annotation(module: Module, node: Node) -> str | None:
    """Return how a parameter of the function around is annotated, where `node` is one that is."""
    name = module.text(node)
    scope: Node | None = node.parent
    while scope is not None:
        parameters = scope.child_by_field_name("parameters") if scope.type == "function_definition" else None
        for parameter in parameters.named_children if parameters else ():
            type_ = parameter.child_by_field_name("type")
            if type_ and module.text(parameter.children[0]) == name:
                return module.text(type_)
        scope = scope.parent
    return None


def _framework(module: Module, type_: Node | None = None) -> Framework:
    """Return which of the two packages a file uses; FastMCP is a class of both."""
    binding = module.lookup(module.text(type_).partition(".")[0], type_.start_byte) if type_ else None
    origins = [binding.origin] if binding and binding.origin else _origins(module)
    return framework_of(module) if any(_package(origin) == "fastmcp" for origin in origins) else SDK


def _origins(module: Module) -> list[str]:
    return [binding.origin for binding in module.scopes[0].names.values() if binding.origin]


def _package(origin: str) -> str:
    return origin.partition(".")[0]


def _mentions_mcp(module: Module) -> bool:
    return any(_package(origin) in ("mcp", "fastmcp") for origin in _origins(module))


def imports_tool(module: Module, node: Node) -> Framework | None:
    """Return the package that a bare decorator `tool` is from, or None if it is not one of MCP."""
    binding = module.lookup(module.text(node), node.start_byte)
    return framework_of(module) if binding and binding.origin and _package(binding.origin) == "fastmcp" else None


def _from_sdk(module: Module, type_: Node) -> bool:
    binding = module.lookup(module.text(type_), type_.start_byte)
    return bool(binding and binding.origin and binding.origin.startswith("mcp")) or _qualified(module, type_)


def _qualified(module: Module, type_: Node) -> bool:
    parent = type_.parent
    return parent is not None and parent.type == "attribute" and "mcp" in module.text(parent)
