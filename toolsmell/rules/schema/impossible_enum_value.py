"""A listed value that the type beside it does not allow.

## What it checks

Each member of an `enum`, and each `const`, against the `type` in the same schema, and that an `enum` is not empty.

## Why it matters

An agent picks the value from the list and is refused. Providers that generate arguments by the schema find no value
at all.

## Smelly

```json
{"name": "set_priority", "description": "Sets a ticket's priority.",
 "inputSchema": {"type": "object", "properties": {
   "level": {"type": "integer", "description": "1 is the most urgent.", "enum": ["1", "2", "3"]}}}}
```

## Better

```json
{"name": "set_priority", "description": "Sets a ticket's priority.",
 "inputSchema": {"type": "object", "properties": {
   "level": {"type": "integer", "description": "1 is the most urgent.", "enum": [1, 2, 3]}}}}
```

## Not flagged

`null` in the list of a schema that is `nullable`: OpenAPI writes it so.

## References

- JSON Schema 2020-12, Validation, 6.1.1 `type` and 6.1.2 `enum`: a value has to satisfy both.
"""

from collections.abc import Iterator

from toolsmell.context import ToolContext
from toolsmell.model import Json
from toolsmell.rules.base import Hit, Options
from toolsmell.schema import has_type
from toolsmell.values import violation


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    schema = tool.tool.input_schema
    if schema is None or tool.input_check.survey.keywords.isdisjoint(("enum", "const")):
        return
    for at, here in tool.input_subschemas:
        choices = here.get("enum")
        if choices == []:
            yield Hit(f"{at}/enum", "the list of values is empty: nothing that an agent passes is allowed")
        typed: dict[str, Json] = {key: here[key] for key in ("type", "nullable") if key in here}
        for index, value in enumerate(choices if isinstance(choices, list) else ()):
            yield from _hit(value, typed, f"{at}/enum/{index}", "a listed value")
        if "const" in here:
            yield from _hit(here["const"], typed, f"{at}/const", "the constant")


def _hit(value: Json, typed: dict[str, Json], pointer: str, what: str) -> Iterator[Hit]:
    named = typed.get("type")
    if named is None or (isinstance(named, str) and has_type(value, named)):
        return
    words = violation(value, typed)
    if words:
        yield Hit(pointer, f"{what} {words}: an agent that passes it is refused")
