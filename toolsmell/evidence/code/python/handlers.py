"""Finds the function that a tool of Python runs."""

from collections.abc import Iterator

from toolsmell.evidence.code.python import dispatch
from toolsmell.evidence.code.python.arguments import is_abstract, of_function
from toolsmell.evidence.code.reader_values import Handler
from toolsmell.model import Tool
from toolsmell.model.implementation import Abstention, Doubt
from toolsmell.sources.code.found import Site
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.python.classes import method, parameters_of
from toolsmell.sources.code.syntax import Node

METHODS = (
    "execute run run_tool call invoke handle handler _run _arun arun run_async execute_tool __call__ call_tool _execute"
).split()
"""Names of the method that a class for one tool runs, the most telling first."""


def handler(site: Site, tool: Tool) -> Handler:
    """Return the code that a tool runs (`CodeReader`)."""
    if site.function is not None:
        return of_function(site.function, tool, registered=True)
    made = _of_class(site, tool) or _beside(site, tool)
    if made is not None:
        return made
    return dispatch.handler(site, tool) or Handler(None, (Abstention(Doubt.NO_HANDLER),))


def _of_class(site: Site, tool: Tool) -> Handler | None:
    """Return the method of the class that the name of the tool, or the tool, is written in."""
    for module, node in _places(site):
        here = node.parent
        while here is not None:
            if here.type == "class_definition":
                found = next((made for name in METHODS if (made := _own_method(module, here, name))), None)
                if found is not None:
                    return of_function(Found(module, found), tool)
            here = here.parent
    return None


def _own_method(module: Module, class_: Node, name: str) -> Node | None:
    """Return a method of a class, unless it only raises for subclasses to replace it."""
    found = method(module, class_, name)
    if found is None or is_abstract(module, found) or len(parameters_of(found)) < 2:
        return None  # a method without arguments runs the server
    return found


def _places(site: Site) -> Iterator[tuple[Module, Node]]:
    """Yield the node that writes the name of the tool, then the node that makes the tool."""
    literal = site.name
    if literal is not None:
        for module in site.module.project.read():
            if module.source.label == literal.file:
                begin = len(module.source.text[: literal.start].encode("utf-8", "surrogatepass"))
                node = module.root.named_descendant_for_byte_range(begin, begin)
                if node is not None:
                    yield module, node.parent if node.type.startswith("string_") and node.parent is not None else node
    yield site.module, site.node


def _beside(site: Site, tool: Tool) -> Handler | None:
    """Return the function that stands beside the name of the tool in the call or dictionary that makes it."""
    for module, node in _places(site):
        found = dispatch.function_beside(module, node)
        if found is not None:
            return of_function(found, tool)
    return None
