"""A sentence that is in one description twice.

## What it checks

Sentences of at least four words in running text, in the tool's description and in those of its parameters. Case, white
space and punctuation at the end are ignored.

## Why it matters

The second sentence costs tokens in every request and tells the agent nothing.

## Smelly

```json
{"name": "sync_orders", "inputSchema": {"type": "object"},
 "description": "Copies new orders into the ledger. Takes a minute. Copies new orders into the ledger."}
```

## Better

```json
{"name": "sync_orders", "description": "Copies new orders into the ledger. Takes a minute.",
 "inputSchema": {"type": "object"}}
```

## Not flagged

List items and sentences that begin a line: each item may need them. Code, examples, explanations of
parameters, and sentences that differ in a word.

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878).
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Pointer
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import Span, Text, pattern

_FEWEST_WORDS = 4
_MARGIN = 80
"""A line begins with at most so many blanks and marks."""
_ITEM = r"\s*(?:[-*•+]|\d{1,2}[.)]|[\w./ `*]{1,40}:)\s"


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if _likely(tool.text.raw):
        # The entry of the next parameter may need the same sentence.
        names = {parameter.name for parameter in tool.parameters}
        starts = (entry.start for entry in tool.entries if entry.listed or entry.name in names)
        end = min(starts, default=len(tool.text.raw))
        yield from _hits(tool.text, end, "/description")
    for parameter in tool.all_parameters:
        # Where a reference leads the description stands elsewhere, and is looked at there.
        schema = parameter.schema
        description = schema.get("description") if isinstance(schema, dict) and "$ref" not in schema else None
        if isinstance(description, str) and len(description) > 60 and _likely(description):
            text = Text(description)
            yield from _hits(text, len(text.raw), f"{parameter.pointer}/description")


def _likely(raw: str) -> bool:
    """Settle most texts without finding their sentences: two of them have to begin alike."""
    pieces = [piece.strip(" \t-*•+")[:20].lower() for piece in raw.replace("! ", ". ").replace("\n", ". ").split(". ")]
    return len(pieces) > 1 and len(set(pieces)) < len(pieces)


def _hits(text: Text, end: int, pointer: Pointer) -> Iterator[Hit]:
    if len(text.sentences) < 2 or "```" in text.raw:
        return
    example = text.lower.find("example")
    repeated = list(_repeated(text, min(end, example) if example >= 0 else end))
    if repeated:
        yield Hit(
            pointer,
            f"'{shown(repeated[0].text, 50)}' is there twice: the second one costs tokens and tells nothing",
            excerpt=repeated[0].text[:200],
            help="remove the second one",
        )


def _repeated(text: Text, end: int) -> Iterator[Span]:
    seen: set[str] = set()
    line = before = 0
    for sentence in text.sentences:
        if sentence.start >= end:
            return
        line = max(line, text.raw.rfind("\n", before, sentence.start) + 1)
        before = sentence.start
        if _starts_line(text.raw, line, sentence.start):
            continue
        key = " ".join(sentence.text.lower().split()).rstrip(".!;,: ")
        if key in seen and len(key.split()) >= _FEWEST_WORDS:
            yield sentence
        seen.add(key)


def _starts_line(raw: str, line: int, start: int) -> bool:
    """Return True if a sentence is in a list, or begins its line, which begins at `line`: the next may need it too."""
    if pattern(_ITEM).match(raw, line, start):
        return True
    return 0 < start <= line + _MARGIN and not raw[line:start].strip(" \t-*•+0123456789.)")
