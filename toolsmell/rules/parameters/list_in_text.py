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

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, pattern

_ASKS = (
    r"\b(?:comma|semicolon|pipe|space)[- ](?:separated|delimited)\b"
    r"|\bseparated by (?:commas?|semicolons?|spaces?|pipes?)\b"
)
_LITERALS = ("separated", "delimited")
_WORDS = frozenset((b"separated", b"delimited"))
_OWN = frozenset("csv sql query content text body address data file command args".split())


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    found = [(tool, parameter) for tool in server.tools for parameter in _found(tool)]
    if not found:
        return
    tool, parameter = found[0]
    names = list(dict.fromkeys(f"'{shown(p.name, 30)}'" for _, p in found))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    yield Hit(
        parameter.pointer,
        f"{', '.join(names[:3])}{more} {'take' if len(names) > 1 else 'takes'} a list written as one text: an agent"
        " gets separators and quotes wrong, and nothing checks the items",
        excerpt="list",
        tool=tool.tool.index,
        help='write "type": "array" with "items"',
        members=tuple((tool.tool.index, p.pointer) for tool, p in found),
    )


def _found(tool: ToolContext) -> Iterator[Parameter]:
    if tool.sent_words.isdisjoint(_WORDS) or not any(map(tool.prose_lower.__contains__, _LITERALS)):
        return
    for parameter, text, _ in tool.explanations:
        if parameter.types - {"null"} != {"string"} or not parameter.schema.keys().isdisjoint(
            ("pattern", "enum", "const")
        ):
            continue
        if pattern(_ASKS).search(text.lower) and _OWN.isdisjoint(identifier_words(parameter.name)):
            yield parameter
