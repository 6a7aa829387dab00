"""A parameter that only the text calls required.

## What it checks

Parameters whose description says 'required' without a condition, and that the schema's `required` does not list.

## Why it matters

The schema allows to leave it out, so an agent without a value leaves it out, and the call fails.

## Smelly

```json
{"name": "book_room", "description": "Books a room.",
 "inputSchema": {"type": "object", "properties": {
   "slot": {"type": "string", "description": "Start of the half hour (required)."}}}}
```

## Better

```json
{"name": "book_room", "description": "Books a room.",
 "inputSchema": {"type": "object", "required": ["slot"], "properties": {
   "slot": {"type": "string", "description": "Start of the half hour."}}}}
```

## Not flagged

'Required for', 'required if' and the like, a parameter with a default, and tools that say by `anyOf`, `oneOf` or
`allOf` which parameters go together, or have a parameter that chooses what they do (`action`).

## References

- JSON Schema 2020-12, Validation, 6.5.3 `required`.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.reading.stated import required_of
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import choices_of

_MODES = frozenset("action operation mode method command op subcommand task".split())
"""Parameters that choose what a tool does: `required` may hold for one of its deeds only."""
_TOGETHER = frozenset(("anyOf", "oneOf", "allOf", "if", "dependentRequired"))


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    lower = tool.prose_lower
    if "required" not in lower and "mandatory" not in lower:
        return
    schema = tool.tool.input_schema or {}
    if not _TOGETHER.isdisjoint(schema):
        return
    if any(parameter.name.lower() in _MODES or len(choices_of(parameter.schema)) > 2 for parameter in tool.parameters):
        return
    for parameter, text, signature in tool.explanations:
        if (
            not parameter.required
            and parameter.default is None
            and required_of(text, signature) is True
            and " when " not in text.lower
        ):
            yield Hit(
                parameter.pointer,
                f"the text calls '{shown(parameter.path)}' required, the schema does not: an agent may leave it out",
                excerpt=parameter.path,
                help=f"add '{shown(parameter.name)}' to 'required'",
            )
