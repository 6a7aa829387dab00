"""A server none of whose tools has annotations.

## What it checks

Whether any tool of a server has `annotations`: hints on whether it reads only, destroys, may be repeated, reaches
beyond its own world. One finding for the server.

## Why it matters

Without hints a client must take every tool for one that destroys: it asks the user at each call, also for the ones
that only read, until the user stops reading what is asked.

## Smelly

```json
[{"name": "list_orders", "description": "Lists the open orders.", "inputSchema": {"type": "object"}},
 {"name": "delete_order", "description": "Deletes an order for good.", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "list_orders", "description": "Lists the open orders.", "inputSchema": {"type": "object"},
  "annotations": {"readOnlyHint": true}},
 {"name": "delete_order", "description": "Deletes an order for good.", "inputSchema": {"type": "object"},
  "annotations": {"destructiveHint": true, "idempotentHint": true}}]
```

## Not flagged

Lists that were not read from the server itself: source code and files may leave annotations out. A server some of
whose tools have annotations: `unannotated-tool` names the others.

## References

- Model Context Protocol 2026-07-28, ToolAnnotations: the defaults are not read-only, destructive, not idempotent.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Provenance
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.verbs import Deed, deed_of
from toolsmell.rules.base import Hit, Options


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    manifest = server.manifest
    if manifest.provenance is not Provenance.WIRE or "annotations" in manifest.unknown:
        return
    if not server.tools or any(not t.tool.known("annotations") or t.tool.annotations for t in server.tools):
        return
    destroyer = next((t for t in server.tools if _destroys(t)), None)
    worst = f", not even '{shown(destroyer.tool.label)}'" if destroyer else ""
    them = f"each of the {len(server.tools)}" if len(server.tools) > 1 else "the only one"
    yield Hit("", f"no tool has annotations{worst}: a client must assume that {them} is destructive")


def _destroys(tool: ToolContext) -> bool:
    deed = deed_of(tool)
    return deed is not None and deed[1] is Deed.DESTROY
