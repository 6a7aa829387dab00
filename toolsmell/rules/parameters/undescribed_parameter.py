"""A parameter that neither its schema nor the tool's description explains.

## What it checks

Each parameter of a tool, also inside objects and lists: its schema has a `description` with at least one letter or
digit, or the tool's description names it. A parameter of one name in three tools or more is one finding, and so are
four or more in one tool, and a server that describes almost none of its parameters.

## Why it matters

An agent fills a parameter that nobody explains by guessing from its name: the wrong format, unit or id is what
it gets wrong most.

## Smelly

```json
{"name": "book", "description": "Books a room.",
 "inputSchema": {"type": "object", "properties": {"slot": {"type": "string"}}}}
```

## Better

```json
{"name": "book", "description": "Books a room.",
 "inputSchema": {"type": "object", "properties": {
   "slot": {"type": "string", "description": "Start of the half hour to book, such as 2026-03-01T14:30Z."}}}}
```

## Not flagged

A parameter that the description explains by name (`start_date`, 'start date'), a constant, one whose `enum` or `title`
says more than its name, a number with its unit in the name (`width_cm`), a latitude or longitude with bounds, plain
fields of an object (`author.email`), `readOnly` fields, and an object or list whose parts are parameters themselves.
The words 'by id' in the text of a tool do not explain its `id`.

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878): opaque parameters,
  84 % of 856 tools.
"""

from collections.abc import Iterator, Sequence

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.grouping import SharedFault, shared
from toolsmell.schema.reader import Parameter
from toolsmell.schema.walk import ALTERNATIVES, alternatives
from toolsmell.text import identifier_words, last_word

_MANY_IN_A_TOOL = 4
_MANY_IN_A_SERVER = 10
_MANY_NESTED = 4
_ALMOST_ALL = 0.9
_SPEAKING = frozenset(("const", "enum"))
_COORDINATES = frozenset(("latitude", "longitude", "lat", "lon", "lng"))
"""With bounds, their names say all that an agent needs."""
_UNITS = ("_cm", "_mm", "_km", "_kg", "_seconds", "_minutes", "_ms", "_meters", "_px", "_pixels", "_bytes")
_FIELDS = frozenset(
    "title email description first_name last_name firstname lastname phone zip city country url".split()
)
"""Fields of an object that need no word, though as parameters of a tool they may."""
_NAME_NOTHING = frozenset(("id", "ids", "uuid"))
"""Words of many texts ('Get a case by ID'), in which they explain no parameter."""


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    found = [(tool, list(_undescribed(tool))) for tool in server.tools]
    bare = sum(len(parameters) for _, parameters in found)
    everything = sum(len(tool.all_parameters) for tool in server.tools) if bare >= _MANY_IN_A_SERVER else 0
    if everything and len(server.tools) > 2 and bare >= _ALMOST_ALL * everything:
        yield Hit(
            "/tools",
            f"{bare} of {everything} parameters are not described, in {sum(bool(p) for _, p in found)} tools: an agent"
            " must guess what to pass",
            excerpt="parameters",
            help="add a description to each parameter: meaning, form, and where the value comes from",
            members=tuple((tool.tool.index, "/inputSchema") for tool, bare_ones in found if bare_ones),
        )
        return
    alone: dict[int, list[Parameter]] = {}
    faults = list(shared((tool, parameter) for tool, parameters in found for parameter in parameters))
    nested = [one for one in faults if one.parameter.depth]
    if len(nested) > _MANY_NESTED:
        yield _nested(nested)
        faults = [one for one in faults if not one.parameter.depth]
    for one in faults:
        if one.others:
            yield _hit(one)
        else:
            alone.setdefault(one.tool.tool.index, []).append(one.parameter)
    for tool, _ in found:
        yield from _hits(tool, alone.get(tool.tool.index, []))


def _nested(faults: Sequence[SharedFault]) -> Hit:
    """Return one hit for the fields of nested objects, which repeat from tool to tool."""
    listed = ", ".join(shown(one.parameter.path, 30) for one in faults[:3])
    members = tuple(member for one in faults for member in one.members)
    return Hit(
        faults[0].parameter.pointer,
        f"{len(faults)} nested fields ({listed} ...) are not described: an agent must guess what to pass",
        excerpt="nested fields",
        tool=faults[0].tool.tool.index,
        help=f"add a description to {listed} and {len(faults) - 3} more",
        members=members,
    )


def _hits(tool: ToolContext, parameters: Sequence[Parameter]) -> Iterator[Hit]:
    if len(parameters) < _MANY_IN_A_TOOL:
        yield from (_hit(SharedFault(tool, parameter, ((tool, parameter),))) for parameter in parameters)
        return
    listed = ", ".join(shown(parameter.path, 30) for parameter in parameters[:3])
    yield Hit(
        "/inputSchema",
        f"{len(parameters)} parameters ({listed} ...) are not described{_cause(tool)}: an agent must guess what to"
        " pass",
        excerpt="parameters",
        tool=tool.tool.index,
        help=f"add a description to {listed} and {len(parameters) - 3} more",
    )


def _cause(tool: ToolContext) -> str:
    cause = tool.tool.causes.get("inputSchema")
    return f" ({cause})" if cause else ""


def _hit(one: SharedFault) -> Hit:
    return Hit(
        one.parameter.pointer,
        f"parameter '{shown(one.parameter.path)}' is not described{one.elsewhere}{_cause(one.tool)}: an agent must"
        " guess what to pass",
        excerpt=one.parameter.path,
        tool=one.tool.tool.index,
        help=f"add a description to '{shown(one.parameter.path)}': {_wanted(one.parameter)}",
        members=one.members,
    )


def _wanted(parameter: Parameter) -> str:
    """Return what a description of the parameter has to say, by its type."""
    types = parameter.types - {"null"}
    if "array" not in types and last_word(parameter.name) in ("id", "uuid", "guid"):
        return _IDENTIFIER
    return _WANTED.get(min(types), _ANY) if len(types) == 1 else _ANY


_IDENTIFIER = "what it identifies, and where it comes from"
_ANY = "meaning, form, and where the value comes from"
_NUMBER = "what it counts or measures, its unit and its bounds"
_WANTED = {
    "boolean": "what changes if it is true",
    "integer": _NUMBER,
    "number": _NUMBER,
    "array": "what one item is",
    "object": "which keys it takes",
}


def _undescribed(tool: ToolContext) -> Iterator[Parameter]:
    holders: set[str] | None = None
    for parameter in tool.all_parameters:
        schema = parameter.schema
        own = schema.get("description") if isinstance(schema, dict) else None
        if isinstance(own, str) and own[:1].isalnum():
            continue
        if _described(parameter) or _titled(parameter) or _plain(parameter) or _in_prose(parameter, tool):
            continue
        if holders is None:
            nested = (p for p in tool.all_parameters if p.depth)
            holders = {p.path[: -len(p.name) - 1].replace("[]", "") for p in nested}
        if parameter.path.replace("[]", "") not in holders:
            yield parameter


def _described(parameter: Parameter) -> bool:
    schema = parameter.schema
    if not isinstance(schema, dict) or not _SPEAKING.isdisjoint(schema):
        return True
    branches = [branch for _, branch in alternatives(schema, (*ALTERNATIVES, "allOf"))]
    texts = [part.get("description") for part in (schema, *branches) if isinstance(part, dict)]
    return any(isinstance(text, str) and any(c.isalnum() for c in text) for text in texts)


def _titled(parameter: Parameter) -> bool:
    title = parameter.schema.get("title")
    return isinstance(title, str) and not set(identifier_words(title)) <= set(identifier_words(parameter.name))


def _plain(parameter: Parameter) -> bool:
    """Return True if the name says all that an agent needs, or if the server only writes the field."""
    schema, name = parameter.schema, parameter.name.lower()
    if not name.strip("_"):
        return True  # a placeholder, for clients that reject an empty list of parameters
    if name in _COORDINATES and {"minimum", "maximum"} <= schema.keys():
        return True
    if name.endswith(_UNITS) and not parameter.types.isdisjoint(("integer", "number")):
        return True
    return (parameter.depth > 0 and name in _FIELDS) or schema.get("readOnly") is True


def _in_prose(parameter: Parameter, tool: ToolContext) -> bool:
    name, lower = parameter.name, tool.text.lower
    if name.lower() in _NAME_NOTHING:
        quoted = any(f"{mark}{name}{mark}" in tool.text.raw for mark in "`'\"")
        return quoted or any(name == explanation.parameter.name for explanation in tool.explanations)
    if name.lower() in lower and (name in tool.text.raw or name.lower() in tool.text.vocabulary):
        return True
    words = identifier_words(name)
    return len(words) > 1 and words[0] in lower and " ".join(words) in lower
