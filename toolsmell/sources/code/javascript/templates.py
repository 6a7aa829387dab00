"""Template literals: the text between the backticks, and the values of what stands in `${}`."""

from toolsmell.sources.code import escapes
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import LiteralKind, Value, joined


def template(module: Module, node: Node, depth: int, *, raw: bool = False) -> Value:
    literal = module.literal(node, LiteralKind.TEMPLATE)._replace(quote="`")
    holes = [child for child in node.named_children if child.type == "template_substitution"]
    parts: list[Value] = []
    at = node.start_byte + 1
    for hole in (*holes, None):
        text = escapes.newlines(module.source.slice(at, hole.start_byte if hole else node.end_byte - 1))
        parts.append(Value(text if raw else escapes.javascript(text)))
        if hole is not None:
            inner = parts_of(hole)
            parts.append(module.evaluate(inner[0], depth) if len(inner) == 1 else module.computed(hole))
            at = hole.end_byte
    words = " ".join(module.text(hole)[:40] for hole in holes[:3])
    value = joined(parts, literal, f"computed at run time: {words}")
    return value._replace(literal=literal._replace(whole=not holes))
