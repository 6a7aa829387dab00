"""A description of the result that the output schema contradicts.

## What it checks

Statements on what is returned (`returns nothing`, `returns true or false`, `returns a list`, `returns a number`)
against the types in the output schema, down to the properties of its root, where results are wrapped.

## Why it matters

An agent plans with the sentence and gets the schema: it loops over an object, or looks for an answer that is not
among the values.

## Smelly

```json
{"name": "is_open", "description": "Returns true or false.", "inputSchema": {"type": "object"},
 "outputSchema": {"type": "object", "properties": {"state": {"type": "string", "description": "open or closed"}}}}
```

## Better

```json
{"name": "is_open", "description": "Returns the state: open or closed.", "inputSchema": {"type": "object"},
 "outputSchema": {"type": "object", "properties": {"state": {"type": "string", "description": "open or closed"}}}}
```

## Not flagged

Schemas that leave the type open, and a result that is wrapped in a property of the right type.

## References

- Model Context Protocol 2026-07-28, Tools, Output schema: structured results must conform to it.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import types_of
from toolsmell.text import pattern

_STATEMENTS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        r"\b(?:returns? (?:nothing|none|no (?:value|output|result|content))\b|does not return (?:anything|a value))",
        frozenset(),
    ),
    (r"\breturns? (?:true or false|true/false|a boolean)\b", frozenset(("boolean",))),
    (r"\breturns? (?:an array|a list) of\b", frozenset(("array",))),
    (r"\breturns? (?:an integer|a number|the number of|the count of)\b", frozenset(("integer", "number"))),
)


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    schema = tool.tool.output_schema
    if schema is None or "return" not in tool.text.lower:
        return
    types = _types(tool)
    if types is None:
        return
    for source, wanted in _STATEMENTS:
        said = pattern(source).search(tool.text.lower)
        if said and (bool(tool.all_outputs) if not wanted else wanted.isdisjoint(types)):
            yield Hit(
                "/outputSchema",
                f"the description '{shown(said[0], 40)}', and the output schema has none of that: an agent looks"
                " for the wrong field",
                excerpt=said[0],
            )


def _types(tool: ToolContext) -> frozenset[str] | None:
    """Return the types of the root and of its properties, or None if one of them is open."""
    schema = tool.tool.output_schema or {}
    parts = [types_of(schema), *(output.types for output in tool.all_outputs)]
    if not all(parts) or not tool.all_outputs:
        return None
    return frozenset().union(*parts)
