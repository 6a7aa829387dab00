"""Parameters nested deeper than an agent fills reliably.

## What it checks

How many objects and lists a property is inside of. One finding a tool, at its deepest parameter.

## Why it matters

The deeper a value has to go, the more often a model puts it one level too high, leaves out a bracket or drops the
rest; some providers reject deep schemas outright.

## Smelly

```json
{"name": "plan_trip", "description": "Plans a trip.",
 "inputSchema": {"type": "object", "properties": {"trip": {"type": "object", "properties": {
   "leg": {"type": "object", "properties": {"stop": {"type": "object", "properties": {
     "hotel": {"type": "object", "properties": {"room": {"type": "object", "properties": {
       "beds": {"type": "integer", "description": "How many."}}}}}}}}}}}}}}
```

## Better

```json
{"name": "plan_trip", "description": "Plans a trip.",
 "inputSchema": {"type": "object", "properties": {
   "hotel_beds": {"type": "integer", "description": "How many beds each hotel room has."}}}}
```

## Not flagged

Recursive schemas, which are as deep as the value needs.

## Configuration

`max` (default 4): how many objects or lists a property may be inside of, below the root.

## References

- OpenAI, structured outputs: limits of nesting; see `toolsmell explain` of the family `clients` for the figures.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options


def check(tool: ToolContext, options: Options) -> Iterator[Hit]:
    limit = options["max"]
    if not tool.all_parameters:
        return
    deepest = max(tool.all_parameters, key=lambda parameter: parameter.depth)
    if deepest.depth > limit:
        yield Hit(
            deepest.pointer,
            f"'{shown(deepest.path)}' is nested {deepest.depth} levels deep (over {limit}): models put such values in"
            " the wrong place",
            excerpt=deepest.path,
            together=(
                f"{{tools}} tools have parameters nested over {limit} levels deep: models put such values in the wrong"
                " place"
            ),
        )
