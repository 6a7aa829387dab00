"""A text that is set otherwise since the server was locked, with the same words.

## What it checks

With `--locked`: titles, descriptions and instructions whose words are the ones that were locked, in the same
order, while white space, case or punctuation differ.

## Why it matters

An agent reads it as before. It is said because the lock no longer matches byte for byte.

## Smelly

```json
{"before": [{"name": "book", "description": "Books a room."}],
 "after": [{"name": "book", "description": "Books  a room"}]}
```

## Better

```json
{"before": [{"name": "book", "description": "Books a room."}],
 "after": [{"name": "book", "description": "Books a room."}]}
```

## Not flagged

A change of words (routing-change), and of schemas (breaking-change).

## References

- Peers that class changes of tool lists tell breaking, routing and cosmetic ones apart: https://pypi.org/project/mcp-contract/
"""

from collections.abc import Iterator

from toolsmell.rules.base import Hit, Options
from toolsmell.rules.since_lock import ChangeKind, Drift


def check(drift: Drift, _options: Options) -> Iterator[Hit]:
    for change in drift.changes():
        if change.kind is ChangeKind.COSMETIC:
            yield Hit(change.pointer, change.message, tool=change.tool)
