"""Reads tools out of the JSON documents that list them, in the shapes of MCP and of providers of models."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolsmell.errors import SourceError
from toolsmell.model import Json, Pointer
from toolsmell.model.pointer import escape, lookup
from toolsmell.sources.json.kinds import DECLARATIONS, LISTS, is_foreign_tool, is_tool


class Listed(NamedTuple):
    """One tool in a document, transcribed to MCP's shape if it came in another."""

    raw: Json
    at: Pointer
    """Its pointer in the document."""
    moved: Mapping[str, str] = {}
    """Parts that another shape keeps elsewhere: MCP's name of the part -> pointer below `at`."""
    unknown: Mapping[str, str] = {}
    strict: bool = False
    """The tool has OpenAI's `strict: true`."""


class Shape(NamedTuple):
    """The server that a document describes."""

    tools: tuple[Listed, ...]
    name: str | None = None
    instructions: str | None = None
    unknown: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()
    partial: str | None = None
    """Why the list is not the whole one."""


_WINDOWS = "/_meta/com.microsoft.windows/static_responses/tools~1list/tools"
# Where an MCP bundle may keep the full answer to tools/list.

_DECLARED = tuple(f"/{key}/" for key in DECLARATIONS)
_LIST_ALONE = "a list of tools does not carry it"
_OTHER_SHAPE = "this shape of tool has no place for it"
_BUNDLE = "the manifest of a bundle lists names and descriptions only"


def read_tools(value: Json) -> Shape:
    """Read a list of tools in any of its shapes.

    Raises `SourceError` if there is no list: for an answer with an error, or `tools` that is no list.
    """
    if isinstance(value, dict) and "tools" not in value and isinstance(value.get("error"), dict):
        raise SourceError(f"the server answered with an error: {str(value['error'].get('message', '?'))[:200]}")
    for at in LISTS:
        tools = lookup(value, at) if at else value
        if isinstance(tools, list):
            return _shape(value, tools, at)
        if at and tools is not None:
            raise SourceError(f"`{at[1:].replace('/', '.')}` is {_kind_of(tools)}, not a list of tools")
    if is_tool(value):
        return Shape(tuple(_listed(value, "")), unknown={"instructions": _LIST_ALONE})
    raise SourceError("no list of tools in it")


def read_bundle(value: dict[str, Json]) -> Shape:
    """Read the manifest of an MCP bundle: the full list under `_meta` if it has one, else names and descriptions."""
    full = lookup(value, _WINDOWS)
    name = value.get("name")
    name = name if isinstance(name, str) else None
    if isinstance(full, list):
        return Shape(tuple(tool for i, raw in enumerate(full) for tool in _listed(raw, f"{_WINDOWS}/{i}")), name)
    tools = value.get("tools", [])
    if not isinstance(tools, list):
        raise SourceError(f"`tools` is {_kind_of(tools)}, not a list of tools")
    missing = ["inputSchema", "outputSchema", "annotations", "title"]
    if not any("description" in tool for tool in tools if isinstance(tool, dict)):
        missing.append("description")  # the manifest lists names only
    unknown = dict.fromkeys(missing, _BUNDLE)
    listed = tuple(Listed(raw, f"/tools/{i}", unknown=unknown) for i, raw in enumerate(tools))
    generated = value.get("tools_generated") is True
    note = "tools_generated is true: the server makes further tools at run time, which this file does not list"
    return Shape(
        listed,
        name,
        unknown={"instructions": _BUNDLE},
        notes=(note,) if generated else (),
        partial=note if generated else None,
    )


def _shape(value: Json, tools: list[Json], at: Pointer) -> Shape:
    foreign = any(isinstance(raw, dict) and is_foreign_tool(raw) for raw in tools)
    kept = {i: raw for i, raw in enumerate(tools) if not (foreign and _is_builtin(raw))}
    listed = tuple(tool for i, raw in kept.items() for tool in _listed(raw, f"{at}/{i}"))
    builtin = len(tools) - len(kept)
    notes = (
        (f"entries without a description, built into the provider, that are not read: {builtin}",) if builtin else ()
    )
    if not isinstance(value, dict):
        return Shape(listed, unknown={"instructions": _LIST_ALONE}, notes=notes)
    instructions = value.get("instructions")
    known = isinstance(instructions, str)
    return Shape(
        listed,
        name=_server_name(value),
        instructions=instructions if known else None,
        unknown={} if known else {"instructions": _LIST_ALONE},
        notes=notes,
        partial=_more_pages(value),
    )


def _is_builtin(raw: Json) -> bool:
    """Return True for an entry such as `{"type": "web_search"}`, which providers take among described tools."""
    return isinstance(raw, dict) and {"name", "function", "toolSpec", *DECLARATIONS}.isdisjoint(raw)


def _more_pages(value: dict[str, Json]) -> str | None:
    result = value.get("result")
    page = result if isinstance(result, dict) else value
    # An empty string is a cursor too: only a missing or null one ends the list.
    if page.get("nextCursor") is not None:
        return "this is one page of a longer list (it has a nextCursor): dump the server to get all of it"
    return None


def _server_name(value: dict[str, Json]) -> str | None:
    info = value.get("serverInfo")
    for name in (info.get("name") if isinstance(info, dict) else None, value.get("server"), value.get("name")):
        if isinstance(name, str) and name:
            return name
    return None


def _listed(raw: Json, at: Pointer) -> Iterator[Listed]:
    """Yield the tools of one entry of a list, transcribed to MCP's shape if they come in another."""
    if not isinstance(raw, dict):
        yield Listed(raw, at)
    elif isinstance(spec := raw.get("toolSpec"), dict):  # Bedrock
        schema = "inputSchema/json" if isinstance(lookup(spec, "/inputSchema/json"), dict) else "inputSchema"
        yield _moved(spec, at, "/toolSpec", schema)
    elif key := next((key for key in DECLARATIONS if isinstance(raw.get(key), list)), None):  # Gemini
        for i, one in enumerate(raw[key]):
            yield _declaration(one, f"{at}/{key}/{i}")
    elif raw.get("type") == "function" and isinstance(inner := raw.get("function"), dict):  # OpenAI, chat completions
        yield _moved(inner, at, "/function", "parameters")
    elif "inputSchema" not in raw and "input_schema" in raw:  # Anthropic
        yield _moved(raw, at, "", "input_schema")
    elif _is_declaration(raw, at):
        yield _declaration(raw, at)
    else:
        yield Listed(raw, at)


def _is_declaration(raw: dict[str, Json], at: Pointer) -> bool:
    """Return True for a function of OpenAI's responses or of Gemini."""
    return raw.get("type") == "function" or at.startswith(_DECLARED) or ("inputSchema" not in raw and is_tool(raw))


def _declaration(raw: Json, at: Pointer) -> Listed:
    """Return a function of OpenAI or Gemini, whose schema is in `parameters` or `parametersJsonSchema`."""
    if not isinstance(raw, dict):
        return Listed(raw, at)
    return _moved(raw, at, "", "parametersJsonSchema" if "parametersJsonSchema" in raw else "parameters")


def _moved(tool: dict[str, Json], at: Pointer, below: Pointer, schema: Pointer) -> Listed:
    """Return a tool of another shape: its parts are `below` its entry, its schema at the pointer `schema` there."""
    key = schema.partition("/")[0]
    raw = {part: value for part, value in tool.items() if part not in ("type", "strict", key)}
    if (found := lookup(tool, f"/{schema}")) is not None:
        raw["inputSchema"] = found
    elif schema.startswith("parameters"):
        # Both OpenAI and Gemini take a function without parameters; MCP writes that as an empty object.
        raw["inputSchema"] = {"type": "object", "properties": {}}
    moved = {part: f"{below}/{schema if part == 'inputSchema' else escape(part)}" for part in raw}
    unknown = dict.fromkeys(("outputSchema", "annotations", "title"), _OTHER_SHAPE)
    return Listed(raw, at, moved, unknown, tool.get("strict") is True)


def _kind_of(value: Json) -> str:
    return {dict: "an object", list: "a list", str: "a string", bool: "a boolean", type(None): "null"}.get(
        type(value), "a number"
    )
