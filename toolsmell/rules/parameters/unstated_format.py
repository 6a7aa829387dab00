"""A date, time zone, language or currency whose form nobody states.

## What it checks

String parameters whose name says that they hold a date or time, a time zone, a language, a country or a currency,
for any word on how it is written: a `format`, `pattern` or `enum`, an example, a default, a standard (ISO, RFC,
IANA) or a letter pattern (YYYY-MM-DD).

## Why it matters

`03/04/2026`, `2026-04-03` and `tomorrow` are all dates, and a server takes one of them. An agent that guesses is
rejected, or, worse, understood wrongly.

## Smelly

```json
{"name": "book_room", "description": "Books a room.",
 "inputSchema": {"type": "object", "properties": {
   "start_date": {"type": "string", "description": "First day of the booking."}}}}
```

## Better

```json
{"name": "book_room", "description": "Books a room.",
 "inputSchema": {"type": "object", "properties": {
   "start_date": {"type": "string", "format": "date", "description": "First day of the booking, as YYYY-MM-DD."}}}}
```

## Not flagged

A parameter whose tool says it for all of them, free text about a date ("in natural language"), a parameter that
nobody describes (`undescribed-parameter`), and paths (`ambiguous-path`).

## References

- JSON Schema 2020-12, Validation, 7.3: defined formats.
- RFC 3339 (dates and times), IANA time zone database, BCP 47 (languages), ISO 3166 and 4217.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import has_any, identifier_words, pattern

_KINDS = {
    **dict.fromkeys(("date", "datetime", "timestamp", "deadline", "birthday", "birthdate"), "date or time"),
    **dict.fromkeys(("timezone", "tz"), "time zone"),
    **dict.fromkeys(("lang", "locale"), "language"),
    "currency": "currency",
}
_PAIRS = {
    ("start", "time"): "date or time",
    ("end", "time"): "date or time",
    ("from", "time"): "date or time",
    ("to", "time"): "date or time",
    ("due", "on"): "date or time",
    ("time", "zone"): "time zone",
    ("language", "code"): "language",
    ("country", "code"): "country",
    ("currency", "code"): "currency",
}
_BOUNDS_OF_TIME = frozenset("since until before after".split())
_LAST = frozenset((*_KINDS, *_BOUNDS_OF_TIME, *(last for _, last in _PAIRS)))
_SPEAKING = frozenset(("format", "pattern", "enum", "const", "default", "examples", "example"))
# Any of these says, or may say, how it is written.
_STATED = (
    r"\d|yyyy|iso|rfc|unix|epoch|format|natural|e\.g|example|such as|like|['\"`]|iana|olson|utc|gmt|bcp|-letter"
    r"|letter code|letters? [A-Z]{2}"
    r"|code|/|any\b"
    r"|seconds|\bstring\b"
)


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if tool.parameter_endings.isdisjoint(_LAST):
        return
    for parameter in tool.all_parameters:
        schema = parameter.schema
        if not isinstance(schema, dict) or not _SPEAKING.isdisjoint(schema):
            continue
        kind = _kind(parameter)
        if kind and "string" in parameter.types and not _stated(parameter, tool):
            yield Hit(
                parameter.pointer,
                f"'{shown(parameter.path)}' takes a {kind}, and nothing says how it is written: an agent guesses",
                excerpt=parameter.path,
            )


def _kind(parameter: Parameter) -> str | None:
    words = identifier_words(parameter.name)
    if not words:
        return None
    if words[-1] in _BOUNDS_OF_TIME and pattern(r"\b(?:date|time|day)\b").search((parameter.description or "").lower()):
        return "date or time"
    return _KINDS.get(words[-1]) or (_PAIRS.get((words[-2], words[-1])) if len(words) > 1 else None)


def _stated(parameter: Parameter, tool: ToolContext) -> bool:
    said = (parameter.description or "").lower()
    if not said or pattern(_STATED).search(said):
        return True
    prose = tool.text.lower
    at = prose.find(parameter.name.lower())
    if at >= 0 and pattern(_STATED).search(prose, at, at + 300):
        return True
    return has_any(prose, ("yyyy", "iso 8601", "iso-8601", "iso8601", "rfc 3339", "rfc3339", "format"))
