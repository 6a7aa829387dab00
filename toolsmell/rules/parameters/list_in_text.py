"""A list that has to be written as one text.

## What it checks

Parameters of type `string` whose description asks for a list with commas or other separators. All of a server are
one finding.

## Why it matters

The agent decides about spaces, quotes and items that have a comma, and no client can check the items.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders.", "inputSchema": {"type": "object", "properties": {
  "states": {"type": "string", "description": "Comma-separated list of states."}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders.", "inputSchema": {"type": "object", "properties": {
  "states": {"type": "array", "items": {"type": "string"}, "description": "States."}}}}
```

## Not flagged

Text that is data of its own, such as CSV files, SQL and addresses; parameters with a pattern.

## References

- Anthropic, "Writing effective tools for agents": let the schema carry the structure.
"""

from collections.abc import Iterator
from typing import Final

from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.parameters._as_text import TextForm, hits

_ASKS = (
    r"\b(?:comma|semicolon|pipe|space)[- ](?:separated|delimited)\b"
    r"|\bseparated by (?:commas?|semicolons?|spaces?|pipes?)\b"
)
_LITERALS = ("separated", "delimited")
_WORDS = frozenset((b"separated", b"delimited"))
_LIST: Final = TextForm(
    asks=_ASKS,
    plain=frozenset("csv sql query filter filters expression content text body address data file command args".split()),
    gate=lambda tool: not tool.sent_words.isdisjoint(_WORDS) and any(map(tool.prose_lower.__contains__, _LITERALS)),
    excerpt="list",
    message="a list written as one text: an agent gets separators and quotes wrong, and nothing checks the items",
    help='write "type": "array" with "items"',
)


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    yield from hits(server, _LIST)
