"""A name that MCP allows and a client rejects.

## What it checks

The characters of every tool's name, against the limits of the chosen clients: full stops, and digits or hyphens at the
beginning.

## Why it matters

The provider rejects the whole request because of one such name. The agent then has none of its tools, and the error
often does not say which name is wrong.

## Smelly

```json
{"name": "orders.list", "description": "Lists the orders.", "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "orders_list", "description": "Lists the orders.", "inputSchema": {"type": "object"}}
```

## Not flagged

Names that the specification does not allow: `invalid-tool-name`. Lengths: `name-over-client-limit`.

## Configuration

`clients`: the clients that count, such as `["openai", "gemini"]`; an empty list means all portable limits.

## References

- rubrics/clients.yaml, `name-pattern`: each limit with its date and source.
"""

from collections.abc import Iterator

from toolsmell.data.client_limits import consequences
from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.clients._chosen import limits
from toolsmell.text import pattern


def check(tool: ToolContext, options: Options) -> Iterator[Hit]:
    name = tool.tool.name
    if not name or (name.isidentifier() and name.isascii()):
        return
    if not pattern(r"[A-Za-z0-9_.-]{1,128}").fullmatch(name):
        return  # invalid-tool-name says so
    rejecting = [limit for limit in limits("name-pattern", options) if not pattern(limit.value).fullmatch(name)]
    if rejecting:
        plain = name.replace(".", "_").lstrip("-")
        better = f"rename the tool to '{shown(f'_{plain}' if plain[:1].isdigit() else plain)}'"
        yield Hit("/name", f"'{shown(name)}' has {_odd(name)}: {consequences(rejecting)}", excerpt=name, help=better)


def _odd(name: str) -> str:
    """Return the unusual part of a name."""
    if name[0] == "-":
        return "a hyphen at its beginning"
    if "." in name:
        return "a full stop"
    return "a digit at its beginning" if name[0].isdigit() else "a hyphen"
