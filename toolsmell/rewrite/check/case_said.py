"""Compares what a sentence says of upper and lower case with pairs of calls that differ in nothing else."""

import json
from re import IGNORECASE
from typing import Final

from toolsmell.calling.classify import Outcome
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.rewrite.check.situations import SUCCEEDED
from toolsmell.text import pattern

_MATTERS: Final = (
    r"\bcase[- ]sensitive\b"
    r"|\b(?:upper|lower) and (?:upper|lower) case (?:must match|matters?|are (?:told apart|different))"
    r"|\bcase (?:must match|matters)\b"
)
_IGNORED: Final = (
    r"\bcase[- ]insensitive\b|\bnot case[- ]sensitive\b|\bcase (?:does|do) not matter\b"
    r"|\bcase (?:makes? no difference|is ignored)\b|\b(?:regardless|irrespective) of case\b|\bignor(?:es|ing) case\b"
)


def against_case(evidence: ToolEvidence, sentence: str) -> str | None:
    """Return the pair of calls that a sentence about case contradicts, or None."""
    said, pair = _says_that_case_matters(sentence), _shown(evidence)
    return pair[1] if said is not None and pair is not None and pair[0] is not said else None


def case_shown(evidence: ToolEvidence, sentence: str) -> str | None:
    """Return the pair of calls that shows a sentence which speaks of case only, or None."""
    said, pair = _says_that_case_matters(sentence), _shown(evidence)
    if said is None or pair is None or pair[0] is not said:
        return None
    plain = (
        rf"(?:(?:the )?(?:search|query|names?|matching|it) (?:is|are) |upper and lower )?(?:{_MATTERS}|{_IGNORED})\W*"
    )
    return pair[1] if pattern(plain, IGNORECASE).fullmatch(sentence.strip()) else None


def _says_that_case_matters(sentence: str) -> bool | None:
    if pattern(_IGNORED, IGNORECASE).search(sentence):
        return False
    return True if pattern(_MATTERS, IGNORECASE).search(sentence) else None


def _shown(evidence: ToolEvidence) -> tuple[bool, str] | None:
    """Return whether case matters by the first two calls that differ in case only, and the words that say so."""
    seen: dict[str, tuple[str, int, str]] = {}
    for call in evidence.own_calls:
        if call.outcome not in SUCCEEDED:
            continue
        sent = json.dumps(call.trial.arguments, sort_keys=True)
        before = seen.setdefault(sent.lower(), (sent, call.number, call.text))
        same = call.text == before[2]
        if before[0] != sent and (same or call.outcome is Outcome.EMPTY):  # other results may have another cause
            return not same, f"calls {before[1]} and {call.number} differ in case only"
    return None
