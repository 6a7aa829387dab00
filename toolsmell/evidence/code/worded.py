"""Facts of code in words: for people, briefs and prompts."""

from typing import Final

from toolsmell.model import Json
from toolsmell.model.implementation import Aspect, CodeFact, Condition, FactKind, Handling, Operator
from toolsmell.tokens import compact_json

_BOUNDS: Final = {
    Operator.AT_MOST: "at most",
    Operator.AT_LEAST: "at least",
    Operator.BELOW: "less than",
    Operator.ABOVE: "more than",
}
_HANDLED: Final = {
    Handling.REJECTED: "anything else fails",
    Handling.LIMITED: "other values are limited to it",
    Handling.REPLACED: "other values are replaced",
}
_CONDITIONAL: Final = (FactKind.GUARD, FactKind.DEFAULT)
"""Kinds whose words end with a condition."""
_COUNTED: Final = {"string": "characters", "array": "items", "object": "entries"}
"""What a length counts, by the type of the parameter."""
_ARTICLES: Final = {"object": "an"}
_LONGEST: Final = 160


def words(fact: CodeFact) -> str:
    """Return a fact in words, with its conditions."""
    conditions = list(dict.fromkeys(text for one in fact.conditions if (text := condition_words(one, fact))))
    joined = " and" if fact.kind in _CONDITIONAL else "; if"
    about = f"{joined} {' and '.join(conditions)}" if conditions else ""
    flags = f" ({', '.join(sorted(flag.value for flag in fact.flags))})" if fact.flags else ""
    return f"{_said(fact)}{about}{flags}"


def condition_words(condition: Condition, fact: CodeFact) -> str:
    """Return a condition in words; empty if it only asks whether the parameter of the fact is given."""
    same = condition.parameter is not None and condition.parameter == fact.parameter
    truth = condition.json_type == "boolean" and not condition.values
    if same and condition.operator is Operator.GIVEN and not truth:
        return ""
    if condition.parameter is None or condition.operator is None:
        return condition.text if condition.holds else _denied(condition.text)
    name = f"`{condition.parameter}`"
    match condition.operator:
        case Operator.GIVEN:
            return f"{name} is {'true' if truth else 'given'}"
        case Operator.ABSENT:
            return f"{name} is {'not true' if truth else 'not given'}"
        case Operator.EQUALS:
            return f"{name} is {value_words(condition.values[0])}"
        case Operator.DIFFERS:
            return f"{name} is not {value_words(condition.values[0])}"
        case Operator.AMONG | Operator.OUTSIDE:
            listed = ", ".join(map(value_words, condition.values[:12]))
            return f"{name} is {'' if condition.operator is Operator.AMONG else 'not '}one of {listed}"
    return _bounded(condition)


def _bounded(bound: Condition | CodeFact) -> str:
    """Return a comparison with a number, of a value or of a length."""
    at, number = _BOUNDS[bound.operator or Operator.AT_MOST], value_words(bound.values[0])
    if bound.aspect is not Aspect.LENGTH:
        return f"`{bound.parameter}` is {at} {number}"
    counted = _COUNTED.get(bound.json_type)
    return (
        f"`{bound.parameter}` has {at} {number} {counted}"
        if counted
        else f"the length of `{bound.parameter}` is {at} {number}"
    )


def _denied(text: str) -> str:
    """Return the opposite of a condition as it is written in the code."""
    if text.startswith("!") and text[1:].replace(".", "").isidentifier():
        return text[1:]
    return f"not ({text})"


def value_words(value: Json) -> str:
    """Return a value as it is written in a description."""
    return f"`{value}`" if isinstance(value, str) else compact_json(value)


def _said(fact: CodeFact) -> str:
    name = f"`{fact.parameter}`"
    message = f' with "{_cut(fact.message)}"' if fact.message else ""
    handled = f"; {_HANDLED[fact.handling]}{message}" if fact.handling else ""
    match fact.kind:
        case FactKind.BOUND if fact.operator in _BOUNDS:
            return f"{_bounded(fact)}{handled}"
        case FactKind.ENUM:
            return f"{name} is one of {', '.join(map(value_words, fact.values))}{handled}"
        case FactKind.DEFAULT:
            return f"{name} is {value_words(fact.values[0])} if it is not given"
        case FactKind.GUARD:
            refused = Condition("", True, fact.parameter, fact.operator, fact.values, fact.aspect, fact.json_type)
            return f"fails{message} if {condition_words(refused, fact._replace(parameter=None))}"
        case FactKind.FAILURE:
            return f"fails{message}"
        case FactKind.EFFECT if fact.effect is not None:
            return f"{fact.effect}{f' ({_cut(fact.name)})' if fact.name else ''}"
        case FactKind.RESULT:
            return (
                f"returns {_ARTICLES.get(fact.name, 'a')} {fact.name} with {', '.join(map(value_words, fact.values))}"
            )
        case FactKind.CONSTANT:
            return f"uses {value_words(fact.values[0])} as {fact.name}"
        case FactKind.SIBLING:
            return f"calls `{fact.name}`"
        case FactKind.DOCUMENTATION:
            return f"{name}: {_cut(fact.message or '')}"
        case FactKind.EXAMPLE:
            return f"a test passes {value_words(fact.values[0])} for {name}"
    return name


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
