"""Verifies sentences by facts of the tool's code: kind, parameter, values, other values, conditions, polarity.

A sentence is verified only if it states one fact, with all conditions that the fact stands under, and nothing else. It
is contradicted if it gives another value, or the opposite of what the code does.
"""

from collections.abc import Iterator
from re import IGNORECASE, escape, fullmatch

from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.code.worded import words
from toolsmell.model.implementation import CodeFact, Condition, FactKind, Operator
from toolsmell.rewrite.check.new_sentences import Fresh
from toolsmell.rewrite.check.of_code import READERS, Said, as_text
from toolsmell.rewrite.check.typed_facts import about
from toolsmell.text import pattern


def verified(evidence: ToolEvidence, fresh: Fresh) -> str | None:
    """Return the fact of the code that a sentence states and nothing else, or None if no fact settles it."""
    for fact, said in _candidates(evidence, fresh):
        if READERS[fact.kind](said) is True:
            return f"{words(fact)} ({fact.citation})"
    return None


def contradicted(evidence: ToolEvidence, fresh: Fresh) -> str | None:
    """Return the fact of the code that a sentence contradicts, or None. A fact that a sentence states decides."""
    against = ""
    for fact, said in _candidates(evidence, fresh):
        found = READERS[fact.kind](said)
        if found is True:
            return None
        if found is False and not against:
            against = f"the code says: {words(fact)} ({fact.lines.shown})"
    return against or None


def _candidates(evidence: ToolEvidence, fresh: Fresh) -> Iterator[tuple[CodeFact, Said]]:
    """Yield the facts that a sentence may be about: of its parameter, and certain ones of the tool."""
    fresh = _led(fresh)
    parameter = about(evidence.tool, fresh)
    named = parameter.name if parameter is not None else None
    for fact in evidence.code.facts if evidence.code is not None else ():
        if (
            fact.flags
            or fact.off
            or (fact.parameter is not None and fact.parameter != named and not _named(fact, fresh.text))
        ):
            continue
        text = _without_condition(fact, fresh.text)
        if text is not None:
            yield fact, Said(evidence.tool, fact, text)


def _led(fresh: Fresh) -> Fresh:
    """Return a sentence of the description that begins with the name of a parameter as one about it."""
    match = pattern(r"`([^`\n]{1,80})`: ").match(fresh.text) if fresh.parameter is None else None
    return Fresh(match[1], fresh.text[match.end() :]) if match is not None else fresh


def _named(fact: CodeFact, sentence: str) -> bool:
    """Return True if a sentence names the parameter of a fact in quotes."""
    return f"`{fact.parameter}`" in sentence or f"'{fact.parameter}'" in sentence


def _without_condition(fact: CodeFact, sentence: str) -> str | None:
    """Return a sentence without the condition of a fact; None if it does not state it."""
    others = [one for one in fact.conditions if one.parameter is None or one.parameter != fact.parameter]
    if fact.kind is FactKind.FAILURE:
        others = others[:-1]  # the last one is the failure itself
    if not others:
        return sentence
    condition = others[0]
    if len(others) > 1 or condition.parameter is None or "." in condition.parameter:
        return None
    name = escape(condition.parameter)
    match = pattern(
        rf",? ?\b(?:but )?(?:only )?(?:if|when) [`'\"]?{name}[`'\"]? (?:is |equals )?([^.,;]{{1,60}})", IGNORECASE
    ).search(sentence)
    if match is None or not _is_same(condition, match[1].strip()):
        return None
    rest = f"{sentence[: match.start()]} {sentence[match.end() :].lstrip(', ')}".strip()
    return rest[:1].upper() + rest[1:]


def _is_same(condition: Condition, said: str) -> bool:
    """Return True if words such as `true` or `not given` state a condition."""
    lower = said.lower().strip("`'\" ")
    match condition.operator:
        case Operator.GIVEN:
            return lower in ("true", "set", "given", "not empty", "passed")
        case Operator.ABSENT:
            return lower in ("false", "not set", "not given", "empty", "missing", "omitted", "not true", "not passed")
        case Operator.EQUALS:
            return said.strip("`'\" ") == as_text(condition.values[0])
        case Operator.DIFFERS:
            return bool(fullmatch(rf"not [`'\"]?{escape(as_text(condition.values[0]))}[`'\"]?", said))
    return False
