"""A parameter that a few tools of a server spell otherwise than the others.

## What it checks

Names of parameters that are the same in several tools once case, underscores and hyphens are gone, and that most of
these tools spell in one way. One finding for each parameter.

## Why it matters

An agent that has called ten tools with `id` writes `id` in the eleventh too, which wants `ID`. The call fails, or the
server ignores the value.

## Smelly

```json
[{"name": "get_image", "description": "Gets an image.", "inputSchema": {"type": "object", "properties": {
   "id": {"type": "string"}}}},
 {"name": "copy_image", "description": "Copies an image.", "inputSchema": {"type": "object", "properties": {
   "id": {"type": "string"}}}},
 {"name": "share_image", "description": "Shares an image.", "inputSchema": {"type": "object", "properties": {
   "id": {"type": "string"}}}},
 {"name": "delete_image", "description": "Deletes an image.", "inputSchema": {"type": "object", "properties": {
   "ID": {"type": "string"}}}}]
```

## Better

```json
[{"name": "get_image", "description": "Gets an image.", "inputSchema": {"type": "object", "properties": {
   "id": {"type": "string"}}}},
 {"name": "delete_image", "description": "Deletes an image.", "inputSchema": {"type": "object", "properties": {
   "id": {"type": "string"}}}}]
```

## Not flagged

Spellings without a majority in three tools or more, and names that differ by a letter or a plural.

## References

- JSON Schema 2020-12, Core, 10.3.2.1 `properties`: names of properties are compared as they are written.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options

_FEWEST = 3
"""Tools that must have the usual spelling."""
_SEPARATORS = str.maketrans("", "", "_-. ")


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    by_folded: dict[str, dict[str, list[tuple[int, str]]]] = {}
    for tool in server.tools:
        for parameter in tool.parameters:
            folded = parameter.name.casefold().translate(_SEPARATORS)
            spellings = by_folded.setdefault(folded, {})
            spellings.setdefault(parameter.name, []).append((tool.tool.index, parameter.pointer))
    for folded, spellings in by_folded.items():
        if len(spellings) < 2 or not folded:
            continue
        usual, *others = sorted(spellings, key=lambda name: (-len(spellings[name]), name))
        places = tuple(place for name in others for place in spellings[name])
        if len(spellings[usual]) >= _FEWEST and len(spellings[usual]) > len(places):
            listed = " or ".join(f"'{shown(name, 40)}'" for name in others[:3])
            tools = "1 tool takes" if len(places) == 1 else f"{len(places)} tools take"
            yield Hit(
                places[0][1],
                f"{tools} {listed} where {len(spellings[usual])} take '{shown(usual, 40)}': an agent writes the one for"
                " the other",
                excerpt=folded[:300],
                tool=places[0][0],
                help=f"rename {listed} to '{shown(usual, 40)}'",
                members=places,
            )
