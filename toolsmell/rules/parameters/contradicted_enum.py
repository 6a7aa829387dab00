"""A value that the text offers and the schema rejects.

## What it checks

Parameters whose description lists values. Two or more are in the `enum` of the schema and one is not, or none of an
announced list is.

## Why it matters

An agent takes the value from the sentence and is rejected, or never learns that it was renamed.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders.",
 "inputSchema": {"type": "object", "properties": {
   "state": {"type": "string", "description": "One of: open, paid, closed.", "enum": ["open", "paid", "cancelled"]}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders.",
 "inputSchema": {"type": "object", "properties": {
   "state": {"type": "string", "description": "One of: open, paid, cancelled.",
     "enum": ["open", "paid", "cancelled"]}}}}
```

## Not flagged

Values that differ in case or punctuation only, and a list that leaves out some of the schema's.

## References

- JSON Schema 2020-12, Validation, 6.1.2 `enum`.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.reading.stated import values_of
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import choices_of

_NESTING = frozenset(("enum", "items", "anyOf", "oneOf"))


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if "enum" not in tool.input_check.survey.keywords:
        return
    for parameter, text, _ in tool.explanations:
        schema = parameter.schema
        choices = choices_of(schema) if isinstance(schema, dict) and _NESTING & schema.keys() else ()
        if len(choices) < 2:
            continue
        values = values_of(text)
        allowed = {_plain(choice) for choice in choices}
        unknown = [value for value in values if _plain(value) not in allowed]
        if unknown and (len(values) - len(unknown) >= 2 or unknown == list(values_of(text, announced=True))):
            listed = ", ".join(unknown)
            yield Hit(
                parameter.pointer,
                f"the text offers {shown(listed, 60)} for '{shown(parameter.path)}', which the schema does not allow:"
                " such a call fails",
                excerpt=unknown[0],
                help=f"write the values of the schema ({shown(', '.join(choices), 60)}) in the text, or add the"
                " others to 'enum'",
            )


def _plain(value: str) -> str:
    return "".join(c for c in value.lower() if c.isalnum())
