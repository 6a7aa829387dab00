"""More tools than a client accepts.

## What it checks

The number of a server's tools, against the limits of the chosen clients. A limit is for all servers of a user together.

## Why it matters

A client over its limit stops working, or leaves tools out without saying which. With more tools an agent also picks the
wrong one more often.

## Smelly

```json
[{"times": 90, "tool": {"name": "get_report_{n}", "description": "Gets report {n}.", "inputSchema": {
  "type": "object"}}}]
```

## Better

```json
[{"name": "get_report", "description": "Gets a report by its number, 0 to 89.",
  "inputSchema": {"type": "object", "properties": {"number": {"type": "integer", "minimum": 0, "maximum": 89}}}}]
```

## Not flagged

Tools of several servers that are too many together: `crowded-configuration`.

## Configuration

`clients`: the clients that count, such as `["cursor", "vscode"]`; an empty list means all portable limits.

## References

- rubrics/clients.yaml, `tools`: each limit with its date and source.
"""

from collections.abc import Iterator

from toolsmell.data.client_limits import Limit, listed
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.clients._chosen import limits

_FEWEST = 20


def check(server: ServerContext, options: Options) -> Iterator[Hit]:
    count = len(server.tools)
    if count <= _FEWEST:
        return
    over = sorted((limit for limit in limits("tools", options) if count > limit.value), key=lambda x: x.value)
    if over:
        yield Hit(
            "",
            f"{count} tools in one server: {said(over)}",
            excerpt=str(count),
            help="combine tools that differ in one word only, or split the server into toolsets that users switch on",
        )


def said(over: list[Limit]) -> str:
    """Return limits on the number of tools for a message, those of one number and effect together."""
    groups: dict[tuple[int, bool], list[Limit]] = {}
    for limit in over:
        groups.setdefault((limit.value, limit.effect == "warns"), []).append(limit)
    parts = []
    for (number, warns), found in groups.items():
        one = len({limit.title for limit in found}) == 1
        verb = ("warns above" if one else "warn above") if warns else ("accepts" if one else "accept")
        parts.append(f"{listed(found)} {verb} {number:,}")
    return ", ".join(parts)
