"""A registry entry without a field that the format requires.

## What it checks

`name`, `description` and `version`; of each package `registryType`, `identifier` and a `transport` with
its `type`; of each remote `type` and `url`; the `url` of a transport that is not stdio; `fileSha256` of an
mcpb bundle; and that there is a package or a remote at all.

## Why it matters

The registry rejects the entry, and a client that reads the file cannot tell what to install or connect to.

## Smelly

```json
{"name": "io.github.ana/tides", "description": "Tide tables for ports.", "version": "1.0.0",
 "packages": [{"registryType": "npm", "identifier": "tides-mcp", "version": "1.0.0"}]}
```

## Better

```json
{"name": "io.github.ana/tides", "description": "Tide tables for ports.", "version": "1.0.0",
 "packages": [{"registryType": "npm", "identifier": "tides-mcp", "version": "1.0.0",
   "transport": {"type": "stdio"}}]}
```

## Not flagged

Fields that the format leaves to you: `title`, `repository`, `icons`, the `version` of a package whose
identifier names it.

## References

- server.json, schema of 2025-12-11: https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json
- MCP registry, package types (the hash of an mcpb bundle): https://modelcontextprotocol.io/registry/package-types
"""

from collections.abc import Iterator

from toolsmell.model import Severity
from toolsmell.model.declared import DeclaredPart, ServerJson
from toolsmell.rules.base import Hit, Options


def check(entry: ServerJson, _options: Options) -> Iterator[Hit]:
    whole = DeclaredPart("", entry.raw)
    yield from _missing(whole, "the entry", "name", "description", "version")
    for i, package in enumerate(entry.packages):
        yield from _package(package, f"package {i}")
    for i, remote in enumerate(entry.remotes):
        yield from _missing(remote, f"remote {i}", "type", "url")
    if not entry.packages and not entry.remotes:
        message = "the entry has neither packages nor remotes: there is nothing to install or connect to"
        yield Hit("", message, severity=Severity.WARNING)


def _package(package: DeclaredPart, what: str) -> Iterator[Hit]:
    yield from _missing(package, what, "registryType", "identifier")
    if package.text("registryType") == "mcpb":
        yield from _missing(package, what, "fileSha256")
    transport = package.part("transport")
    if transport is None:
        yield _hit(package, what, "transport")
        return
    stdio = transport.text("type") == "stdio"
    yield from _missing(transport, f"the transport of {what}", *(["type"] if stdio else ["type", "url"]))


def _missing(part: DeclaredPart, what: str, *keys: str) -> Iterator[Hit]:
    for key in keys:
        text = part.text(key)
        if text is None or not text.strip():
            yield _hit(part, what, key)


def _hit(part: DeclaredPart, what: str, key: str) -> Hit:
    pointer = f"{part.pointer}/{key}" if key in part.value else part.pointer
    return Hit(pointer, f"{what} has no {key}: the registry rejects it", excerpt=key)
