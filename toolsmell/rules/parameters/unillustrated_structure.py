"""Nested parameters without one example of a call.

## What it checks

Tools whose parameters are inside objects or lists, two levels deep or more, for an example: in the schema
(`examples`, `default`), or in the text (`{...}`, "e.g.", "example").

## Why it matters

How the parts go together is quicker seen than said. An agent that only reads the definitions leaves out a level.

## Smelly

```json
{"name": "filter_orders", "description": "Returns the orders that fit.",
 "inputSchema": {"type": "object", "properties": {"filter": {"type": "object", "description": "What has to fit.",
   "properties": {"any": {"type": "array", "description": "One of these.", "items": {"type": "object", "properties": {
     "field": {"type": "string", "description": "Name of the field."}}}}}}}}}
```

## Better

```json
{"name": "filter_orders", "description": "Returns the orders that fit, e.g. {\\"any\\": [{\\"field\\": \\"total\\"}]}.",
 "inputSchema": {"type": "object", "properties": {"filter": {"type": "object", "description": "What has to fit.",
   "properties": {"any": {"type": "array", "description": "One of these.", "items": {"type": "object", "properties": {
     "field": {"type": "string", "description": "Name of the field."}}}}}}}}}
```

## Not flagged

One level of nesting.

## References

- Anthropic, tool use: `input_examples` for tools with nested parameters.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options

_DEEP = 2
_SHOWN = ("e.g", "example", "such as", "{", "for instance", "i.e.")


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    deepest = max((parameter.depth for parameter in tool.all_parameters), default=0)
    if deepest < _DEEP or any(word in tool.prose_lower for word in _SHOWN):
        return
    if tool.input_check.survey.keywords.isdisjoint(("examples", "example")):
        yield Hit(
            "/inputSchema",
            f"parameters are nested {deepest} levels deep, and no example shows how they go together: an agent"
            f" leaves out"
            " a level",
        )
