"""Instructions of a server whose end a client drops.

## What it checks

The length of a server's instructions, against the limits of the chosen clients.

## Why it matters

The instructions tell an agent which tools there are and in what order to use them. The
agent reads a text that ends in the middle, and does not know it.

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

`clients`: the clients that count, such as `["claude-code"]`; an empty list means all portable limits.

## References

- rubrics/clients.yaml, `instructions-length`: each limit with its date and source.
"""

from collections.abc import Iterator

from toolsmell.data.client_limits import consequences
from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.clients._chosen import limits, lost, utf16_length


def check(server: ServerContext, options: Options) -> Iterator[Hit]:
    text = server.manifest.instructions
    if not text:
        return
    length = utf16_length(text)
    over = [limit for limit in limits("instructions-length", options) if length > limit.value]
    if over:
        most = min(limit.value for limit in over)
        end = lost(text, most)
        yield Hit(
            "/instructions",
            f"the instructions have {length:,} characters, over {most:,}: {consequences(over)}, "
            f"from '{shown(end, 50)}' on",
            excerpt=end[:100],
            help=f"shorten the instructions to {most:,} characters, or put the most important part first",
        )
