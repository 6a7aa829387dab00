"""A change since the server was locked that makes a right call wrong, or does something else with it.

## What it checks

With `--locked`: a tool or parameter that is gone, a parameter that is newly required, a type, enum, default or bound
that no longer allows what it did, another output schema, another annotation.

## Why it matters

An agent, or a program that learned the tool, goes on calling it as before: the call fails, or, where an annotation or
a default changed, succeeds and does something else.

## Smelly

```json
{"before": [{"name": "book", "inputSchema": {"type": "object", "properties": {"room": {"type": "string"}}}}],
 "after": [{"name": "book", "inputSchema": {"type": "object", "properties": {"room": {"type": "string"}},
   "required": ["room"]}}]}
```

## Better

```json
{"before": [{"name": "book", "inputSchema": {"type": "object", "properties": {"room": {"type": "string"}}}}],
 "after": [{"name": "book", "inputSchema": {"type": "object", "properties": {"room": {"type": "string"}}}}]}
```

## Not flagged

An enum that only grew, a bound that was lifted, a new optional parameter (routing-change).

## References

- Model Context Protocol 2026-07-28, Tools: a list of tools may change at any time (`notifications/tools/list_changed`).
"""

from collections.abc import Iterator

from toolsmell.rules.base import Hit, Options
from toolsmell.rules.since_lock import ChangeKind, Drift


def check(drift: Drift, _options: Options) -> Iterator[Hit]:
    for change in drift.changes():
        if change.kind is ChangeKind.BREAKING:
            yield Hit(change.pointer, change.message, excerpt=change.message, tool=change.tool)
