"""A text with the marks of an encoding that was applied twice, or undone wrongly.

## What it checks

The description of the tool and of each parameter, for `\\\\n` at the end of a sentence that is no line break,
backquotes and underscores behind a backslash, HTML entities (`&lt;`), letters of UTF-8 that was read in another
encoding (`â€™`), the replacement character, and `[object Object]`.

## Why it matters

An agent copies what it reads: `&lt;id&gt;` into a path, and a backslash into a name. Each mark is paid for in every
request.

## Smelly

```json
{"name": "mute_rule", "description": "Writes rule.&lt;id&gt;.severity into the settings.", "inputSchema": {
  "type": "object"}}
```

## Better

```json
{"name": "mute_rule", "description": "Writes rule.<id>.severity into the settings.", "inputSchema": {
  "type": "object"}}
```

## Not flagged

Marks between quotation marks, in code, and in texts that speak of escaping, entities, HTML or XML.

## References

- RFC 8259, section 7: a text in JSON is escaped once; what is left after that is what the model reads.
- Unicode 16.0, section 3.9: bytes of UTF-8 that are read in another encoding give other letters.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

_LITERALS = ("\\", "&", "\u00e3", "\u00e2", "\ufffd", "[object o")
"""One of these is in every garbled text in lower case."""
_MARKS = {
    "a line break that was escaped twice": r"(?<=[.:;!?)])\\[nr](?:\\[nr])*(?=\s|[A-Z-]|$)",
    "a backslash before a mark": r"\\`|(?<=[a-z])\\_(?=[a-z])",
    "an HTML entity": r"&(?:lt|gt|amp|quot|nbsp|#39|#x27|apos);",
    "UTF-8 that was read in another encoding": (
        r"\u00c3[\u0080-\u00bf]|\u00e2\u20ac[\u0080-\uffff]|\u00c2[\u00a0-\u00bf]"
    ),
    "a character that was lost": r"\ufffd",
    "an object that was made a text": r"\[object Object\]",
}
_ABOUT_MARKS = r"escap|entit|\bhtml\b|\bxml\b|encod|backslash|latex|regex|regular expression"
_QUOTES = '"`'


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if not any(map(tool.prose_lower.__contains__, _LITERALS)):
        return
    yield from _hits("/description", "the description", tool.text.raw)
    for parameter in tool.all_parameters:
        schema = parameter.schema
        text = schema.get("description") if isinstance(schema, dict) and "$ref" not in schema else None
        if isinstance(text, str):
            yield from _hits(f"{parameter.pointer}/description", f"the description of '{shown(parameter.path)}'", text)


def _hits(pointer: str, where: str, text: str) -> Iterator[Hit]:
    """Yield the first mark of a text."""
    for what, marks in _MARKS.items():
        for found in pattern(marks).finditer(text):
            if _quoted(text, found.start()) or pattern(_ABOUT_MARKS).search(text.lower()):
                continue
            shown_mark = shown(text[max(0, found.start() - 15) : found.end() + 15], 60)
            yield Hit(
                pointer,
                f"{where} has {what} ('{shown_mark}'): an agent copies it",
                excerpt=found[0],
                together=f"texts of {{tools}} tools have {what}: an agent copies it",
                help="write the character that is meant, and encode the text once",
            )
            return


def _quoted(text: str, at: int) -> bool:
    """Return True if the place is between quotation marks on its line."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return any(before.count(mark) % 2 for mark in _QUOTES)
