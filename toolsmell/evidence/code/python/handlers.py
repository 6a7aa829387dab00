"""Finds the function that a tool of Python runs."""

from toolsmell.evidence.code.python import dispatch
from toolsmell.evidence.code.python.functions import of_function
from toolsmell.evidence.code.reading import Handler
from toolsmell.model import Tool
from toolsmell.model.implementation import Abstention, Doubt
from toolsmell.sources.code.found import Site
from toolsmell.sources.code.module import Found
from toolsmell.sources.code.python.classes import method
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
    """Return the method of the class that the tool, or its name, is written in."""
    for node in (_name_node(site), site.node):
        here = node.parent if node is not None else None
        while here is not None:
            if here.type == "class_definition":
                found = next((made for name in METHODS if (made := method(site.module, here, name))), None)
                if found is not None:
                    return of_function(Found(site.module, found), tool)
            here = here.parent
    return None


def _name_node(site: Site) -> Node | None:
    """Return the node that writes the name of the tool, if it is in the file of the tool."""
    literal = site.name
    if literal is None or literal.file != site.module.source.label:
        return None
    begin = len(site.module.source.text[: literal.start].encode("utf-8", "surrogatepass"))
    return site.module.root.named_descendant_for_byte_range(begin, begin)


def _beside(site: Site, tool: Tool) -> Handler | None:
    """Return the function that stands beside the name of the tool in the call or dictionary that makes it."""
    for node in (_name_node(site), site.node):
        found = dispatch.function_beside(site.module, node) if node is not None else None
        if found is not None:
            return of_function(found, tool)
    return None
