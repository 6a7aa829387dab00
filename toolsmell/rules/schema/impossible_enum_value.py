"""A listed value that the type beside it does not allow.

## What it checks

Each member of an `enum`, and each `const`, against the `type` in the same schema, and that an `enum` is not empty.

## Why it matters

An agent picks the value from the list and is rejected. Providers that generate arguments by the schema find no value
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

from toolsmell.model import Json
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.fit import violation
from toolsmell.schema.reader import has_type


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    schema = tool.tool.input_schema
    if schema is None or tool.input_check.survey.keywords.isdisjoint(("enum", "const")):
        return
    for at, here in tool.input_subschemas:
        choices = here.get("enum")
        if choices == []:
            whose = tool.of_parameter(at)
            yield Hit(
                f"{at}/enum",
                f"the list of values{whose} is empty: no value is allowed",
                help="list the values, or remove 'enum' if they are not known when the server starts",
            )
        typed: dict[str, Json] = {key: here[key] for key in ("type", "nullable") if key in here}
        for index, value in enumerate(choices if isinstance(choices, list) else ()):
            if words := _fault(value, typed):
                whose = tool.of_parameter(at)
                yield Hit(f"{at}/enum/{index}", f"a listed value{whose} {words}: a call that passes it fails")
        if "const" in here and (words := _fault(here["const"], typed)):
            whose = tool.of_parameter(at)
            yield Hit(f"{at}/const", f"the constant{whose} {words}: a call that passes it fails")


def _fault(value: Json, typed: dict[str, Json]) -> str | None:
    named = typed.get("type")
    if named is None or (isinstance(named, str) and has_type(value, named)):
        return None
    return violation(value, typed)
