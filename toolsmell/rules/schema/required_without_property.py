"""A required name that no property has.

## What it checks

The names under `required`, at any depth, against the `properties` beside them.

## Why it matters

Every call must pass a value that nothing describes: an agent invents one, or leaves it out and is rejected. Often it
is a property that was renamed.

## Smelly

```json
{"name": "book_room", "description": "Books a room.",
 "inputSchema": {"type": "object", "required": ["start"], "properties": {
   "slot": {"type": "string", "description": "Start of the half hour."}}}}
```

## Better

```json
{"name": "book_room", "description": "Books a room.",
 "inputSchema": {"type": "object", "required": ["slot"], "properties": {
   "slot": {"type": "string", "description": "Start of the half hour."}}}}
```

## Not flagged

A branch of `anyOf`, `oneOf` or `allOf` that only requires, and schemas whose properties come from elsewhere (`$ref`,
`allOf`, `patternProperties`, a schema under `additionalProperties`).

## References

- JSON Schema 2020-12, Validation, 6.5.3 `required`.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Json, Pointer
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options

_ELSEWHERE = ("$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "patternProperties", "if", "dependentSchemas")
_DEEPER = frozenset(("$defs", "definitions", "anyOf", "oneOf", "allOf", "items", "additionalProperties", "not", "if"))
_BRANCHES = ("/anyOf/", "/oneOf/", "/allOf/", "/then", "/else", "/not", "/if", "/dependentSchemas/")


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    schema = tool.tool.input_schema
    if schema is None or "required" not in tool.input_check.survey.keywords or not _suspect(tool):
        return
    for at, here in tool.input_subschemas:
        for index, name in _unknown(here, at):
            yield Hit(
                f"{at}/required/{index}",
                f"'{shown(name)}' is required, but there is no such property: every call must pass a value that nothing"
                " describes",
                excerpt=name,
                help=f"add '{shown(name)}' to 'properties', or remove it from 'required'",
            )


def _suspect(tool: ToolContext) -> bool:
    """Settle the common case without a walk: only the root requires something, and it has all of it."""
    schema = tool.tool.input_schema or {}
    required, properties = schema.get("required"), schema.get("properties")
    if not isinstance(required, list) or not isinstance(properties, dict):
        return True
    if not all(isinstance(name, str) and name in properties for name in required):
        return True
    return not _DEEPER.isdisjoint(tool.input_check.survey.keywords) or len(tool.all_parameters) > len(tool.parameters)


def _unknown(schema: dict[str, Json], at: Pointer) -> Iterator[tuple[int, str]]:
    required, properties = schema.get("required"), schema.get("properties")
    if not isinstance(required, list) or any(key in schema for key in _ELSEWHERE):
        return
    if isinstance(schema.get("additionalProperties"), dict):
        return
    if not isinstance(properties, dict):
        if "properties" in schema or any(branch in at for branch in _BRANCHES):
            return
        properties = {}
    for index, name in enumerate(required):
        if isinstance(name, str) and name not in properties and not any(branch in at for branch in _BRANCHES):
            yield index, name
