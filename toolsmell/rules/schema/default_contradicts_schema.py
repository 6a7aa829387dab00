"""A default that its own schema does not allow.

## What it checks

Each `default` of the input schema against the schema beside it: type, `enum`, `const`, bounds, lengths, items and
required properties. A `null` where the type leaves no room for it is a note: generators write it for 'not given'.

## Why it matters

An agent copies the default it is shown, and the call is refused; a client that fills defaults in sends what the
server's own schema forbids.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders, newest first.",
 "inputSchema": {"type": "object", "properties": {
   "state": {"type": "string", "description": "Which ones.", "enum": ["open", "paid"], "default": "all"}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders, newest first.",
 "inputSchema": {"type": "object", "properties": {
   "state": {"type": "string", "description": "Which ones.", "enum": ["open", "paid", "all"], "default": "all"}}}}
```

## Not flagged

Patterns and formats, which are not tried, and whatever a reference to elsewhere would say.

## References

- JSON Schema 2020-12, Validation, 9.2 `default`: it is recommended that the default is valid against its schema.
"""

from collections.abc import Iterator

from toolsmell.model import Severity
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.fit import violation


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    schema = tool.tool.input_schema
    if schema is None or "default" not in tool.input_check.survey.keywords:
        return
    for at, here in tool.input_subschemas:
        if "default" not in here:
            continue
        default = here["default"]
        if default is None and ("type" not in here or here.get("type") == "null"):
            continue
        words = violation(default, here, schema)
        if words:
            yield Hit(
                f"{at}/default",
                f"the default{tool.of_parameter(at)} {words}: an agent that passes it is refused",
                severity=Severity.NOTE if default is None else None,
            )
