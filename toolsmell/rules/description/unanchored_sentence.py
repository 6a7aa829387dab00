"""Text that has nothing to do with the tool.

## What it checks

Two sentences or more in a row, eight words of substance or more, that share no word with the tool's name, with its
parameters and what the schema says of them, with the sentences before, or with what several siblings speak about.
Words that fit any tool do not count as shared. Only English and Chinese are read.

## Why it matters

Such text is mostly left over from another tool, or padding. It costs tokens in every request, and a search for tools
by their descriptions finds this one for what another does. The effective scores do not count it.

## Smelly

```json
{"name": "list_berths",
 "description": "Lists free berths of a marina. Roast the beans until they crack twice. Grind coffee, pour hot water.",
 "inputSchema": {"type": "object", "properties": {"marina": {"type": "string"}}}}
```

## Better

```json
{"name": "list_berths",
 "description": "Lists the free berths of a marina, with the depth of water at each.",
 "inputSchema": {"type": "object", "properties": {"marina": {"type": "string"}}}}
```

## Not flagged

A single sentence: its subject may be said in other words, and a reader sees that it does not belong. Warnings. Text
that siblings share; `shared-boilerplate` speaks of that.

## References

- `benchmarks/padding.py` pastes dictionary words and the text of other servers into real descriptions; on descriptions
  as they are, two tools of 2,247 were flagged, both wrongly, so the confidence is low.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.reading.readable import Irrelevance
from toolsmell.reading.relevance import empty
from toolsmell.reading.sentences import Sentence
from toolsmell.rules.base import Hit, Options

SENTENCES = 2
WORDS = 8


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if len(tool.sentences) <= SENTENCES or not tool.tool.known("inputSchema"):
        return
    if tool.unread_language:
        return
    for run in _runs(tool):
        if len(run) >= SENTENCES and sum(len(sentence.stems - empty()) for sentence in run) >= WORDS:
            more = "1 more sentence" if len(run) == 2 else f"{len(run) - 1} more sentences"
            yield Hit(
                "/description",
                f"'{shown(run[0].text)}' and {more} share no word with the tool's name, parameters or siblings: "
                "they tell an agent nothing about it",
                excerpt=" ".join(sentence.text for sentence in run)[:200],
            )


def _runs(tool: ToolContext) -> Iterator[list[Sentence]]:
    """Yield the sentences that have nothing to do with the tool, those in a row together."""
    run: list[Sentence] = []
    for sentence, why in tool.judged_sentences:
        if why is Irrelevance.UNANCHORED:
            run.append(sentence)
        elif why is not Irrelevance.GENERIC and run:
            yield run
            run = []
    if run:
        yield run
