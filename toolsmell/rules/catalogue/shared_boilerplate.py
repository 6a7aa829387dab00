"""The same sentence in many tools.

## What it checks

Sentences of four words or more that are in at least five tools and three tenths of a server. One
finding for the server, with the most expensive of them.

## Why it matters

The sentence is paid for in each tool at each request, and hides what is particular to it. Said once in the server's
instructions it costs a fraction.

## Smelly

```json
[{"times": 6, "tool": {"name": "get_{n}",
  "description": "Gets record {n}. Works with the records of your own account only.",
  "inputSchema": {"type": "object"}}}]
```

## Better

```json
[{"times": 6, "tool": {"name": "get_{n}", "description": "Gets record {n}.", "inputSchema": {"type": "object"}}},
 {"instructions": "All tools work with the records of your own account only."}]
```

## Not flagged

Headings ("Use this tool when you need to:"), lines that explain a parameter, and sentences in fewer tools.

## References

- Anthropic, "Writing effective tools for AI agents" (2025), on tokens.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import pattern, words_of
from toolsmell.tokens import estimate

_WORDS = 4
_TOOLS = 5
_SHARE = 0.3
_LABEL = r"[\w.`'\"\[\]*-]{1,60}(?: \([^)]{1,60}\))?\s*[:=–-]\s"


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    if len(server.tools) < _TOOLS:
        return
    holders: dict[str, int] = {}
    for tool in server.tools:
        for text in {span.text for span in tool.text.sentences}:
            holders[text] = holders.get(text, 0) + 1
    fewest = max(_TOOLS, _SHARE * len(server.tools))
    shared = {text: count for text, count in holders.items() if count >= fewest and _says_something(text)}
    if shared:
        cost = {text: estimate(text) * (count - 1) for text, count in shared.items()}
        worst = max(cost, key=lambda text: cost[text])
        more = f" and {len(shared) - 1} more such" if len(shared) > 1 else ""
        yield Hit(
            "",
            f"'{shown(worst)}'{more} is in {shared[worst]} of {len(server.tools)} tools: once in the "
            f"instructions would save about {sum(cost.values()):,} tokens a request",
            excerpt=worst[:200],
        )


def _says_something(text: str) -> bool:
    if text.rstrip().endswith(":") or pattern(_LABEL).match(text):
        return False
    return len(words_of(text)) >= _WORDS
