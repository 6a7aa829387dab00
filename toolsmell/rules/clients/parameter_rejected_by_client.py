"""A parameter whose name a client refuses.

## What it checks

The names of a tool's parameters against what the chosen clients take: letters, digits, `_`, `.` and `-`, at most 64.

## Why it matters

The provider refuses the whole request for one such name, so an agent has none of its tools.

## Smelly

```json
{"name": "list_apps", "description": "Lists apps.",
 "inputSchema": {"type": "object", "properties": {"filter[name]": {"type": "string"}}}}
```

## Better

```json
{"name": "list_apps", "description": "Lists apps.",
 "inputSchema": {"type": "object", "properties": {"filter_name": {"type": "string"}}}}
```

## Not flagged

Names inside of objects and arrays, which the providers do not look at.

## Configuration

`clients`: the clients that count, such as `["anthropic"]`; none stands for all (`portable`).

## References

- rubrics/clients.yaml, `property-pattern`: each limit with its date and source.
"""

from collections.abc import Iterator

from toolsmell.data.client_limits import listed
from toolsmell.escape import shown
from toolsmell.model.pointer import escape
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.clients._chosen import limits
from toolsmell.text import pattern

_LONGEST = 64


def check(tool: ToolContext, options: Options) -> Iterator[Hit]:
    schema = tool.tool.input_schema
    named = schema.get("properties") if schema else None
    for name in named if isinstance(named, dict) else ():
        if name.isascii() and name.isidentifier() and len(name) <= _LONGEST:
            continue
        refusing = [x for x in limits("property-pattern", options) if not pattern(x.value).fullmatch(name)]
        if refusing:
            yield Hit(
                f"/inputSchema/properties/{escape(name)}",
                f"parameter '{shown(name)}' has a name that {listed(refusing)} refuse, with every tool in the request",
                excerpt=name[:200],
            )
