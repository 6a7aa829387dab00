"""Compares what a sentence says of a situation ("a file that does not exist gives an empty text") with recorded calls.

A sentence is contradicted if all calls in its situation came to something else. It is verified if they all came to the
outcome that it states, and if it says nothing else.
"""

from collections.abc import Callable, Iterator, Mapping
from re import IGNORECASE
from typing import Final

from toolsmell.calling.classify import Outcome
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Objection, Violation
from toolsmell.evidence.facts import stems_of
from toolsmell.reading.context import ToolContext
from toolsmell.rewrite.check.situations import (
    REJECTED,
    SUCCEEDED,
    SeenOutcome,
    Situation,
    shown,
    situation_of,
    stated_outcome,
)
from toolsmell.rewrite.check.trial_data import texts_in
from toolsmell.text import pattern

_VALUES: Final[Mapping[str, Callable[[float], bool]]] = {
    r"\b(?:may|can) (?:also )?be negative\b": lambda value: value < 0,
    r"\b(?:may|can) (?:also )?be (?:zero|0)\b": lambda value: value == 0,
}
"""Words for a state of a parameter -> a test whether a value has that state."""
_ONLY_WHOLE: Final = r"\bonly (?:integers|whole numbers)\b|\bfractions? (?:is|are) (?:not allowed|rejected|refused)\b"
_PLAIN_OUTCOME: Final = (
    r"\b(?:(?:the|this) (?:call|tool) )?(?:still )?(?:succeeds|fails)\b"
    r"|\b(?:the \w+ |the call )?(?:is|are) (?:rejected|refused|an error)\b"
    r"|\b(?:gives?|returns?|yields?|ends? with|raises?) an (?:error|empty (?:list|text|result|answer|object))\b"
    r"|\ban empty (?:list|text|result|answer|object) is returned\b|\b(?:instead of|rather than|and not|not) an error\b"
    r"|\b(?:gives?|raises?|is) no error\b|\bno error is given\b|\b(?:does|do) not fail\b"
)
"""An outcome and nothing more: "is overwritten" says what happens to a thing."""
_EMPTY: Final = {"list": ("[",), "text": ("",), "object": ("{",), "result": ("", "[", "{"), "answer": ("", "[", "{")}
_WORDS_OF: Final = {
    Situation.EXISTS: r"\b(?:already )?exists?(?: already)?\b|\b(?:already there|there already|existing)\b"
}
"""Situations whose pattern also has the thing that it is about."""
_ANY_NAME: Final = frozenset("path paths name names id ids key query uri url".split())
"""Names of parameters that do not say what they name."""
_GENERAL: Final = stems_of("call tool thing value name given passed that which with whose one error return way")
_MORE: Final = r"\d|[:;]|\b(?:because|so that|therefore|then|only|except|unless|until|before|after|all|every|and|or)\b"
"""Signs that a sentence says more than one outcome in one situation."""


def against_outcomes(evidence: ToolEvidence, sentence: str) -> Iterator[Violation]:
    """Yield the recorded calls that contradict a sentence about a situation."""
    situation, said = situation_of(sentence), stated_outcome(sentence)
    if situation is None or said is None:
        return
    seen = list(shown(situation, evidence))
    # If calls show both, the tool treats two things differently, and the sentence may be about either.
    if seen and all(one.said is not said for one in seen):
        text = " ".join(seen[0].call.text.split())[:120] or "(nothing)"
        yield Violation(Objection.OPPOSITE, f"call {seen[0].call.number} shows otherwise: {text}", sentence)


def shown_by_calls(evidence: ToolEvidence, sentence: str) -> str | None:
    """Return the call that shows what a sentence says of a situation and nothing else, or None."""
    situation, said = situation_of(sentence), stated_outcome(sentence)
    outcome = pattern(_PLAIN_OUTCOME, IGNORECASE).search(sentence)
    if situation is None or said is None or outcome is None:
        return None
    rest = pattern(_WORDS_OF.get(situation, situation.value), IGNORECASE).sub(" ", sentence)
    rest = pattern(_PLAIN_OUTCOME, IGNORECASE).sub(" ", rest)
    if pattern(_MORE, IGNORECASE).search(rest):
        return None
    seen = list(shown(situation, evidence))
    if not seen or any(one.said is not said or not _is_empty_as(sentence, one) for one in seen):
        return None
    subject = stems_of(rest) - _GENERAL
    return f"call {seen[0].call.number} shows it" if _is_about(evidence.tool, subject, seen, situation) else None


def _is_empty_as(sentence: str, one: SeenOutcome) -> bool:
    """Return True if a sentence states no empty answer, or the one that a call gave."""
    form = pattern(r"\ban empty (list|text|object|result|answer)\b").search(sentence.lower())
    if form is None:
        return True
    text = one.call.text.strip()
    return one.call.outcome is Outcome.EMPTY and text[:1] in _EMPTY[form[1]]


def _is_about(tool: ToolContext, subject: frozenset[str], seen: list[SeenOutcome], situation: Situation) -> bool:
    """Return True if the words of a subject can only mean the value that the calls passed."""
    own = stems_of(" ".join((*tool.name_words, tool.text.raw[:500], *(p.name for p in tool.parameters))))
    if not subject <= own or len(subject) > 2:
        return False
    if situation is Situation.NOTHING:
        return True
    named = {p.name for p in tool.parameters if subject & stems_of(f"{p.name} {p.description or ''}")}
    named &= {p.name for p in tool.parameters if "number" not in p.types and "integer" not in p.types}
    passed = {name for one in seen for name, value in one.call.trial.arguments.items() if any(texts_in(value))}
    if named:
        return len(named) == 1 and named <= passed
    return len(passed) == 1 and (not subject or passed <= _ANY_NAME)


def against_values(evidence: ToolEvidence, sentence: str) -> Iterator[Violation]:
    """Yield the recorded calls that contradict a sentence about the values of a parameter."""
    for call in evidence.own_calls:
        for name, value in call.trial.arguments.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                continue
            rejected = call.outcome in REJECTED and f"`{name}`" in sentence
            claimed = next((words for words, fits in _VALUES.items() if fits(value) and _has(words, sentence)), None)
            fraction = call.outcome in SUCCEEDED and value != int(value) and _has(_ONLY_WHOLE, sentence)
            if (rejected and claimed) or fraction:
                detail = f"call {call.number} passed {name} = {value:g}: {' '.join(call.text.split())[:100]}"
                yield Violation(Objection.OPPOSITE, detail, sentence)
                return


def _has(words: str, sentence: str) -> bool:
    return pattern(words, IGNORECASE).search(sentence) is not None
