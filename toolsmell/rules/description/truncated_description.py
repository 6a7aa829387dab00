"""A text that was cut off.

## What it checks

The end of the description and of the description of every parameter: a comma, an open bracket, a hanging "or", "and",
"the" or "such as", a list with one item ("One of: asc"), and a condition without its consequence ("If true", "The
zone to list. If empty").

## Why it matters

The rest of the sentence is lost, often to a struct tag or a template that ends at a comma. The agent sees one of three
values, or a condition that means nothing.

## Smelly

```json
{"name": "list_folder", "description": "Lists a folder.", "inputSchema": {"type": "object", "properties": {
  "order": {"type": "string", "description": "One of: name"}, "deep": {"type": "boolean", "description": "If true"}}}}
```

## Better

```json
{"name": "list_folder", "description": "Lists a folder.", "inputSchema": {"type": "object", "properties": {
  "order": {"type": "string", "enum": ["name", "size"]},
  "deep": {"type": "boolean", "description": "If true, lists the folders inside it too."}}}}
```

## Not flagged

Texts that end with a colon before a list in another field, prepositions that may end a phrase ("user to share with"),
and half-open intervals such as [0, 1).

## References

- JSON Schema 2020-12, Validation, 9.1: a description explains the purpose of what it describes; half a sentence does
  not.
- metoro-io/mcp-golang#110 (2025-04-29) and genkit-ai/genkit#6091 (2026-08-18): struct tags that end at the first comma.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

_HANGING = frozenset("or and the a an but than because including e.g i.e".split())
_CONDITION = (
    r"(?:^|[.!] )(?:optional:? )?(?:if|when) (?:[\w`'\"-]+ is )?(?:not )?"
    r"(?:true|false|set|specified|provided|given|enabled|omitted|present|empty|[\w`'\"-]+ is [\w`'\"-]+)[\"'`)]?$"
)
_LIST_OF_ONE = r"(?:must be )?(?:one|either) of:? [\w.'\"`-]+\W?$"
_BEFORE_AN_EXAMPLE = ("e.g.", "i.e.", "e.g.:", "e.g", "i.e", "(default:", "(example:")
_LONGEST = 5_000


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if how := _cut(tool.text.raw):
        yield _hit("/description", "the description", tool.text.raw, how)
    for parameter in tool.all_parameters:
        schema = parameter.schema
        text = schema.get("description") if isinstance(schema, dict) and "$ref" not in schema else None
        if isinstance(text, str) and (how := _cut(text)):
            what = f"the description of '{shown(parameter.path)}'"
            yield _hit(f"{parameter.pointer}/description", what, text, how)


def _hit(pointer: str, what: str, text: str, how: str) -> Hit:
    end = shown(text.rstrip()[-40:], 40)
    return Hit(
        pointer,
        f"{what} ends with {how} ('{end}'): the rest is lost",
        excerpt=text[-80:],
        help="write the whole sentence; quote the text if it comes from a struct tag that ends at a comma",
    )


def _closes(end: str) -> bool:
    """Return True if what follows the last bracket closes it, also as an interval does: `(0, 1]`."""
    tail = end[end.rfind("(") :]
    return ")" in tail or "]" in tail or "[" in end or ";" in end[-20:]


def _cut(text: str) -> str | None:
    """Return the sign by which a text is cut off, or None if it is complete."""
    end = text.rstrip()
    if not end or len(end) > _LONGEST:
        return None
    if end.lower().endswith(_BEFORE_AN_EXAMPLE):
        return "an example that is missing"
    if end[-1] in ".!?:;":
        return None
    if end[-1] == ",":
        return "a comma"
    if end.count("(") > end.count(")") and not _closes(end):
        return "an open bracket"
    before, _, last = end[-30:].rpartition(" ")
    return f"'{last}'" if (last in _HANGING and before) or end.endswith(" such as") else _cut_sentence(end)


def _cut_sentence(end: str) -> str | None:
    """Return the part of a sentence that the text ends with, if it says nothing without the rest."""
    tail = end[-60:].lower()
    if ("if " in tail or "when " in tail) and pattern(_CONDITION).search(tail):
        return "a condition and no consequence"
    short = len(end) <= 60 and end[0].lower() in "oem"
    return "a list of one" if short and pattern(_LIST_OF_ONE).match(end.lower()) else None
