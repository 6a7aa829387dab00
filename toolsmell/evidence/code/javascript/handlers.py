"""Finds the function that a tool of JavaScript runs."""

from collections.abc import Iterator

from toolsmell.evidence.code.javascript import dispatch
from toolsmell.evidence.code.javascript.arguments import of_function
from toolsmell.evidence.code.javascript.named_functions import Runs, function_at, handler_member
from toolsmell.evidence.code.mentions import mentions
from toolsmell.evidence.code.reader_values import Handler
from toolsmell.model import Tool
from toolsmell.model.implementation import Abstention, Doubt
from toolsmell.sources.code.found import Site
from toolsmell.sources.code.javascript.functions import CLASSES, FUNCTIONS, members
from toolsmell.sources.code.javascript.names import part_of, resolve_node
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import arguments_of, around
from toolsmell.sources.code.syntax import Node

METHODS = "execute run handle handler call invoke execute_tool executeTool handleRequest process action".split()
"""Names of the method that a class for one tool runs, the most telling first."""

_HELD = frozenset(("pair", "object", "spread_element", "array", "arguments"))


def handler(site: Site, tool: Tool) -> Handler:
    """Return the code that a tool runs (`CodeReader`)."""
    made = _registered(site, tool) or _in_objects(site.module, _start(site), tool) or _of_class(site, tool)
    made = made or _spread(site, tool) or dispatch.handler(site, tool)
    return made or Handler(None, (Abstention(Doubt.NO_HANDLER),))


def _start(site: Site) -> Node:
    """Return the node that writes the name of the tool, if it is in the file of the tool, and the tool otherwise."""
    literal = site.name
    if literal is None or literal.file != site.module.source.label:
        return site.node
    begin = len(site.module.source.text[: literal.start].encode("utf-8", "surrogatepass"))
    found = site.module.root.named_descendant_for_byte_range(begin, begin)
    return found if found is not None else site.node


def _registered(site: Site, tool: Tool) -> Handler | None:
    """Return the last argument of `registerTool(name, {...}, handler)`, or the member of an object in its place."""
    given = arguments_of(site.node) if site.node.type == "call_expression" else []
    for argument in reversed(given):
        found = function_at(site.module, argument)
        if found is not None:
            return of_function(found.function, tool, registered=True, doubts=found.doubts)
        member = handler_member(site.module, argument)
        if member is not None:
            return of_function(member.function, tool, registered=True, doubts=member.doubts)
    return None


def _in_objects(module: Module, node: Node, tool: Tool) -> Handler | None:
    """Return the handler in the object that a tool is, or in one around it: `{ definition: {...}, handler }`."""
    here: Node | None = node
    while here is not None and here.type not in FUNCTIONS | CLASSES:
        if here.type == "object" and (member := handler_member(module, here)) is not None:
            return of_function(member.function, tool, doubts=member.doubts)
        if here.type in ("statement_block", "program"):
            return None
        here = here.parent
    return None


def _of_class(site: Site, tool: Tool) -> Handler | None:
    """Return the method of the class that the tool, or its name, is written in."""
    for node in dict.fromkeys((_start(site), site.node)):
        class_ = around(node, CLASSES)
        if class_ is None:
            continue
        own = {key for key, _ in members(site.module, class_)}
        for name in METHODS:
            found = part_of(Found(site.module, class_), name) if name in own else None
            if isinstance(found, Found) and found.node.type in FUNCTIONS:
                return of_function(found, tool)
    return None


def _spread(site: Site, tool: Tool) -> Handler | None:
    """Return the handler beside the constant that holds the tool: `{ ...schema, handler }`, `[schema, handler]`."""
    declarator = around(site.node, frozenset(("variable_declarator",)))
    name = declarator.child_by_field_name("name") if declarator is not None else None
    if name is None or name.type != "identifier" or around(site.node, FUNCTIONS) is not None:
        return None
    word = site.module.text(name)
    uses = mentions(site.module, word, _accepts, quoted=False)
    found = (_beside(module, node) for module, node in uses if _is_tool(module, node, site))
    made = next((one for one in found if one is not None), None)
    return of_function(made, tool) if made is not None else None


def _accepts(language: object) -> bool:
    return bool(getattr(language, "is_script", False))


def _is_tool(module: Module, node: Node, site: Site) -> bool:
    """Return True if a name stands for the object that the tool is."""
    found = resolve_node(module, node) if node.type in ("identifier", "shorthand_property_identifier") else None
    if not isinstance(found, Found) or found.module.path != site.module.path:
        return False
    return found.node.start_byte <= site.node.start_byte < found.node.end_byte


def _beside(module: Module, node: Node) -> Found | None:
    """Return the handler in the object, list or call that a name stands in."""
    here = node.parent
    while here is not None and here.type in _HELD:
        if here.type == "object" and (member := handler_member(module, here)) is not None:
            return member.function
        if here.type in ("array", "arguments"):
            found = [one.function for one in _functions(module, here)]
            return found[0] if len(found) == 1 else None
        here = here.parent
    return None


def _functions(module: Module, holder: Node) -> Iterator[Runs]:
    for child in holder.named_children:
        found = function_at(module, child)
        if found is not None:
            yield found
