"""Tools whose descriptions differ in nothing that an agent can use.

## What it checks

Descriptions of one server with the same words, apart from articles, plurals and order; and long ones nine tenths of
whose sentences are the same. The finding is at the second tool.

## Why it matters

An agent compares the two for what tells them apart, finds an article or a plural, and guesses.

## Smelly

```json
[{"name": "get_token_balance", "description": "Get the balance of a token for an address.", "inputSchema": {
  "type": "object"}},
 {"name": "get_balance", "description": "Get token balance for address.", "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "get_token_balance", "description": "Get the balance of one ERC-20 token for an address.", "inputSchema": {
  "type": "object"}},
 {"name": "get_balance", "description": "Get the balance of the chain's own coin for an address.", "inputSchema": {
  "type": "object"}}]
```

## Not flagged

Equal descriptions (`identical-description`), one for a single thing and one for several if the names say so too
(`get_event`, `get_events`), texts about each other's noun (comments of a story, a story with comments), and templates
whose words differ (`Gets an order`, `Gets an invoice`).

## References

- Wang et al., on description smells of 10,831 MCP servers (arXiv 2602.18914).
"""

from collections import Counter
from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.catalogue._words import closest, content, stem, turned
from toolsmell.text import words_of

_LONG = 40
"""Words from which on a description is compared by its sentences."""
_FEWEST = 4
"""Fewer words of content than this say too little to compare."""
_SAME = 0.9
_CROWD = 6
"""A sentence in more tools than this is boilerplate, and no sign that two tools are alike."""
_WORDS = 4


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    for first, second in (*_same_words(server), *_same_sentences(server)):
        yield Hit(
            "/description",
            f"the description says the same as that of '{shown(first.tool.label)}': an agent cannot tell the two apart",
            excerpt=second.text.raw[:200],
            tool=second.tool.index,
        )


def _same_words(server: ServerContext) -> Iterator[tuple[ToolContext, ToolContext]]:
    first: dict[tuple[str, ...], ToolContext] = {}
    for tool in server.tools:
        if len(tool.text.raw) < 8 or len(tool.text.words) >= _LONG:
            continue
        words = content(tool.text.words)
        other = first.setdefault(words, tool) if len(words) >= _FEWEST else tool
        if other is tool or other.text.words == tool.text.words or same_but_for_number(other, tool):
            continue
        if not turned(other.text.words, tool.text.words):
            yield other, tool


def same_but_for_number(a: ToolContext, b: ToolContext) -> bool:
    """Return True if two names differ by plurals or `list` only: one tool takes one thing, the other several."""
    return _stems(a) == _stems(b)


def _stems(tool: ToolContext) -> list[str]:
    first, rest = tool.name_words[:1], tool.name_words[1:]
    verb = ["get" if word == "list" else stem(word) for word in first]
    return [*verb, *(stem(word) for word in rest if word not in ("list", "all"))]


def _same_sentences(server: ServerContext) -> Iterator[tuple[ToolContext, ToolContext]]:
    """Yield pairs of long descriptions that share most of their words, sentence by sentence."""
    holders: dict[tuple[str, ...], list[int]] = {}
    sentences: dict[int, list[tuple[str, ...]]] = {}
    for i, tool in enumerate(server.tools):
        if len(tool.text.words) >= _LONG:
            sentences[i] = [tuple(words_of(s.text)) for s in tool.text.sentences]
            for sentence in set(sentences[i]):
                if len(sentence) >= _WORDS:
                    holders.setdefault(sentence, []).append(i)
    for i, own in sentences.items():
        shared: Counter[int] = Counter()
        for sentence in set(own):
            others = holders.get(sentence, ())
            if 1 < len(others) <= _CROWD:
                shared.update({j: len(sentence) for j in others if j < i})
        for j, words in closest(shared):
            longer = max(sum(map(len, set(own))), sum(map(len, set(sentences[j]))))
            if words >= _SAME * longer and server.tools[i].text.words != server.tools[j].text.words:
                yield server.tools[j], server.tools[i]
