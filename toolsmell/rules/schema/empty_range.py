"""Bounds that exclude every value.

## What it checks

`minimum` and `maximum`, `minLength` and `maxLength`, `minItems` and `maxItems`, `minProperties` and `maxProperties`:
the lower bound must not be over the upper one.

## Why it matters

No value is allowed, so every call that passes the parameter is rejected, whatever an agent tries.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders.",
 "inputSchema": {"type": "object", "properties": {
   "limit": {"type": "integer", "description": "How many, at most.", "minimum": 100, "maximum": 10}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders.",
 "inputSchema": {"type": "object", "properties": {
   "limit": {"type": "integer", "description": "How many, at most.", "minimum": 10, "maximum": 100}}}}
```

## Not flagged

A range of one value.

## References

- JSON Schema 2020-12, Validation, 6.2 to 6.5.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.fit import bound

_PAIRS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
)


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    schema = tool.tool.input_schema
    if schema is None:
        return
    keywords = tool.input_check.survey.keywords
    pairs = [pair for pair in _PAIRS if pair[0] in keywords and pair[1] in keywords]
    for at, here in tool.input_subschemas if pairs else ():
        for lower, upper in pairs:
            low, high = bound(here, lower), bound(here, upper)
            if low is not None and high is not None and low > high:
                whose = tool.of_parameter(at)
                words = f"{lower} {low}{whose} is over {upper} {high}: no value is allowed"
                yield Hit(f"{at}/{lower}", words, excerpt=lower)
