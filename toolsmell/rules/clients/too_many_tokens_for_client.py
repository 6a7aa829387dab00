"""Tools that cost more tokens than a client accepts without a warning.

## What it checks

The estimated tokens of all tools of a server, against the limits of the chosen clients.

## Why it matters

The definitions of the tools are sent with every request. They cost money and leave less room for the task.

## Smelly

```json
[{"times": 60, "tool": {"name": "get_report_{n}", "inputSchema": {"type": "object"},
  "description": {"times": 60, "text": "Gets a report with all of its rows, columns and notes. "}}}]
```

## Better

```json
[{"name": "get_report", "description": "Gets a report by its number, 0 to 59, with its rows, columns and notes.",
  "inputSchema": {"type": "object", "properties": {"number": {"type": "integer"}}}}]
```

## Not flagged

Tools of several servers that cost too much together: `crowded-configuration`.

## Configuration

`clients`: the clients that count, such as `["claude-code"]`; an empty list means all portable limits.

## References

- rubrics/clients.yaml, `tokens`: each limit with its date and source.
"""

from collections.abc import Iterator

from toolsmell.data.client_limits import consequences
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.clients._chosen import limits


def check(server: ServerContext, options: Options) -> Iterator[Hit]:
    over = [x for x in limits("tokens", options) if server.size > 2 * x.value and server.tokens > x.value]
    if over:
        least = min(limit.value for limit in over)
        yield Hit(
            "",
            f"the {len(server.tools)} tools cost about {server.tokens:,} tokens in every request: "
            f"{consequences(over)} over {least:,}",
            excerpt=f"over {least}",
            help="shorten the longest descriptions and schemas, or split the server, until the tools cost at most"
            f" {least:,} tokens",
        )
