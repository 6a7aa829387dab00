"""A parameter described by the text of another one.

## What it checks

Two parameters of one object with the same description, if the text has a word of the name of one and no word of the
name of the other.

## Why it matters

The agent reads that `end` is the start of the range, and passes the wrong date with good reason.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders.", "inputSchema": {"type": "object", "properties": {
  "begin": {"type": "string", "description": "First day to begin with, YYYY-MM-DD."},
  "end": {"type": "string", "description": "First day to begin with, YYYY-MM-DD."}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders.", "inputSchema": {"type": "object", "properties": {
  "begin": {"type": "string", "description": "First day to begin with, YYYY-MM-DD."},
  "end": {"type": "string", "description": "Last day, YYYY-MM-DD."}}}}
```

## Not flagged

The same text for two parameters that it fits both ("Number of pixels."), and texts of fewer than three words.

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878).
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, words_of

_FEWEST = 3
_OPPOSITES = tuple(
    frozenset(pair.split())
    for pair in (
        "start end", "begin end", "from to", "min max", "minimum maximum", "first last", "source target",
        "source destination", "width height", "latitude longitude", "lat lng", "lat lon", "before after", "since until",
        "left right", "top bottom", "old new", "input output", "row column", "username password", "x y",
    )
)  # fmt: skip
_LONG = {"lat": "latitude", "lng": "longitude", "lon": "longitude", "min": "minimum", "max": "maximum"}


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    first: dict[tuple[str, str], Parameter] = {}
    for parameter in tool.all_parameters:
        text = (parameter.description or "").strip()
        if len(text) < 8 or "$ref" in parameter.schema:
            continue
        holder = parameter.pointer.rpartition("/")[0]
        other = first.setdefault((holder, text), parameter)
        if other is not parameter and (wrong := _of_the_other(text, other, parameter)):
            about = other if wrong is parameter else parameter
            yield Hit(
                f"{wrong.pointer}/description",
                f"the description of '{shown(wrong.path)}' is that of '{shown(about.path)}': an agent passes the wrong"
                " value",
                excerpt=text[:200],
                help=f"describe '{shown(wrong.path)}'",
            )


def _of_the_other(text: str, a: Parameter, b: Parameter) -> Parameter | None:
    """Return the one of two parameters that the text is not about; None if it may be about both."""
    said = set(words_of(text))
    if len(said) < _FEWEST:
        return None
    ours, theirs = (set(identifier_words(parameter.name)) for parameter in (a, b))
    for pair in _OPPOSITES:
        mine, yours = pair & ours, pair & theirs
        if len(mine) == len(yours) == 1 and mine != yours:
            (one,), (two,) = mine, yours
            has_one, has_two = _has(said, one), _has(said, two)
            if has_one != has_two:
                return b if has_one else a
    return None


def _has(said: set[str], word: str) -> bool:
    stem = _LONG.get(word, word)
    return any(other == word or (len(word) > 2 and other.startswith((word, stem))) for other in said)
