"""Schemas that declare an older dialect than 2020-12.

## What it checks

The `$schema` of every input and output schema of a server; one finding for all of them.

## Why it matters

The specification allows it, but asks clients for 2020-12 only. A client that knows no other one rejects the tools.

## Smelly

```json
{"name": "list_rooms", "description": "Lists all rooms.",
 "inputSchema": {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object"}}
```

## Better

```json
{"name": "list_rooms", "description": "Lists all rooms.", "inputSchema": {"type": "object"}}
```

## Not flagged

Schemas without `$schema`: they are 2020-12.

## References

- Model Context Protocol 2026-07-28, JSON Schema usage: 2020-12 is recommended, and all that must be supported.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.validity import DEFAULT_DIALECT, DIALECTS, dialect_of


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    older = [label for tool in server.tools if (label := _older(tool))]
    if older:
        yield Hit(
            "/tools",
            f"{len(older)} of {len(server.tools)} tools declare {' and '.join(sorted(set(older)))} for their schemas:"
            " clients need support only 2020-12",
            excerpt=" ".join(sorted(set(older))),
        )


def _older(tool: ToolContext) -> str | None:
    for schema in (tool.tool.input_schema, tool.tool.output_schema):
        if schema is not None and "$schema" in schema and (dialect := dialect_of(schema)) != DEFAULT_DIALECT:
            return DIALECTS.get(dialect)
    return None
