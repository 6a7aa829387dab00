"""Tells the statement kinds of sentences: a weighted sum of what is seen in each.

The weights are fitted to labelled sentences and stand, with the phrases, in `rubrics/statements.json`.
"""

from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from toolsmell.model.reading import StatementKind
from toolsmell.reading import features
from toolsmell.reading.features import Names, SentenceWords
from toolsmell.reading.lexicon import Lexicon
from toolsmell.reading.sections import Stand
from toolsmell.reading.stems import GENERIC
from toolsmell.text import pattern

_RETURNED: Final = (
    r"\w,? and (?:then )?returns? (?!(?:(?:its|their|the|an?) )?"
    r"(?:results?|response|output|answer|errors?|exception|early|to|from|if|when|nothing)\b)[a-z]"
)
_ORDERED: Final = (
    r"\byou (?:must|have to) (?:always )?(?:use|call|invoke) this (?:tool|function)\b(?! (?:to|with|in)\b)"
    r"|\b(?:use|call|invoke) this (?:tool |function )?every time\b"
)
_ELSEWHERE: Final = r"^\W*for [^.]{3,120}, (?:use|call|see) (?:the )?[`'\"]?[a-z]{1,40}[_-][a-z]"
_SHOWN: Final = (
    # The kind, a word that must be in the text for the pattern to be tried, and the pattern.
    (tuple(StatementKind).index(StatementKind.RESULT), "return", _RETURNED),
    (tuple(StatementKind).index(StatementKind.STEERING), "this", _ORDERED),
    (tuple(StatementKind).index(StatementKind.WHEN_NOT), "for ", _ELSEWHERE),
    (tuple(StatementKind).index(StatementKind.EFFECT), "read-only", r"^\W*read-only\W*$"),
)
"""`... and returns its id` says what comes back, `you must use this tool` steers, `for tides, use get_tides` says when
not to use it, and `Read-only.` what it changes, whatever else a sentence says and whether a sibling has that name."""
_SURE: Final = 1.0
"""Log-odds of a kind that the structure of a sentence shows."""
_LIMITS: Final = (6, 10, 18, 32)
"""The largest number of words for each length."""
_LENGTHS: Final = tuple(f"is:length-{number}" for number in range(1, 6))
_ROLES: Final = tuple((token, f"is:{token}") for token in ("@tool", "@param", "@name", "@self"))
_NEW: Final = tuple(f"new:{number}" for number in range(5))
_FIRST_NEW: Final = tuple(f"first-new:{number}" for number in range(5))
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
    found = {f"cue:{cue}" for cue in cues}
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
        yield "is:second" if index else "is:first"
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


def log_odds(sentence: Seen, words: Lexicon) -> list[float]:
    """Return the log-odds of each kind, in the order of `Lexicon.kinds`."""
    tokens, openings = sentence.tokens, words.openings
    rows = [*map(words.named.__getitem__, words.named.keys() & sentence.features)]
    rows.extend(features.runs_among(tokens.words, words.grams))
    if tokens.openings:
        rows.extend([openings[word] for word in tokens.openings if word in openings])
    return words.rows.log_odds(rows)


def with_structure(text: str, odds: list[float]) -> list[float]:
    """Raise the log-odds of each kind that the structure of a sentence shows, although no weight knows its words."""
    lower = text[: features.LONGEST].lower()
    for kind, lead, source in _SHOWN:
        if lead in lower and odds[kind] < _SURE and pattern(source).search(lower):
            odds[kind] = _SURE
    return odds
