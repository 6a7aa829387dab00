"""Tools in Java and Kotlin: methods with `@McpTool` or `@Tool`, `addTool(name = ...)` of Kotlin, described objects.

`@Tool` of LangChain4j is not of MCP: a file that imports it and nothing of MCP has no tools.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from toolsmell.sources.marked import described
from toolsmell.sources.marked.found import Marked, MarkedParameter, annotations_of
from toolsmell.sources.marked.schema_types import schema_of
from toolsmell.sources.marked.tree import Node, PlacedText, below, named, text_of, words

_TOOLS: Final = ("McpTool", "Tool")
_PARAMETERS: Final = ("McpToolParam", "ToolParam", "McpToolArg", "ToolArg", "McpArg")
_SUPPLIED: Final = re.compile(
    r"^(?:Mcp\w+|ToolContext|McpMeta|Cancellation|Progress|\w*(?:Exchange|RequestContext|TransportContext|Connection|Log"
    r"|Sampling|Elicitation|Roots))(?:<.*>)?\??$",
    re.DOTALL,
)
"""Types of parameters that the framework supplies: agents never see them."""
_FOREIGN: Final = b"dev.langchain4j.agent.tool"


def find(root: Node) -> Iterator[Marked]:
    """Yield the tools of a file."""
    if _FOREIGN in (root.text or b"") and b"mcp" not in (root.text or b"").lower():
        return
    constants = _constants(root)
    for method in below(root, "method_declaration", "function_declaration"):
        marks = _annotations(method)
        mark = next((marks[name] for name in _TOOLS if name in marks), None)
        if mark is not None:
            yield _tool(method, mark, constants)
    for call in below(root, "call_expression"):
        if found := _added(call, constants):
            yield found
    yield from described.find(root, constants)


def _tool(method: Node, mark: Node, constants: Mapping[str, str]) -> Marked:
    arguments = _arguments(mark)
    own = _own_name(method)
    name = text_of(arguments["name"], constants) if "name" in arguments else None
    if (name is None or name.value == "") and own is not None:
        name = PlacedText(words(own), own.start_byte, own.end_byte, words(own))
    described = arguments.get("description") or arguments.get("")
    hints = {key: words(value) for key, value in arguments.items()}
    for inner in below(mark, "annotation", "call_expression"):
        if inner.start_byte != mark.start_byte:
            hints |= {key: words(value) for key, value in _arguments(inner).items()}
    return Marked(
        name=name or PlacedText(None, method.start_byte, method.end_byte, ""),
        description=text_of(described, constants) if described is not None else None,
        title=text_of(arguments["title"], constants) if "title" in arguments else None,
        annotations=annotations_of(hints),
        parameters=tuple(_parameters(method, constants)),
        start=method.start_byte,
        end=method.end_byte,
    )


def _added(call: Node, constants: Mapping[str, str]) -> Marked | None:
    """Return the tool of Kotlin's `server.addTool(name = "...", description = "...")`; its input is built by code."""
    callee = call.named_children[0] if call.named_children else None
    if callee is None or not words(callee).endswith("addTool") or callee.type == "call_expression":
        return None
    arguments = _arguments(call)
    name = arguments.get("name") or arguments.get("")
    if name is None or (read := text_of(name, constants)).value is None:
        return None
    described = arguments.get("description")
    text = text_of(described, constants) if described is not None else None
    return Marked(read, text, None, {}, None, call.start_byte, call.end_byte)


def _own_name(method: Node) -> Node | None:
    found = method.child_by_field_name("name")
    return found or next((child for child in method.named_children if child.type == "identifier"), None)


def _parameters(method: Node, constants: Mapping[str, str]) -> Iterator[MarkedParameter]:
    listed = method.child_by_field_name("parameters") or next(
        (child for child in method.named_children if child.type == "function_value_parameters"), None
    )
    if listed is None:
        return
    marks: dict[str, Node] = {}
    children = listed.named_children
    for number, node in enumerate(children):
        if node.type == "parameter_modifiers":
            marks = _annotations(node)
            continue
        if node.type not in ("formal_parameter", "parameter"):
            continue
        marks = _annotations(node) or marks
        after = children[number + 1] if number + 1 < len(children) else None
        has_default = node.type == "parameter" and after is not None and "parameter" not in after.type
        if found := _parameter(node, marks, constants, has_default=has_default):
            yield found
        marks = {}


def _parameter(
    node: Node, marks: Mapping[str, Node], constants: Mapping[str, str], *, has_default: bool
) -> MarkedParameter | None:
    name = node.child_by_field_name("name") or next((c for c in node.named_children if c.type == "identifier"), None)
    code = named(node, "type") or (words(node.named_children[-1]) if node.named_child_count > 1 else "")
    mark = next((marks[key] for key in _PARAMETERS if key in marks), None)
    if name is None or (mark is None and _SUPPLIED.match(code)):
        return None
    arguments = _arguments(mark) if mark is not None else {}
    described = arguments.get("description") or arguments.get("")
    stated = words(arguments["required"]) if "required" in arguments else None
    schema, optional = schema_of(code)
    given = arguments.get("name")
    called = text_of(given, constants).value if given is not None else None
    return MarkedParameter(
        name=called or words(name),
        description=text_of(described, constants) if described is not None else None,
        schema=schema,
        required=stated != "false" if stated else not (optional or has_default),
        start=name.start_byte,
        end=name.end_byte,
    )


def _annotations(node: Node) -> dict[str, Node]:
    """Return the annotations of a declaration by their short names."""
    found: dict[str, Node] = {}
    holders = [child for child in node.named_children if "modifiers" in child.type] or [node]
    for holder in holders:
        for child in holder.named_children:
            if child.type in ("annotation", "marker_annotation"):
                code = words(child).lstrip("@").partition("(")[0].strip()
                found[code.rpartition(".")[2].rpartition(":")[2]] = child
    return found


def _arguments(node: Node) -> dict[str, Node]:
    """Return the arguments of an annotation or call by name; the first without a name is under the empty one."""
    lists = ("annotation_argument_list", "value_arguments")
    listed = next((n for n in below(node, *lists)), None)
    found: dict[str, Node] = {}
    for argument in listed.named_children if listed is not None else ():
        if argument.type == "element_value_pair":
            value = argument.child_by_field_name("value")
            if value is not None:
                found.setdefault(named(argument, "key"), value)
        elif argument.type == "value_argument":
            parts = argument.named_children
            if parts:
                found.setdefault(words(parts[0]) if len(parts) > 1 else "", parts[-1])
        else:
            found.setdefault("", argument)
    return found


def _constants(root: Node) -> dict[str, str]:
    """Return the string constants of a file by name; a name with two values is left out."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for declared in below(root, "variable_declarator", "property_declaration"):
        parts = declared.named_children
        inner = next((c for c in parts if c.type == "variable_declaration"), None)
        name = named(declared, "name") or (words(inner.named_children[0]) if inner is not None else "")
        value = text_of(parts[-1], found).value if len(parts) > 1 else None
        if name and value is not None and found.setdefault(name, value) != value:
            twice.add(name)
    return {name: value for name, value in found.items() if name not in twice}
