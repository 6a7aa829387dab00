"""Recognises JSON documents by content, and reads tools out of every shape that lists them.  Pure."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from toolsmell.errors import SourceError
from toolsmell.model import Json, Pointer
from toolsmell.model.pointer import escape, lookup


class Kind(StrEnum):
    """What a JSON document is; `--kind` takes these names."""

    TOOLS = "tools"
    """A tools/list result, a JSON-RPC answer with one, a bare list of tools, or a single tool."""
    DUMP = "dump"
    """What `toolsmell dump` writes."""
    MCPB = "mcpb"
    """The manifest.json of an MCP bundle."""
    SERVER_JSON = "server-json"
    """An entry of the MCP registry."""
    CLIENT_CONFIG = "client-config"
    """The servers that a client starts or connects to."""
    REPORT = "report"
    """What `toolsmell scan --format json` writes."""


class Listed(NamedTuple):
    """One tool in a document, transcribed to MCP's shape where it came in another."""

    raw: Json
    at: Pointer
    """Where it stands in the document."""
    moved: Mapping[str, str] = {}
    """Parts that another shape keeps elsewhere: MCP's name of the part -> pointer below `at`."""
    unknown: Mapping[str, str] = {}
    strict: bool = False
    """The tool has OpenAI's `strict: true`."""


class Shape(NamedTuple):
    """What a document says about one server."""

    tools: tuple[Listed, ...]
    name: str | None = None
    instructions: str | None = None
    unknown: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()
    partial: str | None = None
    """Why the list is not the whole one."""


_WINDOWS = "/_meta/com.microsoft.windows/static_responses/tools~1list/tools"
# Where an MCP bundle may keep the full answer to tools/list.

_LIST_ALONE = "a list of tools does not carry it"
_OTHER_SHAPE = "this shape of tool has no place for it"
_BUNDLE = "the manifest of a bundle lists names and descriptions only"


def recognise(value: Json) -> Kind | None:
    """Say what a document is, or None if it is nothing of MCP."""
    if isinstance(value, list):
        return Kind.TOOLS
    if not isinstance(value, dict):
        return None
    schema = value.get("schema")
    if isinstance(schema, str) and schema.startswith("toolsmell."):
        return Kind.REPORT if schema.startswith("toolsmell.report/") else Kind.DUMP
    if isinstance(value.get("mcpServers"), dict) or isinstance(value.get("servers"), dict):
        return Kind.CLIENT_CONFIG
    if "manifest_version" in value or "dxt_version" in value:
        return Kind.MCPB
    if "tools" in value or "functionDeclarations" in value or "result" in value or "jsonrpc" in value:
        return Kind.TOOLS
    if isinstance(value.get("name"), str) and ("packages" in value or "remotes" in value):
        return Kind.SERVER_JSON
    if "/server.schema.json" in str(value.get("$schema", "")):
        return Kind.SERVER_JSON
    return Kind.TOOLS if _is_tool(value) else None


def read_tools(value: Json) -> Shape:
    """Read a list of tools in any of its shapes.

    Raises `SourceError` where there is no list: an answer with an error, or `tools` that is no list.
    """
    if isinstance(value, dict) and "tools" not in value and isinstance(value.get("error"), dict):
        raise SourceError(f"the server answered with an error: {str(value['error'].get('message', '?'))[:200]}")
    for at in ("/result/tools", "/tools", "/functionDeclarations", ""):
        tools = lookup(value, at) if at else value
        if isinstance(tools, list):
            return _shape(value, tools, at)
        if at and tools is not None:
            raise SourceError(f"`{at[1:].replace('/', '.')}` is {_kind_of(tools)}, not a list of tools")
    if _is_tool(value):
        return Shape((_listed(value, ""),), unknown={"instructions": _LIST_ALONE})
    raise SourceError("no list of tools in it")


def read_bundle(value: dict[str, Json]) -> Shape:
    """Read the manifest of an MCP bundle: the full list under `_meta` where it has one, else names and descriptions."""
    full = lookup(value, _WINDOWS)
    name = value.get("name")
    name = name if isinstance(name, str) else None
    if isinstance(full, list):
        return Shape(tuple(_listed(raw, f"{_WINDOWS}/{i}") for i, raw in enumerate(full)), name)
    tools = value.get("tools", [])
    if not isinstance(tools, list):
        raise SourceError(f"`tools` is {_kind_of(tools)}, not a list of tools")
    unknown = dict.fromkeys(("inputSchema", "outputSchema", "annotations", "title"), _BUNDLE)
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
    listed = tuple(_listed(raw, f"{at}/{i}") for i, raw in enumerate(tools))
    if not isinstance(value, dict):
        return Shape(listed, unknown={"instructions": _LIST_ALONE})
    partial = _more_pages(value)
    instructions = value.get("instructions")
    known = isinstance(instructions, str)
    return Shape(
        listed,
        name=_server_name(value),
        instructions=instructions if known else None,
        unknown={} if known else {"instructions": _LIST_ALONE},
        partial=partial,
    )


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


def _is_tool(value: dict[str, Json]) -> bool:
    return (
        isinstance(value.get("name"), str) and not {"inputSchema", "input_schema", "parameters"}.isdisjoint(value)
    ) or (value.get("type") == "function")


def _listed(raw: Json, at: Pointer) -> Listed:
    """Transcribe a tool of OpenAI's, Anthropic's or Gemini's shape; MCP's own is passed as it is."""
    if not isinstance(raw, dict) or "inputSchema" in raw:
        return Listed(raw, at)
    inner = raw.get("function")
    if raw.get("type") == "function" and isinstance(inner, dict):
        return _moved(inner, at, "/function", "parameters")
    if raw.get("type") == "function" or at.startswith("/functionDeclarations"):
        return _moved(raw, at, "", "parameters")
    if "input_schema" in raw:
        return _moved(raw, at, "", "input_schema")
    return Listed(raw, at)


def _moved(tool: dict[str, Json], at: Pointer, below: Pointer, schema: str) -> Listed:
    raw = dict(_renamed(tool, schema))
    if schema == "parameters":
        # Both OpenAI and Gemini take a function without parameters; MCP writes that as an empty object.
        raw.setdefault("inputSchema", {"type": "object", "properties": {}})
    moved = {part: f"{below}/{escape(schema if part == 'inputSchema' else part)}" for part in raw}
    return Listed(
        raw,
        at,
        moved,
        dict.fromkeys(("outputSchema", "annotations", "title"), _OTHER_SHAPE),
        tool.get("strict") is True,
    )


def _renamed(tool: dict[str, Json], schema: str) -> Iterator[tuple[str, Json]]:
    for key, value in tool.items():
        if key == schema:
            yield "inputSchema", value
        elif key not in ("type", "strict"):
            yield key, value


def _kind_of(value: Json) -> str:
    return {dict: "an object", list: "a list", str: "a string", bool: "a boolean", type(None): "null"}.get(
        type(value), "a number"
    )
