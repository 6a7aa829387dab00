"""A sentence that rests on code which has changed since.

## What it checks

The sentences that `toolsmell augment --apply --record-evidence` wrote, against the lines of code that it recorded for
them in `.toolsmell/evidence.json`, or that a lock holds. A sentence is reported if it still stands in the tool and any
of its lines is gone or reads otherwise. Lines that only moved, or whose indentation changed, are the same.

## Why it matters

The sentence was true of the old code. An agent believes it, whatever the new code does.

## Smelly

```json
[{"rests": [{"server": "example", "tool": "search", "pointer": "/description", "sentence": "At most 50 hits.",
  "lines": [{"file": "no-such-file.py", "line": 7, "end_line": 8, "digest": "56452a371f88"}]}]},
 {"name": "search", "description": "Searches notes. At most 50 hits.", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"rests": [{"server": "example", "tool": "search", "pointer": "/description", "sentence": "At most 50 hits.",
  "lines": [{"file": "no-such-file.py", "line": 7, "end_line": 8, "digest": "56452a371f88"}]}]},
 {"name": "search", "description": "Searches notes. At most 20 hits.", "inputSchema": {"type": "object"}}]
```

## Not flagged

Sentences that were changed or removed since, and sentences that nobody recorded.

## References

- The record and how to keep it: docs/implementation.md.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Location, Related
from toolsmell.model.pointer import lookup
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    for rest in tool.server.manifest.rests:
        text = lookup(tool.tool.raw, rest.pointer) if rest.tool == tool.tool.name else None
        if not isinstance(text, str) or rest.sentence not in text:
            continue
        at = rest.lines[0]
        yield Hit(
            rest.pointer,
            f"'{shown(rest.sentence, 80)}' rests on {shown(at.shown, 120)}, which has changed since: an agent believes"
            " what the code did before",
            excerpt=rest.sentence,
            help="read the code, correct the sentence, and record its evidence anew",
            related=(Related(Location(at.file, at.line, 1, at.end_line + 1, 1), "the lines that it was written from"),),
        )
