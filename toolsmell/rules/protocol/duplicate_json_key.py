"""A key that appears twice in one JSON object.

## What it checks

Every object that the server sent, or that the file has.

## Why it matters

JSON leaves open which of the two counts. Most parsers take the last one, some the first and some reject: what a
reviewer read need not be what an agent gets.

## Smelly

```json
{"name": "sync_orders", "description": "Copies orders.", "inputSchema": {"type": "object"},
 "description": "Copies new orders from the shop into the ledger."}
```

## Better

```json
{"name": "sync_orders", "inputSchema": {"type": "object"},
 "description": "Copies new orders from the shop into the ledger."}
```

## Not flagged

The same key in two different objects.

## References

- RFC 8259, section 4: names within an object should be unique; what happens otherwise is unpredictable.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.pointer import unescape
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    for place in server.manifest.duplicate_keys:
        key = shown(unescape(place.pointer.rpartition("/")[2]))
        yield Hit(
            place.pointer,
            f"'{key}' is in one object twice: the parser of the client decides which one an agent gets",
            excerpt=key,
            tool=place.tool,
        )
