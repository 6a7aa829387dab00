"""A tool whose description is absent, empty or only white space.

## What it checks

The `description` of every tool: it must be a string with at least one letter or digit.

## Why it matters

An agent picks tools by their descriptions. Without one it has the name alone, so it guesses what the tool does,
or passes it over.

## Smelly

```json
{"name": "sync", "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "sync", "description": "Copies new orders from the shop into the ledger and returns how many it copied.",
 "inputSchema": {"type": "object"}}
```

## Not flagged

A tool whose description could not be read (a source that computes it at run time), and a list that never has
descriptions.

## References

- Model Context Protocol 2026-07-28, Tools: `description` is what a model is given to understand the tool.
"""

from collections.abc import Iterator

from toolsmell.data.client_limits import consequences, limits
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    raw = tool.tool.raw
    if not isinstance(raw, dict) or not tool.tool.known("description"):
        return
    if "description" in raw and not isinstance(raw["description"], str | None):
        return  # malformed-tool says so
    text = tool.text.raw
    if not text[:1].isalnum() and not any(c.isalnum() for c in text):
        rejecting = limits("description-minimum") if raw.get("description") == "" else ()
        also = f"; {consequences(rejecting)}" if rejecting else ""
        cause = tool.tool.causes.get("description")
        yield Hit("", f"no description{f' ({cause})' if cause else ''}: an agent knows only the name{also}")
