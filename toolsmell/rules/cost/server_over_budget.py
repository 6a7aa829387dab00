"""A server whose tools cost more tokens than the budget for one.

## What it checks

The estimated tokens of all tools of a server against a budget: 10,000, which one public server in sixty passes.

## Why it matters

All of it is in the context of every request before the task begins. The more of it there is, the more often an
agent picks the wrong tool.

## Smelly

```json
[{"times": 40, "tool": {"name": "get_report_{n}", "inputSchema": {"type": "object"},
  "description": {"times": 40, "text": "Gets a report with all of its rows, columns and notes. "}}}]
```

## Better

```json
[{"name": "get_report", "description": "Gets a report by its number, 0 to 39, with its rows, columns and notes.",
  "inputSchema": {"type": "object", "properties": {"number": {"type": "integer"}}}}]
```

## Not flagged

What clients warn of: `too-many-tokens-for-client`.

## Configuration

`budget`: tokens for all tools of a server.

## References

- 2,247 tools of 261 public servers (`benchmarks/precision.py`).
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.cost.tool_over_budget import CHARACTERS_A_TOKEN


def check(server: ServerContext, options: Options) -> Iterator[Hit]:
    budget = options["budget"]
    if server.size > budget * CHARACTERS_A_TOKEN and server.tokens > budget:
        costs = {tool.tool.label: tool.cost.total for tool in server.tools}
        worst = max(costs, key=lambda label: costs[label])
        yield Hit(
            "",
            f"{len(server.tools)} tools cost about {server.tokens:,} tokens in every request, over the budget of "
            f"{budget:,}; the most expensive is '{shown(worst)}' with {costs[worst]:,}",
            excerpt="over budget",
        )
