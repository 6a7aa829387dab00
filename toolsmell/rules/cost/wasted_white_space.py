"""Indentation and empty lines that are left over from source code.

## What it checks

Descriptions with the indentation of the code they come from, white space at the ends of lines, or several empty lines
in a row: thirty characters or more that say nothing, and a tenth of the text, or two hundred characters.

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

Indentation that orders the text: only what all lines share is cut, and the fix keeps the rest.

## References

- PEP 257, Handling Docstring Indentation.
"""

from collections.abc import Iterator

from toolsmell.model import Edit, Fix
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern

_FEWEST = 30
_SHARE = 0.1
_MANY = 200
"""Characters that are worth a finding even if they are a small share of a long text."""


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
    depths = [len(line) - len(line.lstrip(" ")) for line in lines[1:] if line]
    shared = min(depths, default=0)
    trimmed = [lines[0].strip(" \t"), *(line[shared:] for line in lines[1:])]
    return pattern(r"\n{3,}").sub("\n\n", "\n".join(trimmed)).strip("\n")
