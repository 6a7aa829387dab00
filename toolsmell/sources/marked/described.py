"""Tools of Java, Kotlin and C# that objects describe: builders, constructors, classes with a name and a description.

A builder is `Tool.builder().name("x").description("y")`, a constructor `new McpSchema.Tool("x", "y", schema)` or
`Tool(name = "x", description = "y")`. A class extends or implements something that is called a tool.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from toolsmell.sources.marked.found import Marked
from toolsmell.sources.marked.tree import Node, PlacedText, below, named, text_of, words

_PARTS: Final[Mapping[str, str]] = {
    "name": "name", "setName": "name", "getName": "name", "Name": "name", "toolName": "name", "getToolName": "name",
    "description": "description", "setDescription": "description", "getDescription": "description",
    "Description": "description",
    "title": "title", "setTitle": "title", "getTitle": "title", "Title": "title",
}  # fmt: skip
"""How builders and classes call the parts of a tool."""

_BUILT: Final = re.compile(r"(?i)tool(?![a-z]*(?:annotation|result|call|spec|callback|context|param))\w*")
"""The beginning of a chain of calls that makes a tool."""
_BASE: Final = re.compile(r"(?i)mcp\w*tool|tool\w*")
_CLASSES: Final = ("class_declaration", "object_declaration", "record_declaration")
_BASES: Final = ("superclass", "super_interfaces", "delegation_specifiers", "base_list")
_WITH_TITLE: Final = 6
"""Arguments of the constructor of `Tool` in the SDK for Java since it has titles."""


def find(root: Node, constants: Mapping[str, str]) -> Iterator[Marked]:
    """Yield the tools of a file."""
    if b"mcp" not in (root.text or b"").lower():
        return
    for call in below(root, "method_invocation", "object_creation_expression", "call_expression"):
        found = _built(call, constants) if call.type == "method_invocation" else _constructed(call, constants)
        if found is not None:
            yield found
    for class_ in below(root, *_CLASSES):
        if (found := _class(class_, constants)) is not None:
            yield found


def _built(call: Node, constants: Mapping[str, str]) -> Marked | None:
    """Return the tool of a whole chain of calls."""
    if call.parent is not None and call.parent.type == "method_invocation" and _object(call.parent) == call:
        return None
    parts: dict[str, PlacedText] = {}
    here: Node | None = call
    while here is not None and here.type == "method_invocation":
        part, given = _PARTS.get(named(here, "name")), here.child_by_field_name("arguments")
        if part and given is not None and given.named_child_count == 1:
            parts.setdefault(part, text_of(given.named_children[0], constants))
        root, here = here, _object(here)
    start = words(here) if here is not None else named(root, "name")
    return _marked(call, parts) if _BUILT.search(start) and {"name", "description"} <= parts.keys() else None


def _object(call: Node) -> Node | None:
    return call.child_by_field_name("object")


def _constructed(call: Node, constants: Mapping[str, str]) -> Marked | None:
    """Return the tool that a constructor gets its parts for."""
    is_new = call.type == "object_creation_expression"
    type_ = named(call, "type") if is_new else words(call.named_children[0]) if call.named_children else ""
    listed = call.child_by_field_name("arguments") or next(below(call, "value_arguments"), None)
    if type_.rpartition(".")[2] != "Tool" or listed is None:
        return None
    given = [child for child in listed.named_children if "comment" not in child.type]
    parts: dict[str, PlacedText] = {}
    for position, one in enumerate(given):
        values = one.named_children if one.type in ("value_argument", "argument") else [one]
        part = _PARTS.get(words(values[0])) if len(values) > 1 else _position(position, len(given))
        if part and values:
            parts.setdefault(part, text_of(values[-1], constants))
    return _marked(call, parts) if "name" in parts and len(given) > 1 else None


def _position(position: int, count: int) -> str | None:
    names = ("name", "title", "description") if count >= _WITH_TITLE else ("name", "description")
    return names[position] if position < len(names) else None


def _class(class_: Node, constants: Mapping[str, str]) -> Marked | None:
    """Return the tool that a class describes: `override val name = "x"`, `String name() { return "x"; }`."""
    bases = " ".join(words(child) for child in class_.named_children if child.type in _BASES)
    body = class_.child_by_field_name("body") or next(below(class_, "class_body"), None)
    if body is None or not _BASE.search(bases):
        return None
    parts: dict[str, PlacedText] = {}
    for member in body.named_children:
        part, value = _PARTS.get(_member_name(member)), _member_value(member)
        if part and value is not None:
            parts.setdefault(part, text_of(value, constants))
    is_named = "name" in parts and parts["name"].value is not None
    return _marked(class_, parts) if is_named and "description" in parts else None


def _member_name(member: Node) -> str:
    declared = next((child for child in member.named_children if child.type == "variable_declaration"), None)
    return words(declared.named_children[0]) if declared is not None else named(member, "name")


def _member_value(member: Node) -> Node | None:
    """Return the value of a property, or what a method without parameters returns."""
    if member.type == "method_declaration":
        body, parameters = member.child_by_field_name("body"), member.child_by_field_name("parameters")
        returns = list(below(body, "return_statement")) if body is not None else []
        only = returns[0] if len(returns) == 1 and parameters is not None and not parameters.named_children else None
        return only.named_children[0] if only is not None and only.named_children else None
    if member.type != "property_declaration":
        return None
    holder = next(below(member, "arrow_expression_clause", "function_body"), member)
    last = holder.named_children[-1] if holder.named_children else None
    return last if last is not None and last.type not in ("accessor_list", "variable_declaration") else None


def _marked(node: Node, parts: Mapping[str, PlacedText]) -> Marked:
    return Marked(parts["name"], parts.get("description"), parts.get("title"), {}, None, node.start_byte, node.end_byte)
