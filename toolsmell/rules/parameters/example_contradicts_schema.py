"""An example in the schema that the schema does not allow.

## What it checks

Each member of `examples`, and an OpenAPI-style `example`, against the schema beside it: type, `enum`, bounds, lengths,
items, required properties.

## Why it matters

Agents copy examples before anything else. A wrong one is rejected every time.

## Smelly

```json
{"name": "set_priority", "description": "Sets a ticket's priority.",
 "inputSchema": {"type": "object", "properties": {
   "level": {"type": "integer", "minimum": 1, "maximum": 3, "description": "1 is the most urgent.",
     "examples": ["high"]}}}}
```

## Better

```json
{"name": "set_priority", "description": "Sets a ticket's priority.",
 "inputSchema": {"type": "object", "properties": {
   "level": {"type": "integer", "minimum": 1, "maximum": 3, "description": "1 is the most urgent.", "examples": [2]}}}}
```

## Not flagged

Patterns and formats, which are not tried.

## References

- JSON Schema 2020-12, Validation, 9.5 `examples`: it is recommended that they are valid against their schema.
"""

from collections.abc import Iterator

from toolsmell.model import Json
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.fit import violation


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    schema = tool.tool.input_schema
    if schema is None or tool.input_check.survey.keywords.isdisjoint(("examples", "example")):
        return
    for at, here in tool.input_subschemas:
        for pointer, example in _examples(here):
            words = violation(example, here, schema)
            if words:
                whose = tool.of_parameter(at)
                yield Hit(f"{at}{pointer}", f"the example{whose} {words}: a call that copies it fails")


def _examples(schema: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    listed = schema.get("examples")
    for i, example in enumerate(listed if isinstance(listed, list) else ()):
        yield f"/examples/{i}", example
    # As a property of that name it would be a schema itself, and stand under `properties`.
    if "example" in schema and "type" in schema:
        yield "/example", schema["example"]
