"""Names that differ only by upper and lower case, or by separators.

## What it checks

Names of one server that are the same once case, underscores, hyphens and full stops are gone.

## Why it matters

Models do not keep such names apart: an agent calls `get_user` where `getUser` was meant. Clients that fold case, or
turn hyphens into underscores, offer one of the two only.

## Smelly

```json
[{"name": "getUser", "description": "Gets a user by id.", "inputSchema": {"type": "object"}},
 {"name": "get_user", "description": "Gets a user by mail address.", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "get_user_by_id", "description": "Gets a user by id.", "inputSchema": {"type": "object"}},
 {"name": "get_user_by_mail", "description": "Gets a user by mail address.", "inputSchema": {"type": "object"}}]
```

## Not flagged

Equal names (`duplicate-tool-name`), and names that differ by a letter or a plural (`confusable-names`).

## References

- Model Context Protocol 2026-07-28, Tools, Tool Names: names are case-sensitive.
- MCP clients that map names to one character set: facts in `rubrics/clients.yaml`.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options

_SEPARATORS = str.maketrans("", "", "_-. ")


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    first: dict[str, str] = {}
    for name, tool in server.by_name.items():
        folded = name.casefold().translate(_SEPARATORS)
        other = first.setdefault(folded, name)
        if other != name and folded:
            yield Hit(
                "/name",
                f"'{shown(name)}' and '{shown(other)}' differ by case or separators only: an agent mixes them up",
                excerpt=f"{other} {name}"[:300],
                tool=tool.tool.index,
            )
