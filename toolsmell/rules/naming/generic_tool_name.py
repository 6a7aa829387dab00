"""A name that could be any tool's.

## What it checks

Names of one word, apart from `tool` or `api` in front and numbers, that name no thing: `run`, `process`, `update`,
`tool1`.

## Why it matters

Next to the tools of other servers such a name says nothing. An agent takes it for the way to do anything, or never
calls it.

## Smelly

```json
{"name": "process", "description": "Settles the open invoices of a customer.", "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "settle_invoices", "description": "Settles the open invoices of a customer.", "inputSchema": {
  "type": "object"}}
```

## Not flagged

One word that says what it does by itself (`search`, `translate`, `echo`) and names with a thing in them.

## References

- Anthropic, "Writing effective tools for AI agents" (2025): names that tell what a tool is for.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options

_SAY_NOTHING = frozenset(
    "run execute exec process handle perform do call invoke action tool helper utility util main function func test "
    "command operation task job manage get set list create update delete add remove insert modify edit send submit "
    "apply start stop open close info data help status item object thing custom my default".split()
)
_FILLERS = frozenset(("tool", "api", "mcp", "function"))


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    words = tool.name_words
    while words and words[0] in _FILLERS and len(words) > 1:
        words = words[1:]
    telling = [word for word in words if not word.isdecimal()]
    if not words or len(telling) > 1 or (telling and telling[0] not in _SAY_NOTHING):
        return
    yield Hit(
        "/name",
        f"'{shown(tool.tool.name or '')}' could be any tool's name: an agent cannot tell what it is for",
        excerpt=tool.tool.name or "",
    )
