"""A parameter whose name a client rejects.

## What it checks

The names of a tool's parameters, against the limits of the chosen clients: letters, digits, `_`, `.` and `-`, at most
64.

## Why it matters

The provider rejects the whole request because of one such name, so the agent has none of its tools.

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

Names inside objects and arrays, which the providers do not check.

## Configuration

`clients`: the clients that count, such as `["anthropic"]`; an empty list means all portable limits.

## References

- rubrics/clients.yaml, `property-pattern`: each limit with its date and source.
"""

from collections.abc import Iterator

from toolsmell.data.client_limits import consequences
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
        rejecting = [x for x in limits("property-pattern", options) if not pattern(x.value).fullmatch(name)]
        if rejecting:
            yield Hit(
                f"/inputSchema/properties/{escape(name)}",
                f"the name of parameter '{shown(name)}' is not accepted everywhere: {consequences(rejecting)}",
                excerpt=name[:200],
                help=f"rename it to '{shown(_plain(name))}'",
            )


def _plain(name: str) -> str:
    """Return a name of accepted characters."""
    return "_".join(pattern(r"[A-Za-z0-9_.-]+").findall(name))[:_LONGEST].strip("_") or "value"
