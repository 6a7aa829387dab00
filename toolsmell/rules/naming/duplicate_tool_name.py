"""Two tools of one server with the same name.

## What it checks

Names that appear more than once in a server's list. Each tool after the first is a finding.

## Why it matters

A call names its tool. With two of one name the agent gets whichever the server finds, and some clients reject the
list.

## Smelly

```json
[{"name": "export", "description": "Exports orders as CSV.", "inputSchema": {"type": "object"}},
 {"name": "export", "description": "Exports customers as CSV.", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "export_orders", "description": "Exports orders as CSV.", "inputSchema": {"type": "object"}},
 {"name": "export_customers", "description": "Exports customers as CSV.", "inputSchema": {"type": "object"}}]
```

## Not flagged

Names that differ by case or separators only: `case-only-difference`.

## References

- Model Context Protocol 2026-07-28, Tools, Tool Names: names are unique within a server.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    if len(server.by_name) == len(server.tools):
        return
    for tool in server.tools:
        name = tool.tool.name
        if name is None or server.by_name[name] is tool:
            continue
        first = server.by_name[name].tool.index
        yield Hit(
            "/name",
            f"'{shown(name)}' is also the name of tool #{first}: no call can tell which of them it means",
            excerpt=name,
            tool=tool.tool.index,
        )
