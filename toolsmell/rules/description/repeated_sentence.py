"""A sentence that stands twice in one description.

## What it checks

Sentences and list items of at least four words, in the tool's description and in those of its parameters. Case,
white space and punctuation at the end are ignored.

## Why it matters

Tokens are paid twice in every request, and an agent looks for the difference that is not there.

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

Code, examples and explanations of parameters, which may be alike for a reason, and sentences that differ in a word.
A repeat that is a line of its own is found, but not mended: what it belongs to is for a person to say.

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878).
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Edit, Fix, Pointer
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import Span, Text

_FEWEST_WORDS = 4


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if _likely(tool.text.raw):
        # What a parameter's entry says may have to be said of the next one too.
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
        plain = [span for span in repeated if span.text[-1] in ".!?" and not _starts_line(text.raw, span)]
        fix = Fix(True, "leave out what is repeated", (Edit(pointer, _without(text.raw, plain)),))
        yield Hit(
            pointer,
            f"'{shown(repeated[0].text, 50)}' stands twice in one description: tokens paid for nothing",
            excerpt=repeated[0].text[:200],
            fix=fix if plain else None,
        )


def _repeated(text: Text, end: int) -> Iterator[Span]:
    seen: set[str] = set()
    for sentence in text.sentences:
        if sentence.start >= end:
            return
        key = " ".join(sentence.text.lower().split()).rstrip(".!;,: ")
        if key in seen and len(key.split()) >= _FEWEST_WORDS:
            yield sentence
        seen.add(key)


def _starts_line(raw: str, span: Span) -> bool:
    """Say whether the sentence is a list item or begins a line: what it belongs to is then not certain."""
    return not raw[raw.rfind("\n", 0, span.start) + 1 : span.start].strip(" \t-*•+0123456789.)")


def _without(raw: str, spans: list[Span]) -> str:
    kept, at = [], 0
    for span in spans:
        kept.append(raw[at : span.start].rstrip(" \t"))
        at = span.end
    return "".join((*kept, raw[at:]))
