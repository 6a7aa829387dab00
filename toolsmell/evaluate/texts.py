"""Other texts for a server's tools: what `augment` proposes, an overrides file, or the same tools at another time."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from toolsmell.errors import SourceError
from toolsmell.model import Json, Manifest, Tool


class NewTexts(NamedTuple):
    """The texts of one tool."""

    description: str | None
    """None leaves the description as it is."""
    parameters: Mapping[str, str] = {}
    """Descriptions of parameters; the others stay as they are."""


ByTool = Mapping[str, NewTexts]


def from_document(document: Json, file: str) -> dict[str, ByTool] | None:
    """Read new texts, by server: of `augment`'s JSON, its overrides, or a FastMCP configuration with `tools`.

    None for any other document. Raises `SourceError` for one of these that is not whole.
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
    """Return the texts that a list of tools has."""
    return {tool.name: _of_tool(tool) for tool in manifest.tools if tool.name is not None}


def of_server(found: Mapping[str, ByTool], key: str, file: str) -> ByTool:
    """Return the texts of the server `key`, or of the only one. Raises `SourceError` where it is not among several."""
    if len(found) == 1:
        return next(iter(found.values()))
    if key not in found:
        raise SourceError(f"{file}: has texts for {', '.join(sorted(found)) or 'no server'}, and none for {key}")
    return found[key]


def with_texts(manifest: Manifest, texts: ByTool) -> Manifest:
    """Return a server with other texts, and nothing else changed."""
    tools = tuple(_changed(t, texts[t.name]) if t.name is not None and t.name in texts else t for t in manifest.tools)
    return manifest._replace(tools=tools)


def unknown(manifest: Manifest, texts: ByTool) -> list[str]:
    """Return the tools, and the parameters of tools, that have new texts and do not exist."""
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
    """Return a parameter with another description; an empty one takes it away."""
    if text is None or not isinstance(prop, dict):
        return prop
    rest = {key: value for key, value in prop.items() if key != "description"}
    return {**rest, "description": text} if text else rest


def _properties(raw: Json) -> Mapping[str, Json]:
    schema = raw.get("inputSchema")
    properties = schema.get("properties") if isinstance(schema, dict) else None
    return properties if isinstance(properties, dict) else {}
