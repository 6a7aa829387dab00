"""A server that never says what happens when a call fails.

## What it checks

Whether any description of the server has a word on failure: an error, something not found, an empty result, a limit
that is hit. One finding for the server.

## Why it matters

An agent cannot tell 'nothing matched' from 'wrong input' and tries the same call again, or reports that there is
nothing.

## Smelly

```json
{"name": "get_order", "description": "Returns one order by its number.", "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "get_order", "description": "Returns one order by its number; an error if there is no such order.",
 "inputSchema": {"type": "object"}}
```

## Not flagged

A server with one tool that says it. The score for limitations covers the other tools.

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878): unstated limitations.
- Model Context Protocol 2026-07-28, Tools, Error handling.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options

_FAILURE = (
    "error",
    "fail",
    "not found",
    "does not exist",
    "doesn't exist",
    "invalid",
    "empty",
    "null",
    "none",
    "raise",
    "throw",
    "reject",
    "refuse",
    "timeout",
    "time out",
    "times out",
    "exceed",
)


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    told = [tool for tool in server.tools if tool.text.script == "latin"]
    if told and not any(word in tool.text.lower for tool in told for word in _FAILURE):
        yield Hit(
            "/tools",
            "no description says what happens when a call fails: an agent repeats it, or takes it for an empty result",
            excerpt="failure",
        )
