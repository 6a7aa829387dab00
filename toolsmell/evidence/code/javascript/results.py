"""Reads the keys of the objects that a function of JavaScript returns."""

from collections.abc import Iterator

from toolsmell.evidence.code.javascript.failures import error_in
from toolsmell.evidence.code.javascript.terms import last_name
from toolsmell.evidence.code.lines import lines_of
from toolsmell.model.implementation import CodeFact, Condition, FactKind
from toolsmell.sources.code.javascript.functions import FUNCTIONS, callee, returns, unwrapped
from toolsmell.sources.code.javascript.names import pairs
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import arguments_of, around
from toolsmell.sources.code.syntax import Node
from toolsmell.text import pattern

MIN_KEYS = 2
"""Keys that an object needs to tell something of a result."""

_CONTENT = frozenset(("content", "isError", "structuredContent", "_meta"))
_WRAPPERS = (
    r"(?i)^(?:to|as|create|make|format|build)?_?(?:mcp|tool|json|text|success|ok)_?"
    r"(?:result|response|content|output|text)?$"
)


def facts_of_result(module: Module, values: tuple[Node, ...], conditions: tuple[Condition, ...]) -> Iterator[CodeFact]:
    """Yield the keys of what is returned (`Dialect`)."""
    for node in values[:1]:
        value = value_of_result(module, node)
        if value is None:
            continue
        many = _each(module, value)
        keys = _keys(module, many or value)
        if keys is not None and len(keys) >= MIN_KEYS:
            name = "list of objects" if many is not None else "object"
            yield CodeFact(FactKind.RESULT, lines_of(module, node), values=keys, name=name, conditions=conditions)


def calls_of_result(module: Module, values: tuple[Node, ...]) -> Iterator[Node]:
    """Yield the calls that a returned value is (`Dialect`)."""
    for node in values[:1]:
        value = value_of_result(module, node)
        if value is not None and value.type == "call_expression":
            yield value


def value_of_result(module: Module, node: Node) -> Node | None:
    """Return the value that is returned, also by a constant, or None if it is an error."""
    here = node
    for _ in range(3):
        if error_in(module, here) is not None:
            return None
        inner = _held(module, unwrapped_result(module, here))
        if inner.id == here.id:
            break
        here = inner
    return None if error_in(module, here) is not None else here


def unwrapped_result(module: Module, node: Node) -> Node:
    """Return the value inside of `{ content: [{ type: "text", text: JSON.stringify(value) }] }`."""
    here = unwrapped(node)
    for _ in range(8):
        inner = _inner(module, here)
        if inner is None:
            return here
        here = unwrapped(inner)
    return here


def _inner(module: Module, here: Node) -> Node | None:
    if here.type == "call_expression":
        function, given = callee(here), arguments_of(here)
        name = last_name(module, function) if function is not None else ""
        wraps = name == "stringify" or (name and pattern(_WRAPPERS).match(name) and len(given) == 1)
        return given[0] if wraps and given and given[0].type not in ("string", "template_string") else None
    if here.type == "object":
        members = pairs(module, here).members if _may_wrap(module, here) else {}
        if members and set(members) <= _CONTENT:
            held = members.get("structuredContent") or members.get("content")
            return held.value if held is not None and held.module.path == module.path else None
        if set(members) == {"type", "text"}:
            return members["text"].value
    if here.type == "array" and here.named_child_count == 1 and _may_wrap(module, here.named_children[0]):
        return here.named_children[0]
    return None


def _may_wrap(module: Module, node: Node) -> bool:
    """Return True if an object is likely a content block, or a result that has some."""
    if node.type != "object" or not 1 <= node.named_child_count <= 5:
        return False
    text = module.text(node)[:400]
    return "content" in text or "structuredContent" in text or ("type" in text and "text" in text)


def _held(module: Module, node: Node) -> Node:
    """Return the value of a constant that is bound only once."""
    if node.type != "identifier":
        return node
    name = module.text(node)
    binding = module.lookup(name, node.start_byte)
    if binding is None or binding.value is None or binding.member is not None or binding.origin is not None:
        return node
    holder = around(node, FUNCTIONS)
    declared = binding.value
    if holder is None or not holder.start_byte <= declared.start_byte < holder.end_byte:
        return node
    changed = pattern(r"(?<![\w$.])" + name.replace("$", r"\$") + r"(?:\.\w+|\[[^\]]{1,60}\])+\s*=[^=]")
    if changed.search(module.text(holder)):
        return node
    return unwrapped(declared)


def _each(module: Module, value: Node) -> Node | None:
    """Return the object that `list.map(x => ({...}))` makes of each element."""
    if value.type != "call_expression":
        return None
    function, given = callee(value), arguments_of(value)
    if function is None or last_name(module, function) != "map" or function.type != "member_expression" or not given:
        return None
    made = returns(given[0]) if given[0].type in FUNCTIONS else []
    return unwrapped(made[0]) if len(made) == 1 else None


def _keys(module: Module, node: Node) -> tuple[str, ...] | None:
    """Return the keys of an object that is written completely, or None."""
    if node.type != "object":
        return None
    if any(child.type in ("spread_element", "method_definition") for child in node.named_children):
        return None
    found = pairs(module, node)
    return None if found.rest else tuple(found.members)
