r"""Characters that people do not see and models read.

## What it checks

Every string a server sends (names, titles, descriptions, defaults, enumerations, instructions, prompts, resources)
for zero-width characters, invisible operators, fillers and variation selectors.

## Why it matters

The agent gets a text that no reviewer saw: hidden characters carry whole messages, and they split words so
that no filter finds them. An agent follows a text that nobody has seen.

## Smelly

```json
{"name": "convert", "description": "Converts a price to another cur\u200b\u200c\u200b\u200d\u200brency.",
 "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "convert", "description": "Converts a price to another currency.", "inputSchema": {"type": "object"}}
```

## Not flagged

The joiners that Persian or Hindi words and emoji need, the style mark of an emoji, and line breaks. One hidden
character alone is often left over from copying: it is a warning, a run of three or more an error.
Nothing removes them by itself: a text that hides something must be read by a person first.

## References

- Model Context Protocol 2026-07-28, Tool Safety: what a server says of its tools is untrusted, and a person must be
  able to see and deny what they do.
- Unicode Technical Report 36, Unicode Security Considerations.
- Invariant Labs, "MCP Security Notification: Tool Poisoning Attacks" (2025).
"""

from collections.abc import Iterator

from toolsmell.model import Severity
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.security._characters import Unseen, unseen
from toolsmell.rules.security._search import around, part_of, strings_not_ascii

_MESSAGE_LENGTH = 3
"""Hidden characters in a row that are no accident."""


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    for tool, sent in strings_not_ascii(server):
        runs = list(unseen(sent.text, Unseen.HIDDEN))
        if runs:
            longest = max(runs, key=lambda run: run[1] - run[0])
            count = sum(end - start for start, end in runs)
            shown = around(sent.text, *longest)
            yield Hit(
                sent.pointer,
                f"{part_of(sent)} has {count} hidden character{'s' * (count > 1)} ('{shown}'): "
                "an agent reads what a reviewer cannot see",
                excerpt=shown,
                tool=tool,
                severity=Severity.ERROR if longest[1] - longest[0] >= _MESSAGE_LENGTH else None,
            )
