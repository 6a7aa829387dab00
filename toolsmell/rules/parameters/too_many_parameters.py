"""A tool with more parameters than an agent keeps apart.

## What it checks

The number of parameters at the root of the input schema.

## Why it matters

Each one costs tokens in every request, and a model that has thirty to choose from fills some that it should not.

## Smelly

```json
{"name": "draw", "description": "Draws a shape.", "inputSchema": {"type": "object", "properties": {
  "a": {"type": "number"}, "b": {"type": "number"}, "c": {"type": "number"}, "d": {"type": "number"},
  "e": {"type": "number"}, "f": {"type": "number"}, "g": {"type": "number"}, "h": {"type": "number"},
  "i": {"type": "number"}, "j": {"type": "number"}, "k": {"type": "number"}, "l": {"type": "number"},
  "m": {"type": "number"}, "n": {"type": "number"}, "o": {"type": "number"}, "p": {"type": "number"},
  "q": {"type": "number"}, "r": {"type": "number"}, "s": {"type": "number"}, "t": {"type": "number"},
  "u": {"type": "number"}}}}
```

## Better

```json
{"name": "draw_circle", "description": "Draws a circle.", "inputSchema": {"type": "object", "properties": {
  "x": {"type": "number", "description": "Centre, pixels from the left."},
  "y": {"type": "number", "description": "Centre, pixels from the top."},
  "radius": {"type": "number", "description": "Pixels."}}}}
```

## Not flagged

Parameters inside objects (`deep-nesting`).

## Configuration

`max` (default 20): how many parameters a tool may have.

## References

- Anthropic, "Writing effective tools for agents": fewer, clearer parameters.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options


def check(tool: ToolContext, options: Options) -> Iterator[Hit]:
    limit = options["max"]
    if len(tool.parameters) > limit:
        yield Hit(
            "/inputSchema/properties",
            f"{len(tool.parameters)} parameters (over {limit}): an agent fills some that it should leave out",
        )
