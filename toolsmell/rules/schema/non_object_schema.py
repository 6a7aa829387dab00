"""A schema that does not say `"type": "object"` at its root.

## What it checks

The root of `inputSchema`: its `type` must be `"object"`, also for a tool without parameters. The root of
`outputSchema` must be one as well in the revisions up to 2025-11-25; that is checked where the server named such a
revision.

A schema whose parameters are at the root instead of under `properties` is named as such.

## Why it matters

Arguments are always an object. SDKs ask for the literal word, and several reject the whole list without it, so an
agent gets no tools at all.

## Smelly

```json
{"name": "list_rooms", "description": "Lists all rooms with their seats.", "inputSchema": {}}
```

## Better

```json
{"name": "list_rooms", "description": "Lists all rooms with their seats.",
 "inputSchema": {"type": "object", "additionalProperties": false}}
```

## Not flagged

A missing schema (`malformed-tool`).

## References

- Model Context Protocol 2026-07-28, Schema, Tool: `inputSchema` has `type: "object"`; 2025-11-25 says it of
  `outputSchema` too.
"""

from collections.abc import Iterator

from toolsmell.model import Json
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import bare_properties

_FIRST_WITH_ANY_OUTPUT = "2026-07-28"


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    schema = tool.tool.input_schema
    if schema is not None and schema.get("type") != "object":
        yield _hit("inputSchema", schema, "SDKs reject the tool, or the whole list")
    output = tool.tool.output_schema
    version = tool.server.manifest.protocol_version
    if output is not None and version and version < _FIRST_WITH_ANY_OUTPUT and output.get("type") != "object":
        yield _hit("outputSchema", output, f"protocol {version} allows nothing else")


def _hit(part: str, schema: dict[str, Json], why: str) -> Hit:
    if bare_properties(schema):
        return Hit(
            f"/{part}",
            f"the parameters stand at the root of {part}, not under 'properties': an agent sees none of them",
        )
    if "type" in schema:
        return Hit(f"/{part}/type", f'the root of {part} is not of type "object": {why}')
    return Hit(f"/{part}", f'the root of {part} lacks "type": "object": {why}')
