"""An input schema with something that a client does not take.

## What it checks

The input schema of every tool against what the chosen clients take: alternatives at its root, keywords, arrays without
`items`, lists of types, and, for OpenAI's strict mode, optional properties, open objects, depth and size.

## Why it matters

The schema is valid, and one provider still refuses the request with all its tools, or the client leaves the tool out.
The error seldom names the tool.

## Smelly

```json
{"name": "find_order", "description": "Finds an order.",
 "inputSchema": {"type": "object", "properties": {"id": {"type": "string"}, "mail": {"type": "string"}},
   "anyOf": [{"required": ["id"]}, {"required": ["mail"]}]}}
```

## Better

```json
{"name": "find_order", "description": "Finds an order by its id, or, without one, by mail. Give one of the two.",
 "inputSchema": {"type": "object", "properties": {"id": {"type": "string"}, "mail": {"type": "string"}}}}
```

## Not flagged

Alternatives inside of a property. Unless a client is chosen, what only one of its modes refuses, and what its clients
mend by themselves.

## Configuration

`clients`: the clients that count, such as `["openai-strict", "gemini"]`; none stands for all (`portable`).

## References

- rubrics/clients.yaml: each limit with its date and source.
- Model Context Protocol 2026-07-28 allows any keyword of JSON Schema 2020-12 in `inputSchema`.
"""

from collections.abc import Iterator

from toolsmell.data.client_limits import Limit, listed
from toolsmell.escape import shown
from toolsmell.model import Json, Pointer
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.clients._chosen import limits
from toolsmell.rules.clients._schema import CHECKS

_ONE_DOES = {"hides": "leaves the tool out", "refuses": "refuses the request with all its tools"}


def check(server: ServerContext, options: Options) -> Iterator[Hit]:
    chosen = [limit for kind in CHECKS for limit in limits(kind, options)]
    for tool in server.tools:
        if schema := tool.tool.input_schema:
            for (where, what), broken in _broken(schema, chosen).items():
                does = _ONE_DOES.get(broken[0].effect) if len({x.title for x in broken}) == 1 else "refuse it"
                message = f"{shown(what, 90)}: {listed(broken)} {does}"
                yield Hit(f"/inputSchema{where}", message, excerpt=what, tool=tool.tool.index)


def _broken(schema: Json, chosen: list[Limit]) -> dict[tuple[Pointer, str], list[Limit]]:
    """Return the first place that breaks each limit, with all the limits that the place breaks."""
    places: dict[tuple[Pointer, str], list[Limit]] = {}
    for limit in chosen:
        place = next(CHECKS[limit.kind](schema, limit.value), None)
        if place:
            places.setdefault(place, []).append(limit)
    return places
