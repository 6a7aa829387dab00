"""A server none of whose tools has an output schema.

## What it checks

`outputSchema` of every tool; one finding for a server without any.

## Why it matters

Clients that work with the values (code that an agent writes, a workflow) have only text to parse. It is an offer of
the protocol, not a duty.

## Smelly

```json
[{"name": "get_order", "description": "Returns one order.", "inputSchema": {"type": "object"}},
 {"name": "list_orders", "description": "Lists orders.", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "get_order", "description": "Returns one order.", "inputSchema": {"type": "object"},
  "outputSchema": {"type": "object", "properties": {"total": {"type": "number", "description": "Euros, with tax."}}}},
 {"name": "list_orders", "description": "Lists orders.", "inputSchema": {"type": "object"}}]
```

## Not flagged

Servers that spoke a revision before 2025-06-18, which did not know output schemas, and lists whose source does not
tell.

## References

- Model Context Protocol 2025-06-18, changelog: structured tool output.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options

_FIRST_WITH_OUTPUT = "2025-06-18"


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    version = server.manifest.protocol_version
    if not server.tools or (version and version < _FIRST_WITH_OUTPUT) or "outputSchema" in server.manifest.unknown:
        return
    if not any(
        (isinstance(t.tool.raw, dict) and "outputSchema" in t.tool.raw) or not t.tool.known("outputSchema")
        for t in server.tools
    ):
        yield Hit(
            "/tools",
            f"none of the {len(server.tools)} tools has an output schema: agents and programs have to parse text",
            excerpt="outputSchema",
        )
