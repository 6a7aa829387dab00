"""A tool of whose parameters not one is required.

## What it checks

Tools with two or more parameters, if the schema requires none and no parameter has a default or is called optional.

## Why it matters

The schema allows an empty call. An agent makes one and gets an error, or it fills all parameters to be safe.

## Smelly

```json
{"name": "book_room", "description": "Books a room.", "inputSchema": {"type": "object", "properties": {
  "room": {"type": "string", "description": "Name of the room."},
  "slot": {"type": "string", "description": "Start of the half hour."}}}}
```

## Better

```json
{"name": "book_room", "description": "Books a room.", "inputSchema": {"type": "object", "required": ["room", "slot"],
  "properties": {"room": {"type": "string", "description": "Name of the room."},
    "slot": {"type": "string", "description": "Start of the half hour."}}}}
```

## Not flagged

Tools that list or search, whose parameters narrow the result, and schemas that say with `anyOf` what goes together.

## References

- JSON Schema 2020-12, Validation, 6.5.3 `required`.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options

_NARROWED = frozenset(
    ("list", "search", "find", "query", "get", "fetch", "filter", "count", "browse", "lookup", "show", "read")
)
_TOGETHER = ("anyOf", "oneOf", "allOf", "dependentRequired", "if")


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    schema = tool.tool.input_schema
    if (
        schema is None
        or schema.get("required")
        or len(tool.parameters) < 2
        or not _NARROWED.isdisjoint(tool.name_words)
    ):
        return
    if any(key in schema for key in _TOGETHER) or "optional" in tool.prose_lower or "default" in tool.prose_lower:
        return
    if not any(isinstance(p.schema, dict) and "default" in p.schema for p in tool.parameters):
        yield Hit(
            "/inputSchema",
            f"none of the {len(tool.parameters)} parameters is required: by the schema an empty call is fine",
        )
