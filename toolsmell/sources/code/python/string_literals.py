"""Python string literals: prefixes, escapes, f-strings."""

from toolsmell.sources.code import escapes
from toolsmell.sources.code.literals import json_text
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.source import DocumentSource
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import Literal, LiteralKind, Value, joined, unknown


def body_of(module: Module, node: Node) -> tuple[Literal, str]:
    """Return where a string stands and what stands between its quotes, as written."""
    start, end = node.children[0], node.children[-1]
    opening = module.text(start)
    prefix = opening.rstrip("'\"")
    literal = module.literal(node, LiteralKind.STRING)._replace(prefix=prefix, quote=opening[len(prefix) :])
    return literal, module.source.slice(start.end_byte, end.start_byte)


def read(module: Module, node: Node, depth: int) -> Value:
    """Return the value of a string; what stands in the braces of a formatted one is evaluated."""
    if isinstance(module.source, DocumentSource):
        return Value(json_text(module.text(node)), module.literal(node))
    if node.children[-1].type != "string_end":
        return unknown("does not parse", module.literal(node))
    literal, body = body_of(module, node)
    holes = [child for child in node.children if child.type == "interpolation"]
    if "b" in literal.prefix.lower():
        return module.computed(node)
    if "f" not in literal.prefix.lower():
        return Value(_decoded(body, literal.prefix), literal)
    parts: list[Value] = []
    at = node.children[0].end_byte
    for hole in holes:
        parts.append(Value(_decoded(module.source.slice(at, hole.start_byte), literal.prefix)))
        parts.append(_interpolated(module, hole, depth))
        at = hole.end_byte
    parts.append(Value(_decoded(module.source.slice(at, node.children[-1].start_byte), literal.prefix)))
    value = joined(parts, literal, f"computed at run time: {_shortened(module, holes)}")
    if holes and value.literal:
        return value._replace(literal=value.literal._replace(whole=False))
    return value


def _decoded(body: str, prefix: str) -> str:
    text = escapes.newlines(body)
    if "r" not in prefix.lower():
        text = escapes.python(text)
    return text.replace("{{", "{").replace("}}", "}") if "f" in prefix.lower() else text


def _shortened(module: Module, holes: list[Node]) -> str:
    return " ".join(module.text(hole)[:40] for hole in holes[:3])


def _interpolated(module: Module, hole: Node, depth: int) -> Value:
    plain = parts_of(hole)
    return module.evaluate(plain[0], depth) if len(plain) == 1 else module.computed(hole)
