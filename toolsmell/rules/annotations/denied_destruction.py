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

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import Deed, deed_of
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

_MARKS = frozenset(
    "label labels tag tags reaction reactions member members membership from assignee reviewer filter filters watcher "
    "subscription follower favorite favourite star pin".split()
)
_REPLACES = (
    r"^(?:\w+ ){0,3}(?:replaces?|overwrites?) (?:all|the (?:entire |whole |full )?(?:contents?|value|list|body"
    r"|existing)|any|every|existing)\b"
    r"|\b(?:existing|previous|current|all other|the old) (?:\w+ ){1,3}(?:is|are|will be) (?:overwritten|replaced"
    r"|removed|deleted|lost)\b"
    r"|\b(?:endpoint|tool|call|request) removes? (?:the |all |any )?existing\b"
)
_UNDONE = ("trash", "archive", "restor", "undo", "recover", "soft-delet", "soft delet", "recycle")


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    annotations = tool.tool.annotations
    if not annotations or annotations.get("destructiveHint") is not False or annotations.get("readOnlyHint") is True:
        return
    if any(word in tool.text.lower for word in _UNDONE):
        return
    deed = deed_of(tool)
    replaced = pattern(_REPLACES).search(tool.text.lower)
    if deed and deed[1] is Deed.DESTROY and not (deed[0] == "remove" and not _MARKS.isdisjoint(tool.name_words)):
        evidence = f"its name says '{deed[0]}'"
    elif replaced:
        evidence = f"its text says '{shown(replaced[0], 50)}'"
    else:
        return
    yield Hit(
        "/annotations/destructiveHint",
        f"destructiveHint is false, but {evidence}: clients run it without asking",
        excerpt=tool.tool.label,
        help='write "destructiveHint": true, or remove the hint',
    )
