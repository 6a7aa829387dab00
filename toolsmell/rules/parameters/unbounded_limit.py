"""A limit on the number of results that has no limit itself.

## What it checks

Numeric parameters called `limit`, `max_results`, `page_size` and the like, for a `maximum`, a `default` or any number
in their description.

## Why it matters

An agent that wants everything asks for 10,000, and fills its context with one answer; one that is careful asks for 5
and misses what it looked for. It cannot know what is usual or allowed.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders, newest first.",
 "inputSchema": {"type": "object", "properties": {"limit": {"type": "integer", "description": "How many to return."}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders, newest first.",
 "inputSchema": {"type": "object", "properties": {
   "limit": {"type": "integer", "description": "How many to return.", "minimum": 1, "maximum": 100, "default": 20}}}}
```

## Not flagged

A limit whose default or bound is in the description, and limits on something else (`rate_limit`, `limit_price`).

## References

- Anthropic, "Writing effective tools for agents": paginate and truncate with sensible defaults.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.schema.walk import alternatives

_NAMES = frozenset(
    (
        "limit", "maxresults", "maxresult", "pagesize", "perpage", "numresults", "topk", "maxitems", "resultlimit",
        "resultslimit", "maxcount", "querylimit", "rowlimit", "maxrows", "readlimit", "nresults", "searchlimit",
    )
)  # fmt: skip
_LAST = frozenset(
    (
        "limit",
        "results",
        "result",
        "size",
        "page",
        "k",
        "items",
        "count",
        "rows",
        "maxresults",
        "pagesize",
        "perpage",
        "topk",
    )
)
_BOUNDS = frozenset(("maximum", "exclusiveMaximum", "enum", "const"))


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if tool.parameter_endings.isdisjoint(_LAST):
        return
    for parameter in tool.all_parameters:
        if parameter.name.replace("_", "").replace("-", "").lower() not in _NAMES:
            continue
        if not parameter.types.isdisjoint(("integer", "number")) and not _bounded(parameter, tool):
            yield Hit(
                parameter.pointer,
                f"'{shown(parameter.path)}' has no maximum and no default: an agent asks for too much or too little",
                excerpt=parameter.path,
                help=f"add 'maximum' and 'default' to '{shown(parameter.path)}'",
            )


def _bounded(parameter: Parameter, tool: ToolContext) -> bool:
    schema = parameter.schema
    branches = [branch for _, branch in alternatives(schema)]
    if any(isinstance(s, dict) and not _BOUNDS.isdisjoint(s) for s in (schema, *branches)):
        return True
    if parameter.default is not None or any(c.isdigit() for c in parameter.description or ""):
        return True
    prose = tool.text.lower
    at = prose.find(parameter.name.lower())
    return (at >= 0 and any(c.isdigit() for c in prose[at : at + 200])) or "no limit" in (
        parameter.description or ""
    ).lower()
