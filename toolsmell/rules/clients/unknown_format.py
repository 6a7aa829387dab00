"""A `format` that JSON Schema does not define.

## What it checks

Every `format` in an input schema, against the formats of JSON Schema and the numeric formats of OpenAPI. All places
of a server with the same unknown format are one finding.

## Why it matters

Clients that validate with Ajv print a warning for every such parameter: hundreds of lines for a large server. Users
believe that the server is broken. No client knows what the format means.

## Smelly

```json
{"name": "list_blocks", "description": "Lists blocks.", "inputSchema": {"type": "object", "properties": {
  "height": {"type": "integer", "format": "uint32", "description": "Height of the first block."}}}}
```

## Better

```json
{"name": "list_blocks", "description": "Lists blocks.", "inputSchema": {"type": "object", "properties": {
  "height": {"type": "integer", "minimum": 0, "description": "Height of the first block."}}}}
```

## Not flagged

`int32`, `int64`, `float`, `double`, `byte`, `binary` and `password`, which OpenAPI defines and common validators know.

## Configuration

`clients`: the clients that count, such as `["opencode"]`; an empty list means all portable limits.

## References

- rubrics/clients.yaml, `known-formats`: each client with date and source.
- JSON Schema 2020-12, Validation, section 7.3: the formats that it defines.
"""

from collections.abc import Iterator

from toolsmell.data.client_limits import consequences
from toolsmell.escape import shown
from toolsmell.model import Json, Pointer
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.clients._chosen import limits
from toolsmell.rules.clients._schema import place

_KNOWN = frozenset(
    (
        "date-time date time duration email idn-email hostname idn-hostname ipv4 ipv6 uri uri-reference iri"
        " iri-reference uuid uri-template json-pointer relative-json-pointer regex color phone utc-millisec url"
        " int32 int64 float double byte binary password iso-date-time iso-time"
    ).split()
)


def check(server: ServerContext, options: Options) -> Iterator[Hit]:
    warning = limits("known-formats", options)
    places: dict[str, list[tuple[int, Pointer]]] = {}
    for tool in server.tools if warning else ():
        if "format" in tool.input_check.survey.keywords:
            for pointer, schema in tool.input_subschemas:
                if unknown := _unknown(schema.get("format")):
                    places.setdefault(unknown, []).append((tool.tool.index, f"{pointer}/format"))
    for name, found in places.items():
        tool_index, pointer = found[0]
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        yield Hit(
            pointer,
            f"JSON Schema does not define the format '{shown(name, 40)}' of {shown(place(pointer), 40)}{more}: "
            f"{consequences(warning)}",
            excerpt=name[:100],
            tool=tool_index,
            help=_help(name),
            members=tuple(found),
        )


def _unknown(name: Json) -> str | None:
    return name if isinstance(name, str) and name not in _KNOWN else None


def _help(name: str) -> str:
    if name.startswith("uint"):
        return f"""replace "format": "{shown(name, 20)}" by "minimum": 0"""
    return "remove the format, and describe the form in words or by a pattern"
