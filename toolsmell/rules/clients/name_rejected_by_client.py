"""A name that MCP allows and a client refuses.

## What it checks

The characters of every tool's name against what the chosen clients take: full stops, and digits at the beginning.

## Why it matters

The provider refuses the whole request for one such name. An agent then has none of its tools, and the error names
none of them.

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

`clients`: the clients that count, such as `["openai", "gemini"]`; none stands for all (`portable`).

## References

- rubrics/clients.yaml, `name-pattern`: each limit with its date and source.
"""

from collections.abc import Iterator

from toolsmell.data.client_limits import listed
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
    refusing = [limit for limit in limits("name-pattern", options) if not pattern(limit.value).fullmatch(name)]
    if refusing:
        odd = "a digit at its beginning" if name[0].isdigit() and "." not in name else "a full stop"
        odd = "a hyphen at its beginning" if name[0] == "-" else odd
        one = len({limit.title for limit in refusing}) == 1
        yield Hit(
            "/name", f"'{shown(name)}' has {odd}: {listed(refusing)} {'refuses' if one else 'refuse'} it", excerpt=name
        )
