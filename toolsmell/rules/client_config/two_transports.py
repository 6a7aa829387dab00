"""A configured server that is both started and connected to.

## What it checks

A server has a `command` or an address (`url`, `serverUrl`, `httpUrl`), not both, and its `type` fits.

## Why it matters

Clients choose differently: one starts the command, another connects to the address, a third rejects.
Agents in two clients then have different tools under one name.

## Smelly

```json
{"mcpServers": {"tides": {"command": "npx", "args": ["-y", "tides-mcp@1.0.0"], "url": "https://tides.example.com/mcp"}}}
```

## Better

```json
{"mcpServers": {"tides": {"command": "npx", "args": ["-y", "tides-mcp@1.0.0"]}}}
```

## Not flagged

Two servers of one file, one started and one connected to.

## References

- VS Code, MCP configuration: https://code.visualstudio.com/docs/agents/reference/mcp-configuration
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.configured import ClientConfig, Configured, is_remote_type
from toolsmell.rules.base import Hit, Options


def check(config: ClientConfig, _options: Options) -> Iterator[Hit]:
    for server in config.servers:
        message = _conflict(server)
        if message:
            yield Hit(server.pointer, f"server '{shown(server.key)}' {message}", excerpt=shown(server.key))


def _conflict(server: Configured) -> str | None:
    command, address = server.part.value.get("command"), server.address
    kind = server.part.text("type") or ""
    if command and address:
        return f"has a command and a {address[0]}: clients differ in which they use"
    if address and kind in ("stdio", "local"):
        return f"is of type {kind} and has a {address[0]} but no command: clients look for a command"
    if command and is_remote_type(kind):
        return f"is of type {kind} and has a command but no url: clients look for a url"
    return None
