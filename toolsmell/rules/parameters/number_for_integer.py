"""A number that should be an integer.

## What it checks

Parameters of type `number` whose name says that they count, number or index something: ids, pages, limits, offsets,
ports, years; or whose text asks for an integer or a whole number. All of a server are one finding.

## Why it matters

The schema allows 1.5 pages, and models that follow it literally write 10.0, which strict servers reject.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders.", "inputSchema": {"type": "object", "properties": {
  "page": {"type": "number", "minimum": 1, "description": "Page, from 1."}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders.", "inputSchema": {"type": "object", "properties": {
  "page": {"type": "integer", "minimum": 1, "description": "Page, from 1."}}}}
```

## Not flagged

Numbers with a fraction in their default, bounds or values, and `multipleOf: 1`.

## References

- JSON Schema 2020-12, Validation, section 6.1.1: `integer` is any number with a zero fractional part.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, last_word, pattern

_LAST = frozenset(
    "id page limit offset count port year month day hour minute index page_size pagesize per_page perpage skip take "
    "retries attempts rows columns topk line lines results items entries quantity number num".split()
)
_AFTER = {
    "size": ("page", "batch"),
    "k": ("top",),
    "page": ("per", "max", "start", "end", "current"),
    "number": ("page", "line", "issue", "pr", "pull", "build", "port", "row", "version"),
}
_LENGTHS = frozenset("indent indentation spacing height width margin padding space".split())
"""Words of names that measure, in any unit, whatever comes after them."""
_ALWAYS = _LAST - {
    "number",
    "num",
    "quantity",
    "day",
    "hour",
    "minute",
    "month",
    "items",
    "entries",
    "results",
    "index",
}
_NOT_ONLY = r"\bfloat|\bdecimal|fraction|\bor (?:a )?(?:number|string)|non-integer|integer or\b|nearest|round"
_FRACTIONS = ("default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    found = [(tool, parameter) for tool in server.tools for parameter in _found(tool)]
    if not found:
        return
    tool, parameter = found[0]
    names = list(dict.fromkeys(f"'{shown(p.name, 30)}'" for _, p in found))
    listed = ", ".join(names[:3])
    several = f"; {len(found)} parameters in all" if len(found) > 3 else ""
    yield Hit(
        f"{parameter.pointer}/type",
        f"{listed} {'are' if len(names) > 1 else 'is'} of type 'number', and only whole numbers make sense{several}: an"
        " agent may write 1.5 or 10.0",
        excerpt="number",
        tool=tool.tool.index,
        help='write "type": "integer"',
        members=tuple((tool.tool.index, f"{p.pointer}/type") for tool, p in found),
    )


def _found(tool: ToolContext) -> Iterator[Parameter]:
    for parameter in tool.all_parameters:
        schema = parameter.schema
        if not isinstance(schema, dict) or schema.get("type") != "number":
            continue
        if not _counts(parameter.name) and not _said(parameter):
            continue
        values = [schema.get(key) for key in _FRACTIONS] + (
            schema.get("enum") or [] if isinstance(schema.get("enum"), list) else []
        )
        if (
            not any(isinstance(value, float) and not value.is_integer() for value in values)
            and schema.get("multipleOf") is None
        ):
            yield parameter


def _said(parameter: Parameter) -> bool:
    """Return True if the text asks for a whole number."""
    text = (parameter.description or "").lower()
    return ("integer" in text or "whole number" in text) and not pattern(_NOT_ONLY).search(text)


def _counts(name: str) -> bool:
    """Return True if the name is one of a count, an index or an id; `indent_first_line` is a length."""
    if last_word(name) not in _LAST and last_word(name) not in _AFTER:
        return False
    words = identifier_words(name)
    if not _LENGTHS.isdisjoint(words):
        return False
    last = words[-1] if words else ""
    return last in _ALWAYS or (len(words) > 1 and words[-2] in _AFTER.get(last, ()))
