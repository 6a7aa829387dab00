"""A remote that is not reached by https, or not reached from elsewhere at all.

## What it checks

The `url` of each remote begins with `https://` and does not name the machine it is read on (`localhost`).

## Why it matters

Over plain http everyone on the way reads the user's token and can put other tool descriptions in: an agent
then follows instructions that the server never sent. The registry rejects such an address.

## Smelly

```json
{"name": "com.example/tides", "description": "Tide tables for ports.", "version": "1.0.0",
 "remotes": [{"type": "streamable-http", "url": "http://tides.example.com/mcp"}]}
```

## Better

```json
{"name": "com.example/tides", "description": "Tide tables for ports.", "version": "1.0.0",
 "remotes": [{"type": "streamable-http", "url": "https://tides.example.com/mcp"}]}
```

## Not flagged

The address of a package's own transport: a package that is started here listens here.

## References

- What the registry takes for a remote address: https://github.com/modelcontextprotocol/registry/blob/main/internal/validators/utils.go
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.declared import ServerJson, is_loopback
from toolsmell.rules.base import Hit, Options


def check(entry: ServerJson, _options: Options) -> Iterator[Hit]:
    for remote in entry.remotes:
        url = remote.text("url")
        if not url or url.startswith("{"):
            continue
        if not url.lower().startswith("https://"):
            message = f"the remote '{shown(url)}' is not https: what it sends can be read and changed on the way"
        elif is_loopback(url):
            message = f"the remote '{shown(url)}' is the machine that reads it: nobody else can connect to it"
        else:
            continue
        yield Hit(f"{remote.pointer}/url", message, excerpt=shown(url))
