"""An output schema that nobody describes.

## What it checks

Whether at least one property of an output schema has a description, or a title of its own. Where several tools of a
server have none, that is one finding.

## Why it matters

The author of a name knows what the value means, a model does not. `count`, `status` and `ts` can be three things
each, and an agent reports the wrong one.

## Smelly

```json
{"name": "get_order", "description": "Returns one order.", "inputSchema": {"type": "object"},
 "outputSchema": {"type": "object", "properties": {"ts": {"type": "integer"}, "total": {"type": "number"}}}}
```

## Better

```json
{"name": "get_order", "description": "Returns one order.", "inputSchema": {"type": "object"},
 "outputSchema": {"type": "object", "properties": {
   "ts": {"type": "integer", "description": "Seconds since 1970 when it was placed."},
   "total": {"type": "number", "description": "Euros, with tax."}}}}
```

## Not flagged

Properties that the tool's description explains by name, and a schema with the one property that wraps a result.

## References

- Model Context Protocol 2026-07-28, Tools, Output schema: it guides models to use what is returned.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words

_MANY = 3
_WRAPPERS = frozenset(
    ("result", "results", "content", "text", "output", "value", "data", "response", "message", "items")
)


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    bare = [tool for tool in server.tools if tool.tool.output_schema is not None and _bare(tool)]
    if len(bare) >= _MANY:
        yield Hit(
            "/tools",
            f"the output schemas of {len(bare)} tools describe no property: an agent guesses what the values mean",
            excerpt="tools",
        )
        return
    for tool in bare:
        yield Hit(
            "/outputSchema",
            "the output schema describes no property: an agent guesses what the values mean",
            tool=tool.tool.index,
        )


def _bare(tool: ToolContext) -> bool:
    outputs = tool.all_outputs
    if not outputs or (len(outputs) == 1 and outputs[0].name in _WRAPPERS):
        return False
    return not any(_described(output, tool) for output in outputs)


def _described(output: Parameter, tool: ToolContext) -> bool:
    schema = output.schema
    if not isinstance(schema, dict):
        return False
    title = schema.get("title")
    if output.description or (
        isinstance(title, str) and not set(identifier_words(title)) <= set(identifier_words(output.name))
    ):
        return True
    return len(output.name) > 2 and output.name in tool.text.raw
