"""Two tools that say they do the same, and nothing on which of them to take when.

## What it checks

Tools of one server whose first sentences have the same words, apart from articles, plurals and order, where neither
description names the other tool or says when to use which.

## Why it matters

Both fit the task. An agent takes the first it sees, and the two differ where it matters.

## Smelly

```json
[{"name": "list_trials", "description": "List the trials run on a dataset. Returns an array.", "inputSchema": {
  "type": "object"}},
 {"name": "get_dataset_trials", "description": "List trials run on a dataset. Example: show me the trials of set 4.",
  "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "list_trials", "description": "List the trials run on a dataset. Returns an array.", "inputSchema": {
  "type": "object"}},
 {"name": "get_dataset_trials",
  "description": "List trials run on a dataset with all their results; list_trials gives ids only.",
  "inputSchema": {"type": "object"}}]
```

## Not flagged

Descriptions that are the same as a whole (`identical-description`, `near-identical-description`), and tools for one
thing and for several where the names say so too.

## References

- Anthropic, "Writing effective tools for AI agents" (2025): overlapping tools distract agents.
"""

from collections.abc import Iterator, Sequence

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.catalogue._words import content
from toolsmell.rules.catalogue.near_identical_description import same_but_for_number
from toolsmell.text import words_of

_FEWEST = 3
_TELLS_APART = ("instead", "unlike", "rather than", "prefer", "as opposed", "in contrast", "deprecated")


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    first: dict[tuple[str, ...], ToolContext] = {}
    for tool in server.tools:
        sentences = tool.text.sentences
        words = content(_first_words(tool)) if sentences else ()
        other = first.setdefault(words, tool) if len(words) >= _FEWEST else tool
        if other is not tool and not _told_apart(other, tool):
            yield Hit(
                "/description",
                f"begins as '{shown(other.tool.label)}' does ('{shown(sentences[0].text)}'), and nothing says which "
                "to take",
                excerpt=f"{other.tool.label} {tool.tool.label}"[:300],
                tool=tool.tool.index,
            )


def _first_words(tool: ToolContext) -> Sequence[str]:
    """Return the words of the first sentence; of most descriptions it is all there is."""
    first, *others = tool.text.sentences
    return words_of(first.text) if others else tool.text.words


def _told_apart(a: ToolContext, b: ToolContext) -> bool:
    if content(a.text.words) == content(b.text.words) or same_but_for_number(a, b):
        return True  # other rules say so
    names = (a.tool.label.lower(), b.tool.label.lower())
    return any(word in t.text.lower for t in (a, b) for word in _TELLS_APART) or (
        names[1] in a.text.lower or names[0] in b.text.lower
    )
