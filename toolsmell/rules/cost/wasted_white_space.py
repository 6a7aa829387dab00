"""Indentation and empty lines that are left over from source code.

## What it checks

Descriptions with the indentation of the code they come from, white space at the ends of lines, or several empty lines
in a row: thirty characters or more that say nothing, and a tenth of the text, or 150 characters.

## Why it matters

They are paid for in every request. Between indented lines, an agent may also take a paragraph for an example.

## Smelly

```json
{"name": "read_page",
  "description": "\\n        Reads a page.\\n\\n        Args:\\n            url: its address\\n        ",
 "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "read_page", "description": "Reads a page.\\n\\nArgs:\\n    url: its address", "inputSchema": {
  "type": "object"}}
```

## Not flagged

Indentation that orders the text: only what all lines share is cut, or all lines of a block that is most of the text and
stands under no heading and in no list. The fix keeps the rest.

## References

- PEP 257, Handling Docstring Indentation.
"""

from collections.abc import Iterator, Sequence

from toolsmell.model import Edit, Fix
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

_FEWEST = 30
_SHARE = 0.1
_MANY = 150
"""Characters that are worth a finding even if they are a small share of a long text."""
_TAB = 4
_LINES = 5
_MOST = 0.6
_WORDS = 4
"""A block of prose has as many lines, this share of all lines, and a first line of as many words."""


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    raw = tool.text.raw
    if "\n" not in raw or ("  " not in raw and "\n\n\n" not in raw):
        return
    clean = cleaned(raw)
    wasted = len(raw) - len(clean)
    if wasted >= _FEWEST and (wasted >= _SHARE * len(raw) or wasted >= _MANY):
        yield Hit(
            "/description",
            f"{wasted:,} of {len(raw):,} characters are indentation and empty lines: paid for in every request",
            excerpt="white space",
            together="{tools} descriptions have indentation and empty lines that no agent needs",
            fix=Fix(
                True,
                "drop shared indentation, white space at line ends and repeated empty lines",
                (Edit("/description", clean),),
            ),
        )


def cleaned(raw: str) -> str:
    """Return `raw` as PEP 257 trims a docstring, with one empty line instead of several."""
    lines = [line.rstrip(" \t\r") for line in raw.split("\n")]
    trimmed = [lines[0].strip(" \t"), *_without_shared(lines[1:])]
    at = _block(trimmed)
    if at:
        trimmed[at] = _without_shared(trimmed[at])
    return pattern(r"\n{3,}").sub("\n\n", "\n".join(trimmed)).strip("\n")


def _without_shared(lines: Sequence[str]) -> list[str]:
    shared = min((_depth(line) for line in lines if line), default=0)
    return [line[shared:] for line in lines]


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _block(lines: Sequence[str]) -> slice | None:
    """Return the place of a block of prose that was indented in source code and put behind other lines."""
    first = next((i for i, line in enumerate(lines) if _depth(line) >= _TAB), len(lines))
    last = next((i for i in range(first, len(lines)) if lines[i] and _depth(lines[i]) < _TAB), len(lines))
    inside, before = [line for line in lines[first:last] if line], [line for line in lines[:first] if line]
    if len(inside) < _LINES or len(inside) < _MOST * sum(map(bool, lines)) or not before or "```" in "\n".join(lines):
        return None
    listed = pattern(r"(?:[-*•]|\d+[.)]) ")
    if before[-1].endswith(":") or listed.match(before[-1]) or listed.match(inside[0].lstrip()):
        return None
    return slice(first, last) if len(inside[0].split()) >= _WORDS and not lines[first - 1] else None
