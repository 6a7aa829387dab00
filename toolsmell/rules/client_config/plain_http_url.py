"""A configured server that is connected to without encryption.

## What it checks

An address that begins with `http://` is on this machine.

## Why it matters

Everyone on the way reads the token, and can put other tool descriptions in: an agent then follows
instructions that the server never sent.

## Smelly

```json
{"mcpServers": {"tides": {"url": "http://tides.example.com/mcp"}}}
```

## Better

```json
{"mcpServers": {"tides": {"url": "https://tides.example.com/mcp"}}}
```

## Not flagged

`http://localhost` and other addresses of this machine, and addresses that begin with a reference.

## References

- MCP specification 2025-06-18, authorization, communication security: https://modelcontextprotocol.io/specification/2025-06-18/basic/authorization#communication-security
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.configured import ClientConfig
from toolsmell.model.declared import is_loopback
from toolsmell.rules.base import Hit, Options


def check(config: ClientConfig, _options: Options) -> Iterator[Hit]:
    for server in config.servers:
        if server.address is None:
            continue
        key, url = server.address
        if isinstance(url, str) and url.lower().startswith("http://") and not is_loopback(url):
            what = f"server '{shown(server.key)}' is reached by plain http"
            message = f"{what}: others can read and change what it sends"
            yield Hit(f"{server.pointer}/{key}", message, excerpt=shown(server.key))
