"""A parameter that says nothing of its type.

## What it checks

Each property of the input schema, at any depth: it has a `type`, an `enum`, a `const`, a reference, branches, or
keywords that imply a type.

## Why it matters

An agent chooses between `5` and `"5"`, a list and a text with commas, by luck. Some providers reject a tool with a
property that has no type.

## Smelly

```json
{"name": "set_limit", "description": "Sets the daily limit.",
 "inputSchema": {"type": "object", "properties": {"amount": {"description": "The new limit, in euro cents."}}}}
```

## Better

```json
{"name": "set_limit", "description": "Sets the daily limit.",
 "inputSchema": {"type": "object", "properties": {
   "amount": {"type": "integer", "description": "The new limit, in euro cents."}}}}
```

## Not flagged

A parameter whose text says that it takes any value or type, and references that lead nowhere (`dangling-reference`).

## References

- JSON Schema 2020-12, Validation, 6.1.1 `type`.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import pattern

_TYPING = frozenset(
    (
        "type",
        "enum",
        "const",
        "$ref",
        "$dynamicRef",
        "anyOf",
        "oneOf",
        "allOf",
        "not",
        "if",
        "properties",
        "items",
        "format",
    )
)
_ANYTHING = (
    r"\bany(?: json)?(?: \w+)? (?:value|type|json|object|data)|\bany\b.{0,20}\btype|arbitrary|of any\b|can be any"
)


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    for parameter in tool.all_parameters:
        schema = parameter.schema
        if schema is False or (isinstance(schema, dict) and not _TYPING.isdisjoint(schema)):
            continue
        if isinstance(schema, dict | bool) and not _says_anything(parameter):
            yield Hit(
                parameter.pointer,
                f"parameter '{shown(parameter.path)}' has no type: an agent guesses between text, number, list and"
                f" object",
                excerpt=parameter.path,
                help=f"add a type to '{shown(parameter.path)}', or several in 'anyOf'",
            )


def _says_anything(parameter: Parameter) -> bool:
    lower = (parameter.description or "").lower()
    if parameter.name.lower() == "value" and parameter.depth:
        return True  # what a filter or a patch compares with or sets
    return ("any" in lower or "arbitrary" in lower) and bool(pattern(_ANYTHING).search(lower))
