"""A hint under a name that no client knows.

## What it checks

Keys of `annotations` that are one of the known hints in another spelling: `read_only_hint`, `readonly`,
`destructive`, `idempotentHints`.

## Why it matters

Clients read the exact names only. A tool that means to say it only reads is taken for one that destroys.

## Smelly

```json
{"name": "get_order", "description": "Gets an order.", "inputSchema": {"type": "object"},
 "annotations": {"read_only": true}}
```

## Better

```json
{"name": "get_order", "description": "Gets an order.", "inputSchema": {"type": "object"},
 "annotations": {"readOnlyHint": true}}
```

## Not flagged

Keys that are something of the server's own (`category`, `priority`), and a misspelt one next to the right one.

## References

- Model Context Protocol 2026-07-28, ToolAnnotations: `title`, `readOnlyHint`, `destructiveHint`, `idempotentHint`,
  `openWorldHint`.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.pointer import escape
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options

_HINTS = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")
_MEANT = {hint[:-4].lower(): hint for hint in _HINTS}


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    hints = tool.tool.annotations or {}
    for key in hints:
        if key not in _HINTS and len(key) < 40:
            plain = (
                key.lower().replace("_", "").replace("-", "").removeprefix("is").removesuffix("s").removesuffix("hint")
            )
            meant = _MEANT.get(plain)
            if meant and meant not in hints:
                yield Hit(
                    f"/annotations/{escape(key)}",
                    f"'{shown(key)}' is no hint that clients know; '{meant}' is: they use the default",
                    excerpt=key,
                )
