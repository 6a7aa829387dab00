"""Tools that say they write, but not whether they destroy.

## What it checks

Tools whose annotations have neither `readOnlyHint: true` nor a `destructiveHint`. One finding for the server, and one
for its tools of this kind whose short text only reads (`Returns ...`): those need `readOnlyHint: true`.

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
from toolsmell.rules.annotations.destructive_hint_on_reader import only_reads
from toolsmell.rules.base import Hit, Options


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    vague = [
        tool
        for tool in server.tools
        if (hints := tool.tool.annotations) and hints.get("readOnlyHint") is not True and "destructiveHint" not in hints
    ]
    readers = [tool for tool in vague if only_reads(tool)]
    writers = [tool for tool in vague if tool not in readers]
    if writers:
        more = f" and {len(writers) - 1} more" if len(writers) > 1 else ""
        has, assume = ("have", "they destroy") if more else ("has", "it destroys")
        yield Hit(
            "",
            f"'{shown(writers[0].tool.label)}'{more} may write, and {has} no destructiveHint: clients assume"
            f" that {assume}",
            excerpt="destructiveHint",
            members=tuple((tool.tool.index, "/annotations") for tool in writers),
        )
    if readers:
        more = f" and {len(readers) - 1} more" if len(readers) > 1 else ""
        yield Hit(
            "",
            f"'{shown(readers[0].tool.label)}'{more} only {'read' if more else 'reads'} by the text"
            f" ('{only_reads(readers[0])} ...'), and the annotations allow to write and destroy: clients ask before"
            " each call",
            excerpt="readOnlyHint",
            help='write "readOnlyHint": true',
            members=tuple((tool.tool.index, "/annotations") for tool in readers),
        )
