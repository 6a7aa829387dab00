"""A tool that says it destroys, and reads.

## What it checks

Tools with `destructiveHint: true` whose name begins with get, list, search, query or the like, and whose description
does not speak of writing.

## Why it matters

A client warns of a destruction that does not happen. The user learns to ignore the warning, also when it is true.

## Smelly

```json
{"name": "search_orders", "description": "Searches orders by customer.", "inputSchema": {"type": "object"},
 "annotations": {"destructiveHint": true}}
```

## Better

```json
{"name": "search_orders", "description": "Searches orders by customer.", "inputSchema": {"type": "object"},
 "annotations": {"readOnlyHint": true}}
```

## Not flagged

A reader whose description says that it writes, deletes, consumes or runs something.

## References

- Model Context Protocol 2026-07-28, ToolAnnotations: `destructiveHint` is meaningful where `readOnlyHint` is false.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import Deed, deed_of
from toolsmell.rules.base import Hit, Options

_WRITES = (
    "delet",
    "remov",
    "writ",
    "updat",
    "modif",
    "creat",
    "overwrit",
    "consum",
    "execut",
    "run ",
    "runs ",
    "download",
    "sav",
    "replac",
    "renam",
    "mov",
    "clear",
    "reset",
    "mark",
)

_READS = frozenset("returns lists searches reads shows gets finds counts describes".split())
_SHORT = 200


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    annotations = tool.tool.annotations
    if not annotations or annotations.get("readOnlyHint") is True:
        return
    if annotations.get("destructiveHint") is not True:
        if annotations.get("readOnlyHint") is False and (opening := only_reads(tool)):
            yield Hit(
                "/annotations/readOnlyHint",
                f"readOnlyHint is false, but its description begins with '{opening}': clients ask before each call",
                excerpt=tool.tool.label,
                help='write "readOnlyHint": true',
            )
        return
    deed = deed_of(tool)
    if deed and deed[1] is Deed.READ and not any(word in tool.text.lower for word in _WRITES):
        yield Hit(
            "/annotations/destructiveHint",
            f"destructiveHint is true, but its name says '{deed[0]}': clients warn of a tool that only reads",
            excerpt=tool.tool.label,
            help='write "readOnlyHint": true, and remove destructiveHint',
        )


def only_reads(tool: ToolContext) -> str | None:
    """Return the first word of a short description of a reader, or None for any other."""
    first = tool.text.words[0] if tool.text.words else ""
    named = deed_of(tool)
    if first not in _READS or len(tool.text.raw) > _SHORT or (named and named[1] is not Deed.READ):
        return None
    return None if any(word in tool.text.lower for word in _WRITES) else first
