"""An id whose source is not documented.

## What it checks

Required ids (`ticket_id`, `ticketId`, or `id` in `close_ticket`), one finding for each kind of id in a server. A
description must say where the id comes from: another tool, an address that has it, or what it looks like. If another
tool of the server lists or searches the thing, the finding names it.

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
numbers), optional ids, and ids with an enum, a pattern or an example.

## References

- Anthropic, "Writing effective tools for agents": prefer names that say something over opaque identifiers.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, pattern

_SOURCE = (
    r"\bfrom\b|return|obtain|found in|find|get it|listed|list[ _-]|search|e\.g|example|such as|like\b|format|url"
    r"|\d|`|['\"]|respon|previous"
    r"|\bcall \w+|discover|created by|generated|shown|visible|copy|default|use (?:the )?\w+_\w+|given by|see "
)
_LISTERS = frozenset("list search find query lookup browse".split())
_GETTERS = frozenset("get fetch retrieve show all".split())
_MAKERS = frozenset("create add register set put upsert save insert new start open".split())
_SCOPES = frozenset(
    "account project workspace organization organisation org team tenant user owner customer guild".split()
)
"""Ids of the caller's own surroundings: they are configured, not looked up."""
_NAMED = r"\b([a-z]{3,20}) (?:id|identifier|uuid)\b|\b(?:id|identifier|uuid) (?:of|for) (?:the|an?) ([a-z]{3,20})\b"
_WORLD = frozenset("country currency language isbn doi tax vat station airport".split())
"""Things that have ids in the world outside."""
_PLAIN = frozenset("all my available many from by of the api mcp v1 v2".split())
"""Words in the name of a tool that do not narrow down what it lists."""


_VAGUE = frozenset("the unique numeric specific its this that new valid existing".split())


class _Place(NamedTuple):
    tool: ToolContext
    parameter: Parameter


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    by_noun: dict[str, list[_Place]] = {}
    for tool in server.tools:
        for parameter in tool.parameters:
            if parameter.required and parameter.name[-2:].lower() == "id" and (noun := _noun(tool, parameter)):
                by_noun.setdefault(noun, []).append(_Place(tool, parameter))
    sources = _sources(server) if by_noun else {}
    for noun, places in by_noun.items():
        yield from _hits(noun, places, sources)


def _hits(noun: str, places: list[_Place], sources: Mapping[str, list[ToolContext]]) -> Iterator[Hit]:
    takers = {place.tool.tool.index for place in places}
    source = next((tool for tool in sources.get(noun, ()) if _fits(tool, noun, places[0], takers)), None)
    if noun in _WORLD or (source is None and (noun in _SCOPES or _made(noun, places))):
        return
    bare = [place for place in places if not _sourced(place, source)]
    if not bare or (source is None and len(bare) < len(places)):
        return
    tool, parameter = bare[0]
    named = "" if source is None else f", though '{shown(source.tool.label, 50)}' finds it"
    others = len({place.tool.tool.index for place in bare}) - 1
    elsewhere = f" (and in {others} other tools)" if others > 1 else " (and in another tool)" if others else ""
    yield Hit(
        parameter.pointer,
        f"nothing says where '{shown(parameter.name)}' of '{shown(tool.tool.label, 50)}' comes from{elsewhere}{named}:"
        " an agent makes one up",
        excerpt=noun,
        tool=tool.tool.index,
        help=f"say in the description of '{shown(parameter.name)}' which tool returns it"
        + (f": 'as {shown(source.tool.label, 50)} returns it'" if source else ", or what it looks like"),
        members=tuple((place.tool.tool.index, place.parameter.pointer) for place in bare),
    )


def _fits(source: ToolContext, noun: str, place: _Place, takers: set[int]) -> bool:
    """Return True if the tool lists these very things: no word of its name says that it lists others."""
    if source.tool.index in takers:
        return False
    known = _PLAIN | _LISTERS | _GETTERS | set(place.tool.name_words) | source.server.name_words
    extra = {word for word in source.name_words if word not in known and _singular(word) != noun}
    return not extra - {source.server.beginning} - set(identifier_words(place.parameter.name))


def _noun(tool: ToolContext, parameter: Parameter) -> str | None:
    """Return the thing that an id identifies, in the singular; None if the parameter is no id of a thing."""
    if not isinstance(parameter.schema, dict) or parameter.schema.keys() & {"enum", "const", "pattern", "examples"}:
        return None
    if parameter.default is not None or parameter.types.isdisjoint(("string", "integer", "number")):
        return None
    words = identifier_words(parameter.name)
    if len(words) > 1 and words[-1] == "id":
        return _singular(words[-2])
    if words == ["id"] and len(tool.name_words) > 1:
        named = pattern(_NAMED).search((parameter.description or "").lower())
        said = (named[1] or named[2]) if named else ""
        noun = _singular(said if said and said not in _VAGUE else tool.name_words[-1])
        return noun if noun in map(_singular, tool.name_words) else None
    return None


def _sources(server: ServerContext) -> dict[str, list[ToolContext]]:
    """Return, for each thing, the tools that list or search it by their names."""
    found: dict[str, list[ToolContext]] = {}
    for tool in server.tools:
        words = tool.name_words
        lists = not _LISTERS.isdisjoint(words)
        for word in words:
            plural = word.endswith("s") and not word.endswith("ss") and not _GETTERS.isdisjoint(words)
            if (lists or plural) and len(word) > 2:
                found.setdefault(_singular(word), []).append(tool)
    return found


def _made(noun: str, places: list[_Place]) -> bool:
    """Return True if the server has a tool that makes the thing, whose result has the id."""
    server = places[0].tool.server
    return any(
        not _MAKERS.isdisjoint(tool.name_words) and noun in map(_singular, tool.name_words) for tool in server.tools
    )


def _sourced(place: _Place, source: ToolContext | None) -> bool:
    tool, parameter = place
    if not _MAKERS.isdisjoint(tool.name_words):
        return True
    said = (parameter.description or "").lower()
    if pattern(_SOURCE).search(said) or not said.isascii():
        return True
    lower = tool.text.lower
    if source is not None and source.tool.label.lower() in lower:
        return True
    return len(parameter.name) > 2 and parameter.name.lower() in lower


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
