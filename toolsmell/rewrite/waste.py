"""Removes repeated sentences and filler from a description, and nothing else."""

from collections.abc import Iterator
from re import IGNORECASE
from typing import Final, NamedTuple

from toolsmell.model.reading import ReadSentence
from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.praise_and_orders import PRAISE_IN_ANY_FORM
from toolsmell.rewrite.check.new_sentences import normal
from toolsmell.text import Text, begin_of_line, pattern

_SHARED_BY: Final = 3
"""Tools that have a sentence in common before it is proposed for the instructions."""


class SharedSentence(NamedTuple):
    """A sentence that several tools of a server have: it could stand once in the instructions."""

    text: str
    tools: tuple[str, ...]
    saved: int
    """About how many tokens the server's list would lose."""


def lean(tool: ToolContext) -> str | None:
    """Return the description without its waste, or None if it has none."""
    raw = tool.text.raw
    kept, at = [], 0
    for sentence in _waste(tool):
        start, end = _widened(raw, sentence.start, sentence.end)
        kept.append(raw[at:start])
        at = end
    if not kept:
        return None
    text = pattern(r"\n[ \t]*\n(?:[ \t]*\n)+").sub("\n\n", "".join((*kept, raw[at:]))).strip()
    return text if text and len(text) < len(raw) else None


def without_sentence(raw: str, sentence: str) -> str:
    """Return a text without a sentence that it has word for word; a step of a numbered list stays."""
    wanted = normal(sentence)
    for span in Text(raw).sentences:
        if normal(span.text) == wanted and not _is_step(raw, span.start):
            start, end = _widened(raw, span.start, span.end)
            return pattern(r"\n[ \t]*\n(?:[ \t]*\n)+").sub("\n\n", raw[:start] + raw[end:]).strip()
    return raw


def _waste(tool: ToolContext) -> Iterator[ReadSentence]:
    """Yield the sentences that repeat an earlier one of their paragraph, or that only praise the tool."""
    seen: dict[str, int] = {}
    for at, sentence in enumerate(tool.reading.sentences):
        words = normal(sentence.text)
        # In lists and entries, a repeated line is about another thing each time.
        repeated = words in seen and len(words) > 12 and "\n" not in tool.text.raw[seen[words] : sentence.end]
        if (repeated or (at and _is_filler(sentence))) and not _is_step(tool.text.raw, sentence.start):
            yield sentence
        seen.setdefault(words, sentence.start)


def _is_filler(sentence: ReadSentence) -> bool:
    """Return True if a sentence states nothing, counts for nothing, and praises the tool."""
    nothing = not sentence.counts and not sentence.says and not sentence.parameters
    plain = not any(mark in sentence.text for mark in "`'\"_{}:|") and not any(map(str.isdigit, sentence.text))
    named = pattern(r"(?<!^)\b[A-Z]").search(sentence.text) is not None
    return nothing and plain and not named and pattern(PRAISE_IN_ANY_FORM, IGNORECASE).search(sentence.text) is not None


def _is_step(raw: str, start: int) -> bool:
    """Return True if a sentence is a numbered step: without it, the others would have wrong numbers."""
    return pattern(r"[ \t]*(?:\d{1,3}|[a-z])[.)][ \t]*").fullmatch(raw, begin_of_line(raw, start), start) is not None


def _widened(raw: str, start: int, end: int) -> tuple[int, int]:
    """Return the span with the blanks, and the mark of a list, that its removal would leave."""
    line = begin_of_line(raw, start)
    if pattern(r"[ \t]*[-*•+][ \t]*").fullmatch(raw[line:start]) and (end == len(raw) or raw[end] == "\n"):
        start = max(0, line - 1)
    while end < len(raw) and raw[end] in " \t":
        end += 1
    while (end == len(raw) or raw[end] == "\n") and start and raw[start - 1] in " \t":
        start -= 1
    return start, end


@per_server
def shared(server: ServerContext) -> tuple[SharedSentence, ...]:
    """Return the sentences that at least three tools have word for word, the most expensive first."""
    places: dict[str, list[tuple[str, str]]] = {}
    for tool in server.tools:
        for text in dict.fromkeys(s.text for s in tool.reading.sentences[1:]):
            places.setdefault(normal(text), []).append((tool.tool.label, text))
    found = [
        SharedSentence(named[0][1], tuple(name for name, _ in named), (len(named) - 1) * max(1, len(named[0][1]) // 4))
        for words, named in places.items()
        if len(named) >= _SHARED_BY and len(words.split()) > 3
    ]
    return tuple(sorted(found, key=lambda s: -s.saved)[:10])
