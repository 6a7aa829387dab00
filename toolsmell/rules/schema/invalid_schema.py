"""An input or output schema that is not valid JSON Schema.

## What it checks

`inputSchema` and `outputSchema` against the meta-schema of the dialect that they declare with `$schema`, or of 2020-12
if they declare none: drafts 04, 06 and 07, 2019-09 and 2020-12.

## Why it matters

A client that validates rejects the tool, or every call of it; one that does not passes on a schema that a model
provider may reject, and then no tool of the request works. A misspelt type is, for an agent, no type.

## Smelly

```json
{"name": "book_room", "description": "Books a room.",
 "inputSchema": {"type": "object", "properties": {
   "seats": {"type": "int", "description": "How many people come."}}}}
```

## Better

```json
{"name": "book_room", "description": "Books a room.",
 "inputSchema": {"type": "object", "properties": {
   "seats": {"type": "integer", "description": "How many people come."}}}}
```

## Not flagged

A schema that declares nothing and is valid in an older dialect (`undeclared-dialect`), one in a dialect that is not
known here (`unknown-dialect`), one whose parameters are at the root (`non-object-schema`), keywords that JSON Schema
does not know (it allows them), and regular expressions, which are not tried.

## References

- Model Context Protocol 2026-07-28, JSON Schema usage: schemas must be valid in their declared or default dialect.
- JSON Schema 2020-12, meta-schemas.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import bare_properties
from toolsmell.schema.validity import DIALECTS, Fault, SchemaCheck

_MOST = 10


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if tool.tool.input_schema is not None and not tool.input_check.survey.settled:
        yield from _hits("inputSchema", tool.input_check)
    if tool.tool.output_schema is not None and not tool.output_check.survey.settled:
        yield from _hits("outputSchema", tool.output_check)


def _hits(part: str, schema: SchemaCheck) -> Iterator[Hit]:
    if schema.meant_dialect is not None or bare_properties(schema.root):
        return
    label = DIALECTS.get(schema.dialect, "")
    for fault in schema.faults[:_MOST]:
        yield Hit(
            f"/{part}{fault.pointer}",
            f"{part} is not valid JSON Schema ({label}): {_where(fault)} {fault.expected}; clients may reject the tool",
            excerpt=fault.pointer,
        )


def _where(fault: Fault) -> str:
    return f"'{shown(fault.pointer[1:].replace('/', '.'), 80)}'" if fault.pointer else "the whole"
