"""Recognises JSON documents by what only MCP, or a provider of models that calls tools, writes."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from toolsmell.model import Json
from toolsmell.model.pointer import lookup
from toolsmell.text import pattern


class DocumentKind(StrEnum):
    """The kinds of JSON documents, with the names that `--kind` takes."""

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


LISTS = ("/result/tools", "/tools", "/toolConfig/tools", "/functionDeclarations", "/function_declarations", "")
"""Pointers under which a document may list tools; the last one is the document itself."""

DECLARATIONS = ("functionDeclarations", "function_declarations")
"""Gemini's names for a list of tools, in JSON and in Python."""

_TOOL_FIELDS = frozenset(
    ("name", "title", "description", "inputSchema", "outputSchema", "annotations", "icons", "execution", "_meta")
)
_SCHEMAS = ("inputSchema", "input_schema")
_CONFIG_KEYS = frozenset(
    ("mcpServers", "amp.mcpServers", "servers", "mcp", "mcp_servers", "projects", "customizations")
)
"""Keys at the top of client configurations. Each form has one of them."""
_REMOTES = ("streamable-http", "sse")
_KNOWN_NAME = (
    r"(?:^|.*[./_-])mcp(?:[_-](?:config|servers|settings))?\.jsonc?|server\.json|claude_desktop_config\.json"
    r"|.*tools.*\.jsonc?|.*tools.*\.jsonl"
)


def recognise(value: Json, *, known_name: bool = False) -> DocumentKind | None:
    """Return the kind that a document certainly has, or None if nothing in it is particular to MCP.

    A package-lock.json, an array of records or the answer of another protocol is None, whatever its keys are. In a
    file with a `known_name`, a bare list of names and descriptions is a list of tools.
    """
    if isinstance(value, list):
        listed = any(map(is_tool, value)) or (known_name and any(map(_may_be_tool, value)))
        return DocumentKind.TOOLS if listed else None
    if not isinstance(value, dict):
        return None
    schema = value.get("schema")
    if isinstance(schema, str) and schema.startswith("toolsmell."):
        return _own_kind(schema)
    return next((kind for kind, holds in _CHECKS.items() if holds(value)), None)


def presume(value: Json) -> DocumentKind | None:
    """Return the kind that a document has, or was probably meant to have, if somebody named it as a target.

    It is then read as that kind, so that the error message says what is wrong with it.
    """
    if certain := recognise(value, known_name=True):
        return certain
    if isinstance(value, list):
        return DocumentKind.TOOLS
    if not isinstance(value, dict) or str(value.get("schema", "")).startswith("toolsmell."):
        return None
    if any(isinstance(value.get(key), dict) for key in ("mcpServers", "servers", "mcp_servers")):
        return DocumentKind.CLIENT_CONFIG
    if not {"manifest_version", "dxt_version"}.isdisjoint(value):
        return DocumentKind.MCPB
    if not {"tools", "result", "jsonrpc", *DECLARATIONS}.isdisjoint(value):
        return DocumentKind.TOOLS
    is_entry = isinstance(value.get("name"), str) and not {"packages", "remotes"}.isdisjoint(value)
    return DocumentKind.SERVER_JSON if is_entry else None


def is_known_name(path: str) -> bool:
    """Return True if a file has a name that MCP files have, such as mcp.json, server.json or tools.json."""
    name = path.replace("\\", "/").rpartition("/")[2].lower()
    return pattern(_KNOWN_NAME).fullmatch(name) is not None


def mentions_mcp(text: str) -> bool:
    """Return True if a text that is not valid JSON has a key that only files of MCP have."""
    return '"inputSchema"' in text or '"mcpServers"' in text


def is_tool(value: Json) -> bool:
    """Return True for an object that is a tool in the shape of MCP, Anthropic, OpenAI, Gemini or Bedrock."""
    if not isinstance(value, dict):
        return False
    named = isinstance(value.get("name"), str)
    if named and any(key in value for key in _SCHEMAS):
        return True
    return is_foreign_tool(value) or (named and _is_schema(value.get("parameters")))


def is_foreign_tool(value: dict[str, Json]) -> bool:
    """Return True for an object in the shape of OpenAI, Gemini or Bedrock, which MCP does not share."""
    if value.get("type") == "function":
        function = value.get("function", value)
        return isinstance(function, dict) and isinstance(function.get("name"), str) and _takes_parameters(value)
    if isinstance(spec := value.get("toolSpec"), dict):
        return isinstance(spec.get("name"), str)
    declared = next((value[key] for key in DECLARATIONS if isinstance(value.get(key), list)), ())
    return any(isinstance(one, dict) and isinstance(one.get("name"), str) for one in declared)


def _takes_parameters(value: dict[str, Json]) -> bool:
    # The interface of an Ethereum contract lists objects with `type: function` too; their `inputs` is a list.
    return isinstance(value.get("function"), dict) or isinstance(value.get("parameters"), dict)


def _is_schema(value: Json) -> bool:
    return isinstance(value, dict) and value.get("type") == "object" and isinstance(value.get("properties"), dict)


def _own_kind(schema: str) -> DocumentKind | None:
    name = schema.removeprefix("toolsmell.").partition("/")[0]
    return {"report": DocumentKind.REPORT, "dump": DocumentKind.DUMP}.get(name)


def _is_client_config(value: dict[str, Json]) -> bool:
    if _CONFIG_KEYS.isdisjoint(value):
        return False
    from toolsmell.model.configured import ClientConfig

    return ClientConfig(value).is_certain


def _is_bundle(value: dict[str, Json]) -> bool:
    # In the manifest of a browser extension, `manifest_version` is a number.
    versions = (value.get("manifest_version"), value.get("dxt_version"))
    return any(isinstance(version, str) for version in versions) and isinstance(value.get("server"), dict)


def _lists_tools(value: dict[str, Json]) -> bool:
    for at in LISTS[:-1]:
        listed = lookup(value, at)
        if isinstance(listed, list) and any(is_tool(one) or _may_be_tool(one) for one in listed):
            return True
    return is_tool(value)


def _may_be_tool(value: Json) -> bool:
    """Return True for an object with a name, a description and nothing that a tool of MCP does not have."""
    if not isinstance(value, dict) or not value.keys() <= _TOOL_FIELDS:
        return False
    return isinstance(value.get("name"), str) and isinstance(value.get("description"), str)


def _is_server_json(value: dict[str, Json]) -> bool:
    if "/server.schema.json" in str(value.get("$schema", "")):
        return True
    if not isinstance(value.get("name"), str):
        return False
    packages, remotes = value.get("packages"), value.get("remotes")
    return _some(packages, lambda package: "registryType" in package or "registry_type" in package) or _some(
        remotes, lambda remote: remote.get("type") in _REMOTES and isinstance(remote.get("url"), str)
    )


def _some(value: Json, holds: Callable[[dict[str, Json]], bool]) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) and holds(one) for one in value)


_CHECKS: Mapping[DocumentKind, Callable[[dict[str, Json]], bool]] = {
    DocumentKind.CLIENT_CONFIG: _is_client_config,
    DocumentKind.MCPB: _is_bundle,
    DocumentKind.TOOLS: _lists_tools,
    DocumentKind.SERVER_JSON: _is_server_json,
}
"""A test for each kind of document, in the order in which they are tried."""
