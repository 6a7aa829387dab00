"""Reads the description of a tool once: its sentences, what each says, explains, and whether it counts."""

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, islice
from typing import Final

from toolsmell.model.reading import UNREAD, ReadSentence, StatementKind, ToolReading
from toolsmell.reading import explaining, statement_kinds
from toolsmell.reading.clauses import clauses
from toolsmell.reading.counting import verdicts
from toolsmell.reading.empty_talk import without_functions, without_talk
from toolsmell.reading.features import LONGEST, Names
from toolsmell.reading.foreign_calls import without_foreign_calls
from toolsmell.reading.general_truths import is_general_truth
from toolsmell.reading.lexicon import Lexicon, lexicon
from toolsmell.reading.list_items import by_heading
from toolsmell.reading.near_misses import UNSURE, without_near_misses
from toolsmell.reading.observed import Observed
from toolsmell.reading.order_reasons import SMALL
from toolsmell.reading.packed_facts import packed, with_structure
from toolsmell.reading.readable import Readable
from toolsmell.reading.result_fields import fields_of, with_names
from toolsmell.reading.sections import Stand, stands
from toolsmell.reading.sentence_weights import ORDERS, Reason
from toolsmell.reading.sentences import Sentence
from toolsmell.reading.statement_kinds import Before, Context, Seen
from toolsmell.reading.stems import VOID, stems_of, without_forms
from toolsmell.reading.tautologies import without_tautologies
from toolsmell.text import pattern, words_of

KINDS: Final = tuple(StatementKind)
PURPOSE: Final = StatementKind.PURPOSE
_PURPOSE: Final = KINDS.index(PURPOSE)
_APART: Final = frozenset(KINDS) - {PURPOSE, StatementKind.STEERING}
_ALONE: Final = Stand(None, bullet=False, opens_line=False, heading=False, label=None, under=None)
_COMPOUND: Final = r"\w{1,80}_\w{1,80}"
_FEWEST: Final = 2
"""Words of a sentence that can state a purpose."""
BARELY: Final = 0.15
"""What a statement counts that is as likely as not."""
CERTAIN: Final = 1.0
"""Log-odds of a kind from which it counts in full."""
_LATER: Final = 2
"""The place of a sentence that is neither the first nor the second."""
_OF_THE_WORLD: Final = tuple(9.0 if kind is StatementKind.STEERING else UNSURE for kind in KINDS)
"""The highest log-odds of the kinds of an opening that tells nothing of the tool; it may still be an order."""
_ACTING: Final = ("base", "3s")
_JOINING: Final = ("and", "or")
_SOON_JOINED: Final = 8
"""Words within which a second verb is joined to the first."""
_SOON: Final = 4
"""A description that does not come to the name of its tool within so many sentences opens with the first."""


def observed(tool: Readable, words: Lexicon) -> Iterator[Observed]:
    """Yield the observations about each sentence of a tool's description."""
    spans = tool.text.sentences
    about = explaining.known(tool.parameters, tool.name_stems)
    names = Names(tool.tool.name or "", about.by_name, tool.server.by_name)
    context = Context(names, tool.name_stems, tool.name_words[0] if tool.name_words else "")
    before = Before(set())
    standing = stands(tool.text.raw, spans, about.by_name, words.headings)
    soon = tuple(islice(standing, _SOON))
    opener = _opener(tool, soon, about.by_name, words)
    place, heading, opened = 0, "", False
    fields: set[str] = set()
    for number, (span, sentence, stand) in enumerate(zip(spans, tool.sentences, chain(soon, standing), strict=True)):
        worldly = number == 0 and len(spans) > 1 and is_general_truth(sentence, words.verbs)
        here = place if number >= opener and not worldly else _LATER
        seen, cues = statement_kinds.seen(here, sentence.text, sentence.stems, stand, before, context, words)
        added = _added(tool, sentence, words)
        opens = here == 0 and not opened
        odds = _odds(sentence.text, seen, words, context, place=here, opens=opens)
        if opens and sentence.text.isascii():
            odds[_PURPOSE] = statement_kinds.purpose_of_opening(odds, seen, added)
        odds = with_names(sentence.text, odds, fields, about.by_name if here else ())
        apart = stand.label is None and not stand.heading
        parts = _alone(sentence.text, here, before, context, words) if apart else []
        odds = _raised(odds, parts)
        if worldly:
            odds = [*map(min, odds, _OF_THE_WORLD)]
        says = tuple([kind for kind, value in zip(KINDS, odds, strict=True) if value > 0]) or by_heading(stand, heading)
        mentioned = tuple(explaining.mentions(sentence.text, sentence.stems, stand, here, says, about))
        if StatementKind.STEERING not in says and not worldly:
            # An order that is put before a text must not change how the text is read, nor one that repeats the name.
            place += number >= opener and (place > 0 or bool(added))
            opened = opened or number >= opener
            before.stems.update(sentence.stems)
        if StatementKind.RESULT in says:
            fields.update(fields_of(sentence.text, about.by_name))
        if stand.heading:
            before, heading = before._replace(cues=cues), sentence.text
        explains = explaining.explained(mentioned, words.explains)
        again = _again(sentence.text, says, parts)
        yield Observed(span, sentence, stand, seen, odds, says, mentioned, explains, again)


def _added(tool: Readable, sentence: Sentence, words: Lexicon) -> AbstractSet[str]:
    """Return the stems that a sentence adds to the names of the tool and its server.

    Another verb that is joined to that of the name counts twice: `Create or update a group`, for `update_group`.
    """
    added = sentence.stems - tool.name_stems - VOID
    if other := _other_act(tool, sentence.words, words):
        return added | other
    return added - tool.server.key_stems if len(tool.name_words) > 1 else added


def _other_act(tool: Readable, said: Sequence[str], words: Lexicon) -> AbstractSet[str]:
    """Return the second verb of two that open a sentence, or the first, if the name of the tool has only the other."""
    if not said or words.verbs.get(said[0]) not in _ACTING:
        return frozenset()
    for at in range(1, min(len(said) - 1, _SOON_JOINED)):
        if said[at] in _JOINING and words.verbs.get(said[at + 1]) in _ACTING:
            acts = [said[0], said[at + 1]]
            other = [act for act in acts if stems_of((act,)).isdisjoint(tool.name_stems)]
            return frozenset((other[0], f"{other[0]}-act")) if len(other) == 1 else frozenset()
    return frozenset()


def _odds(text: str, seen: Seen, words: Lexicon, context: Context, *, place: int, opens: bool) -> list[float]:
    """Return the log-odds of each kind, by the weights of words and by what the structure of the sentence shows.

    A sentence at the first place does not open the description if one that only repeats the name is before it.
    """
    odds = statement_kinds.log_odds(seen, words)
    if place == 0 and statement_kinds.tells_an_act(seen, words):
        odds[_PURPOSE] = max(odds[_PURPOSE], CERTAIN)
    odds = without_talk(text, odds, context, opens=opens)
    odds = without_near_misses(text, odds)
    odds = with_structure(text, odds, opens=opens)
    odds = without_functions(text, odds, context.names)
    if not opens:
        odds = without_tautologies(text, odds, context.name_stems, context.verb)
    return without_foreign_calls(text, odds, context.names, context.name_stems)


def _opener(tool: Readable, standing: tuple[Stand, ...], parameters: Collection[str], words: Lexicon) -> int:
    """Return which sentence opens the description: the first, unless only one soon after it speaks of the tool's name.

    What stands before may be anything, also an order, and is read like a sentence further down. The name of a parameter
    (`resource_id`) is not that of the tool (`get_resource`).
    """
    own = tool.name_stems - SMALL
    for number, (sentence, stand) in enumerate(zip(tool.sentences, standing, strict=False)):
        if not _names(own, sentence, parameters) or is_general_truth(sentence, words.verbs):
            continue
        plain = stand.label is None and stand.section is None and not stand.heading and sentence.text.isascii()
        return number if plain and number not in tool.shared_sentences else 0
    return 0


def _names(own: AbstractSet[str], sentence: Sentence, parameters: Collection[str]) -> bool:
    """Return True if a sentence has a word of `own` in any form (`fetches`), and not only in names of `parameters`."""
    stems = sentence.stems
    if own.isdisjoint(stems):
        return len(without_forms(stems, own)) < len(stems)
    if "_" not in sentence.text:
        return True
    plain = pattern(_COMPOUND).sub(lambda m: "" if m[0] in parameters else m[0], sentence.text)
    return not own.isdisjoint(stems_of(words_of(plain)))


def _alone(text: str, place: int, before: Before, context: Context, words: Lexicon) -> list[list[float]]:
    """Return the log-odds of the parts of a sentence, each read alone; nothing if it has one part only."""
    found: list[list[float]] = []
    for clause in clauses(text[:LONGEST]):
        stems = stems_of(words_of(clause), ascii_only=clause.isascii())
        here = _LATER if found else place
        seen, _ = statement_kinds.seen(here, clause, stems, _ALONE, before, context, words)
        odds = without_near_misses(clause, statement_kinds.log_odds(seen, words))
        found.append(with_structure(clause, odds))
    return found


def _raised(odds: list[float], parts: Sequence[Sequence[float]]) -> list[float]:
    """Raise the log-odds of each kind that a later part has. The first alone states a purpose, and none is an order."""
    if parts:
        odds[_PURPOSE] = max(odds[_PURPOSE], parts[0][_PURPOSE])
    for alone in parts[1:]:
        odds = [max(a, b) if kind in _APART else a for kind, a, b in zip(KINDS, odds, alone, strict=True)]
    return odds


def _again(text: str, says: Sequence[StatementKind], parts: Sequence[Sequence[float]]) -> tuple[StatementKind, ...]:
    """Return the kinds that a sentence states more than once, one for each further fact."""
    in_words = packed(text, says)
    in_parts = [
        kind
        for place, kind in enumerate(KINDS if parts else ())
        if kind in _APART and kind in says
        for _ in range(sum([alone[place] > 0 for alone in parts]) - 1)
    ]
    if not in_words and not in_parts:
        return ()
    return tuple(kind for kind in KINDS for _ in range(max(in_words.count(kind), in_parts.count(kind))))


def read(tool: Readable) -> ToolReading:
    """Return the reading of a tool's description. Linear in the length of the text."""
    if not tool.tool.known("description"):
        return UNREAD
    if language := tool.unread_language:
        return _unread(tool, language)
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


def _unread(tool: Readable, language: str) -> ToolReading:
    """Return the sentences of a description in a language that is not read: nothing is said of them, nor missing."""
    why = f"is in {language}, which is not read"
    spans = tool.text.sentences
    return ToolReading(
        tuple(ReadSentence(s.text, s.start, s.end, (), (), counts=False, reason=why, weight=0.0) for s in spans)
    )


def _read(found: Observed, weight: float, why: Reason | None) -> ReadSentence:
    span, words = found.span, None if why is None else why.value
    reason, slight = (None, words) if weight else (words, None)
    said = _said(found, why)
    return ReadSentence(
        span.text,
        span.start,
        span.end,
        said,
        found.explains,
        weight > 0,
        reason,
        weight,
        slight,
        _amounts(found, said),
        explaining.implied(found.mentions, found.explains),
    )


def _amounts(found: Observed, says: Sequence[StatementKind]) -> tuple[float, ...]:
    """Return how much a sentence says of each of its kinds. What a heading says of its items is certain."""
    return tuple(
        [
            (BARELY + (1 - BARELY) * min(1.0, odds / CERTAIN) if odds > 0 else 1.0) + found.again.count(kind)
            for kind, odds in zip(KINDS, found.log_odds, strict=True)
            if kind in says
        ]
    )


def _said(found: Observed, why: Reason | None) -> tuple[StatementKind, ...]:
    """Return the kinds of a sentence.

    One that repeats the name or announces what follows states none; one that explains a parameter or is one word
    (`TODO`) states no purpose.
    """
    of_parameter = found.stand.label is not None and found.stand.label == found.stand.under
    word = found.span.text.isascii() and len(found.sentence.words) < _FEWEST
    if why in (Reason.NAME, Reason.HEADING):
        return ()
    denied = {PURPOSE} if of_parameter or word else set()
    if why not in ORDERS:
        denied.add(StatementKind.STEERING)
    elif StatementKind.STEERING in found.says and found.span.start:
        denied.add(PURPOSE)
    return tuple(kind for kind in found.says if kind not in denied)


def _owes(tool: Readable, kind: StatementKind) -> bool:
    if kind is StatementKind.STEERING:
        return False
    if kind is StatementKind.DEFAULT:
        return any(not parameter.required for parameter in tool.parameters)
    if kind is StatementKind.WHEN_NOT:
        return len(tool.server.tools) > 1
    return kind is not StatementKind.EXAMPLE or bool(tool.parameters)
