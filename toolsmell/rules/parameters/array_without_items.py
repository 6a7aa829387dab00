"""A list that does not say what is in it.

## What it checks

Each `array` in the input schema, at any depth, for `items`, `prefixItems` or `contains`.

## Why it matters

An agent does not know whether to send texts, numbers or objects, and with which fields. OpenAI and Gemini reject
a request with such a tool.

## Smelly

```json
{"name": "tag_order", "description": "Adds tags to an order.",
 "inputSchema": {"type": "object", "properties": {"tags": {"type": "array", "description": "Tags to add."}}}}
```

## Better

```json
{"name": "tag_order", "description": "Adds tags to an order.",
 "inputSchema": {"type": "object", "properties": {
   "tags": {"type": "array", "items": {"type": "string"}, "description": "Tags to add."}}}}
```

## Not flagged

A parameter that may be something else than a list as well, where only `anyOf` names the list's items.

## References

- JSON Schema 2020-12, Core, 10.3.1: without `items` an array may have any items.
- OpenAI, function calling: "array schema missing items" is an error of the request.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Json, Pointer
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.walk import alternatives

_MEMBERS = frozenset(("items", "prefixItems", "contains", "anyOf", "oneOf", "allOf", "enum", "const"))

_PLAIN = ("string", "integer", "number", "boolean", "object")


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    for parameter in tool.all_parameters:
        schema = parameter.schema
        if not isinstance(schema, dict) or schema.get("type") in _PLAIN:
            continue
        for at in _bare_lists(schema, parameter.pointer, 0):
            yield Hit(
                at,
                f"the list '{shown(parameter.path)}' does not say what is in it: an agent must guess, and some"
                f" providers"
                " reject the request",
                excerpt=parameter.path,
                help=f"add 'items' with the type of the elements to '{shown(parameter.path)}'",
            )


def _bare_lists(schema: Json, at: Pointer, depth: int) -> Iterator[Pointer]:
    """Yield the lists without items in `schema`: itself, its branches, and its items if they are lists too."""
    if not isinstance(schema, dict) or depth > 8:
        return
    named = schema.get("type")
    if (named == "array" or (isinstance(named, list) and "array" in named)) and _MEMBERS.isdisjoint(schema):
        yield at
    if isinstance(schema.get("items"), dict):
        yield from _bare_lists(schema["items"], f"{at}/items", depth + 1)
    for inside, branch in alternatives(schema):
        yield from _bare_lists(branch, at + inside, depth + 1)
