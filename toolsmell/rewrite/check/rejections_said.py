"""Compares a sentence with limits that texts and rejections state in other words.

Read are two parameters that cannot be passed together, places that are out of bounds, things that are obeyed, and
parameters that leave something out.
"""

from collections.abc import Iterator
from re import IGNORECASE
from typing import Final

from toolsmell.calling.classify import Outcome
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.facts import mentions, stems_of
from toolsmell.reading.context import ToolContext
from toolsmell.rewrite.check.situations import REJECTED, StatedOutcome, stated_outcome
from toolsmell.text import Text, identifier_words, pattern

_TOGETHER: Final = r"\b(?:both|together|simultaneously|at the same time|at once|in one call|combined)\b"
_DENIED: Final = r"\b(?:cannot|can't|not|never|mutually exclusive|only one|either)\b"
_WITHIN: Final = r"\bonly (?:\w+ ){0,3}(?:within|inside|in|under|below) (?:the |an? )?(?P<where>[\w ]{3,40})"
_ANYWHERE: Final = (
    r"\b(?:anywhere|everywhere|any (?:directory|folder|path|file|place)|the whole (?:disk|machine|system)"
    r"|outside (?:of )?(?:the )?\w+ (?:directories|folders?))\b"
)
_IGNORED: Final = r"(?P<what>[^,;:]{2,80}?) (?:is|are) (?:ignored|disregarded|not (?:checked|respected|read|obeyed))\b"
_NAMED: Final = r"[\w-]+\.[a-z]{2,5}\b|\b\w+_\w+\b"
_LEAVES_OUT: Final = frozenset(("exclude", "excluded", "excludes", "ignore", "ignored", "skip", "omit", "without"))
_ONLY_THOSE: Final = r"\bonly (?:the |those )?[\w ]{0,40}\b(?:match\w*|fit\w*)\b[\w `]{0,40} (?:are|is) (?:\w+ )?"
_SHOWN: Final = r"(?:shown|returned|included|listed|kept|searched|read)\b"
_ONLY: Final = (
    r"\bonly (?P<what>[\w ]{2,60}?) (?:are|is|can be|may be) (?:allowed|accepted|permitted|supported)"
    r"(?: here| (?:for|by|in|with) (?:this tool|`?[\w-]+`?))?\W*$"
)
_ALL_KINDS: Final = (
    r"^(?:all|any|every)(?: kinds? of)? (?:sql )?(?:statements?|quer(?:y|ies)|commands?|values?)"
    r" (?:are|is|may be|can be) (?:allowed|accepted|supported|run|passed)"
)
_OTHERS_REJECTED: Final = (
    r"(?:any|every|all)? ?(?:\w+ )?other than (?:an? )?(?P<what>[\w ]{2,60}?) (?:are|is) "
    r"(?:rejected|refused|not allowed)\W*$"
)
_KINDS: Final = stems_of("statement query command value call sql error executing tool")
"""Words for what is restricted: a SELECT query is a SELECT statement."""


def against_limits(evidence: ToolEvidence, sentence: str) -> Iterator[str]:
    """Yield the limits that a sentence denies."""
    for told in _told(evidence):
        if _together(evidence.tool, sentence, told) or _anywhere(sentence, told) or _anything(sentence, told):
            yield " ".join(told.split())[:160]
    for call in evidence.own_calls:
        if call.outcome is Outcome.REJECTED and _ignored(sentence, call.text):
            yield " ".join(call.text.split())[:160]
    yield from _against_exclusion(evidence.tool, sentence)


def _told(evidence: ToolEvidence) -> Iterator[str]:
    for text in (evidence.tool.text.raw, *(p.description or "" for p in evidence.tool.parameters)):
        yield from (span.text for span in Text(text).sentences)
    yield from (call.text[:300] for call in evidence.own_calls if call.outcome in REJECTED)


def _together(tool: ToolContext, sentence: str, told: str) -> bool:
    """Return True if a sentence allows two parameters together that `told` does not allow."""
    if not pattern(_TOGETHER, IGNORECASE).search(sentence) or pattern(_DENIED, IGNORECASE).search(sentence):
        return False
    if stated_outcome(sentence) is StatedOutcome.ERROR:
        return False
    named = [p.name for p in tool.parameters if mentions(sentence.lower(), p.name)]
    denies = pattern(_TOGETHER, IGNORECASE).search(told) and pattern(_DENIED, IGNORECASE).search(told)
    return bool(denies) and len(named) > 1 and all(mentions(told.lower(), name) for name in named)


def _anywhere(sentence: str, told: str) -> bool:
    """Return True if a sentence allows any place and `told` only some."""
    denied = pattern(_DENIED, IGNORECASE).search(sentence) or pattern(r"\bonly\b", IGNORECASE).search(sentence)
    rejected = pattern(r"\b(?:rejected|refused|denied|errors?|fails?)\b", IGNORECASE).search(sentence)
    wide = pattern(_ANYWHERE, IGNORECASE).search(sentence)
    return bool(wide and not denied and not rejected and pattern(_WITHIN, IGNORECASE).search(told))


def _anything(sentence: str, told: str) -> bool:
    """Return True if a sentence allows all kinds and `told` only one."""
    return bool(pattern(_ALL_KINDS, IGNORECASE).search(sentence) and pattern(_ONLY, IGNORECASE).search(told.strip()))


def _ignored(sentence: str, rejection: str) -> bool:
    """Return True if a sentence calls something ignored that a rejection names as its reason."""
    match = pattern(_IGNORED, IGNORECASE).search(sentence)
    names = pattern(_NAMED).findall(match["what"]) if match else []
    return bool(names) and all(mentions(rejection.lower(), name) for name in names)


def _against_exclusion(tool: ToolContext, sentence: str) -> Iterator[str]:
    """Yield the parameter that leaves something out by its name, if a sentence says that it selects it."""
    if not pattern(_ONLY_THOSE + _SHOWN, IGNORECASE).search(sentence):
        return
    for parameter in tool.parameters:
        words = identifier_words(parameter.name)
        if words and words[0] in _LEAVES_OUT and mentions(sentence.lower(), parameter.name):
            yield f"the parameter is called '{parameter.name}'"


def only_allowed(evidence: ToolEvidence, sentence: str) -> str | None:
    """Return the call whose rejection says that only the thing is allowed that a sentence names, or None."""
    said = pattern(_ONLY, IGNORECASE).fullmatch(sentence.strip()) or pattern(_OTHERS_REJECTED, IGNORECASE).fullmatch(
        sentence.strip()
    )
    if said is None:
        return None
    thing = stems_of(said["what"]) - _KINDS
    for call in evidence.own_calls:
        told = pattern(_ONLY, IGNORECASE).search(call.text[:300].strip()) if call.outcome in REJECTED else None
        if told and thing and stems_of(told["what"]) - _KINDS == thing:
            return f"call {call.number} shows it"
    return None
