"""A schema deeper or larger than what can reasonably be read.

## What it checks

Input and output schemas: at most 64 levels deep, 20,000 subschemas and 2,000 properties, and no names so long that
the places of all properties together take 5 million characters to write.

## Why it matters

Clients bound the schemas that they validate and the ones that they pass to a model. What lies beyond is cut off or
makes them reject the tool. toolsmell, too, has checked only the part within the bounds.

## Smelly

```json
{"name": "save_tree", "description": "Saves a tree of folders.",
 "inputSchema": {"type": "object", "properties": {"tree": {
   "items": { "items": { "items": { "items": { "items": { "items": { "items": { "items": {
   "items": { "items": { "items": { "items": { "items": { "items": { "items": { "items": {
   "items": { "items": { "items": { "items": { "items": { "items": { "items": { "items": {
   "items": { "items": { "items": { "items": { "items": { "items": { "items": { "items": {
   "items": { "items": { "items": { "items": { "items": { "items": { "items": { "items": {
   "items": { "items": { "items": { "items": { "items": { "items": { "items": { "items": {
   "items": { "items": { "items": { "items": { "items": { "items": { "items": { "items": {
   "items": { "items": { "items": { "items": { "items": { "items": { "items": { "items": {
   }}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}
```

## Better

```json
{"name": "save_tree", "description": "Saves a tree of folders, given as a flat list.",
 "inputSchema": {"type": "object", "properties": {"folders": {"type": "array", "description": "One entry a folder.",
   "items": {"type": "object", "properties": {
     "path": {"type": "string", "description": "Path from the root, with slashes."}}}}}}}
```

## Not flagged

A recursive schema, whose `$ref` leads back to itself: it is small, however deep its values may be.

## References

- Model Context Protocol 2026-07-28, JSON Schema usage: implementations should bound a schema's depth and the number
  of its subschemas.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import MAX_PROPERTIES
from toolsmell.schema.validity import MAX_SUBSCHEMAS
from toolsmell.schema.walk import MAX_DEPTH


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if not tool.input_check.survey.complete:
        yield _hit("inputSchema")
    elif not tool.read_whole:
        yield Hit(
            "/inputSchema",
            f"inputSchema has over {MAX_PROPERTIES:,} properties, or such long names: no agent can fill them, and "
            "the rest was not checked",
        )
    if tool.tool.output_schema is not None and not tool.output_check.survey.complete:
        yield _hit("outputSchema")


def _hit(part: str) -> Hit:
    return Hit(
        f"/{part}",
        f"{part} is over {MAX_DEPTH} levels deep or over {MAX_SUBSCHEMAS:,} subschemas large: clients may reject it,"
        " and only a part was checked",
    )
