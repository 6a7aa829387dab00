"""A reference into the schema that leads nowhere.

## What it checks

Every `$ref` that begins with `#`, at any depth: the place that it names must exist in the same schema.

## Why it matters

A validator fails on the whole schema, so the tool, or each call of it, is rejected. Without a validator an agent
sees a parameter without any type. It happens where a generator lifts one schema out of a document and leaves the
definitions behind.

## Smelly

```json
{"name": "add_contact", "description": "Adds a contact to the address book.",
 "inputSchema": {"type": "object", "properties": {
   "card": {"$ref": "#/components/schemas/Card", "description": "The contact."}}}}
```

## Better

```json
{"name": "add_contact", "description": "Adds a contact to the address book.",
 "inputSchema": {"type": "object", "properties": {"card": {"$ref": "#/$defs/card", "description": "The contact."}},
   "$defs": {"card": {"type": "object", "properties": {
     "name": {"type": "string", "description": "Full name."}}}}}}
```

## Not flagged

References to an `$anchor` or an `$id` that the schema has, and recursion.

## References

- JSON Schema 2020-12, Core, 8.2.3: a `$ref` must resolve to a schema.
- Model Context Protocol 2026-07-28, JSON Schema usage, `$ref` resolution.
"""

from collections.abc import Iterator, Sequence

from toolsmell.escape import shown
from toolsmell.model import Json, Pointer
from toolsmell.model.pointer import lookup
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.walk import subschemas

_ANCHORS = ("$anchor", "$dynamicAnchor")


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if tool.tool.input_schema is not None and "$ref" in tool.input_check.survey.keywords:
        yield from _hits(tool.tool.input_schema, tool.input_subschemas)
    if tool.tool.output_schema is not None and "$ref" in tool.output_check.survey.keywords:
        yield from _hits(tool.tool.output_schema, tuple(subschemas(tool.tool.output_schema, "/outputSchema")))


def _hits(schema: dict[str, Json], parts: Sequence[tuple[Pointer, dict[str, Json]]]) -> Iterator[Hit]:
    found = [(at, here["$ref"]) for at, here in parts if isinstance(here.get("$ref"), str)]
    broken = [(at, ref) for at, ref in found if ref.startswith("#") and not _resolves(ref, schema)]
    if not broken or any("$id" in here or "id" in here for _, here in parts[1:]):
        return  # an embedded schema of its own changes what '#' means inside it
    anchors = {f"#{here[key]}" for _, here in parts for key in _ANCHORS if isinstance(here.get(key), str)}
    for at, reference in broken:
        if reference not in anchors:
            yield Hit(
                f"{at}/$ref",
                f"the reference '{shown(reference)}' leads nowhere in the schema: an agent does not know what to pass",
                excerpt=reference,
            )


def _resolves(reference: str, schema: dict[str, Json]) -> bool:
    if "%" in reference:
        from urllib.parse import unquote

        reference = unquote(reference)
    return reference == "#" or (reference.startswith("#/") and lookup(schema, reference[1:]) is not None)
