"""A tool that deletes and says it destroys nothing.

## What it checks

Tools with `destructiveHint: false` (and no `readOnlyHint: true`) whose name deletes, drops, purges or wipes.

## Why it matters

Clients ask the user before a destructive call. A tool that denies it is run without a word, and what it deletes is
gone.

## Smelly

```json
{"name": "delete_order", "description": "Deletes an order.", "inputSchema": {"type": "object"},
 "annotations": {"readOnlyHint": false, "destructiveHint": false}}
```

## Better

```json
{"name": "delete_order", "description": "Deletes an order.", "inputSchema": {"type": "object"},
 "annotations": {"readOnlyHint": false, "destructiveHint": true}}
```

## Not flagged

A tool that takes back only a link or a mark (`remove_label`, `remove_from_group`) or that can be undone, as its
description says (trash, archive, restore, undo).

## References

- Model Context Protocol 2026-07-28, ToolAnnotations: `destructiveHint` false means additive updates only.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import Deed, deed_of
from toolsmell.rules.base import Hit, Options

_MARKS = frozenset(
    "label labels tag tags reaction reactions member members membership from assignee reviewer filter filters watcher "
    "subscription follower favorite favourite star pin".split()
)
_UNDONE = ("trash", "archive", "restor", "undo", "recover", "soft-delet", "soft delet", "recycle")


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    annotations = tool.tool.annotations
    if not annotations or annotations.get("destructiveHint") is not False or annotations.get("readOnlyHint") is True:
        return
    deed = deed_of(tool)
    if not deed or deed[1] is not Deed.DESTROY or any(word in tool.text.lower for word in _UNDONE):
        return
    if deed[0] == "remove" and not _MARKS.isdisjoint(tool.name_words):
        return
    yield Hit(
        "/annotations/destructiveHint",
        f"denies that it destroys, but its name says '{deed[0]}': clients run it without asking",
        excerpt=tool.tool.label,
    )
