"""A tool name that another server of the same client configuration has too.

## What it checks

Names of tools in several servers of one client configuration. The finding is at the later server.

## Why it matters

Some clients offer only one of the two, others do not start. If both are offered, an agent calls the one that it saw
last.

## Smelly

```json
[{"server": "wiki", "tools": [{"name": "search", "description": "Searches the wiki."}]},
 {"server": "tickets", "tools": [{"name": "search", "description": "Searches tickets."}]}]
```

## Better

```json
[{"server": "wiki", "tools": [{"name": "search_wiki", "description": "Searches the wiki."}]},
 {"server": "tickets", "tools": [{"name": "search_tickets", "description": "Searches tickets."}]}]
```

## Not flagged

Servers that are not in one client configuration.

## References

- openai/openai-agents-python issue 3037, anthropics/claude-code issue 14199: names that collide between servers.
"""

from collections.abc import Iterator, Sequence

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options, ServerDigest


def check(server: ServerContext, neighbours: Sequence[ServerDigest], _options: Options) -> Iterator[Hit]:
    for name, tool in server.by_name.items():
        others = [digest.key for digest in neighbours if name in digest.names]
        if others:
            listed = " and ".join(f"'{shown(key)}'" for key in others[:3])
            yield Hit(
                "/name",
                f"'{shown(name)}' is also a tool of {listed} in this configuration: clients drop one, or reject both",
                excerpt=name[:200],
                tool=tool.tool.index,
            )
