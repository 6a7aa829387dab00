"""Bounds in the text and not in the schema.

## What it checks

Numeric parameters whose description states bounds (`1-100`, `between 0 and 1`, `max 50`) that the schema has no
`minimum`, `maximum` or `multipleOf` for.

## Why it matters

A bound in the schema is kept by clients that validate and by providers that generate arguments from it. One in the
prose is only advice: an agent that asks for 1000 learns of it by an error, or gets fewer rows than it believes.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders, newest first.",
 "inputSchema": {"type": "object", "properties": {
   "limit": {"type": "integer", "description": "How many to return (1-100)."}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders, newest first.",
 "inputSchema": {"type": "object", "properties": {
   "limit": {"type": "integer", "description": "How many to return.", "minimum": 1, "maximum": 100}}}}
```

## Not flagged

Bounds under a condition, several different ones, examples, and a parameter with an `enum`.

## References

- JSON Schema 2020-12, Validation, 6.2.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Json
from toolsmell.reading.context import ToolContext
from toolsmell.reading.stated import Range, range_of
from toolsmell.rules.base import Hit, Options, addition, json_key
from toolsmell.schema.walk import ALTERNATIVES, alternatives

_OTHERS = ("string", "boolean", "array", "object")
_BOUNDS = frozenset(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "enum", "const"))


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    for parameter, text, _ in tool.explanations:
        schema = parameter.schema
        if not isinstance(schema, dict) or schema.get("type") in _OTHERS or _bounded(schema):
            continue
        if parameter.types.isdisjoint(("integer", "number")) or "string" in parameter.types:
            continue
        stated = range_of(text)
        if stated and _holds(stated, parameter.default):
            yield Hit(
                parameter.pointer,
                f"the bounds of '{shown(parameter.path)}' ({shown(stated.excerpt, 40)}) are only in the text, not in"
                f" the"
                " schema: nothing stops a call that exceeds them",
                excerpt=stated.excerpt,
                fix=addition(tool, parameter.pointer, _bounds(stated)),
                help=(
                    f"add {', '.join(json_key(*item) for item in _bounds(stated).items())} to '{shown(parameter.path)}'"
                ),
            )


def _holds(stated: Range, default: Json) -> bool:
    """Return False if the default is out of bounds: then they are those of one case."""
    if isinstance(default, bool) or not isinstance(default, int | float):
        return True
    return (stated.low is None or default >= stated.low) and (stated.high is None or default <= stated.high)


def _bounds(stated: Range) -> dict[str, Json]:
    """Return the bounds as keywords of a schema."""
    given = (("minimum", stated.low), ("maximum", stated.high))
    return {key: int(n) if n.is_integer() else n for key, n in given if n is not None}


def _bounded(schema: dict[str, Json]) -> bool:
    if not _BOUNDS.isdisjoint(schema):
        return True
    branches = [branch for _, branch in alternatives(schema, (*ALTERNATIVES, "allOf"))]
    return any(isinstance(branch, dict) and not _BOUNDS.isdisjoint(branch) for branch in branches)
