"""An enum that allows the empty string.

## What it checks

The values of every `enum` in an input schema.

## Why it matters

Nobody knows what the empty string means: none, all, or the default. The Gemini API rejects a request with such a
tool.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders.", "inputSchema": {"type": "object", "properties": {
  "state": {"type": "string", "enum": ["", "open", "paid"], "description": "State of the orders."}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders.", "inputSchema": {"type": "object", "properties": {
  "state": {"type": "string", "enum": ["open", "paid"], "description": "State of the orders; all if left out."}}}}
```

## Not flagged

Lists with the empty string alone: `impossible-enum-value` and the like look at those.

## References

- sbroenne/mcp-server-excel#607 (2026-04-24): the Gemini API rejects an empty string in `enum`.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if "enum" not in tool.input_check.survey.keywords or '""' not in tool.sent:
        return
    for at, schema in tool.input_subschemas:
        listed = schema.get("enum")
        if isinstance(listed, list) and len(listed) > 1 and "" in listed:
            yield Hit(
                f"{at}/enum/{listed.index('')}",
                f"the empty string is a value{tool.of_parameter(at)}: nobody knows what it means, and the Gemini API"
                f" rejects"
                " the request",
                help="remove the empty string, and say what happens if the parameter is left out",
            )
