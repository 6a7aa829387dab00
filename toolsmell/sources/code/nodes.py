"""Looks at the nodes of a parse: what is around one, and inside it."""

from toolsmell.sources.code.syntax import Node


def around(node: Node, types: frozenset[str]) -> Node | None:
    """Return the innermost node of one of these types that contains `node`."""
    here = node.parent
    while here is not None and here.type not in types:
        here = here.parent
    return here


def contains(outer: Node, inner: Node) -> bool:
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte


def parts_of(node: Node) -> tuple[Node, ...]:
    """Return the named children of a node, without comments."""
    return tuple(child for child in node.named_children if child.type != "comment")


def arguments_of(call: Node) -> list[Node]:
    """Return the arguments of a call."""
    arguments = call.child_by_field_name("arguments")
    return list(parts_of(arguments)) if arguments else []
