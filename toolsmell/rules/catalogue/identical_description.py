"""Tools with the same description.

## What it checks

Descriptions of one server that are equal but for case, punctuation and white space. One finding for each group, at
its second tool.

## Why it matters

The names alone tell such tools apart, and one of the two descriptions is often a copy that nobody changed: an agent
then believes the wrong one.

## Smelly

```json
[{"name": "create_order", "description": "Creates an order.", "inputSchema": {"type": "object"}},
 {"name": "cancel_order", "description": "Creates an order.", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "create_order", "description": "Creates an order.", "inputSchema": {"type": "object"}},
 {"name": "cancel_order", "description": "Cancels an order that has not been sent.", "inputSchema": {
  "type": "object"}}]
```

## Not flagged

Empty descriptions (`missing-description`), and two tools of one name (`duplicate-tool-name`).

## References

- Wang et al., on description smells of 10,831 MCP servers (arXiv 2602.18914): repeated names and texts.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    groups: dict[tuple[str, ...], list[ToolContext]] = {}
    for tool in server.tools:
        if tool.text.words:
            groups.setdefault(tool.text.words, []).append(tool)
    for tools in groups.values():
        if len({tool.tool.name for tool in tools}) > 1:
            names = [f"'{shown(tool.tool.label)}'" for tool in tools]
            listed = " and ".join(names) if len(names) == 2 else f"{names[0]}, {names[1]} and {len(names) - 2} more"
            yield Hit(
                "/description",
                f"{listed} have the same description: an agent has only their names to choose by",
                excerpt=tools[0].text.raw[:200],
                tool=tools[1].tool.index,
                members=tuple((tool.tool.index, "/description") for tool in tools),
            )
