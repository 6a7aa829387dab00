"""A tool that says it only reads, and writes.

## What it checks

Tools with `readOnlyHint: true` whose name, or the first word of whose description, creates, changes or deletes
something.

## Why it matters

Clients run read-only tools without asking. An agent then changes data that its user would have been asked about.

## Smelly

```json
{"name": "delete_order", "description": "Deletes an order.", "inputSchema": {"type": "object"},
 "annotations": {"readOnlyHint": true}}
```

## Better

```json
{"name": "delete_order", "description": "Deletes an order.", "inputSchema": {"type": "object"},
 "annotations": {"readOnlyHint": false, "destructiveHint": true}}
```

## Not flagged

Verbs that may do either (`run`, `set`, `process`), and tools that make an answer rather than a thing that stays
(`create_report`, `create_chart`).

## References

- Model Context Protocol 2026-07-28, ToolAnnotations: `readOnlyHint` is true if the tool does not change its
  environment.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import Deed, deed_of, opening_deed, own_words
from toolsmell.rules.base import Hit, Options

_ACTS = frozenset(
    "add post store merge assign approve reject close cancel archive move import transfer pay "
    "activate deactivate enable disable switch restart reset clear install set".split()
)
"""Verbs that act, if the name and the description begin with them."""


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    annotations = tool.tool.annotations
    if not annotations or annotations.get("readOnlyHint") is not True:
        return
    named = deed_of(tool)
    opening = opening_deed(tool)
    acts = own_words(tool)[:1]
    if named and named[1] is not Deed.READ:
        evidence = f"its name says '{named[0]}'"
    elif opening and opening[1] in (Deed.CHANGE, Deed.DESTROY) and not named:
        evidence = f"its description begins with '{opening[0]}'"
    elif acts and acts[0] in _ACTS and not named and tool.text.lower.startswith(acts[0]):
        evidence = f"its name and its description say '{acts[0]}'"
    else:
        return
    yield Hit(
        "/annotations/readOnlyHint",
        f"readOnlyHint is true, but {evidence}: clients run it without asking",
        excerpt=tool.tool.label,
        help='write "readOnlyHint": false',
    )
