"""Bounds in the text that are not those of the schema.

## What it checks

Numeric parameters whose description states bounds, against `minimum` and `maximum` in the schema, each where both
give one; and a `default` outside of the bounds that the text states.

## Why it matters

An agent keeps to the one that it read: its call fails within the stated bounds, or never uses the room that there is.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders, newest first.",
 "inputSchema": {"type": "object", "properties": {
   "limit": {"type": "integer", "description": "How many to return (max: 50).", "minimum": 1, "maximum": 100}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders, newest first.",
 "inputSchema": {"type": "object", "properties": {
   "limit": {"type": "integer", "description": "How many to return.", "minimum": 1, "maximum": 100}}}}
```

## Not flagged

Bounds with a unit, which may be another one than the schema's, and bounds that only one of the two gives.

## References

- JSON Schema 2020-12, Validation, 6.2.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.reading.stated import Range, range_of
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.fit import bound
from toolsmell.schema.reader import Parameter


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if tool.input_check.survey.keywords.isdisjoint(("minimum", "maximum", "default")):
        return
    for parameter, text, _ in tool.explanations:
        schema = parameter.schema
        if not isinstance(schema, dict) or (
            "minimum" not in schema and "maximum" not in schema and "default" not in schema
        ):
            continue
        if parameter.types.isdisjoint(("integer", "number")):
            continue
        stated = range_of(text)
        words = _difference(stated, parameter) if stated and not stated.unit else None
        if stated and words:
            yield Hit(
                parameter.pointer,
                f"the text says {shown(stated.excerpt, 40)} for '{shown(parameter.path)}', the schema has {words}: an"
                " agent follows the wrong one",
                excerpt=stated.excerpt,
                help="write the same bounds in the text and in the schema",
            )


def _difference(stated: Range, parameter: Parameter) -> str | None:
    for said, keyword in ((stated.low, "minimum"), (stated.high, "maximum")):
        given = bound(parameter.schema, keyword)
        if said is not None and given is not None and said != given:
            return f"a {keyword} of {given}"
    default = bound(parameter.schema, "default")
    if default is not None and (
        (stated.low is not None and 0 < default < stated.low) or (stated.high is not None and default > stated.high)
    ):
        return f"a default of {default}"
    return None
