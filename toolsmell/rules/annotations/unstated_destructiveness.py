"""Tools that say they write, but not whether they destroy.

## What it checks

Tools whose annotations have neither `readOnlyHint: true` nor a `destructiveHint`. One finding for the server.

## Why it matters

The default is destructive. A client warns of a tool that only adds a comment as it warns of one that drops a table,
and the user learns to wave both through.

## Smelly

```json
{"name": "add_comment", "description": "Adds a comment.", "inputSchema": {"type": "object"},
 "annotations": {"readOnlyHint": false}}
```

## Better

```json
{"name": "add_comment", "description": "Adds a comment.", "inputSchema": {"type": "object"},
 "annotations": {"readOnlyHint": false, "destructiveHint": false}}
```

## Not flagged

Tools without annotations, which other rules name.

## References

- Model Context Protocol 2026-07-28, ToolAnnotations: `destructiveHint` defaults to true.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    vague = [
        tool
        for tool in server.tools
        if (hints := tool.tool.annotations) and hints.get("readOnlyHint") is not True and "destructiveHint" not in hints
    ]
    if vague:
        more = f" and {len(vague) - 1} more" if len(vague) > 1 else ""
        has, assume = ("have", "they destroy") if more else ("has", "it destroys")
        yield Hit(
            "",
            f"'{shown(vague[0].tool.label)}'{more} may write, and {has} no destructiveHint: clients assume"
            f" that {assume}",
            excerpt="destructiveHint",
            members=tuple((tool.tool.index, "/annotations") for tool in vague),
        )
