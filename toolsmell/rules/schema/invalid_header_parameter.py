"""An `x-mcp-header` that breaks the rules for it.

## What it checks

Each `x-mcp-header` in the input schema: a string of HTTP token characters that is not empty, unlike every other one
of the tool when case is ignored, on a parameter of type string, integer or boolean that is reached from the root
through `properties` alone.

## Why it matters

A client that speaks HTTP must leave the whole tool out of its list. An agent never sees it, and only a log says why.

## Smelly

```json
{"name": "run_query", "description": "Runs a query in one region.",
 "inputSchema": {"type": "object", "properties": {
   "share": {"type": "number", "description": "Share of the rows to read, 0 to 1.", "x-mcp-header": "Row Share"}}}}
```

## Better

```json
{"name": "run_query", "description": "Runs a query in one region.",
 "inputSchema": {"type": "object", "properties": {
   "region": {"type": "string", "description": "Region such as eu-west.", "x-mcp-header": "Region"}}}}
```

## Not flagged

Parameters of nested objects, as long as only `properties` leads to them.

## References

- Model Context Protocol 2026-07-28, Tools, `x-mcp-header`, and Streamable HTTP, Custom headers from tool parameters.
- RFC 9110, 5.6.2: tokens.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Json, Pointer
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options

_TOKEN_CHARACTERS = frozenset("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_TYPES = ("string", "integer", "boolean")


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    schema = tool.tool.input_schema
    if schema is None or "x-mcp-header" not in tool.input_check.survey.keywords:
        return
    seen: set[str] = set()
    for at, here in tool.input_subschemas:
        if "x-mcp-header" not in here:
            continue
        header = here["x-mcp-header"]
        words = _wrong_name(header) or _wrong_place(at, here)
        if not words and header.lower() in seen:
            words = "appears twice in this tool"
        if isinstance(header, str):
            seen.add(header.lower())
        if words:
            yield Hit(
                f"{at}/x-mcp-header",
                f"the header '{shown(str(header), 40)}' {words}: clients that speak HTTP must drop the tool",
                excerpt=str(header)[:80],
            )


def _wrong_name(header: Json) -> str | None:
    if not isinstance(header, str):
        return "is not a string"
    if not header:
        return "is empty"
    return None if set(header) <= _TOKEN_CHARACTERS else "has characters that no header name may have"


def _wrong_place(at: Pointer, schema: dict[str, Json]) -> str | None:
    steps = at.split("/")[2:]
    if not steps or len(steps) % 2 or any(step != "properties" for step in steps[::2]):
        return "is on something else than a parameter reached through properties"
    return None if schema.get("type") in _TYPES else "is on a parameter that is no string, integer or boolean"
