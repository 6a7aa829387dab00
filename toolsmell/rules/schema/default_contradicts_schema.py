"""A default that its own schema does not allow.

## What it checks

Each `default` of the input schema against the schema beside it: type, `enum`, `const`, bounds, lengths, items and
required properties. A `null` where the type leaves no room for it is a note: generators write it for 'not given'.

## Why it matters

An agent copies the default it is shown, and the call is rejected; a client that fills defaults in sends what the
server's own schema forbids.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders, newest first.",
 "inputSchema": {"type": "object", "properties": {
   "state": {"type": "string", "description": "Which ones.", "enum": ["open", "paid"], "default": "all"}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders, newest first.",
 "inputSchema": {"type": "object", "properties": {
   "state": {"type": "string", "description": "Which ones.", "enum": ["open", "paid", "all"], "default": "all"}}}}
```

## Not flagged

Patterns and formats, which are not tried, and whatever a reference to elsewhere would say.

## References

- JSON Schema 2020-12, Validation, 9.2 `default`: it is recommended that the default is valid against its schema.
"""

from collections.abc import Iterator

from toolsmell.model import Json, Pointer, Severity
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.fit import violation


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    nulls: list[tuple[ToolContext, Pointer]] = []
    for tool in server.tools:
        for at, default, words in _wrong(tool):
            if default is None:
                nulls.append((tool, at))
            else:
                yield Hit(
                    f"{at}/default",
                    f"the default{tool.of_parameter(at)} {words}: a call that passes it may fail",
                    tool=tool.tool.index,
                    help="write a default that the schema allows, or remove it",
                )
    if nulls:
        yield _of_nulls(nulls)


def _wrong(tool: ToolContext) -> Iterator[tuple[Pointer, Json, str]]:
    """Yield the defaults that their own schemas do not allow: place, value, and what is wrong in words."""
    schema = tool.tool.input_schema
    if schema is None or "default" not in tool.input_check.survey.keywords:
        return
    for at, here in tool.input_subschemas:
        if "default" not in here:
            continue
        default = here["default"]
        if default is None and ("type" not in here or here.get("type") == "null"):
            continue
        if words := violation(default, here, schema):
            yield at, default, words


def _of_nulls(nulls: list[tuple[ToolContext, Pointer]]) -> Hit:
    tool, at = nulls[0]
    more = f" and of {len(nulls) - 1} more" if len(nulls) > 1 else ""
    return Hit(
        f"{at}/default",
        f"the default{tool.of_parameter(at)}{more} is null, which the type does not allow: most servers accept it, but"
        " a client that checks arguments against the schema rejects its own call",
        excerpt="null",
        tool=tool.tool.index,
        severity=Severity.NOTE,
        help='remove "default": null; a parameter that is not required may be left out',
        members=tuple((tool.tool.index, f"{at}/default") for tool, at in nulls),
    )
