"""Values of literals that are alike in several languages: lists, parentheses, texts joined to one."""

import json
from collections.abc import Callable
from typing import TypeAlias

from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import LiteralKind, Value, joined

Evaluate: TypeAlias = Callable[[Module, Node, int], Value]


def sequence(evaluate: Evaluate, module: Module, node: Node, depth: int, spread: str) -> Value:
    """Return the value of a list. `spread` is the type of the nodes that put the items of another list into it."""
    items: list[Value] = []
    for child in parts_of(node):
        if child.type == spread:
            inserted = evaluate(module, child.named_children[0], depth)
            if not isinstance(inserted.data, list):
                return module.computed(node)
            items.extend(inserted.items)
        else:
            items.append(evaluate(module, child, depth))
    return Value(items, module.literal(node))


def json_text(code: str) -> str:
    """Return the value of a string of a JSON document; of one that is not valid, the code without its quotes."""
    try:
        return str(json.loads(code))
    except ValueError:
        return code[1:-1]


def only_part(evaluate: Evaluate, module: Module, node: Node, depth: int) -> Value:
    """Return the value of what stands alone in parentheses."""
    inner = parts_of(node)
    return evaluate(module, inner[0], depth) if len(inner) == 1 else module.computed(node)


def joined_by(module: Module, node: Node, between: Value, parts: Value) -> Value:
    """Return the texts of a list as one text, with another text between them."""
    if between.text is None or not isinstance(parts.data, list):
        return module.computed(node)
    texts = [piece for part in parts.items for piece in (between, part)][1:]
    return joined(texts, module.literal(node, LiteralKind.CONCATENATION), "a part of it is computed at run time")
