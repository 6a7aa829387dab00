"""Words that cost tokens and say nothing.

## What it checks

Beginnings of sentences that could be cut with nothing lost: "This tool will", "This tool allows you to", "A tool
which allows you to", "Please note that", "It is important to note that". One finding for a tool, or, where
more than five tools have them, for the server.

## Why it matters

Readers, and clients that shorten texts, look for the verb at this place. The words cost tokens in every request.

## Smelly

```json
{"name": "read_page",
  "description": "This tool allows you to read the text of a web page. Please note that it follows redirects.",
 "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "read_page", "description": "Reads the text of a web page. Follows redirects.", "inputSchema": {
  "type": "object"}}
```

## Not flagged

"This tool returns ..." and other beginnings that a verb of its own follows.

## References

- Anthropic, "Writing effective tools for AI agents" (2025), on tokens.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import has_any, pattern
from toolsmell.tokens import estimate

_NEEDLES = ("his tool ", "his function ", "a tool ", "a function ", "note that", "be noted")
_EMPTY = (
    r"(?:^|(?<=[.!?\n]))\s*(?:"
    r"this (?:tool|function)(?: is designed to| is used to| can be used to| will"
    r"| allows (?:you|users|the user) to| enables (?:you|users) to| lets (?:you|users)| helps (?:you|users)(?: to)?)\b"
    r"|a (?:tool|function) (?:which|that) (?:allows|enables|lets|helps) (?:you|users)(?: to)?\b"
    r"|please note that\b|it is important to note that\b|it should be noted that\b)"
)


_MOST = 5
"""More tools are one finding: a habit of the server."""


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    found = {tool.tool.index: words for tool in server.tools if (words := _empty(tool))}
    if len(found) > _MOST:
        first = next(iter(found.values()))[0]
        cost = sum(estimate(" ".join(words)) for words in found.values())
        yield Hit(
            "",
            f"'{shown(first)}' and similar words tell nothing in {len(found)} tools: about {cost} tokens in every"
            f" request",
            excerpt="empty words",
        )
        return
    for index, words in found.items():
        verb = f"and {len(words) - 1} more such say" if len(words) > 1 else "says"
        yield Hit(
            "/description",
            f"'{shown(words[0])}' {verb} nothing: about {estimate(' '.join(words))} tokens in every request",
            excerpt=" ".join(words)[:200],
            tool=index,
        )


def _empty(tool: ToolContext) -> list[str]:
    lower = tool.text.lower
    if not has_any(lower, _NEEDLES):
        return []
    return [match[0].strip() for match in pattern(_EMPTY).finditer(lower)]
