"""The members of an object literal, as they are written."""

from typing import NamedTuple

from toolsmell.sources.code import escapes
from toolsmell.sources.code.javascript.functions import unwrapped
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.syntax import Node


class Pair(NamedTuple):
    """A member of an object, not yet evaluated."""

    module: Module
    key: Node
    value: Node


class Pairs(NamedTuple):
    members: dict[str, Pair]
    rest: str | None = None
    """Why there may be more."""


def pair_of(module: Module, node: Node) -> tuple[str, Pair] | None:
    """Return the name and the value of one member of an object, or None if its name is computed."""
    if node.type == "shorthand_property_identifier":
        return module.text(node), Pair(module, node, node)
    key = node.child_by_field_name("key" if node.type == "pair" else "name")
    value = node.child_by_field_name("value") if node.type == "pair" else node
    name = key_of(module, key) if key else None
    return (name, Pair(module, key, value)) if key and value and name is not None else None


def branches(node: Node) -> list[Node]:
    """Return what `...(a ? b : c)` and `...(a && b)` may spread; of anything else, all of it."""
    node = unwrapped(node)
    if node.type == "ternary_expression":
        fields = (node.child_by_field_name(name) for name in ("consequence", "alternative"))
        return [branch for branch in fields if branch]
    right = node.child_by_field_name("right") if node.type == "binary_expression" else None
    return [right] if right and any(child.type == "&&" for child in node.children) else [node]


def key_of(module: Module, key: Node) -> str | None:
    """Return the name of a member; None for one that is computed."""
    if key.type in ("property_identifier", "number"):
        return module.text(key)
    if key.type == "string":
        return escapes.javascript(module.text(key)[1:-1])
    if key.type == "computed_property_name" and key.named_children:
        return module.evaluate(key.named_children[0]).text
    return None
