"""A tool that costs more tokens than the budget for one.

## What it checks

The estimated tokens of a tool's name, description and input schema against a budget of 2,000, which one tool in
two hundred of public servers exceeds.

## Why it matters

The tool costs tokens in every request, also if it is not called, and leaves less room for others.

## Smelly

```json
{"name": "plan_trip", "inputSchema": {"type": "object"},
 "description": {"times": 200, "text": "Plans a trip in stages of a day each, with hotels. "}}
```

## Better

```json
{"name": "plan_trip", "description": "Plans a trip in stages of a day each, with hotels, at most 14 days.",
 "inputSchema": {"type": "object"}}
```

## Not flagged

The size of results, which the list of tools does not show.

## Configuration

`budget`: tokens for one tool.

## References

- 2,247 tools of 261 public servers: half cost under 95 tokens, one in twenty over 400 (`benchmarks/precision.py`).
"""

from collections.abc import Iterator

from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options

CHARACTERS_A_TOKEN = 2
"""A token has two characters at least, in any text that is not made to cost."""


def check(tool: ToolContext, options: Options) -> Iterator[Hit]:
    budget = options["budget"]
    if len(tool.sent) < budget * CHARACTERS_A_TOKEN:
        return
    cost = tool.cost
    if cost.total > budget:
        share = 100 * cost.description // cost.total
        yield Hit(
            "",
            f"about {cost.total:,} tokens in every request, over the budget of {budget:,}; "
            f"{share} % are its description",
            excerpt="over budget",
            together=f"{{tools}} tools cost more than {budget:,} tokens each, in every request",
        )
