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

from bisect import bisect_left
from collections.abc import Iterator, Sequence

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
    if pattern(_ABOUT_MARKS).search(text.lower()):
        return
    quoted = _Quoted(text)
    for what, marks in _MARKS.items():
        found = next((mark for mark in pattern(marks).finditer(text) if not quoted.at(mark.start())), None)
        if found:
            shown_mark = shown(text[max(0, found.start() - 15) : found.end() + 15], 60)
            yield Hit(
                pointer,
                f"{where} has {what} ('{shown_mark}'): an agent copies it",
                excerpt=found[0],
                together=f"texts of {{tools}} tools have {what}: an agent copies it",
                help="write the character that is meant, and encode the text once",
            )
            return


class _Quoted:
    """Tells which places of a text are between quotation marks on their line.

    A line may have a megabyte and a mark every few characters, so each line is looked at once.
    """

    def __init__(self, text: str) -> None:
        self._marks = [[found.start() for found in pattern(rf"[{mark}\n]").finditer(text)] for mark in _QUOTES]
        self._opens = [_opening(text, places) for places in self._marks]

    def at(self, place: int) -> bool:
        """Return True if an odd number of marks of one kind is before a place on its line."""
        return any(opens[bisect_left(places, place)] for places, opens in zip(self._marks, self._opens, strict=True))


def _opening(text: str, places: Sequence[int]) -> Sequence[bool]:
    """Return whether a quotation is open before each of some quotation marks and line ends, and behind the last."""
    opens = [False]
    for place in places:
        opens.append(text[place] != "\n" and not opens[-1])
    return opens
