"""JSON that has to be written as one text.

## What it checks

Parameters of type `string` whose description asks for JSON: an encoded object or list. All of a server are
one finding.

## Why it matters

The agent has to escape quotes by hand, models get nested escapes wrong, and no client can check the fields.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders.", "inputSchema": {"type": "object", "properties": {
  "states": {"type": "string", "description": "Filter as a JSON string."}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders.", "inputSchema": {"type": "object", "properties": {
  "states": {"type": "object", "properties": {"paid": {"type": "boolean"}}, "description": "Filter."}}}}
```

## Not flagged

Text that is a document of its own, such as the content of a file or the body of a request.

## References

- Anthropic, "Writing effective tools for agents": let the schema carry the structure.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, pattern

_ASKS = (
    r"\bjson[- ](?:encoded|formatted|stringified)?[- ]?(?:string|text)\b|\bstringified json\b|\bjson[- ]encoded\b"
    r"|\b(?:as|in|a|valid) json (?:object|array|list)?\b"
)
_OWN = frozenset("content text body file document code payload message response output path".split())


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    found = [(tool, parameter) for tool in server.tools for parameter in _found(tool)]
    if not found:
        return
    tool, parameter = found[0]
    names = list(dict.fromkeys(f"'{shown(p.name, 30)}'" for _, p in found))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    yield Hit(
        parameter.pointer,
        f"{', '.join(names[:3])}{more} {'take' if len(names) > 1 else 'takes'} JSON written as one text: an agent gets"
        " the escapes wrong, and nothing checks the fields",
        excerpt="json",
        tool=tool.tool.index,
        help='write "type": "object" with "properties", or "array" with "items"',
        members=tuple((tool.tool.index, p.pointer) for tool, p in found),
    )


def _found(tool: ToolContext) -> Iterator[Parameter]:
    if b"json" not in tool.sent_words or "json" not in tool.prose_lower:
        return
    for parameter, text, _ in tool.explanations:
        if parameter.types - {"null"} != {"string"} or not parameter.schema.keys().isdisjoint(
            ("pattern", "enum", "const")
        ):
            continue
        if pattern(_ASKS).search(text.lower) and _OWN.isdisjoint(identifier_words(parameter.name)):
            yield parameter
