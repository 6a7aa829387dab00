"""A registry entry whose description is longer than the registry takes.

## What it checks

`description` has at most 100 characters.

## Why it matters

The registry rejects the entry. The description is one line in a list of servers; what a tool does belongs
in the descriptions of the tools.

## Smelly

```json
{"name": "com.example/tides", "version": "1.0.0",
 "remotes": [{"type": "sse", "url": "https://tides.example.com/sse"}],
 "description":
   "Tides for all ports of the world: times, heights, currents, moons and weather, with warnings by mail."}
```

## Better

```json
{"name": "com.example/tides", "version": "1.0.0",
 "remotes": [{"type": "sse", "url": "https://tides.example.com/sse"}],
 "description": "Times and heights of tides for the ports of the world."}
```

## Not flagged

Long descriptions of packages, arguments and variables: they have no limit.

## References

- server.json, schema of 2025-12-11, `description`: https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.declared import ServerJson
from toolsmell.rules.base import Hit, Options

_MAX_DESCRIPTION = 100


def check(entry: ServerJson, _options: Options) -> Iterator[Hit]:
    description = entry.description or ""
    if len(description) > _MAX_DESCRIPTION:
        message = f"the description has {len(description)} characters: the registry takes {_MAX_DESCRIPTION}"
        yield Hit("/description", message, excerpt=shown(description))
