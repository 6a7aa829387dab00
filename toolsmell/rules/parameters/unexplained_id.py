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

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.verbs import deed_named, own_words
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, pattern

_SOURCE = (
    r"\bfrom\b|return|obtain|found in|find|get it|listed|list[ _-]|search|e\.g|example|such as|like\b|format|url"
    r"|\d|`|['\"]|respon|previous"
    r"|\bcall \w+|discover|created by|generated|shown|visible|copy|default|use (?:the )?\w+_\w+|given by|see "
    r"|\bor (?:the |an? |their |its )?(?:\w+ )?(?:e-?mail|name|slug|user ?name|login|handle|key|path|title|alias)\b"
)
_LISTERS = frozenset("list search find query lookup browse".split())
_GETTERS = frozenset("get fetch retrieve show all".split())
_MAKERS = frozenset("create add register set put upsert save insert new start open".split())
_SCOPES = frozenset(
    "account project workspace organization organisation org team tenant user owner customer guild".split()
)
"""Ids of the caller's own surroundings: they are configured, not looked up."""
_NAMED = (
    r"\b([a-z]{3,20}) (?:(?:unique|numeric|internal|opaque) )*(?:id|identifier|uuid|guid)\b"
    r"|\b(?:id|identifier|uuid|guid) (?:of|for) (?:the|an?) ([a-z]{3,20})\b"
)
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
        if noun not in _WORLD:
            yield from _hits(noun, places, sources.get(noun, ()))


def _hits(noun: str, places: list[_Place], sources: Sequence[ToolContext]) -> Iterator[Hit]:
    """Yield a hit for each tool that lists the thing, and one for the ids that no tool lists."""
    takers = {place.tool.tool.index for place in places}
    by_source: dict[ToolContext | None, list[_Place]] = {}
    for place, source in _with_sources(noun, places, [tool for tool in sources if tool.tool.index not in takers]):
        by_source.setdefault(source, []).append(place)
    excerpt = noun
    for source, group in by_source.items():
        if source is None and (noun in _SCOPES or _made(noun, places)):
            continue
        bare = [place for place in group if not _sourced(place, source)]
        if bare and (source is not None or not any(_sourced(place, None) for place in places)):
            yield _hit(bare, source, excerpt)
            excerpt = f"{noun} {source.tool.label if source else ''}"


def _with_sources(
    noun: str, places: Sequence[_Place], listers: Sequence[ToolContext]
) -> Iterator[tuple[_Place, ToolContext | None]]:
    """Yield each place with the tool that lists the thing: its own, or that of a parameter of the same name."""
    found = [(place, _source(place, noun, listers)) for place in places]
    by_name: dict[str, ToolContext] = {}
    for place, source in found:
        if source is not None and place.parameter.name.lower() != "id":
            by_name.setdefault(place.parameter.name, source)
    for place, source in found:
        shared = by_name.get(place.parameter.name)
        yield place, source or (shared if shared and _may_share(place, shared, noun) else None)


def _may_share(place: _Place, source: ToolContext, noun: str) -> bool:
    """Return True if the name of the tool speaks of nothing else than the source, or the source lists the caller's."""
    own = {_singular(word) for word in own_words(place.tool)[1:]} - {noun}
    listed = {_singular(word) for word in source.name_words}
    narrowed = {_singular(word) for word in own_words(source)} - {noun} - _LISTERS - _GETTERS - _PLAIN
    return own <= listed or narrowed <= _SCOPES


def _hit(bare: list[_Place], source: ToolContext | None, excerpt: str) -> Hit:
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


def _source(place: _Place, noun: str, listers: Sequence[ToolContext]) -> ToolContext | None:
    """Return the tool that lists these very things: the one that shares most words with the tool that takes the id."""
    said = _said_before(place, noun)
    words = {*place.tool.name_words, *identifier_words(place.parameter.name), *said}
    fitting = [tool for tool in listers if _fits(tool, noun, words) and _narrow_enough(tool, place, noun, said)]
    return max(fitting, key=lambda tool: len(words & {*tool.name_words}), default=None)


def _fits(source: ToolContext, noun: str, words: AbstractSet[str]) -> bool:
    """Return True if no word of the tool's name says that it lists others."""
    known = _PLAIN | _LISTERS | _GETTERS | words | source.server.name_words
    extra = {word for word in source.name_words if word not in known and _singular(word) != noun}
    return not extra - {source.server.beginning}


def _said_before(place: _Place, noun: str) -> frozenset[str]:
    """Return the word that narrows down the thing in the description: `received` in `the received email ID`."""
    found = pattern(r"\b([a-z]{3,20}) ([a-z]{3,20}) (?:id|identifier|uuid|guid)\b").search(
        (place.parameter.description or "").lower()
    )
    return frozenset((found[1],)) if found and _singular(found[2]) == noun else frozenset()


def _narrow_enough(source: ToolContext, place: _Place, noun: str, said: AbstractSet[str]) -> bool:
    """Return True if the words that narrow down a bare `id` are in the name of the source too."""
    words = place.tool.name_words
    singular = [_singular(word) for word in words]
    at = singular.index(noun) if place.parameter.name.lower() == "id" and noun in singular else 0
    before = set(words[1:at][-1:]) - source.server.name_words - _VAGUE
    narrowing = before | (said & set(words))
    return narrowing <= {*source.name_words, *map(_singular, source.name_words)}


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
        last = tool.name_words[-1]
        noun = _singular(said if said and said not in _VAGUE else last)
        return noun if noun in map(_singular, tool.name_words) or (said and deed_named(last)) else None
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
