"""Conditions in code as trees of tests, and the facts that follow if code fails or changes a value under one.

A reader of a language turns a condition into a `Predicate`; what follows from it is the same in all languages.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from toolsmell.evidence.code.reader_values import Term
from toolsmell.model import Json
from toolsmell.model.basics import is_number
from toolsmell.model.implementation import (
    Aspect,
    CodeFact,
    CodeLines,
    Condition,
    FactKind,
    Handling,
    Operator,
)

COMPARISONS: Final = {
    "<": Operator.BELOW,
    "<=": Operator.AT_MOST,
    ">": Operator.ABOVE,
    ">=": Operator.AT_LEAST,
    "==": Operator.EQUALS,
    "!=": Operator.DIFFERS,
}
"""The operators that all languages share."""


class Check(NamedTuple):
    """A comparison of an argument of the tool with known values."""

    term: Term
    operator: Operator
    values: tuple[Json, ...] = ()
    aspect: Aspect = Aspect.VALUE

    @property
    def negated(self) -> "Check":
        return self._replace(operator=self.operator.negated)

    @property
    def is_presence(self) -> bool:
        """Whether it only asks for a value: `x`, `x is not None`, `x != ""`."""
        return self.operator in (Operator.GIVEN, Operator.ABSENT)


class Joint(StrEnum):
    CHECK = "check"
    ALL = "and"
    ANY = "or"
    NOT = "not"
    OTHER = "other"
    """A condition that is not about an argument alone."""


class Predicate(NamedTuple):
    """A condition as a tree of comparisons."""

    joint: Joint
    text: str
    """As it is written, cut to one line."""
    parts: tuple["Predicate", ...] = ()
    check: Check | None = None


def plain(test: Predicate, *, holds: bool = True) -> Predicate:
    """Return a test without negations: they are moved to the comparisons. `holds=False` negates the whole."""
    match test.joint:
        case Joint.NOT:
            return plain(test.parts[0], holds=not holds)
        case Joint.CHECK if test.check is not None and not holds:
            return test._replace(check=test.check.negated, text=f"not ({test.text})")
        case Joint.ALL | Joint.ANY:
            joint = test.joint if holds else (Joint.ANY if test.joint is Joint.ALL else Joint.ALL)
            parts = [plain(part, holds=holds) for part in test.parts]
            return Predicate(joint, test.text, tuple(inner for part in parts for inner in _flat(part, joint)))
        case Joint.OTHER if not holds:
            return Predicate(Joint.NOT, test.text, (test,))
    return test


def _flat(part: Predicate, joint: Joint) -> tuple[Predicate, ...]:
    """Return the parts of `(a and b)` in `(a and b) and c`."""
    return part.parts if part.joint is joint else (part,)


def conditions_of(test: Predicate, *, holds: bool = True) -> tuple[Condition, ...]:
    """Return the conditions inside of the branch that a test guards, or outside of it with `holds=False`."""
    made = plain(test, holds=holds)
    if made.joint is Joint.ALL:
        return tuple(condition for part in made.parts for condition in conditions_of(part))
    if made.joint is Joint.CHECK and made.check is not None:
        check = made.check
        return (Condition(test.text, holds, check.term.wire or None, check.operator, check.values, check.aspect),)
    if made.joint is Joint.NOT:
        return (Condition(made.text, holds=False),)
    return (Condition(test.text, holds),)


class Rejection(NamedTuple):
    """A comparison under which code fails, with what must hold besides."""

    check: Check
    besides: tuple[Condition, ...]


def rejections(test: Predicate) -> Iterator[Rejection]:
    """Yield the comparisons under which `if test: fail` fails.

    The question whether an argument is given is no comparison of its own if another stands beside it.
    """
    made = plain(test)
    for case in made.parts if made.joint is Joint.ANY else (made,):
        if case.joint is Joint.ANY:
            yield from rejections(case)
        elif case.joint is Joint.ALL:
            yield from _of_all(case.parts)
        elif case.joint is Joint.CHECK and case.check is not None:
            yield Rejection(case.check, ())


def _of_all(parts: Sequence[Predicate]) -> Iterator[Rejection]:
    checks = [part.check for part in parts if part.check is not None]
    telling = [check for check in checks if not check.is_presence] or checks[-1:]
    differing = {check.term for check in telling if check.operator is Operator.DIFFERS}
    if len(telling) > 1 and len(differing) == 1 and all(check.operator is Operator.DIFFERS for check in telling):
        values = tuple(value for check in telling for value in check.values)
        parts = [part for part in parts if part.check is None or part.check not in telling[1:]]
        main = telling[0]._replace(operator=Operator.OUTSIDE, values=values)
        parts = [part._replace(check=main) if part.check == telling[0] else part for part in parts]
    elif len(telling) == 1:
        main = telling[0]
    else:
        return  # a range that accepts nothing inside it, or two arguments at once
    others = [part for part in parts if part.check is not main]
    if main.operator is Operator.GIVEN and any(part.check is None for part in others):
        return  # something else decides: that a value is given is only a part of it
    yield Rejection(main, tuple(condition for part in others for condition in conditions_of(part)))


def facts_of_rejection(
    test: Predicate,
    lines: CodeLines,
    handling: Handling,
    message: str | None = None,
    conditions: tuple[Condition, ...] = (),
) -> Iterator[CodeFact]:
    """Yield the facts that follow if code fails, or takes another value, under a condition."""
    for check, besides in rejections(test):
        if check.term.wire and (kind := _kind(check)) is not None:
            guard = kind is FactKind.GUARD
            yield CodeFact(
                kind,
                lines,
                check.term.wire,
                check.operator if guard else check.operator.negated,
                check.values,
                check.aspect,
                handling,
                message=message,
                conditions=(*conditions, *besides),
            )


def _kind(check: Check) -> FactKind | None:
    """Return the kind of the fact that follows if a comparison is rejected."""
    match check.operator:
        case Operator.BELOW | Operator.AT_MOST | Operator.ABOVE | Operator.AT_LEAST:
            return FactKind.BOUND if all(is_number(value) for value in check.values) else None
        case Operator.OUTSIDE:
            return FactKind.ENUM
        case Operator.DIFFERS:
            return FactKind.ENUM if len(check.values) == 1 else None
    return FactKind.GUARD
