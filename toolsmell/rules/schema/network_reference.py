"""A reference to a schema outside of the tool.

## What it checks

Every `$ref` and `$dynamicRef`, at any depth: it must point into the same schema (`#/...`, `#name`, or an `$id` that
is there). toolsmell follows none of the others.

## Why it matters

Clients must not fetch it, and should reject the schema. An agent does not see what the parameter may hold; a client
that does fetch can be sent to any address, or to a file of the user's.

## Smelly

```json
{"name": "add_contact", "description": "Adds a contact to the address book.",
 "inputSchema": {"type": "object", "properties": {
   "card": {"$ref": "https://schemas.example.com/card.json", "description": "The contact."}}}}
```

## Better

```json
{"name": "add_contact", "description": "Adds a contact to the address book.",
 "inputSchema": {"type": "object", "properties": {"card": {"$ref": "#/$defs/card", "description": "The contact."}},
   "$defs": {"card": {"type": "object", "properties": {
     "name": {"type": "string", "description": "Full name."}}}}}}
```

## Not flagged

References inside the schema, also broken ones (`dangling-reference`).

## References

- Model Context Protocol 2026-07-28, JSON Schema usage, `$ref` resolution.
"""

from collections.abc import Iterator, Sequence

from toolsmell.escape import shown
from toolsmell.model import Json, Pointer
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.walk import subschemas

_KEYWORDS = ("$ref", "$dynamicRef", "$recursiveRef")


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if tool.tool.input_schema is not None and "$ref" in tool.input_check.survey.keywords:
        yield from _hits(tool.input_subschemas)
    if tool.tool.output_schema is not None and "$ref" in tool.output_check.survey.keywords:
        yield from _hits(tuple(subschemas(tool.tool.output_schema, "/outputSchema")))


def _hits(parts: Sequence[tuple[Pointer, dict[str, Json]]]) -> Iterator[Hit]:
    found = [
        (f"{at}/{keyword}", here[keyword])
        for at, here in parts
        for keyword in _KEYWORDS
        if isinstance(here.get(keyword), str) and not here[keyword].startswith("#")
    ]
    if not found:
        return
    own = {here["$id"] for _, here in parts if isinstance(here.get("$id"), str)}
    for at, reference in found:
        if reference.partition("#")[0] not in own:
            yield Hit(
                at,
                f"the reference '{shown(reference)}' leads out of the tool: clients must not follow it, so an agent"
                " does not know what to pass",
                excerpt=reference,
            )
