"""Reads the description of a tool once: its sentences, what each says, explains, and whether it counts."""

from collections.abc import Iterator
from typing import Final

from toolsmell.model.reading import UNREAD, ReadSentence, StatementKind, ToolReading
from toolsmell.reading import explaining, statement_kinds
from toolsmell.reading.counting import Reason, verdicts
from toolsmell.reading.features import Names
from toolsmell.reading.lexicon import Lexicon, lexicon
from toolsmell.reading.observed import Observed
from toolsmell.reading.readable import Readable
from toolsmell.reading.sections import stands
from toolsmell.reading.statement_kinds import Before, Context

KINDS: Final = tuple(StatementKind)
PURPOSE: Final = StatementKind.PURPOSE


def observed(tool: Readable, words: Lexicon) -> Iterator[Observed]:
    """Yield the observations about each sentence of a tool's description."""
    spans = tool.text.sentences
    about = explaining.known(tool.parameters, tool.name_stems)
    names = Names(tool.tool.name or "", about.by_name, tool.server.by_name)
    context = Context(names, tool.name_stems)
    before = Before(set())
    standing = stands(tool.text.raw, spans, about.by_name, words.headings)
    for i, (span, sentence, stand) in enumerate(zip(spans, tool.sentences, standing, strict=True)):
        seen, cues = statement_kinds.seen(i, span.text, sentence.stems, stand, before, context, words)
        odds = statement_kinds.with_structure(span.text, statement_kinds.log_odds(seen, words))
        says = tuple([kind for kind, value in zip(KINDS, odds, strict=True) if value > 0])
        mentioned = tuple(explaining.mentions(span.text, sentence.stems, stand, i, says, about))
        before.stems.update(sentence.stems)
        if stand.heading:
            before = before._replace(cues=cues)
        explains = explaining.explained(mentioned, words.explains)
        yield Observed(span, sentence, stand, seen, odds, says, mentioned, explains)


def read(tool: Readable) -> ToolReading:
    """Return the reading of a tool's description. Linear in the length of the text."""
    if not tool.tool.known("description"):
        return UNREAD
    words = lexicon()
    silent, doubt = set(KINDS), words.doubt
    sentences = []
    # One at a time: what is seen in a sentence takes many times its size.
    for one, (weight, why) in verdicts(tool, observed(tool, words)):
        sentences.append(_read(one, weight, why))
        if why is Reason.NAME:
            # A sentence without anything but the name says nothing else either, but perhaps a reader needs no more.
            silent.discard(PURPOSE)
            continue
        silent.difference_update(
            [kind for kind, odds, least in zip(KINDS, one.log_odds, doubt, strict=True) if odds >= least]
        )
    return ToolReading(tuple(sentences), tuple(kind for kind in KINDS if kind in silent and _owes(tool, kind)))


def _read(found: Observed, weight: float, why: Reason | None) -> ReadSentence:
    span, words = found.span, None if why is None else why.value
    reason, slight = (None, words) if weight else (words, None)
    said = _said(found, why)
    return ReadSentence(span.text, span.start, span.end, said, found.explains, weight > 0, reason, weight, slight)


def _said(found: Observed, why: Reason | None) -> tuple[StatementKind, ...]:
    """Return the kinds of a sentence; one that only repeats the name states no purpose."""
    return tuple(kind for kind in found.says if kind is not PURPOSE) if why is Reason.NAME else found.says


def _owes(tool: Readable, kind: StatementKind) -> bool:
    if kind is StatementKind.STEERING:
        return False
    if kind is StatementKind.DEFAULT:
        return any(not parameter.required for parameter in tool.parameters)
    if kind is StatementKind.WHEN_NOT:
        return len(tool.server.tools) > 1
    return kind is not StatementKind.EXAMPLE or bool(tool.parameters)
