"""A well-known format in the text and not in the schema.

## What it checks

String parameters whose description names one format that JSON Schema has a word for (YYYY-MM-DD, ISO 8601 date and
time, e-mail address, UUID, URL) and whose schema has neither `format` nor `pattern`.

## Why it matters

Clients check a `format` before the call and providers generate by it. A sentence is only advice, and a slip is found
out by an error of the server.

## Smelly

```json
{"name": "book_room", "description": "Books a room.",
 "inputSchema": {"type": "object", "properties": {
   "day": {"type": "string", "description": "Day of the booking (YYYY-MM-DD)."}}}}
```

## Better

```json
{"name": "book_room", "description": "Books a room.",
 "inputSchema": {"type": "object", "properties": {
   "day": {"type": "string", "format": "date", "description": "Day of the booking."}}}}
```

## Not flagged

A choice between forms ("URL or path"), several values in one text, and parts of a URL.

## References

- JSON Schema 2020-12, Validation, 7.3: `date`, `date-time`, `email`, `uuid`, `uri`.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Json
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options, addition, json_key
from toolsmell.text import pattern

_LONGEST = 300
# Patterns of the text. Formats that texts also mention in passing must be at its beginning.
_HEAD = r"^\W*(?:optional:? |the |a |an |full |valid |\w+ ){0,4}"
_FORMATS = (
    ("yyyy-mm-dd", r"\byyyy-mm-dd\b(?![ t]?h|t)", "date"),
    (
        "8601",
        (
            r"\biso[ -]?8601\b.{0,12}\b(?:date-?time|timestamp|time)\b"
            r"|\b(?:date-?time|timestamp|time)\b.{0,30}\biso[ -]?8601\b"
        ),
        "date-time",
    ),
    ("3339", r"\brfc[ -]?3339\b", "date-time"),
    ("uuid", rf"{_HEAD}uuid\b(?!-)(?! (?:of|for) .*\bname)|\(uuid\)", "uuid"),
    ("mail", rf"{_HEAD}e-?mail address\b(?!-)", "email"),
    (
        "url",
        (
            rf"{_HEAD}url\b(?!-)"
            "(?! (?:pattern|path|prefix|param|query|encoded|slug|template|fragment|safe|friendly|scheme))"
        ),
        "uri",
    ),
)
_SEVERAL = (
    r"\bor\b|\bnow\b|\btoday\b|separated|\blist of\b|\bany\b|duration|e\.g\. ?now|relative|patterns?\b|regex"
    r"|/\s*(?:path|id)\b|json"
    r"|glob|contain"
    r"|natural|\bfor (?:dates?|urls?|emails?)\b|\b(?:from|in|like) (?:the |a )?\w* ?(?:url|uuid|email)|\bif\b"
    r"|default: \w* uuid|\b(?:empty|blank)\b"
)
_EXAMPLE = r"[`'\"]([^`'\"\n]{3,40})[`'\"]|\b(\d{4}-\d{2}-\d{2}T[\d:.]+\S{0,6})"
_SHAPES = {
    "date": r"\d{4}-\d{2}-\d{2}|[Yy]{4}-[Mm]{2}-[Dd]{2}",
    "date-time": r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})",
    "uuid": r"[0-9a-fA-F-]{36}",
    "email": r"[^@\s]+@[^@\s]+",
}
_MAILBOXES = frozenset("from to cc bcc sender replyto reply_to reply-to".split())
"""Headers of a mail, which also take `Ada <ada@example.org>`."""
_SPEAKING = frozenset(("format", "pattern", "enum", "const", "anyOf", "oneOf", "allOf"))


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    lower = tool.prose_lower
    wanted = [form for form in _FORMATS if form[0] in lower]
    for parameter, text, _ in tool.explanations if wanted else ():
        if not isinstance(parameter.schema, dict) or parameter.schema.get("type") != "string":
            continue
        if not _SPEAKING.isdisjoint(parameter.schema) or len(text.raw) > _LONGEST:
            continue
        form = _form(text.lower, wanted)
        if form and not _obvious(parameter.name, form) and _fits(text.raw, parameter.schema, form):
            yield Hit(
                parameter.pointer,
                f"the form of '{shown(parameter.path)}' ({form}) is only in the text, not in the schema: clients cannot"
                " check it",
                excerpt=form,
                fix=addition(tool, parameter.pointer, {"format": form}),
                help=f"add {json_key('format', form)} to '{shown(parameter.path)}'",
            )


def _obvious(name: str, form: str) -> bool:
    """Return True if the name says as much as the format would, or allows more than it."""
    lower = name.lower()
    if form == "email" and lower in _MAILBOXES:
        return True
    return (form == "uri" and ("url" in lower or "uri" in lower)) or (form == "uuid" and lower.endswith("id"))


def _fits(text: str, schema: Json, form: str) -> bool:
    """Return True if the examples of the text and the default of the schema have the format."""
    written = [quoted or bare for quoted, bare in pattern(_EXAMPLE).findall(text)]
    values = [*written, *(value for value in (schema.get("default"),) if isinstance(value, str) and value)]
    return all(pattern(_SHAPES[form]).fullmatch(value) for value in values) if form in _SHAPES else True


def _form(lower: str, wanted: list[tuple[str, str, str]]) -> str | None:
    named = {name for literal, source, name in wanted if literal in lower and pattern(source).search(lower)}
    if named == {"date", "date-time"}:
        named = {"date"}
    if len(named) != 1 or pattern(_SEVERAL).search(lower):
        return None
    form = named.pop()
    # An "RFC 3339 date" may be a day or a moment.
    return None if form == "date-time" and "date" in lower and "time" not in lower else form
