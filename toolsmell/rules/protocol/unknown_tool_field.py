"""A field of a tool that the protocol does not know.

## What it checks

The keys of each tool object against those of every published revision of the specification: `name`, `title`,
`description`, `inputSchema`, `outputSchema`, `annotations`, `icons`, `execution` and `_meta`. A key that belongs
somewhere else (`required` inside `inputSchema`, `readOnlyHint` inside `annotations`) is a warning; any other one is
a note, given once for the whole server.

## Why it matters

Clients drop what they do not know. An agent never sees the value there: a `required` beside the schema, say,
leaves every parameter optional.

## Smelly

```json
{"name": "book_room", "description": "Books a room for half an hour.",
 "inputSchema": {"type": "object", "properties": {
   "slot": {"type": "string", "description": "Start of the half hour."}}},
 "required": ["slot"]}
```

## Better

```json
{"name": "book_room", "description": "Books a room for half an hour.",
 "inputSchema": {"type": "object", "properties": {"slot": {"type": "string", "description": "Start of the half hour."}},
   "required": ["slot"]}}
```

## Not flagged

Keys that begin with `x-`, and everything in `_meta`, which is made for it.

## References

- Model Context Protocol 2026-07-28, Schema, Tool; the official SDKs drop unknown fields.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Severity
from toolsmell.model.pointer import escape
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options

_KNOWN = frozenset(
    ("name", "title", "description", "inputSchema", "outputSchema", "annotations", "icons", "execution", "_meta")
)
_SCHEMA = ("required", "properties", "type", "additionalProperties", "$schema", "$defs", "definitions")
_HINTS = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")
_MISPLACED = {
    **dict.fromkeys(_SCHEMA, "belongs inside 'inputSchema'"),
    **dict.fromkeys(_HINTS, "belongs inside 'annotations'"),
    **dict.fromkeys(("input_schema", "inputschema", "parameters", "schema"), "is called 'inputSchema' in MCP"),
    **dict.fromkeys(("output_schema", "outputschema"), "is called 'outputSchema' in MCP"),
}


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    others: dict[str, list[int]] = {}
    for position, tool in enumerate(server.tools):
        raw = tool.tool.raw
        if not isinstance(raw, dict) or raw.keys() <= _KNOWN:
            continue
        for key in raw.keys() - _KNOWN:
            if key in _MISPLACED:
                yield Hit(
                    f"/{escape(key)}",
                    f"'{key}' {_MISPLACED[key]}: clients drop it here, and an agent never sees it",
                    excerpt=key,
                    tool=tool.tool.index,
                    severity=Severity.WARNING,
                )
            elif not key.startswith("x-"):
                others.setdefault(key, []).append(position)
    for key, positions in sorted(others.items()):
        more = f" (in {len(positions)} tools)" if len(positions) > 1 else ""
        yield Hit(
            f"/tools/{positions[0]}/{escape(key)}",
            f"'{shown(key, 40)}'{more} is no field of an MCP tool: clients drop it",
            excerpt=key,
        )
