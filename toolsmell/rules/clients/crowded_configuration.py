"""Servers of one configuration that together offer more tools, or cost more tokens, than a client accepts.

## What it checks

The tools of all servers of one client configuration, in the order of the file. The finding is about the server that
exceeds a limit.

## Why it matters

Each server alone is small enough, but the client still stops working, or leaves tools out without saying which.

## Smelly

```json
[{"server": "reports", "tools": [{"times": 50, "tool": {"name": "get_report_{n}",
  "description": "Gets report {n}."}}]},
 {"server": "charts", "tools": [{"times": 50, "tool": {"name": "get_chart_{n}", "description": "Gets chart {n}."}}]}]
```

## Better

```json
[{"server": "reports", "tools": [{"name": "get_report", "description": "Gets a report by its number."}]},
 {"server": "charts", "tools": [{"name": "get_chart", "description": "Gets a chart by its number."}]}]
```

## Not flagged

One server that exceeds the limit alone: `too-many-tools-for-client`, `too-many-tokens-for-client`. Servers that are
not in one client configuration.

## Configuration

`clients`: the clients that count, such as `["cursor", "vscode"]`; an empty list means all portable limits.

## References

- rubrics/clients.yaml, `tools` and `tokens`: each limit with its date and source.
"""

from collections.abc import Iterator, Sequence

from toolsmell.data.client_limits import Limit
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options, ServerDigest
from toolsmell.rules.clients._chosen import limits
from toolsmell.rules.clients.too_many_tools_for_client import said

_HELP = "remove a server that is seldom used, or switch off tools that nobody needs"


def check(server: ServerContext, neighbours: Sequence[ServerDigest], options: Options) -> Iterator[Hit]:
    servers = len(neighbours) + 1
    tools = sum(digest.tools for digest in neighbours)
    for limit in _exceeded(limits("tools", options), tools, len(server.tools)):
        yield Hit(
            "",
            f"the {servers} servers of the configuration up to this one offer {tools + len(server.tools)} tools: "
            f"{said([limit])}",
            excerpt=f"{limit.client} tools",
            help=_HELP,
        )
    tokens = sum(digest.tokens for digest in neighbours)
    for limit in _exceeded(limits("tokens", options), tokens, server.tokens):
        yield Hit(
            "",
            f"the tools of the {servers} servers of the configuration up to this one cost about "
            f"{tokens + server.tokens:,} tokens: {limit.title} warns above {limit.value:,}",
            excerpt=f"{limit.client} tokens",
            help=_HELP,
        )


def _exceeded(found: Sequence[Limit], before: int, here: int) -> Iterator[Limit]:
    """Yield the limits that this server exceeds together with those before it, but not alone."""
    for limit in found:
        if before <= limit.value < before + here and here <= limit.value:
            yield limit
