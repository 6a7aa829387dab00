"""The lock file: what the servers of a client configuration offered when they were last looked at.

It holds names, descriptions and schemas themselves next to their hashes, so that a diff of it can be read.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from toolsmell.deferred import sha256
from toolsmell.errors import UsageError
from toolsmell.escape import shown
from toolsmell.model import Json, Manifest, Provenance, Tool
from toolsmell.model.implementation import Rest
from toolsmell.project.sentence_record import sentence_json

LOCK_SCHEMA: Final = "toolsmell.lock/v1"

PINNED: Final = ("title", "description", "inputSchema", "outputSchema", "annotations")
"""The parts of a tool, besides its name, that an agent or a client acts on."""


def canonical_hash(value: Json) -> str:
    """Return the SHA-256 of the canonical JSON of a value: keys sorted, no white space, ASCII."""
    return sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii"))


def lock_of(manifests: Iterable[Manifest], rests: Mapping[str, tuple[Rest, ...]] = {}) -> dict[str, Json]:
    """Return the lock of servers, by key; what `unlockable` names is left out.

    `rests` are sentences with the lines of code that they rest on, by the key of their server.
    """
    ordered = sorted(manifests, key=lambda m: m.key)
    return {"schema": LOCK_SCHEMA, "servers": {m.key: _server(m, rests.get(m.key, ())) for m in ordered}}


def unlockable(manifest: Manifest) -> str | None:
    """Describe the tools that a lock cannot contain: those without a name, and repeated names."""
    names = Counter(tool.name for tool in manifest.tools)
    nameless = names.pop(None, 0)
    twice = [shown(name) for name, count in names.items() if count > 1 and name is not None]
    found = [f"{nameless} tools have no name"] if nameless else []
    found += [f"{', '.join(twice[:5])}: several tools have this name, and the first is locked"] if twice else []
    return f"not all is in the lock: {'; '.join(found)}" if found else None


def _server(manifest: Manifest, rests: tuple[Rest, ...]) -> dict[str, Json]:
    tools: dict[str, Json] = {}
    for tool in manifest.tools:
        if tool.name is not None:
            tools.setdefault(tool.name, _tool(tool, [rest for rest in rests if rest.tool == tool.name]))
    return {"instructions": manifest.instructions, "tools": dict(sorted(tools.items()))}


def _tool(tool: Tool, rests: list[Rest]) -> dict[str, Json]:
    pinned = {part: tool.raw[part] for part in PINNED if part in tool.raw}
    evidence = {"evidence": [sentence_json(rest) for rest in rests]} if rests else {}
    return {"sha256": canonical_hash(pinned), **pinned, **evidence}


def read_lock(document: Json, file: str) -> Mapping[str, Manifest]:
    """Return the locked servers by key.

    Raises `UsageError` if it is not a lock, has a later version, or was edited (a hash does not match).
    """
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(schema, str) or not schema.startswith("toolsmell.lock/"):
        raise UsageError(f"{file}: is no lock; `toolsmell lock` writes one")
    if schema != LOCK_SCHEMA:
        raise UsageError(f"{file}: is of another version ({schema[:60]}); this toolsmell reads {LOCK_SCHEMA}")
    servers = document.get("servers")
    if not isinstance(servers, dict):
        raise UsageError(f"{file}: `servers` must be an object")
    return {key: _manifest(key, server, file) for key, server in servers.items()}


def _manifest(key: str, server: Json, file: str) -> Manifest:
    tools = server.get("tools") if isinstance(server, dict) else None
    if not isinstance(tools, dict) or not all(isinstance(tool, dict) for tool in tools.values()):
        raise UsageError(f"{file}: server '{key}': `tools` must be an object of objects")
    for name, tool in tools.items():
        pinned = {part: tool[part] for part in PINNED if part in tool}
        if tool.get("sha256") != canonical_hash(pinned):
            raise UsageError(f"{file}: server '{key}', tool '{name}': the hash does not match; lock it anew")
    instructions = server.get("instructions")
    return Manifest(
        key=key,
        source=file,
        provenance=Provenance.FILE,
        tools=tuple(Tool(i, _raw(name, tool)) for i, (name, tool) in enumerate(tools.items())),
        instructions=instructions if isinstance(instructions, str) else None,
    )


def _raw(name: str, tool: Mapping[str, Json]) -> dict[str, Json]:
    return {"name": name, **{part: tool[part] for part in PINNED if part in tool}}
