"""Names that are so alike that an agent takes one for the other.

## What it checks

Names of one server that differ only by a plural, a digit, the order of their words, or one letter of a longer word.

## Why it matters

A model picks a tool by its name first. Between `get_user` and `get_users` one letter decides, and the wrong one is
called with arguments that do not fit.

## Smelly

```json
[{"name": "get_user", "description": "Gets a user.", "inputSchema": {"type": "object"}},
 {"name": "get_users", "description": "Gets all users.", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "get_user_by_id", "description": "Gets a user.", "inputSchema": {"type": "object"}},
 {"name": "list_all_users", "description": "Gets all users.", "inputSchema": {"type": "object"}}]
```

## Not flagged

Names with a word more (`get_user`, `get_user_groups`), opposites (`follow`, `unfollow`), and short words that differ
by a letter.

## References

- Anthropic, "Writing effective tools for AI agents" (2025): tools with overlapping names confuse agents.
"""

from collections.abc import Iterator

from toolsmell.context import ServerContext
from toolsmell.escape import shown
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.naming._alike import alike


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    names = {name: tool.name_words for name, tool in server.by_name.items()}
    for name, other, difference in alike(names):
        yield Hit(
            "/name",
            f"'{shown(name)}' differs from '{shown(other)}' by {difference} only: an agent takes one for the other",
            excerpt=f"{other} {name}"[:300],
            tool=server.by_name[name].tool.index,
        )
