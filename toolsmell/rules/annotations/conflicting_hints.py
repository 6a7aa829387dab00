"""Hints that exclude one another.

## What it checks

Tools with both `readOnlyHint: true` and `destructiveHint: true`.

## Why it matters

One client believes the first and runs the tool without asking; another believes the second and warns. Nobody knows
what the author meant.

## Smelly

```json
{"name": "sync", "description": "Syncs the orders.", "inputSchema": {"type": "object"},
 "annotations": {"readOnlyHint": true, "destructiveHint": true}}
```

## Better

```json
{"name": "sync", "description": "Syncs the orders.", "inputSchema": {"type": "object"},
 "annotations": {"readOnlyHint": false, "destructiveHint": true}}
```

## Not flagged

`readOnlyHint: true` with `destructiveHint: false` or any `idempotentHint`: said twice, but true.

## References

- Model Context Protocol 2026-07-28, ToolAnnotations: a read-only tool does not change its environment, a destructive
  one does.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    hints = tool.tool.annotations
    if hints and hints.get("readOnlyHint") is True and hints.get("destructiveHint") is True:
        yield Hit(
            "/annotations",
            "readOnlyHint and destructiveHint are both true: one client runs it without asking, another warns",
        )
