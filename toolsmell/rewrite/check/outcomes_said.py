"""Compares what a sentence says of a situation ("a file that does not exist gives an empty text") with recorded calls.

A sentence is read only if it names one situation and one outcome. A recorded call is in that situation if the words of
its rejection say so, if it found nothing, or if it repeats a call that succeeded.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from re import IGNORECASE
from typing import Final, NamedTuple

from toolsmell.calling.classify import Outcome
from toolsmell.calling.outcomes import Observation
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Objection, Violation
from toolsmell.text import pattern, words_of


class Situation(Enum):
    MISSING = (
        r"\b(?:do(?:es)? not exist|doesn't exist|unknown|missing|not found|non-?existent|not there|wrong name"
        r"|do(?:es)? not resolve)\b"
    )
    EXISTS = (
        r"\b(?:exists? already|already exists?|already there|existing|if (?:the|a|an) \w+ exists"
        r"|repeat(?:ed|ing)|whose name exists)\b"
    )
    NOTHING = (
        r"\b(?:nothing|no(?: \w+){1,2}) (?:match(?:es)?|lies?|is found|was found|are found)\b"
        r"|\bwithout (?:any )?match(?:es|ing \w+)?\b|\bno match(?:es)?\b|\bno \w+ (?:in|between) the \w+\b"
    )


class StatedOutcome(Enum):
    """The outcome that a sentence states."""

    ERROR = "error"
    SUCCESS = "success"


_NO_ERROR: Final = (
    r"\b(?:no|not an|without(?: an)?|never an) errors?\b|\b(?:does|do|will) not fail\b|\bnever fails?\b"
    r"|\b(?:is|are) not (?:an error|rejected|refused)\b"
)
_ERROR: Final = (
    r"\berrors?\b|\bfails?\b|\b(?:is|are|gets?) (?:rejected|refused|denied)\b|\braises?\b|\bends? with an? \w+ error\b"
)
_SUCCESS: Final = (
    r"\bsucceeds?\b|\b(?:is|are|will be) (?:\w+ )?(?:created|made|overwritten|replaced|skipped|ignored|moved|added|kept"
    r"|converted|cut|deleted|removed|returned|shown|used|allowed|accepted|fine)\b"
    r"|\b(?:gives?|returns?|shows?) (?!an? error)"
)
_NEGATED_DEED: Final = r"\b(?:is|are|will be) (?:not|never) \w+|\bnot \w+ again\b"
_MISSING_TEXT: Final = (
    r"\bENOENT\b|no such|not found|does not exist|doesn't exist|did not (?:match|resolve)|\bunknown\b|could not find"
    r"|no item found|no \w+(?: \w+)? found|not a valid|invalid (?:timezone|name|revision|reference)"
)
_EXISTS_TEXT: Final = r"already exists|\bEEXIST\b|already there|is already"
_NOTHING_TEXT: Final = r"no match|nothing found|no results|\b(?:affected_rows|count|total)\W{1,4}0\b"
_VALUES: Final[Mapping[str, Callable[[float], bool]]] = {
    r"\b(?:may|can) (?:also )?be negative\b": lambda value: value < 0,
    r"\b(?:may|can) (?:also )?be (?:zero|0)\b": lambda value: value == 0,
}
"""Words for a state of a parameter -> a test whether a value has that state."""
_ONLY_WHOLE: Final = r"\bonly (?:integers|whole numbers)\b|\bfractions? (?:is|are) (?:not allowed|rejected|refused)\b"
_SUCCEEDED: Final = (Outcome.RESULT, Outcome.EMPTY)
_REJECTED: Final = (Outcome.REJECTED, Outcome.INVALID_ARGUMENTS)


class _Seen(NamedTuple):
    """The answer of the tool in a situation, and the call that shows it."""

    said: StatedOutcome
    call: Observation


def against_outcomes(evidence: ToolEvidence, sentence: str) -> Iterator[Violation]:
    """Yield what recorded calls show against a sentence about a situation."""
    found = [s for s in Situation if pattern(s.value, IGNORECASE).search(sentence)]
    said = stated_outcome(sentence)
    if len(found) != 1 or said is None:
        return
    shown = list(_shown(found[0], evidence.own_calls))
    # If calls show both, the tool treats two things differently, and the sentence may be about either.
    if shown and all(one.said is not said for one in shown):
        detail = (
            f"call {shown[0].call.number} shows otherwise: {' '.join(shown[0].call.text.split())[:120] or '(nothing)'}"
        )
        yield Violation(Objection.OPPOSITE, detail, sentence)


def against_values(evidence: ToolEvidence, sentence: str) -> Iterator[Violation]:
    """Yield what recorded calls show against a sentence about the values that a parameter takes."""
    for call in evidence.own_calls:
        for name, value in call.trial.arguments.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                continue
            rejected = call.outcome in _REJECTED and f"`{name}`" in sentence
            claimed = next((words for words, fits in _VALUES.items() if fits(value) and _has(words, sentence)), None)
            fraction = call.outcome in _SUCCEEDED and value != int(value) and _has(_ONLY_WHOLE, sentence)
            if (rejected and claimed) or fraction:
                detail = f"call {call.number} passed {name} = {value:g}: {' '.join(call.text.split())[:100]}"
                yield Violation(Objection.OPPOSITE, detail, sentence)
                return


def _has(words: str, sentence: str) -> bool:
    return pattern(words, IGNORECASE).search(sentence) is not None


def stated_outcome(sentence: str) -> StatedOutcome | None:
    """Return the one outcome that a sentence states, or None."""
    if pattern(_NO_ERROR, IGNORECASE).search(sentence):
        return StatedOutcome.SUCCESS
    fails = pattern(_ERROR, IGNORECASE).search(sentence) is not None
    succeeds = pattern(_SUCCESS, IGNORECASE).search(sentence) is not None
    if fails is succeeds or pattern(_NEGATED_DEED, IGNORECASE).search(sentence):
        return None
    return StatedOutcome.ERROR if fails else StatedOutcome.SUCCESS


def _shown(situation: Situation, calls: Sequence[Observation]) -> Iterator[_Seen]:
    match situation:
        case Situation.MISSING:
            yield from _rejected(calls, _MISSING_TEXT)
        case Situation.EXISTS:
            yield from _rejected(calls, _EXISTS_TEXT)
            yield from (_Seen(StatedOutcome.SUCCESS, call) for call in _repeated(calls))
        case Situation.NOTHING:
            yield from _rejected(calls, _NOTHING_TEXT)
            yield from (_Seen(StatedOutcome.SUCCESS, c) for c in calls if c.outcome in _SUCCEEDED and _is_nothing(c))


def _rejected(calls: Sequence[Observation], words: str) -> Iterator[_Seen]:
    for call in calls:
        if call.outcome in _REJECTED and pattern(words, IGNORECASE).search(call.text[:300]):
            yield _Seen(StatedOutcome.ERROR, call)


def _is_nothing(call: Observation) -> bool:
    return call.outcome is Outcome.EMPTY or pattern(_NOTHING_TEXT, IGNORECASE).search(call.text[:200]) is not None


def _repeated(calls: Sequence[Observation]) -> Iterator[Observation]:
    """Yield the calls that succeeded with the arguments of an earlier call that succeeded."""
    done: list[object] = []
    for call in calls:
        if call.outcome in _SUCCEEDED:
            if call.trial.arguments in done and words_of(str(call.trial.arguments)):
                yield call
            done.append(call.trial.arguments)
