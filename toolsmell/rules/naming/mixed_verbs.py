"""Several verbs for one deed in one server.

## What it checks

Whether a server's names use more than one of the verbs that mean the same: get, fetch and retrieve; delete, remove
and destroy; update, edit and modify. Each must be used twice at least. One finding for the server.

## Why it matters

An agent looks for a difference that does not exist, and guesses a wrong name for the next tool.

## Smelly

```json
[{"name": "get_order", "description": "Gets an order.", "inputSchema": {"type": "object"}},
 {"name": "get_invoice", "description": "Gets an invoice.", "inputSchema": {"type": "object"}},
 {"name": "fetch_customer", "description": "Gets a customer.", "inputSchema": {"type": "object"}},
 {"name": "fetch_refund", "description": "Gets a refund.", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "get_order", "description": "Gets an order.", "inputSchema": {"type": "object"}},
 {"name": "get_invoice", "description": "Gets an invoice.", "inputSchema": {"type": "object"}},
 {"name": "get_customer", "description": "Gets a customer.", "inputSchema": {"type": "object"}},
 {"name": "get_refund", "description": "Gets a refund.", "inputSchema": {"type": "object"}}]
```

## Not flagged

A verb that is used once, and verbs that are applied to the same thing (`remove_member`, `delete_member`), where they
may mean two things.

## References

- Anthropic, "Writing effective tools for AI agents" (2025): consistent names.
"""

from collections import defaultdict
from collections.abc import Iterator

from toolsmell.reading.context import ServerContext
from toolsmell.reading.verbs import own_words
from toolsmell.rules.base import Hit, Options

_SAME = (("get", "fetch", "retrieve"), ("delete", "remove", "destroy"), ("update", "edit", "modify"))
_FEWEST = 2


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    things: defaultdict[str, set[str]] = defaultdict(set)
    for tool in server.by_name.values():
        words = own_words(tool)
        if len(words) > 1:
            things[words[0]].add(words[1])
    for verbs in _SAME:
        used = [verb for verb in verbs if len(things.get(verb, ())) >= _FEWEST]
        if len(used) > 1 and not set.intersection(*(things[verb] for verb in used)):
            listed = " and ".join(f"'{verb}'" for verb in used)
            yield Hit("", f"{listed} mean the same in names: an agent looks for a difference", " ".join(used))
