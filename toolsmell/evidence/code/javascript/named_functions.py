"""The functions that expressions of JavaScript name: handlers beside a tool, wrapped, bound or made by a function."""

from typing import NamedTuple

from toolsmell.model.implementation import Doubt
from toolsmell.sources.code.javascript.functions import FUNCTIONS, callee, returns, unwrapped
from toolsmell.sources.code.javascript.names import called, pairs, resolve_node
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Node

MEMBERS = "handler execute callback run call invoke cb fn func handle implementation action impl".split()
"""Names of the member of an object that runs the tool, the most telling first."""

MAX_WRAPPED = 4
"""Helpers around one handler."""

_NAMED = frozenset(("identifier", "member_expression", "shorthand_property_identifier"))


class Runs(NamedTuple):
    """A function, and what makes it doubtful that all of its arguments come from it alone."""

    function: Found
    doubts: tuple[Doubt, ...] = ()


def handler_member(module: Module, node: Node) -> Runs | None:
    """Return the function that an object holds as the handler of its tool."""
    found = resolve_node(module, node) if unwrapped(node).type in _NAMED else Found(module, unwrapped(node))
    if not isinstance(found, Found) or found.node.type != "object":
        return None
    members = pairs(found.module, found.node).members
    for name in MEMBERS:
        if name in members:
            made = function_at(members[name].module, members[name].value)
            if made is not None:
                return made
    return None


def function_at(module: Module, node: Node, depth: int = 0) -> Runs | None:
    """Return the function that an expression names, also inside of helpers: `wrap(handler)`, `handler.bind(this)`."""
    inner = unwrapped(node)
    if inner.type in FUNCTIONS:
        return Runs(Found(module, inner))
    if depth > MAX_WRAPPED:
        return None
    if inner.type in _NAMED:
        found = resolve_node(module, inner)
        if not isinstance(found, Found) or found.node.id == inner.id:
            return None
        return function_at(found.module, found.node, depth + 1)
    return _of_call(module, inner, depth) if inner.type == "call_expression" else None


def _of_call(module: Module, call: Node, depth: int) -> Runs | None:
    function, given = callee(call), arguments_of(call)
    if function is None:
        return None
    name = function.child_by_field_name("property") if function.type == "member_expression" else None
    if name is not None and module.text(name) == "bind":
        owner = function.child_by_field_name("object")
        return function_at(module, owner, depth + 1) if owner is not None else None
    held = [one for argument in given if (one := function_at(module, argument, depth + 1)) is not None]
    if held:
        return held[0]._replace(doubts=(*held[0].doubts, Doubt.DECORATED)) if len(held) == 1 else None
    made = called(module, call, 0)
    values = [unwrapped(value) for value in returns(made.node)] if made is not None else []
    if made is not None and len(values) == 1 and values[0].type in FUNCTIONS:
        return Runs(Found(made.module, values[0]), (Doubt.DECORATED,))
    return None
