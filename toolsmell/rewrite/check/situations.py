"""Reads the situation and the outcome that a sentence states, and finds the recorded calls in that situation.

A recorded call is in a situation if the words of its rejection say so, if it found nothing, if it repeats a call that
succeeded, or if it passes a value that another tool of the server calls missing.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from re import IGNORECASE, escape
from typing import Final, NamedTuple

from toolsmell.calling.classify import Outcome
from toolsmell.calling.outcomes import Observation
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.rewrite.check.trial_data import texts_in
from toolsmell.text import pattern, words_of


class Situation(Enum):
    MISSING = (
        r"\b(?:do(?:es)? not (?:exist|occur|resolve)|doesn't (?:exist|occur)|unknown|missing|not found|non-?existent"
        r"|not there|wrong name|(?:is|are) not in the \w+)\b"
    )
    EXISTS = (
        r"\b(?:exists? already|already exists?|(?:already there|there already)|existing|if (?:the|a|an) \w+ exists"
        r"|repeat(?:ed|ing)|whose name exists)\b"
    )
    NOTHING = (
        r"\b(?:nothing|no(?: \w+){1,2}) (?:match(?:es)?|lies?|is found|was found|are found)\b"
        r"|\bwithout (?:any )?match(?:es|ing \w+)?\b|\bno match(?:es)?\b|\bno \w+ (?:in|between) the \w+\b"
        r"|\b(?:has|have|contains?|there (?:is|are)) no \w+\b"
    )
    FOLDER = r"\b(?:is|are|names?|for|of) an? (?:directory|folder)\b|^an? (?:directory|folder) \b"
    FILE = r"\b(?:is|are|names?|for|of) a (?:regular |plain )?file\b"
    OTHER_VALUE = r"\b(?:any )?(?:other|another|invalid|unlisted|wrong) values?\b"


class StatedOutcome(Enum):
    """The outcome that a sentence states."""

    ERROR = "error"
    SUCCESS = "success"


_NO_ERROR: Final = (
    r"\b(?:no|not an|without(?: an)?|never an) errors?\b|\b(?:does|do|will) not fail\b|\bnever fails?\b"
    r"|\b(?:is|are) not (?:an error|rejected|refused)\b|\b(?:instead of|rather than|and not) an? errors?\b"
)
_ERROR: Final = (
    r"\berrors?\b|\bfails?\b|\b(?:is|are|gets?) (?:rejected|refused|denied)\b|\braises?\b|\bends? with an? \w+ error\b"
)
_SUCCESS: Final = (
    r"\bsucceeds?\b|\b(?:is|are|will be) (?:\w+ )?(?:created|made|overwritten|replaced|skipped|ignored|moved|added|kept"
    r"|converted|cut|deleted|removed|returned|shown|used|allowed|accepted|fine|reset|treated|renamed|stored|reused"
    r"|merged|updated|listed|left out|passed over)\b|\b(?:gives?|returns?|shows?|yields?|means?) (?!an? error)"
)
_NEGATED_DEED: Final = r"\b(?:is|are|will be) (?:not|never) \w+|\bnot \w+ again\b"
_MISSING_TEXT: Final = (
    r"\bENOENT\b|no such|not found|does not exist|doesn't exist|did not (?:match|resolve)|\bunknown\b|could not find"
    r"|no item found|no \w+(?: \w+)? found|not a valid|invalid (?:timezone|name|revision|reference)"
)
_FOLDER_TEXT: Final = r"\bEISDIR\b|\bis a (?:directory|folder)\b"
_FILE_TEXT: Final = r"\bENOTDIR\b|\bnot a (?:directory|folder)\b"
_VALUE_TEXT: Final = r"\binvalid\b|\bnot one of\b|\bmust be (?:one of|either)\b|\bunsupported\b|\binput should be '"
_EXISTS_TEXT: Final = r"already exists|\bEEXIST\b|already there|is already"
_NOTHING_TEXT: Final = r"no match|nothing found|no results|\b(?:affected_rows|count|total)\W{1,4}0\b"
SUCCEEDED: Final = (Outcome.RESULT, Outcome.EMPTY)
REJECTED: Final = (Outcome.REJECTED, Outcome.INVALID_ARGUMENTS)


class SeenOutcome(NamedTuple):
    """The answer of the tool in a situation, and the call that shows it."""

    said: StatedOutcome
    call: Observation


_BY_THEMSELVES: Final = (Situation.FOLDER, Situation.FILE, Situation.OTHER_VALUE)
"""Situations that a sentence about another one may name as well: "a file that does not exist"."""


def situation_of(sentence: str) -> Situation | None:
    """Return the one situation that a sentence names, or None."""
    found = [s for s in Situation if pattern(s.value, IGNORECASE).search(sentence)]
    first = [s for s in found if s not in _BY_THEMSELVES] or found
    return first[0] if len(first) == 1 else None


def stated_outcome(sentence: str) -> StatedOutcome | None:
    """Return the one outcome that a sentence states, or None."""
    if pattern(_NO_ERROR, IGNORECASE).search(sentence):
        return StatedOutcome.SUCCESS
    fails = pattern(_ERROR, IGNORECASE).search(sentence) is not None
    succeeds = pattern(_SUCCESS, IGNORECASE).search(sentence) is not None
    if fails is succeeds or pattern(_NEGATED_DEED, IGNORECASE).search(sentence):
        return None
    return StatedOutcome.ERROR if fails else StatedOutcome.SUCCESS


def shown(situation: Situation, evidence: ToolEvidence) -> Iterator[SeenOutcome]:
    """Yield the outcomes of the tool's recorded calls in a situation."""
    calls = evidence.own_calls
    match situation:
        case Situation.MISSING:
            yield from _rejected(calls, _MISSING_TEXT)
            yield from (SeenOutcome(StatedOutcome.SUCCESS, call) for call in _with_missing_value(evidence))
        case Situation.EXISTS:
            yield from _rejected(calls, _EXISTS_TEXT)
            yield from (SeenOutcome(StatedOutcome.SUCCESS, call) for call in _repeated(calls))
        case Situation.NOTHING:
            yield from _rejected(calls, _NOTHING_TEXT)
            yield from (
                SeenOutcome(StatedOutcome.SUCCESS, c) for c in calls if c.outcome in SUCCEEDED and _is_nothing(c)
            )
        case Situation.FOLDER:
            yield from _rejected(calls, _FOLDER_TEXT)
        case Situation.FILE:
            yield from _rejected(calls, _FILE_TEXT)
        case Situation.OTHER_VALUE:
            yield from _rejected(calls, _VALUE_TEXT)


def _rejected(calls: Sequence[Observation], words: str) -> Iterator[SeenOutcome]:
    for call in calls:
        if call.outcome in REJECTED and pattern(words, IGNORECASE).search(call.text[:300]):
            yield SeenOutcome(StatedOutcome.ERROR, call)


def _is_nothing(call: Observation) -> bool:
    return call.outcome is Outcome.EMPTY or pattern(_NOTHING_TEXT, IGNORECASE).search(call.text[:200]) is not None


def _repeated(calls: Sequence[Observation]) -> Iterator[Observation]:
    """Yield the calls that succeeded with the arguments of an earlier call that succeeded."""
    done: list[object] = []
    for call in calls:
        if call.outcome in SUCCEEDED:
            if call.trial.arguments in done and words_of(str(call.trial.arguments)):
                yield call
            done.append(call.trial.arguments)


def _with_missing_value(evidence: ToolEvidence) -> Iterator[Observation]:
    """Yield the calls that succeeded with a value that a tool rejects as missing and that no result shows."""
    missing = {value for call in evidence.seen if call.outcome in REJECTED for value in _called_missing(call)}
    results = "\n".join(call.text for call in evidence.seen if call.outcome in SUCCEEDED) if missing else ""
    unseen = {value for value in missing if not _has_word(results, value)}
    for call in evidence.own_calls:
        if call.outcome in SUCCEEDED and not unseen.isdisjoint(texts_in(call.trial.arguments)):
            yield call


def _called_missing(call: Observation) -> Iterator[str]:
    """Yield the values of a call, or words of its query, that its rejection calls missing."""
    head = call.text[:300]
    told = pattern(_MISSING_TEXT, IGNORECASE).search(head)
    if told is None:
        return
    after = head[told.end() :]
    for text in texts_in(call.trial.arguments):
        if len(text) > 1 and _has_word(head, text[:200]):
            yield text
        yield from (word for word in pattern(r"\w{3,60}").findall(text[:500]) if _has_word(after, word))


def _has_word(text: str, word: str) -> bool:
    return pattern(rf"(?<!\w){escape(word)}(?!\w)").search(text) is not None
