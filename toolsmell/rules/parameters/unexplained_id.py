"""An id of which nobody says where it comes from.

## What it checks

Required parameters called `..._id` or `...Id`, one finding for each name in a server. Some description must say where
the value comes from: another tool of the server, an address it is part of, what it looks like, or a tool that
creates or lists the thing by its name.

## Why it matters

An id cannot be guessed. An agent makes one up, passes a name instead, or asks the user, who does not know it either.

## Smelly

```json
[{"name": "close_ticket", "description": "Closes a ticket.",
  "inputSchema": {"type": "object", "required": ["ticket_id"], "properties": {
    "ticket_id": {"type": "string", "description": "ID of the ticket to close."}}}},
 {"name": "reopen_ticket", "description": "Reopens a ticket.",
  "inputSchema": {"type": "object", "required": ["ticket_id"], "properties": {
    "ticket_id": {"type": "string", "description": "ID of the ticket to reopen."}}}}]
```

## Better

```json
[{"name": "close_ticket", "description": "Closes a ticket.",
  "inputSchema": {"type": "object", "required": ["ticket_id"], "properties": {
    "ticket_id": {"type": "string", "description": "ID of the ticket to close, as search_tickets returns it."}}}},
 {"name": "search_tickets", "description": "Finds tickets by a word in them and returns their ids.",
  "inputSchema": {"type": "object", "properties": {}}}]
```

## Not flagged

Ids that the caller may choose (in a tool that creates the thing), ids of the world outside (ISBN, DOI, tax and bank
numbers), and ids for which the server has a tool that lists, searches or creates the thing.

## References

- Anthropic, "Writing effective tools for agents": prefer names that say something over opaque identifiers.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.grouping import shared
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, pattern

_SOURCE = (
    r"\bfrom\b|return|obtain|found in|find|get it|listed|list[ _-]|search|e\.g|example|such as|like\b|format|url"
    r"|\d|`|['\"]|respon|previous"
    r"|created by|generated|shown|visible|copy|default|use (?:the )?\w+_\w+"
)
_FINDERS = frozenset(
    (
        "list",
        "search",
        "find",
        "query",
        "get",
        "fetch",
        "lookup",
        "browse",
        "retrieve",
        "create",
        "add",
        "start",
        "open",
        "new",
        "show",
        "all",
    )
)
_MAKERS = frozenset(("create", "add", "register", "set", "put", "upsert", "save", "insert", "new"))


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    for one in shared(_unexplained(server)):
        yield Hit(
            one.parameter.pointer,
            f"nothing says where '{shown(one.parameter.name)}' comes from{one.elsewhere}: an agent makes one up",
            excerpt=one.parameter.name,
            tool=one.tool.tool.index,
            members=one.members,
        )


def _unexplained(server: ServerContext) -> Iterator[tuple[ToolContext, Parameter]]:
    by_name: dict[str, list[tuple[ToolContext, Parameter]]] = {}
    for tool in server.tools:
        for parameter in tool.parameters:
            if parameter.name[-2:] in ("id", "Id", "ID") and parameter.required and _is_id(parameter):
                by_name.setdefault(parameter.name, []).append((tool, parameter))
    found_by = _found_by(server) if by_name else {}
    for name, places in by_name.items():
        takers = {tool.tool.index for tool, _ in places}
        finders = found_by.get(_stem(identifier_words(name)[-2]), frozenset())
        if finders <= takers and not any(_sourced(tool, parameter) for tool, parameter in places):
            yield from places


def _found_by(server: ServerContext) -> dict[str, frozenset[int]]:
    """Return, for each thing, the tools that by their names list, search or create it."""
    found: dict[str, set[int]] = {}
    for tool in server.tools:
        if not _FINDERS.isdisjoint(tool.name_words):
            for word in tool.name_words:
                found.setdefault(_stem(word), set()).add(tool.tool.index)
    return {word: frozenset(tools) for word, tools in found.items()}


def _is_id(parameter: Parameter) -> bool:
    words = identifier_words(parameter.name)
    if len(words) < 2 or words[-1] != "id" or not isinstance(parameter.schema, dict):
        return False
    return parameter.schema.keys().isdisjoint(("enum", "const", "default", "pattern", "examples"))


def _sourced(tool: ToolContext, parameter: Parameter) -> bool:
    if not _MAKERS.isdisjoint(tool.name_words):
        return True
    said = (parameter.description or "").lower()
    return bool(pattern(_SOURCE).search(said)) or parameter.name.lower() in tool.text.lower


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
