"""Names that are so alike that an agent takes one for the other.

## What it checks

Names of one server that differ only by a plural, a digit, the order of their words, or one letter of a longer word.
More than three pairs of one kind are one finding for the server.

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

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.naming._alike import alike

_MOST = 3
"""More pairs of one kind are one finding: a habit of the server."""


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    names = {name: tool.name_words for name, tool in server.by_name.items()}
    by_difference: dict[str, list[tuple[str, str]]] = {}
    for name, other, difference in alike(names):
        by_difference.setdefault(difference, []).append((name, other))
    for difference, pairs in by_difference.items():
        if len(pairs) > _MOST:
            name, other = pairs[0]
            yield Hit(
                "",
                f"'{shown(other)}' and '{shown(name)}', and {len(pairs) - 1} more pairs, differ by {difference} only: "
                "an agent takes one for the other",
                excerpt=difference,
            )
            continue
        for name, other in pairs:
            yield Hit(
                "/name",
                f"'{shown(name)}' differs from '{shown(other)}' by {difference} only: an agent takes one for the other",
                excerpt=f"{other} {name}"[:300],
                tool=server.by_name[name].tool.index,
            )
