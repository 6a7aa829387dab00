"""Servers that offer more tools, or cost more tokens, together than a client takes.

## What it checks

The tools of all servers of one client configuration, counted as the servers go by. The finding is about the server
with which a limit is passed.

## Why it matters

Each server is small enough, and the client still refuses to work, or leaves tools out without saying which.

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

One server that passes the limit alone: `too-many-tools-for-client`, `too-many-tokens-for-client`. Servers that do not
stand in one client configuration.

## Configuration

`clients`: the clients that count, such as `["cursor", "vscode"]`; none stands for all (`portable`).

## References

- rubrics/clients.yaml, `tools` and `tokens`: each limit with its date and source.
"""

from collections.abc import Iterator, Sequence

from toolsmell.data.client_limits import Limit
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options, ServerDigest
from toolsmell.rules.clients._chosen import limits


def check(server: ServerContext, neighbours: Sequence[ServerDigest], options: Options) -> Iterator[Hit]:
    servers = len(neighbours) + 1
    tools = sum(digest.tools for digest in neighbours)
    for limit in _passed(limits("tools", options), tools, len(server.tools)):
        verb = "warns of more than" if limit.effect == "warns" else "takes"
        yield Hit(
            "",
            f"with this server the {servers} of the configuration offer {tools + len(server.tools)} tools: "
            f"{limit.title} {verb} {limit.value:,}",
            excerpt=f"{limit.client} tools",
        )
    tokens = sum(digest.tokens for digest in neighbours)
    for limit in _passed(limits("tokens", options), tokens, server.tokens):
        yield Hit(
            "",
            f"with this server the tools of the {servers} of the configuration cost about "
            f"{tokens + server.tokens:,} tokens: {limit.title} warns over {limit.value:,}",
            excerpt=f"{limit.client} tokens",
        )


def _passed(found: Sequence[Limit], before: int, here: int) -> Iterator[Limit]:
    """Yield the limits that this server passes, though neither it nor those before it do alone."""
    for limit in found:
        if before <= limit.value < before + here and here <= limit.value:
            yield limit
