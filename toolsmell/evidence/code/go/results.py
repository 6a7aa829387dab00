"""Reads the keys of the objects that a function of Go returns."""

from collections.abc import Iterator

from toolsmell.evidence.code.go.failures import error_in
from toolsmell.evidence.code.go.types import type_at
from toolsmell.evidence.code.lines import lines_of
from toolsmell.model.implementation import CodeFact, Condition, FactKind
from toolsmell.sources.code.go.names import FUNCTIONS, called
from toolsmell.sources.code.go.structs import tag_of
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Node
from toolsmell.text import pattern

MIN_KEYS = 2
"""Keys that an object needs to tell something of a result."""

_WRAPPERS = (
    r"^(?:NewToolResult(?:Text|JSON|Structured|StructuredOnly)|Marshal|MarshalIndent|string|MarshalledTextResult)$"
)


def facts_of_result(module: Module, values: tuple[Node, ...], conditions: tuple[Condition, ...]) -> Iterator[CodeFact]:
    """Yield the keys of what is returned (`Dialect`)."""
    if not values or error_in(module, values) is not None:
        return
    for node in values[:2]:
        value = unwrapped_result(module, node)
        keys = _keys(module, value)
        if keys is not None and len(keys) >= MIN_KEYS:
            yield CodeFact(FactKind.RESULT, lines_of(module, node), values=keys, name="object", conditions=conditions)
            return


def calls_of_result(module: Module, values: tuple[Node, ...]) -> Iterator[Node]:
    """Yield the calls that a returned value is (`Dialect`)."""
    for node in values[:2]:
        value = unwrapped_result(module, node)
        if value.type == "call_expression":
            yield value


def unwrapped_result(module: Module, node: Node) -> Node:
    """Return the value inside of `mcp.NewToolResultText(string(data))`, where data is `json.Marshal(value)`."""
    here = node
    for _ in range(10):
        inner: Node | None = None
        if here.type == "call_expression" and pattern(_WRAPPERS).match(called(module, here)) and arguments_of(here):
            inner = arguments_of(here)[0]
        elif here.type == "unary_expression" and here.named_children:
            inner = here.named_children[-1]
        elif here.type == "identifier":
            inner = _held(module, here)
        if inner is None:
            return here
        here = inner
    return here


def _held(module: Module, node: Node) -> Node | None:
    """Return the value of a local name that is bound only once, also the call in `name, err := call()`."""
    name = module.text(node)
    binding = module.lookup(name, node.start_byte)
    if binding is None or binding.at is None or binding.all:
        return None
    holder = binding.at.parent
    while holder is not None and holder.type == "expression_list":
        holder = holder.parent
    right = holder.child_by_field_name("right") if holder is not None else None
    function = node.parent
    while function is not None and function.type not in FUNCTIONS:
        function = function.parent
    if right is None or function is None or holder is None or holder.type != "short_var_declaration":
        return None
    changed = pattern(r"(?<![\w.])" + name + r"(?:\.\w+|\[[^\]\n]{1,60}\])+\s*=[^=]|json\.Unmarshal\([^)]*&" + name)
    return None if changed.search(module.text(function)) else right.named_children[0]


def _keys(module: Module, node: Node) -> tuple[str, ...] | None:
    """Return the keys of a map or the fields of a struct that is written, or None."""
    type_, body = node.child_by_field_name("type"), node.child_by_field_name("body")
    if node.type != "composite_literal" or type_ is None or body is None:
        return None
    if type_.type == "map_type":
        keys = [child.named_children[0] for child in body.named_children if child.type == "keyed_element"]
        texts = [module.text(key) for key in keys]
        known = texts and all(text.startswith('"') for text in texts)
        return tuple(text.strip('"') for text in texts) if known else None
    held = type_at(module, type_)
    if held is None or "CallToolResult" in held.name:
        return None
    found = []
    for field in held.fields:
        name, tag = field.child_by_field_name("name"), tag_of(held.module, field)
        if name is None:
            return None  # embedded fields have keys of their own
        if tag.name and tag.name != "-":
            found.append(tag.name)
    return tuple(found) or None
