"""A package whose registry no client knows.

## What it checks

`registryType` is one that the registry documents: npm, pypi, oci, nuget, cargo, go or mcpb.

## Why it matters

A client picks the command that starts a package by this word; with another one nobody can install the
server.

## Smelly

```json
{"name": "io.github.ana/tides", "description": "Tide tables for ports.", "version": "1.0.0",
 "packages": [{"registryType": "docker", "identifier": "docker.io/ana/tides:1.0.0",
   "transport": {"type": "stdio"}}]}
```

## Better

```json
{"name": "io.github.ana/tides", "description": "Tide tables for ports.", "version": "1.0.0",
 "packages": [{"registryType": "oci", "identifier": "docker.io/ana/tides:1.0.0",
   "transport": {"type": "stdio"}}]}
```

## Not flagged

A missing `registryType`: that is `server-json-missing-field`.

## References

- MCP registry, supported package types: https://modelcontextprotocol.io/registry/package-types
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.declared import ServerJson
from toolsmell.rules.base import Hit, Options

_KNOWN = ("npm", "pypi", "oci", "nuget", "cargo", "go", "mcpb")
_MEANT = {"docker": "oci", "container": "oci", "python": "pypi", "pip": "pypi", "node": "npm", "dxt": "mcpb"}


def check(entry: ServerJson, _options: Options) -> Iterator[Hit]:
    for package in entry.packages:
        kind = package.text("registryType")
        if kind and kind not in _KNOWN:
            meant = _MEANT.get(kind.lower()) or (kind.lower() if kind.lower() in _KNOWN else None)
            cure = f"'{meant}' is what it is called" if meant else f"known are {', '.join(_KNOWN)}"
            message = f"no client knows the registryType '{shown(kind)}': {cure}"
            yield Hit(f"{package.pointer}/registryType", message, excerpt=shown(kind))
