"""Tells the statement kinds of sentences: a weighted sum of what is seen in each.

The weights are fitted to labelled sentences and stand, with the phrases, in `rubrics/statements.json`.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from toolsmell.model.reading import StatementKind
from toolsmell.reading import features
from toolsmell.reading.conduct import conduct_in
from toolsmell.reading.features import Names, SentenceWords
from toolsmell.reading.lexicon import Lexicon
from toolsmell.reading.near_misses import UNSURE
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
ADDED: Final = 2
"""Words beyond the names that make a first sentence a purpose."""
_PURPOSE: Final = tuple(StatementKind).index(StatementKind.PURPOSE)
_STEERING: Final = tuple(StatementKind).index(StatementKind.STEERING)
_NO_ACT: Final = tuple(
    map(
        tuple(StatementKind).index,
        set(StatementKind) - {StatementKind.PURPOSE, StatementKind.LIMIT, StatementKind.EFFECT, StatementKind.RESULT},
    )
)
"""Kinds of a sentence that does not tell what the tool does, unless its words tell that too."""
_OF_ACTS: Final = tuple(
    map(tuple(StatementKind).index, (StatementKind.LIMIT, StatementKind.EFFECT, StatementKind.RESULT))
)
"""Kinds of an opening that tells more of the act than the name: one word beyond it may be enough."""
_ANSWERS: Final = frozenset(("return", "returns"))
LIKELY: Final = 0.5
"""Log-odds of the purpose of a first sentence that adds words to the names, at least."""
NO_ORDER: Final = -1.2
"""Log-odds of steering above which a first sentence may be an order."""
NO_PURPOSE: Final = -1.0
"""Log-odds under which a first sentence says something else."""
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
    verb: str = ""
    """The first word of the tool's name."""


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


def purpose_of_opening(odds: Sequence[float], sentence: Seen, added: AbstractSet[str]) -> float:
    """Return the log-odds that an opening states a purpose, by how many words it adds to the names.

    In `benchmarks/labels`, readers found a purpose in 129 of 560 openings that add one word at most, and in 1020 of
    1182 that add more. The weights of words tell nothing more of the former on servers that they were not fitted to:
    twins such as `List tasks in a project` and `List roles in a project` got different marks by them. `Returns a logo`
    tells what `get_image` does by one word.
    """
    if len(added) < (1 if sentence.tokens.words[1] in _ANSWERS else ADDED):
        told = added and any(odds[kind] > 0 for kind in _OF_ACTS)
        return odds[_PURPOSE] if told else min(odds[_PURPOSE], UNSURE)
    if odds[_PURPOSE] < NO_PURPOSE or any(odds[kind] > 0 for kind in _NO_ACT) or odds[_STEERING] > NO_ORDER:
        return odds[_PURPOSE]
    return max(odds[_PURPOSE], LIKELY)


def log_odds(sentence: Seen, words: Lexicon) -> list[float]:
    """Return the log-odds of each kind, in the order of `Lexicon.kinds`."""
    tokens, openings = sentence.tokens, words.openings
    rows = [*map(words.named.__getitem__, words.named.keys() & sentence.features)]
    rows.extend(features.runs_among(tokens.words, words.grams))
    if tokens.openings:
        rows.extend([openings[word] for word in tokens.openings if word in openings])
    return words.rows.log_odds(rows)
