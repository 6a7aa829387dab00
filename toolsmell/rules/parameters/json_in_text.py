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
from typing import Final

from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.parameters._as_text import TextForm, hits

_ASKS = (
    r"\bjson[- ](?:encoded|formatted|stringified)?[- ]?(?:string|text)\b|\bstringified json\b|\bjson[- ]encoded\b"
    r"|\b(?:as|in|a|valid) json (?:object|array|list)?\b"
)
_JSON: Final = TextForm(
    asks=_ASKS,
    plain=frozenset("content text body file document code payload message response output path uri url".split()),
    gate=lambda tool: b"json" in tool.sent_words and "json" in tool.prose_lower,
    excerpt="json",
    message="JSON written as one text: an agent gets the escapes wrong, and nothing checks the fields",
    help='write "type": "object" with "properties", or "array" with "items"',
)


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    yield from hits(server, _JSON)
