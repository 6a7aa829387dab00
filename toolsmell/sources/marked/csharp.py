"""Tools in C#: methods with `[McpServerTool]` of the official SDK, described by `[Description]`."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from toolsmell.model import Json
from toolsmell.sources.marked import described
from toolsmell.sources.marked.found import Marked, MarkedParameter, annotations_of
from toolsmell.sources.marked.schema_types import schema_of
from toolsmell.sources.marked.tree import Node, PlacedText, below, literal, named, text_of, words

_SUPPLIED: Final = re.compile(
    r"^(?:I[A-Z]\w*|CancellationToken|McpServer\w*|RequestContext|ClaimsPrincipal|\w*(?:Client|Context|Service|Factory|Logger"
    r"|Provider|Options|Repository|Manager|Store|Accessor|Progress))(?:<.*>)?\??$",
    re.DOTALL,
)
"""Types of parameters that the SDK or dependency injection supplies: agents never see them."""


def find(root: Node) -> Iterator[Marked]:
    """Yield the tools of a file."""
    constants = _constants(root)
    for method in below(root, "method_declaration"):
        marks = _attributes(method)
        if "McpServerTool" in marks:
            yield _tool(method, marks, constants)
    yield from described.find(root, constants)


def _tool(method: Node, marks: Mapping[str, Node], constants: Mapping[str, str]) -> Marked:
    arguments = _arguments(marks["McpServerTool"])
    own = method.child_by_field_name("name")
    name = text_of(arguments["Name"], constants) if "Name" in arguments else None
    if name is None and own is not None:
        name = PlacedText(_derived(words(own), named(method, "returns")), own.start_byte, own.end_byte, words(own))
    described = _arguments(marks["Description"]).get("") if "Description" in marks else None
    return Marked(
        name=name or PlacedText(None, method.start_byte, method.end_byte, ""),
        description=text_of(described, constants) if described is not None else _generated(method),
        title=text_of(arguments["Title"], constants) if "Title" in arguments else None,
        annotations=annotations_of({key: words(value) for key, value in arguments.items()}),
        parameters=tuple(_parameters(method, constants)),
        start=method.start_byte,
        end=method.end_byte,
    )


def _generated(method: Node) -> PlacedText | None:
    """Return an unknown text for a partial method: the SDK makes its description of the XML comments."""
    # https://github.com/modelcontextprotocol/csharp-sdk (ModelContextProtocol.Analyzers)
    modifiers = {words(child) for child in method.children if child.type == "modifier"}
    return PlacedText(None, method.start_byte, method.end_byte, "XML comments") if "partial" in modifiers else None


def _derived(method: str, returns: str) -> str:
    """Return the name that the SDK derives: without `Async` if it returns a task, in snake case."""
    if returns.startswith(("Task", "ValueTask", "IAsyncEnumerable")) and method != "Async":
        method = method.removesuffix("Async")
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", method).lower()


def _parameters(method: Node, constants: Mapping[str, str]) -> Iterator[MarkedParameter]:
    listed = method.child_by_field_name("parameters")
    for node in listed.named_children if listed is not None else ():
        if node.type != "parameter":
            continue
        marks, code, name = _attributes(node), named(node, "type"), node.child_by_field_name("name")
        described = _arguments(marks["Description"]).get("") if "Description" in marks else None
        if name is None or "FromKeyedServices" in marks or (described is None and _SUPPLIED.match(code)):
            continue
        yield MarkedParameter(
            name=words(name),
            description=text_of(described, constants) if described is not None else None,
            schema=schema_of(code)[0],
            # A nullable parameter without a default is required: C# callers must pass null.
            required="=" not in words(node).partition(words(name))[2],
            start=name.start_byte,
            end=name.end_byte,
            default=_default(node),
        )


def _default(parameter: Node) -> dict[str, Json]:
    """Return the default of a parameter if it is a literal: the SDK puts it into the schema."""
    last = parameter.named_children[-1]
    match last.type:
        case "integer_literal" | "real_literal":
            try:
                return {"default": json.loads(words(last).rstrip("fFdDmMlL").replace("_", ""))}
            except ValueError:
                return {}
        case "boolean_literal":
            return {"default": words(last) == "true"}
        case "null_literal":
            return {"default": None}
    text = literal(last)
    return {} if text is None else {"default": text}


def _attributes(node: Node) -> dict[str, Node]:
    """Return the attributes of a method or parameter by their short names."""
    found: dict[str, Node] = {}
    for attribute_list in node.named_children:
        if attribute_list.type == "attribute_list":
            for attribute in attribute_list.named_children:
                if attribute.type == "attribute":
                    name = named(attribute, "name").rpartition(".")[2].partition("<")[0]
                    found[name.removesuffix("Attribute") or name] = attribute
    return found


def _arguments(attribute: Node) -> dict[str, Node]:
    """Return the arguments of an attribute by name; the first without a name is under the empty one."""
    found: dict[str, Node] = {}
    for argument in below(attribute, "attribute_argument"):
        values = argument.named_children
        if values:
            found.setdefault(named(argument, "name"), values[-1])
    return found


def _constants(root: Node) -> dict[str, str]:
    """Return the string constants of a file by name; a name with two values is left out."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for declared in below(root, "variable_declarator"):
        name, values = named(declared, "name"), declared.named_children
        value = text_of(values[-1], found).value if len(values) > 1 else None
        if value is not None and found.setdefault(name, value) != value:
            twice.add(name)
    return {name: value for name, value in found.items() if name not in twice}
