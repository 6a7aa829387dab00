"""A parameter whose description only repeats its name.

## What it checks

The description of each parameter: a word in it must be in neither the parameter's name, nor the names of what it is
part of, nor the tool's name, nor among words that say nothing here (articles, 'value', 'parameter', its type). One name
in three tools or more is one finding.

## Why it matters

`"user_id": "The user ID"` costs tokens and tells an agent nothing new: which form, from where, what happens with it.

## Smelly

```json
{"name": "get_invoice", "description": "Fetches one invoice.",
 "inputSchema": {"type": "object", "properties": {
   "customer_ref": {"type": "string", "description": "The customer ref."}}}}
```

## Better

```json
{"name": "get_invoice", "description": "Fetches one invoice.",
 "inputSchema": {"type": "object", "properties": {
   "customer_ref": {"type": "string", "description": "Reference that the customer gave, such as PO-1042."}}}}
```

## Not flagged

A parameter that leaves nothing to explain (`url`, `query`, `title`, `password`), one that its `enum`, `const`,
`format`, `pattern`, `default` or examples explain, one that the tool's description explains by name, and words in
scripts that the names are not written in.

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878): opaque parameters.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.grouping import shared
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, words_of

_EMPTY = frozenset(
    (
        "a", "an", "the", "of", "for", "to", "in", "on", "with", "by", "and", "or", "is", "this", "that", "your", "its",
        "value", "parameter", "param", "argument", "field", "property", "input", "given", "specified", "string",
        "number",
        "integer", "boolean", "object", "array", "list", "optional", "which", "be", "it", "here",
    )
)  # fmt: skip
_SPEAKING = frozenset(("enum", "const", "format", "pattern", "examples", "example", "default", "properties", "items"))
# Nothing has to be added to these names, or another rule says what has to be.
_PLAIN = frozenset(
    (
        "url", "urls", "uri", "query", "title", "subject", "body", "content", "contents", "text", "message", "prompt",
        "description", "comment", "note", "notes", "summary", "caption", "password", "username", "email",
        "phone", "html",
        "sql", "code", "question", "answer", "width", "height", "latitude", "longitude", "lat", "lng", "lon", "adults",
        "children", "infants", "pets", "name", "keyword", "keywords", "path", "filepath", "directory", "dir",
        "file", "date",
        "timezone", "zone", "timestamp", "currency", "timeout", "duration", "delay", "page", "limit", "offset",
        "cursor", "year",
        "color", "colour", "count", "number", "num", "command", "language", "city", "country", "address",
    )
)  # fmt: skip
_LONGEST = 80


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    for one in shared((tool, parameter) for tool in server.tools for parameter in _found(tool)):
        schema = one.parameter.schema
        yield Hit(
            f"{one.parameter.pointer}/description" if "$ref" not in schema else one.parameter.pointer,
            f"the description of '{shown(one.parameter.path)}' only repeats the name{one.elsewhere}: it tells an"
            " agent nothing",
            excerpt=schema["description"],
            tool=one.tool.tool.index,
            members=one.members,
        )


def _found(tool: ToolContext) -> Iterator[Parameter]:
    for parameter in tool.all_parameters:
        schema = parameter.schema
        description = schema.get("description") if isinstance(schema, dict) else None
        if not isinstance(description, str) or len(description) > _LONGEST or not _SPEAKING.isdisjoint(schema):
            continue
        if (
            _likely(description, parameter, tool)
            and _restated(description, parameter, tool)
            and not _explained(parameter, tool)
        ):
            yield parameter


def _likely(description: str, parameter: Parameter, tool: ToolContext) -> bool:
    """Settle most descriptions without taking names apart: one word that begins like nothing in them is enough."""
    names = ""
    for word in description.lower().split():
        if len(word) > 3 and word not in _EMPTY and not word.startswith("identif"):
            names = names or f"{parameter.path} {tool.tool.name}".lower()
            plain = word.strip(".,:;!?()'\"")
            if len(plain) > 3 and plain[:3] not in names and plain not in _EMPTY:
                return False
    return True


def _restated(description: str, parameter: Parameter, tool: ToolContext) -> bool:
    words = {word for said in words_of(description) for word in (said, *identifier_words(said))}
    words -= _EMPTY
    named = identifier_words(parameter.name)
    if not named or named[-1] in _PLAIN:
        return False
    if not words:
        return any(c.isalnum() for c in description)
    known = {_stem(word) for word in (*identifier_words(parameter.path), *tool.name_words)}
    joined = "".join(named)
    return all(_stem(word) in known or word in joined for word in words)


def _stem(word: str) -> str:
    return (
        word[:-1]
        if word.endswith("s") and len(word) > 3
        else {"identifier": "id", "identification": "id"}.get(word, word)
    )


def _explained(parameter: Parameter, tool: ToolContext) -> bool:
    return any(entry.name == parameter.name and len(entry.text) > _LONGEST // 2 for entry in tool.entries)
