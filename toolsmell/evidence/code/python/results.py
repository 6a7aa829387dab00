"""Results of functions of Python: the keys of the objects that they return."""

from collections.abc import Iterator

from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.python.failures import error_in
from toolsmell.model.implementation import CodeFact, Condition, FactKind
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.python.names import Arguments, last_name
from toolsmell.sources.code.syntax import Node

_WRAPPERS = frozenset("dumps TextContent ToolResult CallToolResult list str tuple sorted".split())
MIN_KEYS = 2
"""Keys that an object needs to tell something of a result."""


def unwrapped(module: Module, node: Node) -> Node:
    """Return the value inside of `json.dumps(value)`, `[TextContent(text=value)]` and `await value`."""
    here = node
    for _ in range(8):
        inner: Node | None = None
        children = parts_of(here)
        if here.type in ("await", "parenthesized_expression") or (
            here.type in ("list", "tuple") and _is_content(module, here)
        ):
            inner = children[0] if children else None
        elif here.type == "call":
            function, given = here.child_by_field_name("function"), Arguments(module, here)
            if function is not None and last_name(module, function) in _WRAPPERS:
                inner = given.get("text") or given.get("content") or (given.positional[0] if given.positional else None)
        if inner is None:
            return here
        here = inner
    return here


def _is_content(module: Module, node: Node) -> bool:
    """Return True for a list of one content block."""
    children = parts_of(node)
    function = children[0].child_by_field_name("function") if len(children) == 1 else None
    return function is not None and last_name(module, function) in ("TextContent", "ImageContent")


def facts_of_result(module: Module, node: Node, conditions: tuple[Condition, ...]) -> Iterator[CodeFact]:
    """Yield the keys of what is returned."""
    if error_in(module, node) is not None:
        return
    value = unwrapped(module, node)
    if value.type == "identifier":
        value = _assigned(module, value) or value
    many = value.type in ("list_comprehension", "list")
    if many:
        body = value.child_by_field_name("body") if value.type == "list_comprehension" else None
        inner = body or (value.named_children[0] if value.named_child_count == 1 else value)
        value = inner
    keys = _keys(module, value)
    if keys is not None and len(keys) >= MIN_KEYS:
        name = "list of objects" if many else "object"
        yield CodeFact(FactKind.RESULT, lines_of(module, node), values=keys, name=name, conditions=conditions)


def _assigned(module: Module, node: Node) -> Node | None:
    """Return the dictionary that a local name is bound to, if it is bound only once and not changed by keys."""
    binding = module.lookup(module.text(node), node.start_byte)
    if binding is None or binding.value is None or binding.member is not None or binding.origin is not None:
        return None
    return binding.value if binding.value.type in ("dictionary", "list_comprehension") else None


def _keys(module: Module, node: Node) -> tuple[str, ...] | None:
    """Return the keys of a dictionary that is written completely, or None."""
    if node.type != "dictionary":
        return None
    keys: list[str] = []
    for child in node.named_children:
        key = child.child_by_field_name("key")
        if child.type == "comment":
            continue
        if key is None or key.type != "string" or child.type != "pair":
            return None
        keys.append(module.text(key).strip("\"'"))
    return tuple(keys)
