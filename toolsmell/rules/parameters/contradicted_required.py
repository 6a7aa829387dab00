"""A parameter that the prose calls optional and the schema requires.

## What it checks

Parameters in the schema's `required` whose description says 'optional' without a condition.

## Why it matters

An agent that has no value leaves it out, as it was told, and is refused; or it invents one that it did not need.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders.",
 "inputSchema": {"type": "object", "required": ["customer"], "properties": {
   "customer": {"type": "string", "description": "Name of the customer (optional)."}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders.",
 "inputSchema": {"type": "object", "properties": {
   "customer": {"type": "string", "description": "Name of the customer; all of them if left out."}}}}
```

## Not flagged

'Optional if' and the like.

## References

- JSON Schema 2020-12, Validation, 6.5.3 `required`.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.reading.stated import required_of
from toolsmell.rules.base import Hit, Options


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if "optional" not in tool.prose_lower or "required" not in tool.input_check.survey.keywords:
        return
    for parameter, text, signature in tool.explanations:
        if parameter.required and required_of(text, signature) is False:
            yield Hit(
                parameter.pointer,
                f"the prose calls '{shown(parameter.path)}' optional, the schema requires it: an agent that leaves it"
                " out is refused",
                excerpt=parameter.path,
            )
