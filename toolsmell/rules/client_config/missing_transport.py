"""A configured server that says neither what to start nor where to connect.

## What it checks

Each server is an object with a `command` or an address (`url`, `serverUrl`, `httpUrl`).

## Why it matters

No client can reach it: the agent lacks its tools, and most clients say nothing about it.

## Smelly

```json
{"mcpServers": {"tides": {"args": ["-y", "tides-mcp@1.0.0"]}}}
```

## Better

```json
{"mcpServers": {"tides": {"command": "npx", "args": ["-y", "tides-mcp@1.0.0"]}}}
```

## Not flagged

A server that is switched off (`"disabled": true`).

## References

- VS Code, MCP configuration: https://code.visualstudio.com/docs/agents/reference/mcp-configuration
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.configured import ClientConfig
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.fit import kind_of


def check(config: ClientConfig, _options: Options) -> Iterator[Hit]:
    for server in config.servers:
        what = f"server '{shown(server.key)}'"
        if not isinstance(server.raw, dict):
            message = f"{what} is of type {kind_of(server.raw)}, not an object: no client can reach it"
            yield Hit(server.pointer, message, excerpt=shown(server.key))
        elif not server.is_disabled and not server.part.value.get("command") and server.address is None:
            message = f"{what} has neither a command nor a url: no client can reach it"
            yield Hit(server.pointer, message, excerpt=shown(server.key))
