"""A default in the text and not in the schema.

## What it checks

Parameters whose description states one default (`default: 10`, `defaults to 'asc'`, `'asc' by default`) and whose
schema has no `default`.

## Why it matters

An agent that reads the schema alone cannot know it, and clients that show or fill in defaults have none. The two also
drift apart unseen: nothing compares a sentence with the code.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders, newest first.",
 "inputSchema": {"type": "object", "properties": {
   "limit": {"type": "integer", "description": "How many to return (default: 20)."}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders, newest first.",
 "inputSchema": {"type": "object", "properties": {
   "limit": {"type": "integer", "description": "How many to return.", "default": 20}}}}
```

## Not flagged

A default that depends on something, one that no value can express ("defaults to the current user"), a required
parameter (`contradicted-required`), and one whose schema has a default of its own (`contradicted-default`).

## References

- JSON Schema 2020-12, Validation, 9.2 `default`.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.reading.stated import default_of
from toolsmell.rules.base import Hit, Options, addition, json_key
from toolsmell.schema.reader import choices_of


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if "default" not in tool.prose_lower:
        return
    for parameter, text, _ in tool.explanations:
        if "default" not in text.lower or parameter.required or parameter.default is not None:
            continue
        stated = default_of(text, choices_of(parameter.schema))
        value = stated.value(parameter.types) if stated else None
        if stated and value is not None:
            yield Hit(
                parameter.pointer,
                f"the default of '{shown(parameter.path)}' ({shown(stated.text, 30)}) is only in the text, not in the"
                " schema: clients do not know it",
                excerpt=stated.excerpt,
                fix=addition(tool, parameter.pointer, {"default": value}),
                help=f"add {json_key('default', value)} to '{shown(parameter.path)}'",
            )
