"""Denies statements to sentences that only say what the name of the tool means.

After `delete`, `the branch is no longer there` tells no limit, and `It returns tickets` no result of `search_tickets`.
"""

from collections.abc import Set as AbstractSet
from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.features import LONGEST
from toolsmell.reading.near_misses import UNSURE
from toolsmell.reading.stems import stems_of, without_forms
from toolsmell.text import pattern, words_of

_GONE: Final = (
    r"\b(?:is|are|will be) (?:gone|no longer (?:there|available|present|part of))\b|\bno longer (?:exists?|there)\b"
)
_ENDED: Final = (
    r"\b(?:is|are|does|do|will) (?:no longer|not) (?:run|running|active|alive)\b|\bno longer (?:runs?|works?)\b"
)
_THERE: Final = r"\b(?:there is|results? in|you have) an? new\b|\b(?:exists?|will exist|is there)\W*$"
_AGAIN: Final = r"\bstops? and (?:then |it )*starts?\b"
_OTHER_NAME: Final = r"\b(?:has|have|gets?|with) (?:an?other|a new|a different) name\b"
_MEANT: Final = {
    verb: source
    for verbs, source in (
        ("delete remove drop destroy erase purge uninstall", _GONE),
        ("stop kill cancel end terminate halt shutdown abort", _ENDED),
        ("create add make insert register new", _THERE),
        ("restart reboot reload", _AGAIN),
        ("rename", _OTHER_NAME),
    )
    for verb in verbs.split()
}
"""By the verb of a name: what everybody knows of the act."""
_CONDITION: Final = (
    r"\b(?:if|unless|until|not|only|after \d|within|days?|hours?|minutes?|permanently|immediately|except)\b"
)
"""Words that tell more than the act; `not` belongs to it in `does not run`."""
_RETURNS: Final = (
    r"^\W*(?:it |this tool |the tool )?(?:then )?returns? (?:(?:the|all|an?|every|each|any|these|those|such) ){0,2}"
    r"([\w-]{1,30}(?: [\w-]{1,30})?)(?:, and \d|\W*$)"
)
_KINDS: Final = tuple(StatementKind).index
_OF_ACTS: Final = tuple(map(_KINDS, (StatementKind.LIMIT, StatementKind.FAILURE, StatementKind.EFFECT)))
_RESULT: Final = _KINDS(StatementKind.RESULT)


def without_tautologies(text: str, odds: list[float], name_stems: AbstractSet[str], verb: str) -> list[float]:
    """Lower the log-odds of kinds that a sentence has for words that the name means. `verb` is that of the name."""
    lower = text[:LONGEST].lower()
    source = _MEANT.get(verb)
    if source is not None and any(odds[kind] > 0 for kind in _OF_ACTS):
        match = pattern(source).search(lower)
        if match is not None and not pattern(_CONDITION).search(lower.replace(match[0], "")):
            for kind in _OF_ACTS:
                odds[kind] = min(odds[kind], UNSURE)
    if odds[_RESULT] > 0 and "return" in lower and _returns_its_name(lower, name_stems):
        odds[_RESULT] = UNSURE
    return odds


def _returns_its_name(lower: str, name_stems: AbstractSet[str]) -> bool:
    """Return True if what a sentence says to return is the thing that the name has, without a word about it."""
    match = pattern(_RETURNS).match(lower)
    return match is not None and not without_forms(stems_of(words_of(match[1])) - name_stems, name_stems)
