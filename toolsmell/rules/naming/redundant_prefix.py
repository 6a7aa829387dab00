"""Names that all begin with the name of their server.

## What it checks

Whether every tool of a server with three or more begins with the same word, and that word is of the server's name.
One finding for the server.

## Why it matters

Many clients put the server's name in front by themselves (`mcp__github__github_create_issue`). The word is paid for
twice in every request, and takes room in a name of 64 characters.

## Smelly

```json
[{"name": "example_list_orders", "description": "Lists the orders.", "inputSchema": {"type": "object"}},
 {"name": "example_get_order", "description": "Gets an order.", "inputSchema": {"type": "object"}},
 {"name": "example_pay_order", "description": "Pays an order.", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "list_orders", "description": "Lists the orders.", "inputSchema": {"type": "object"}},
 {"name": "get_order", "description": "Gets an order.", "inputSchema": {"type": "object"}},
 {"name": "pay_order", "description": "Pays an order.", "inputSchema": {"type": "object"}}]
```

## Not flagged

A first word that is not the server's. This is a matter of taste, and off by default: if a client puts nothing in front,
such names are what keeps two servers apart.

## References

- Claude Code names a tool `mcp__<server>__<tool>`: rubrics/clients.yaml.
- Anthropic, "Writing effective tools for AI agents" (2025), on namespaces: prefixes help where many servers meet.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options

_FEWEST = 3
_OWN_MEANING = frozenset(("api", "get", "list", "search", "fetch", "query", "find", "read", "create", "update", "run"))


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    mark = server.beginning
    if mark is None or mark not in server.name_words or mark in _OWN_MEANING or len(server.by_name) < _FEWEST:
        return
    if all(tool.name_words[:1] == (mark,) and len(tool.name_words) > 1 for tool in server.by_name.values()):
        first = next(iter(server.by_name))
        yield Hit(
            "",
            f"all {len(server.by_name)} names begin with '{mark}' ('{shown(first)}'), which clients add anyway",
            excerpt=mark,
        )
