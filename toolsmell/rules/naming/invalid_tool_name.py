"""A tool name with characters, or of a length, that the specification does not allow.

## What it checks

The name of every tool: 1 to 128 characters, each an ASCII letter or digit, an underscore, a hyphen or a full stop.

## Why it matters

Model providers reject a request in which one name has another character, with all its tools: the agent then has none.

## Smelly

```json
{"name": "orders/list all", "description": "Lists the orders.", "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "list_all_orders", "description": "Lists the orders.", "inputSchema": {"type": "object"}}
```

## Not flagged

A tool without a name, which is `malformed-tool`, and names that only some clients reject: `name-rejected-by-client`.

## References

- Model Context Protocol 2026-07-28, Tools, Tool Names: 1 to 128 characters of `A-Z`, `a-z`, `0-9`, `_`, `-` and `.`.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

_LONGEST = 128


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    name = tool.tool.name
    if name is None or (len(name) <= _LONGEST and pattern(r"[A-Za-z0-9_.-]+").fullmatch(name)):
        return
    yield Hit(
        "/name", f"the name {_trouble(name)}: clients reject the tool, or the whole list", excerpt=name[:_LONGEST]
    )


def _trouble(name: str) -> str:
    if not name:
        return "is empty"
    if len(name) > _LONGEST:
        return f"'{shown(name, 40)}' has {len(name)} characters, and {_LONGEST} are allowed"
    odd = dict.fromkeys(c for c in name if not pattern(r"[A-Za-z0-9_.-]").match(c))
    listed = " ".join("a space" if c == " " else f"'{shown(c)}'" for c in list(odd)[:5])
    return f"'{shown(name, 40)}' has {listed}, which the specification does not allow"
