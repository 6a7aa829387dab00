"""One server, several conventions of writing names.

## What it checks

Whether the tools of a server are written one way: `snake_case`, `kebab-case`, `camelCase`, `PascalCase`, or with full
stops. One finding for the server.

## Why it matters

A model that has seen `list_orders` calls `get_order` without looking, and the tool is called `getOrder`. Calls with a
wrong name fail and are retried.

## Smelly

```json
[{"name": "list_orders", "description": "Lists the orders.", "inputSchema": {"type": "object"}},
 {"name": "getOrder", "description": "Gets an order.", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "list_orders", "description": "Lists the orders.", "inputSchema": {"type": "object"}},
 {"name": "get_order", "description": "Gets an order.", "inputSchema": {"type": "object"}}]
```

## Not flagged

Names of one word in lower case, which fit every convention, and a mark of the server in front (`API-get-user`).

## References

- Anthropic, "Writing effective tools for AI agents" (2025): name tools consistently.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

_STYLES = (
    ("snake_case", r"[a-z0-9]+(?:_[a-z0-9]+)+"),
    ("kebab-case", r"[a-z0-9]+(?:-[a-z0-9]+)+"),
    ("camelCase", r"[a-z]+[a-z0-9]*(?:[A-Z][A-Za-z0-9]*)+"),
    ("PascalCase", r"(?:[A-Z][a-z0-9]+){2,}[A-Z]?"),
    ("dotted.case", r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+"),
)
_MARK = r"[A-Z]{2,8}[_-](?=[a-z])"


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    names: dict[str, list[str]] = {}
    for name in server.by_name:
        style = _style(name)
        if style:
            names.setdefault(style, []).append(name)
    if len(names) > 1:
        usual, *others = sorted(names, key=lambda style: -len(names[style]))
        rest = ", ".join(f"'{shown(names[style][0])}' {style}" for style in others)
        yield Hit(
            "",
            f"'{shown(names[usual][0])}' is {usual}, {rest}: an agent that guesses a name from the others is wrong",
            excerpt=" ".join(sorted(names)),
        )


def _style(name: str) -> str | None:
    if name.islower() and name.isalnum():
        return None
    plain = pattern(_MARK).sub("", name, count=1)
    return next((style for style, source in _STYLES if pattern(source).fullmatch(plain)), None)
