"""Tools that fastmcp makes of the operations of an OpenAPI document: `FastMCP.from_openapi(document, ...)`."""

from collections.abc import Iterator, Mapping

from toolsmell.sources.code import found as finds
from toolsmell.sources.code.found import FoundTool
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.python import reach
from toolsmell.sources.code.python.names import Arguments, part_of, resolve_node, returned
from toolsmell.sources.code.source import DocumentSource
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import Value, unknown
from toolsmell.text import pattern

_METHODS = frozenset("get put post delete patch options head trace".split())
_FILTERS = ("route_maps", "route_map_fn")
_MADE = "fastmcp makes it of the operation in the OpenAPI document"
_LONGEST = 56
"""Characters of a name."""
MAX_CALLS = 5
"""Functions that hand a document on."""


def tools(module: Module) -> Iterator[FoundTool]:
    """Yield the tools of the documents that a file gives to fastmcp.

    With a filter, the operations that get names in the code are taken; without names, nothing tells which are tools.
    """
    uses = module.usage.uses.get("from_openapi", ()) if b"from_openapi(" in module.source.data else ()
    for call in (use["call"] for use in uses if "call" in use):
        given = Arguments(module, call)
        node = given.get("openapi_spec", 0)
        document = _document(module, node) if node is not None else None
        names = _names(module, given.get("mcp_names"))
        is_filtered = any(given.get(name) is not None for name in _FILTERS)
        for operation in _operations(document) if document is not None else ():
            if not is_filtered or operation.text in names:
                yield _tool(module, call, names.get(operation.text or "") or _of_operation(operation))


def _document(module: Module, node: Node, depth: int = 0) -> Found | None:
    """Return the document that an expression gives, also one that a function of the project reads."""
    found = resolve_node(module, node)
    if not isinstance(found, Found) or depth > MAX_CALLS or isinstance(found.module.source, DocumentSource):
        return found if isinstance(found, Found) and depth <= MAX_CALLS else None
    made = returned(found.module, found.node) if found.node.type == "call" else None
    return _document(made.module, made.node, depth + 1) if made is not None else None


def _names(module: Module, node: Node | None) -> Mapping[str, Value]:
    """Return the names of tools by the ids of their operations."""
    entries = reach.elements(Found(module, node)) if node is not None else ()
    pairs = ((one.key, one.value) for one in entries if one.key is not None)
    found = ((key.module.evaluate(key.node).text, value.module.evaluate(value.node)) for key, value in pairs)
    return {key: value for key, value in found if key is not None and value.text is not None}


def _operations(document: Found) -> Iterator[Value]:
    """Yield the ids of the operations of a document."""
    paths = part_of(document, "paths")
    for path in reach.elements(paths) if paths is not None else ():
        for one in reach.elements(path.value):
            method = one.key.module.evaluate(one.key.node).text if one.key is not None else None
            name = part_of(one.value, "operationId") if method in _METHODS else None
            if name is not None and (value := name.module.evaluate(name.node)).text is not None:
                yield value


def _of_operation(operation: Value) -> Value:
    return operation._replace(data=(operation.text or "").split("__")[0])


def _tool(module: Module, call: Node, name: Value) -> FoundTool:
    text = pattern(r"[\s\-.]+").sub("_", name.text or "")
    slug = pattern(r"_+").sub("_", pattern(r"[^a-zA-Z0-9_]").sub("", text))
    made = unknown(_MADE)
    parts: dict[str, Value | None] = {
        "name": name._replace(data=slug.strip("_")[:_LONGEST]),
        "description": made,
        "inputSchema": made,
        "outputSchema": made,
    }
    head = next(iter(parts_of(call)), call)
    return finds.tool(module, call, head, parts, None)
