"""Words that cost tokens and say nothing.

## What it checks

Beginnings of sentences that could be cut with nothing lost: "This tool will", "This tool allows you to", "A tool
which allows you to", "Please note that", "It is important to note that". One finding for a tool.

## Why it matters

They stand where a reader, and a client that shortens texts, looks for the verb. They are paid for in every request.

## Smelly

```json
{"name": "read_page", "description": "This tool allows you to read the text of a web page. Please note that it follows redirects.",
 "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "read_page", "description": "Reads the text of a web page. Follows redirects.", "inputSchema": {"type": "object"}}
```

## Not flagged

"This tool returns ..." and other beginnings that a verb of its own follows.

## References

- Anthropic, "Writing effective tools for AI agents" (2025), on tokens.
"""

from collections.abc import Iterator

from toolsmell.context import ToolContext
from toolsmell.escape import shown
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern
from toolsmell.tokens import estimate

_NEEDLES = ("tool ", "function ", "note that", "be noted")
_EMPTY = (
    r"(?:^|(?<=[.!?\n]))\s*(?:"
    r"this (?:tool|function)(?: is designed to| is used to| can be used to| will"
    r"| allows (?:you|users|the user) to| enables (?:you|users) to| lets (?:you|users)| helps (?:you|users)(?: to)?)\b"
    r"|a (?:tool|function) (?:which|that) (?:allows|enables|lets|helps) (?:you|users)(?: to)?\b"
    r"|please note that\b|it is important to note that\b|it should be noted that\b)"
)


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    lower = tool.text.lower
    if not any(needle in lower for needle in _NEEDLES):
        return
    found = [match[0].strip() for match in pattern(_EMPTY).finditer(lower)]
    if found:
        verb = f"and {len(found) - 1} more such say" if len(found) > 1 else "says"
        yield Hit(
            "/description",
            f"'{shown(found[0])}' {verb} nothing: about {estimate(' '.join(found))} tokens in every request",
            excerpt=" ".join(found)[:200],
        )
