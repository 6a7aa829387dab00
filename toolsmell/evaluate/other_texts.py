"""Reads other texts for a server's tools: from `augment`, from an overrides file, or from another version."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from toolsmell.errors import SourceError
from toolsmell.model import Json, Manifest, Tool


class NewTexts(NamedTuple):
    """The texts of one tool."""

    description: str | None
    """None keeps the description."""
    parameters: Mapping[str, str] = {}
    """Descriptions of parameters. Parameters that are not listed keep theirs."""


ByTool = Mapping[str, NewTexts]


def from_document(document: Json, file: str) -> dict[str, ByTool] | None:
    """Return new texts by server, from `augment`'s JSON, its overrides, or a FastMCP configuration with `tools`.

    Returns None for any other document. Raises `SourceError` if a document of these kinds is incomplete.
    """
    if not isinstance(document, dict):
        return None
    try:
        if document.get("schema") == "toolsmell.augment/v1":
            return {str(s["key"]): dict(_proposed(s["tools"])) for s in document["servers"]}
        if document.get("schema") == "toolsmell.overrides/v1":
            return {key: dict(_overridden(s["tools"], "parameters")) for key, s in document["servers"].items()}
        servers = document.get("mcpServers")
        if isinstance(servers, dict) and any(isinstance(s, dict) and "tools" in s for s in servers.values()):
            return {key: dict(_overridden(s.get("tools", {}), "arguments")) for key, s in servers.items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"{file}: its new texts cannot be read ({type(error).__name__}: {error})") from None
    return None


def from_manifest(manifest: Manifest) -> ByTool:
    """Return the texts of a server's tools."""
    return {tool.name: _of_tool(tool) for tool in manifest.tools if tool.name is not None}


def of_server(found: Mapping[str, ByTool], key: str, file: str) -> ByTool:
    """Return the texts of the server `key`, or of the only one. Raises `SourceError` if several do not include it."""
    if len(found) == 1:
        return next(iter(found.values()))
    if key not in found:
        raise SourceError(f"{file}: has texts for {', '.join(sorted(found)) or 'no server'}, and none for {key}")
    return found[key]


def with_texts(manifest: Manifest, texts: ByTool) -> Manifest:
    """Return a server with other texts. Nothing else changes."""
    tools = tuple(_changed(t, texts[t.name]) if t.name is not None and t.name in texts else t for t in manifest.tools)
    return manifest._replace(tools=tools)


def unknown(manifest: Manifest, texts: ByTool) -> list[str]:
    """Return the names of tools and parameters that have new texts but do not exist."""
    found = []
    tools = {tool.name: tool for tool in manifest.tools}
    for name, new in texts.items():
        if name not in tools:
            found.append(name)
        else:
            known = _properties(tools[name].raw)
            found += [f"{name}.{parameter}" for parameter in new.parameters if parameter not in known]
    return found


def _of_tool(tool: Tool) -> NewTexts:
    described = {
        name: prop["description"] if isinstance(prop, dict) and isinstance(prop.get("description"), str) else ""
        for name, prop in _properties(tool.raw).items()
    }
    return NewTexts(tool.description or "", described)


def _proposed(tools: Iterable[Json]) -> Iterable[tuple[str, NewTexts]]:
    for tool in tools:
        if tool["proposed"] is not None and tool["name"] is not None:
            yield _named(tool["name"], tool["proposed"]["description"], tool["proposed"]["parameters"])


def _overridden(tools: Mapping[str, Json], key: str) -> Iterable[tuple[str, NewTexts]]:
    for name, changed in tools.items():
        given = changed.get(key) or {}
        texts = {p: about["description"] if key == "arguments" else about for p, about in given.items()}
        yield _named(name, changed.get("description"), texts)


def _named(name: Json, description: Json, texts: Mapping[Json, Json]) -> tuple[str, NewTexts]:
    if not isinstance(name, str) or not isinstance(description, str | None):
        raise TypeError("the name and the description of a tool are texts")
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError(f"the descriptions of the parameters of {name} are texts")
    return name, NewTexts(description, dict(texts))


def _changed(tool: Tool, texts: NewTexts) -> Tool:
    raw = tool.raw if texts.description is None else {**tool.raw, "description": texts.description}
    if any(name in _properties(raw) for name in texts.parameters):
        schema = raw["inputSchema"]
        changed = {name: _described(prop, texts.parameters.get(name)) for name, prop in schema["properties"].items()}
        raw = {**raw, "inputSchema": {**schema, "properties": changed}}
    return tool._replace(raw=raw)


def _described(prop: Json, text: str | None) -> Json:
    """Return a parameter with another description; an empty text removes it."""
    if text is None or not isinstance(prop, dict):
        return prop
    rest = {key: value for key, value in prop.items() if key != "description"}
    return {**rest, "description": text} if text else rest


def _properties(raw: Json) -> Mapping[str, Json]:
    schema = raw.get("inputSchema")
    properties = schema.get("properties") if isinstance(schema, dict) else None
    return properties if isinstance(properties, dict) else {}
