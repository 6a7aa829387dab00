"""Tells the statement kinds of sentences: a weighted sum of what is seen in each.

The weights are fitted to labelled sentences and stand, with the phrases, in `rubrics/statements.json`.
"""

from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from toolsmell.reading import features
from toolsmell.reading.conduct import conduct_in
from toolsmell.reading.features import Names, SentenceWords
from toolsmell.reading.lexicon import Lexicon
from toolsmell.reading.sections import Stand
from toolsmell.reading.spoken import commanded, speaks
from toolsmell.reading.stems import GENERIC

_ORDERS: Final = "st-"
"""How the names of the cues of orders begin."""
_PRIVATE: Final = frozenset(("st-files", "st-secrets", "st-chat"))
_HANDED: Final = frozenset(("st-send", "st-put", "st-gather"))
"""What is nobody's business, and verbs of handing it over: together they are worse than each alone."""
FIRST: Final = "is:first"
"""The feature of the sentence that opens a description."""
_LIMITS: Final = (6, 10, 18, 32)
"""The largest number of words for each length."""
_LENGTHS: Final = tuple(f"is:length-{number}" for number in range(1, 6))
_ROLES: Final = tuple((token, f"is:{token}") for token in ("@tool", "@param", "@name", "@self"))
_NEW: Final = tuple(f"new:{number}" for number in range(5))
_FIRST_NEW: Final = tuple(f"first-new:{number}" for number in range(5))
_TELLING: Final = frozenset(_FIRST_NEW[2:])
_ADDING: Final = frozenset(_FIRST_NEW[1:])
ADDED: Final = 2
"""General words beyond the name of a tool that tell what it returns."""
_ANSWERS: Final = frozenset(("return", "returns"))
_OF_USERS: Final = frozenset(("cue:use-when", "cue:user-wants", "cue:not-use", "is:mute", "is:question"))
"""What an opening has that tells when to use the tool, or that has no verb."""
_FRESH: Final = tuple(f"fresh:{number}" for number in range(4))


class Seen(NamedTuple):
    """One sentence as the weights see it."""

    tokens: SentenceWords
    features: set[str]


class Context(NamedTuple):
    """What the sentences of one description are read against."""

    names: Names
    name_stems: AbstractSet[str]


class Before(NamedTuple):
    """What is known of the sentences before one."""

    stems: set[str]
    cues: AbstractSet[str] = frozenset()
    """The cues of the heading that the sentence stands under."""


def seen(
    index: int,
    text: str,
    stems: AbstractSet[str],
    stand: Stand,
    before: Before,
    context: Context,
    words: Lexicon,
) -> tuple[Seen, set[str]]:
    """Return what is seen in a sentence, without its words, and its cues."""
    text = text[: features.LONGEST]
    tokens = features.tokens_of(text, context.names)
    spoken = tokens.words
    cues = {cue for number in features.runs_among(spoken, words.phrases) for cue in words.cues[number]}
    if not text.isascii():
        cues.update(features.chinese_in(text, words))
    mute = text.isascii() and not speaks(tokens, words.verbs)
    found = {f"cue:{cue}" for cue in cues}
    if mute:
        found = {f"noun:{cue}" if cue.startswith(_ORDERS) else f"cue:{cue}" for cue in cues} | {"is:mute"}
    elif not (_PRIVATE.isdisjoint(cues) or _HANDED.isdisjoint(cues)):
        found.add("is:private-handed")
    if not mute:
        found.update(conduct_in(text, tokens, words.verbs))
    if stand.section is not None:
        found.update([f"under:{cue}" for cue in before.cues])
    found.update(features.verbs_among(spoken, words.verbs, context.name_stems))
    found.update(features.form_of(text))
    found.update(_place(index, stand))
    found.update([feature for token, feature in _ROLES if token in spoken])
    found.add(_LENGTHS[bisect_left(_LIMITS, len(spoken))])
    found.update(_news(index, stems, before.stems, context.name_stems))
    if text[:1].islower() and not stand.opens_line:
        found.add("is:lower-start")
    return Seen(tokens, found), cues


def _place(index: int, stand: Stand) -> Iterator[str]:
    if index < 2:
        yield "is:second" if index else FIRST
    if stand.bullet:
        yield "is:bullet"
    if stand.heading:
        yield "is:heading"
    if stand.section:
        yield f"in:{stand.section}"
    if stand.label is not None:
        yield "is:label" if stand.label == stand.under else "is:other-label"
    elif stand.under is not None:
        yield "is:after-label"


def _news(index: int, stems: AbstractSet[str], before: AbstractSet[str], name: AbstractSet[str]) -> Iterator[str]:
    new = stems - name
    telling = new - GENERIC
    number = min(4, len(telling))
    yield _NEW[number]
    if not new:
        yield "new:nothing"
    if index:
        yield _FRESH[min(3, len(telling - before))]
    else:
        yield _FIRST_NEW[number]
        if telling:
            yield "first-new:some"


def tells_an_act(sentence: Seen, words: Lexicon) -> bool:
    """Return True if an opening names an act and two things that the name does not: `Open files of a folder by date`.

    In the training half of `benchmarks/labels`, readers found a purpose in 410 of 450 openings with two such things.
    """
    if sentence.features.isdisjoint(_TELLING) or not sentence.features.isdisjoint(_OF_USERS):
        return False
    return commanded(sentence.tokens, words.verbs) is not None


def tells_an_answer(sentence: Seen, added: AbstractSet[str]) -> bool:
    """Return True if an opening says that the tool returns something, and adds words to its name: `Returns a logo`.

    In `benchmarks/labels`, readers found a purpose in 20 of 21 such openings.
    """
    if sentence.tokens.words[1] not in _ANSWERS:
        return False
    return not sentence.features.isdisjoint(_ADDING) or len(added) >= ADDED


def log_odds(sentence: Seen, words: Lexicon) -> list[float]:
    """Return the log-odds of each kind, in the order of `Lexicon.kinds`."""
    tokens, openings = sentence.tokens, words.openings
    rows = [*map(words.named.__getitem__, words.named.keys() & sentence.features)]
    rows.extend(features.runs_among(tokens.words, words.grams))
    if tokens.openings:
        rows.extend([openings[word] for word in tokens.openings if word in openings])
    return words.rows.log_odds(rows)
