"""An index that may begin at 0 or at 1.

## What it checks

Whole numbers that count places: `paragraph_index`, `sheetIndex`, `slide_number`, `row`, `column`. The schema must have
a minimum or a default, or a text must say where the count begins. A tool has one finding, for all its indexes.

## Why it matters

An agent that counts from 0 where the server counts from 1 reads, changes or deletes the neighbour. The call succeeds.

## Smelly

```json
{"name": "delete_row", "description": "Deletes a row.", "inputSchema": {"type": "object", "required": ["row_index"],
  "properties": {"row_index": {"type": "integer", "description": "Index of the row to delete."}}}}
```

## Better

```json
{"name": "delete_row", "description": "Deletes a row.", "inputSchema": {"type": "object", "required": ["row_index"],
  "properties": {"row_index": {"type": "integer", "description": "Index of the row to delete; the first row is 0."}}}}
```

## Not flagged

Indexes with a `minimum`, `enum` or default, tools that say it of another of their indexes, texts that name 0, 1 or the
first one, numbers that another tool gives
(`as list_rows returns it`), lines of files, which begin at 1 everywhere, and block, page and issue numbers.

## References

- Anthropic, "Writing effective tools for agents": parameter names and descriptions should leave no doubt.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, last_word, pattern

_COUNTED = frozenset("row col column paragraph slide cell sheet tab frame item character".split())
"""Things that have a number by their place."""
_LAST = frozenset(("index", "idx", "number", "num", "position", "pos", "row", "col", "column"))
_ALONE = frozenset(("index", "idx"))
_SAID = (
    r"\b(?:0|1|zero|one|first|last)\b|\b[01][- ]?(?:based|indexed)|from|obtain"
    r"|\bvia\b|given by|return|listed|such as|e\.g|example|shown"
    r"|\d|count|how many|number of"
)
_BOUNDS = frozenset(("minimum", "exclusiveMinimum", "enum", "const", "default", "examples", "example"))


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if tool.parameter_endings.isdisjoint(_LAST):
        return
    found = [p for p in tool.all_parameters if last_word(p.name) in _LAST and _is_place(p)]
    places, bound = [p for p in found if not _bounded(p)], any(map(_bounded, found))
    if not places or bound or any(_said(parameter, tool) for parameter in places):
        return  # what is said of the first index holds for the last one
    first = places[0]
    name = shown(first.path)
    yield Hit(
        first.pointer,
        f"nothing says whether '{name}' begins at 0 or at 1: an agent may take the neighbour",
        excerpt=first.path,
        help=f"say in the description of '{name}', and of the tool's other indexes, what the first one is, or add"
        " 'minimum'",
    )


def _is_place(parameter: Parameter) -> bool:
    schema = parameter.schema
    if not isinstance(schema, dict) or parameter.types - {"null"} not in ({"integer"}, {"number"}):
        return False
    words = identifier_words(parameter.name)
    return words[-1] in _ALONE or (len(words) > 1 and words[-2] in _COUNTED) or words[-1] in _COUNTED


def _bounded(parameter: Parameter) -> bool:
    return not _BOUNDS.isdisjoint(parameter.schema)


def _said(parameter: Parameter, tool: ToolContext) -> bool:
    said = (parameter.description or "").lower()
    if pattern(_SAID).search(said) or not said.isascii() or not tool.text.raw.isascii():
        return True
    return bool(
        pattern(r"\b[01][- ]?(?:based|indexed)|\b(?:starts?|begins?|counts?|counting) (?:at|from|with)\b").search(
            tool.text.lower
        )
    )
