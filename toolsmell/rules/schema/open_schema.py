"""Input schemas that let any further property through.

## What it checks

`additionalProperties` (or `unevaluatedProperties`) at the root of every input schema: false, or a schema. One finding
for the server.

## Why it matters

A misspelt parameter is accepted, ignored, and never noticed. For tools without parameters the specification
recommends it outright.

## Smelly

```json
{"name": "list_rooms", "description": "Lists all rooms.", "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "list_rooms", "description": "Lists all rooms.",
 "inputSchema": {"type": "object", "additionalProperties": false}}
```

## Not flagged

A schema that says `additionalProperties: true` itself: it is meant.

## References

- Model Context Protocol 2026-07-28, Tools, Data types: `additionalProperties: false` for tools without parameters.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    schemas = [schema for tool in server.tools if (schema := tool.tool.input_schema) is not None]
    still_open = [s for s in schemas if "additionalProperties" not in s and "unevaluatedProperties" not in s]
    if still_open:
        yield Hit(
            "/tools",
            f"{len(still_open)} of {len(server.tools)} input schemas allow unknown properties: nobody notices a"
            " misspelt parameter",
            excerpt="additionalProperties",
        )
