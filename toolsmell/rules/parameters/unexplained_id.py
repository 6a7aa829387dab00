"""An id whose source is not documented.

## What it checks

Required ids (`ticket_id`, `ticketId`, or `id` in `close_ticket`), one finding for each kind of id in a server. A
description must say where the id comes from: another tool, an address that has it, or what it looks like. If another
tool of the server lists or searches the thing, the finding names it. Only then, optional ids and other handles count
too: `team_slug`, `order_uuid`, and `account` that is "the nickname of the account".

## Why it matters

An id cannot be guessed. The agent makes one up, passes a name instead, or asks the user, who does not know it either.

## Smelly

```json
[{"name": "close_ticket", "description": "Closes a ticket.",
  "inputSchema": {"type": "object", "required": ["ticket_id"], "properties": {
    "ticket_id": {"type": "string", "description": "ID of the ticket to close."}}}},
 {"name": "search_tickets", "description": "Finds tickets by a word in them.",
  "inputSchema": {"type": "object", "properties": {"word": {"type": "string"}}}}]
```

## Better

```json
[{"name": "close_ticket", "description": "Closes a ticket.",
  "inputSchema": {"type": "object", "required": ["ticket_id"], "properties": {
    "ticket_id": {"type": "string", "description": "ID of the ticket to close, as search_tickets returns it."}}}},
 {"name": "search_tickets", "description": "Finds tickets by a word in them and returns their ids.",
  "inputSchema": {"type": "object", "properties": {"word": {"type": "string"}}}}]
```

## Not flagged

Ids that the caller may choose (in a tool that creates the thing), ids of the world outside (ISBN, DOI, tax and bank
numbers), optional ids without a description or with a word on what happens without them, and ids with an enum, a
pattern or an example. An example of a nickname does not count: which ones exist, only the other tool knows.

## References

- Anthropic, "Writing effective tools for agents": prefer names that say something over opaque identifiers.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.verbs import own_words
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.parameters._origins import (
    NEUTRAL,
    IdPlace,
    handle_of,
    made,
    noun_of,
    origin_of,
    says_origin,
    singular,
    sources,
)

_SCOPES = frozenset(
    "account project workspace organization organisation org team tenant user owner customer guild".split()
)
"""Ids of the caller's own surroundings: they are configured, not looked up."""
_WORLD = frozenset("country currency language isbn doi tax vat station airport".split())
"""Things that have ids in the world outside."""


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    ids: dict[str, list[IdPlace]] = {}
    handles: dict[str, list[IdPlace]] = {}
    for tool in server.tools:
        for parameter in tool.parameters:
            if parameter.required and parameter.name[-2:].lower() == "id":
                if noun := noun_of(tool, parameter):
                    ids.setdefault(noun, []).append(IdPlace(tool, parameter))
            elif noun := handle_of(parameter):
                handles.setdefault(noun, []).append(IdPlace(tool, parameter))
    found = sources(server) if ids or handles else {}
    for noun in dict.fromkeys(chain(ids, handles)):
        if noun not in _WORLD:
            yield from _hits(noun, ids.get(noun, []), handles.get(noun, []), found.get(noun, ()))


def _hits(noun: str, ids: list[IdPlace], handles: list[IdPlace], listers: Sequence[ToolContext]) -> Iterator[Hit]:
    """Yield a hit for each tool that lists the thing, and one for the ids that no tool lists."""
    takers = {place.tool.tool.index for place in ids}
    by_source: dict[ToolContext | None, list[IdPlace]] = {}
    for place, source in _with_sources(noun, ids, [tool for tool in listers if tool.tool.index not in takers]):
        by_source.setdefault(source, []).append(place)
    for place in handles:
        if source := origin_of(place, noun, listers, sure=True):
            by_source.setdefault(source, []).append(place)
    excerpt = noun
    for source, group in by_source.items():
        if source is None and (noun in _SCOPES or noun in made(ids[0].tool.server)):
            continue
        bare = [place for place in group if not says_origin(place, source)]
        if bare and (source is not None or not any(says_origin(place, None) for place in ids)):
            yield _hit(bare, source, excerpt)
            excerpt = f"{noun} {source.tool.label if source else ''}"


def _with_sources(
    noun: str, places: Sequence[IdPlace], listers: Sequence[ToolContext]
) -> Iterator[tuple[IdPlace, ToolContext | None]]:
    """Yield each place with the tool that lists the thing: its own, or that of a parameter of the same name."""
    found = [(place, origin_of(place, noun, listers)) for place in places]
    by_name: dict[str, ToolContext] = {}
    for place, source in found:
        if source is not None and place.parameter.name.lower() != "id":
            by_name.setdefault(place.parameter.name, source)
    for place, source in found:
        shared = by_name.get(place.parameter.name)
        yield place, source or (shared if shared and _may_share(place, shared, noun) else None)


def _may_share(place: IdPlace, source: ToolContext, noun: str) -> bool:
    """Return True if the name of the tool speaks of nothing else than the source, or the source lists the caller's."""
    own = {singular(word) for word in own_words(place.tool)[1:]} - {noun}
    listed = {singular(word) for word in source.name_words}
    narrowed = {singular(word) for word in own_words(source)} - {noun} - NEUTRAL
    return own <= listed or narrowed <= _SCOPES


def _hit(bare: list[IdPlace], source: ToolContext | None, excerpt: str) -> Hit:
    tool, parameter = bare[0]
    named = "" if source is None else f", though '{shown(source.tool.label, 50)}' finds it"
    others = len({place.tool.tool.index for place in bare}) - 1
    elsewhere = f" (and in {others} other tools)" if others > 1 else " (and in another tool)" if others else ""
    return Hit(
        parameter.pointer,
        f"nothing says where '{shown(parameter.name)}' of '{shown(tool.tool.label, 50)}' comes from{elsewhere}{named}:"
        " an agent makes one up",
        excerpt=excerpt,
        tool=tool.tool.index,
        help=f"say in the description of '{shown(parameter.name)}' which tool returns it"
        + (f": 'as {shown(source.tool.label, 50)} returns it'" if source else ", or what it looks like"),
        members=tuple((place.tool.tool.index, place.parameter.pointer) for place in bare),
    )
