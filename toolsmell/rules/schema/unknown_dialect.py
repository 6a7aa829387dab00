"""A schema whose `$schema` names no known dialect.

## What it checks

The `$schema` of `inputSchema` and `outputSchema` against the dialects of JSON Schema that are published. It is never
fetched.

## Why it matters

A client must reject a dialect that it does not support, and all it is sure to support is 2020-12. The tool is then
missing, or its calls fail before they reach the server.

## Smelly

```json
{"name": "list_rooms", "description": "Lists all rooms.",
 "inputSchema": {"$schema": "https://schemas.example.com/tool.json", "type": "object"}}
```

## Better

```json
{"name": "list_rooms", "description": "Lists all rooms.", "inputSchema": {"type": "object"}}
```

## Not flagged

Drafts 04, 06 and 07, 2019-09 and 2020-12, with http or https, with or without the empty fragment.

## References

- Model Context Protocol 2026-07-28, JSON Schema usage: implementations must support 2020-12, and answer an
  unsupported dialect with an error.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Json
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.validity import DIALECTS, SchemaCheck


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    schema, output = tool.tool.input_schema, tool.tool.output_schema
    if schema is not None and "$schema" in schema:
        yield from _hit("inputSchema", schema, tool.input_check)
    if output is not None and "$schema" in output:
        yield from _hit("outputSchema", output, tool.output_check)


def _hit(part: str, schema: dict[str, Json], checked: SchemaCheck) -> Iterator[Hit]:
    declared = schema["$schema"]
    if isinstance(declared, str) and checked.dialect not in DIALECTS:
        yield Hit(
            f"/{part}/$schema",
            f"{part} declares the unknown dialect '{shown(declared)}': clients that validate must reject it",
            excerpt=declared,
        )
