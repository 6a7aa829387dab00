"""A schema in an older dialect of JSON Schema that does not say so.

## What it checks

Schemas without `$schema` that are not valid in 2020-12, the default, but are in draft-07 or draft-04: a list under
`items`, a boolean under `exclusiveMinimum`, `additionalItems` beside them.

## Why it matters

Without `$schema` it is read as 2020-12. A client that validates rejects the tool; one that does not ignores the old
keywords, and an agent loses the constraint.

## Smelly

```json
{"name": "move_to", "description": "Moves the cursor.",
 "inputSchema": {"type": "object", "properties": {"point": {"description": "Left and top, in pixels.", "type": "array",
   "items": [{"type": "number"}, {"type": "number"}]}}}}
```

## Better

```json
{"name": "move_to", "description": "Moves the cursor.",
 "inputSchema": {"type": "object", "properties": {"point": {"description": "Left and top, in pixels.", "type": "array",
   "prefixItems": [{"type": "number"}, {"type": "number"}]}}}}
```

## Not flagged

A schema that declares its dialect, and old keywords that do no harm, such as `definitions`.

## References

- Model Context Protocol 2026-07-28, JSON Schema usage: without `$schema` the dialect is 2020-12.
- JSON Schema 2020-12, release notes: `items` and `additionalItems` became `prefixItems` and `items`.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.validity import DIALECTS, SchemaCheck


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if tool.tool.input_schema is not None and not tool.input_check.survey.settled:
        yield from _hit("inputSchema", tool.input_check)
    if tool.tool.output_schema is not None and not tool.output_check.survey.settled:
        yield from _hit("outputSchema", tool.output_check)


def _hit(part: str, schema: SchemaCheck) -> Iterator[Hit]:
    if schema.meant_dialect is not None:
        label = DIALECTS[schema.meant_dialect]
        yield Hit(
            f"/{part}{schema.faults[0].pointer}",
            f"{part} is written in {label} but does not declare it: it is read as 2020-12, and is not valid there",
            excerpt=schema.faults[0].pointer,
        )
