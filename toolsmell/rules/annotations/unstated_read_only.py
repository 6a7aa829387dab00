"""Tools that only read, and do not say so.

## What it checks

Tools with annotations but no `readOnlyHint` whose name begins with get, list, search, find or read. One finding for
the server.

## Why it matters

The default is a tool that changes things. A client asks the user before each call, and an agent that may only read
cannot use the tool at all.

## Smelly

```json
{"name": "get_order", "description": "Gets an order.", "inputSchema": {"type": "object"},
 "annotations": {"openWorldHint": false}}
```

## Better

```json
{"name": "get_order", "description": "Gets an order.", "inputSchema": {"type": "object"},
 "annotations": {"readOnlyHint": true, "openWorldHint": false}}
```

## Not flagged

`readOnlyHint: false` (the server may know of a side effect), tools without annotations, verbs that may write,
and a `destructiveHint: true`, which is `destructive-hint-on-reader`.

## References

- Model Context Protocol 2026-07-28, ToolAnnotations: `readOnlyHint` defaults to false.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.reading.verbs import Deed, deed_of
from toolsmell.rules.base import Hit, Options


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    silent = [
        tool.tool.label
        for tool in server.tools
        if (hints := tool.tool.annotations)
        and "readOnlyHint" not in hints
        and hints.get("destructiveHint") is not True
        and (deed := deed_of(tool))
        and deed[1] is Deed.READ
    ]
    if silent:
        more = f" and {len(silent) - 1} more" if len(silent) > 1 else ""
        yield Hit(
            "",
            f"'{shown(silent[0])}'{more} only read, without a readOnlyHint: clients ask before each call",
            excerpt=", ".join(silent[:10]),
        )
