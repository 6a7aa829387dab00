"""A tool that says it may be repeated, and makes something new each time.

## What it checks

Tools with `idempotentHint: true` (and no `readOnlyHint: true`) whose name creates, inserts, appends or sends.

## Why it matters

An agent or a client repeats an idempotent call when an answer is late. Each repeat makes another order, row or
message.

## Smelly

```json
{"name": "send_invoice", "description": "Sends an invoice by mail.", "inputSchema": {"type": "object"},
 "annotations": {"readOnlyHint": false, "idempotentHint": true}}
```

## Better

```json
{"name": "send_invoice", "description": "Sends an invoice by mail.", "inputSchema": {"type": "object"},
 "annotations": {"readOnlyHint": false, "idempotentHint": false}}
```

## Not flagged

Tools that say what a second call finds (exists already, if it does not exist, ensure, upsert, unique, idempotent), that
take an idempotency key, or that make a directory, a link between two things or what the caller names by a path.

## References

- Model Context Protocol 2026-07-28, ToolAnnotations: `idempotentHint` is true if repeating the call has no further
  effect.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import Deed, deed_of
from toolsmell.rules.base import Hit, Options

_SAYS_WHY = ("exist", "idempot", "upsert", "ensure", "unique", "duplicate", "already", "repeat", "overwrit", "replace")
_SAME_AGAIN = frozenset(
    "directory folder dir association associations link branch or update upsert register publish unpublish".split()
)
"""Words in names of tools whose second call makes nothing new."""


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    annotations = tool.tool.annotations
    if not annotations or annotations.get("idempotentHint") is not True or annotations.get("readOnlyHint") is True:
        return
    deed = deed_of(tool)
    if not deed or deed[1] is not Deed.CREATE or not _SAME_AGAIN.isdisjoint(tool.name_words):
        return
    if not any(word in tool.text.lower for word in _SAYS_WHY) and "idempoten" not in tool.sent_lower.replace(
        '"idempotenthint"', ""
    ):
        yield Hit(
            "/annotations/idempotentHint",
            f"idempotentHint is true, but its name says '{deed[0]}': a retry makes another one",
            excerpt=tool.tool.label,
        )
