"""Instructions of a server whose end a client drops.

## What it checks

The length of a server's instructions against what the chosen clients show.

## Why it matters

The instructions tell an agent which tools there are and in what order to use them. It reads a text that ends in the
middle, and does not know it.

## Smelly

```json
[{"instructions": {"times": 60, "text": "Look an order up before you change it. "}},
 {"name": "find_order", "description": "Finds an order.", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"instructions": "Look an order up with find_order before you change it."},
 {"name": "find_order", "description": "Finds an order.", "inputSchema": {"type": "object"}}]
```

## Not flagged

Instructions that could not be read from the source.

## Configuration

`clients`: the clients that count, such as `["claude-code"]`; none stands for all (`portable`).

## References

- rubrics/clients.yaml, `instructions-length`: each limit with its date and source.
"""

from collections.abc import Iterator

from toolsmell.data.client_limits import listed
from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.clients._chosen import cut, limits, utf16_length


def check(server: ServerContext, options: Options) -> Iterator[Hit]:
    text = server.manifest.instructions
    if not text:
        return
    length = utf16_length(text)
    over = [limit for limit in limits("instructions-length", options) if length > limit.value]
    if over:
        most = min(limit.value for limit in over)
        lost = cut(text, most).lstrip()
        yield Hit(
            "/instructions",
            f"the instructions have {length:,} characters, and {listed(over)} shows {most:,}: "
            f"lost is all from '{shown(lost, 50)}' on",
            excerpt=lost[:100],
        )
