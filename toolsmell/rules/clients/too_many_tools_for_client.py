"""More tools than a client takes.

## What it checks

The number of a server's tools against what the chosen clients take, which is for all servers of the user together.

## Why it matters

A client over its limit refuses to work, or leaves tools out without saying which. And the more tools there are, the
more often an agent picks the wrong one.

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

`clients`: the clients that count, such as `["cursor", "vscode"]`; none stands for all (`portable`).

## References

- rubrics/clients.yaml, `tools`: each limit with its date and source.
"""

from collections.abc import Iterator

from toolsmell.data.client_limits import Limit
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
        yield Hit("", f"{count} tools in one server: {', '.join(map(said, over))}", excerpt=str(count))


def said(limit: Limit) -> str:
    """Put a limit on the number of tools in words."""
    return f"{limit.title} {'warns of more than' if limit.effect == 'warns' else 'takes'} {limit.value:,}"
