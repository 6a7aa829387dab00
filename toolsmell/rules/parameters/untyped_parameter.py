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

A parameter whose text says that it takes any value or type, or names the types that it takes (`text or object`), and
references that lead nowhere (`dangling-reference`).

## References

- JSON Schema 2020-12, Validation, 6.1.1 `type`.
- Moonshot (Kimi) and Fireworks reject a request with such a parameter: see `rubrics/clients.yaml`, typed-properties.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import last_word, pattern

_MANY = 4
"""Parameters of one tool that are one finding."""
_NAMED = 3
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
    r"\bany(?: json)?(?: \w+)? (?:value|type|json|object|data)|\bany\b.{0,20}\btype|arbitrary|of any\b|can be an?y?\b"
    r"|\b(?:string|text|number|object|list|array|dict\w*|path)s?,? (?:\w+ )?or (?:an? )?(?:\w+ )?"
    r"(?:string|text|number|object|list|array|instance|json)"
)


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    found = list(_untyped(tool))
    if len(found) >= _MANY:
        listed = ", ".join(f"'{shown(parameter.path, 40)}'" for parameter in found[:_NAMED])
        yield Hit(
            "/inputSchema",
            f"{len(found)} parameters ({listed} ...) have no type: an agent guesses between text, number, list and"
            " object",
            excerpt="parameters",
            help=f"add a type to {listed} and {len(found) - _NAMED} more, or several in 'anyOf'",
        )
        return
    for parameter in found:
        yield Hit(
            parameter.pointer,
            f"parameter '{shown(parameter.path)}' has no type: an agent guesses between text, number, list and object",
            excerpt=parameter.path,
            help=f"add a type to '{shown(parameter.path)}', or several in 'anyOf'",
        )


def _untyped(tool: ToolContext) -> Iterator[Parameter]:
    for parameter in tool.all_parameters:
        schema = parameter.schema
        if schema is False or (isinstance(schema, dict) and not _TYPING.isdisjoint(schema)):
            continue
        if isinstance(schema, dict | bool) and not _says_anything(parameter):
            yield parameter


def _says_anything(parameter: Parameter) -> bool:
    lower = (parameter.description or "").lower()
    if last_word(parameter.name) == "value" and parameter.depth:
        return True  # what a filter or a patch compares with or sets
    return any(map(lower.__contains__, ("any", "arbitrary", " or "))) and bool(pattern(_ANYTHING).search(lower))
