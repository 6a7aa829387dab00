"""A tool without annotations in a server that uses them.

## What it checks

Tools with no `annotations` among tools that have them. Where more than five lack them, one finding for the server.

## Why it matters

A client assumes that a tool without hints destroys. Next to annotated tools it looks like the dangerous one.

## Smelly

```json
[{"name": "list_orders", "description": "Lists the open orders.", "inputSchema": {"type": "object"},
  "annotations": {"readOnlyHint": true}},
 {"name": "list_refunds", "description": "Lists the open refunds.", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "list_orders", "description": "Lists the open orders.", "inputSchema": {"type": "object"},
  "annotations": {"readOnlyHint": true}},
 {"name": "list_refunds", "description": "Lists the open refunds.", "inputSchema": {"type": "object"},
  "annotations": {"readOnlyHint": true}}]
```

## Not flagged

A server without any annotations, which is one finding of `missing-annotations`, and annotations that could not be
read.

## References

- Model Context Protocol 2026-07-28, ToolAnnotations.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options

_MOST = 5
"""More than these are one finding."""


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    known = [t for t in server.tools if isinstance(t.tool.raw, dict) and t.tool.known("annotations")]
    bare = [t for t in known if not t.tool.raw.get("annotations")]
    if len(bare) == len(known) or "annotations" in server.manifest.unknown:
        return
    if len(bare) > _MOST:
        names = ", ".join(f"'{shown(t.tool.label)}'" for t in bare[:3])
        yield Hit(
            "",
            f"{len(bare)} of {len(known)} tools have no annotations ({names} ...): clients assume that they are"
            f" destructive",
        )
        return
    for tool in bare:
        yield Hit(
            "",
            "no annotations, though its siblings have them: clients assume that it is destructive",
            tool=tool.tool.index,
        )
