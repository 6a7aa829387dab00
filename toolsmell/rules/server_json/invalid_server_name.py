"""A registry entry whose name is not a namespace, a slash and a name.

## What it checks

`name`: letters, digits, dots and hyphens, one slash, then letters, digits, dots, underscores and hyphens;
3 to 200 characters.

## Why it matters

The namespace is what the registry checks the publisher against, and clients tell servers apart by the
whole name: without it a server cannot be published, and two of one name look the same.

## Smelly

```json
{"name": "Tide Tables", "description": "Tide tables for ports.", "version": "1.0.0",
 "remotes": [{"type": "streamable-http", "url": "https://tides.example.com/mcp"}]}
```

## Better

```json
{"name": "com.example/tides", "description": "Tide tables for ports.", "version": "1.0.0",
 "remotes": [{"type": "streamable-http", "url": "https://tides.example.com/mcp"}]}
```

## Not flagged

A missing name: that is `server-json-missing-field`. Whether the namespace is yours cannot be seen in the
file.

## References

- server.json, schema of 2025-12-11, `name`: https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.declared import ServerJson
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

_MAX_NAME = 200


def check(entry: ServerJson, _options: Options) -> Iterator[Hit]:
    name = entry.name
    if not name or not name.strip():
        return
    if len(name) > _MAX_NAME:
        yield Hit(
            "/name",
            f"the name has {len(name)} characters: the registry accepts {_MAX_NAME}",
            excerpt=shown(name),
        )
    elif not pattern(r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+").fullmatch(name):
        message = f"'{shown(name)}' is not namespace/name: the registry cannot check whose it is"
        yield Hit("/name", message, excerpt=shown(name))
