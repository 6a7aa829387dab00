"""Facts that follow if code gives an argument a fixed value: defaults, limits and replacements, in all languages."""

from collections.abc import Iterator

from toolsmell.evidence.code.checks import Check, Joint, Predicate, facts_of_rejection, plain
from toolsmell.evidence.code.constants import UNKNOWN, Constant
from toolsmell.evidence.code.reader_values import Term
from toolsmell.evidence.code.shaping import shapes
from toolsmell.model.implementation import CodeFact, CodeLines, Condition, FactKind, Handling, Operator

_ORDERED = (Operator.ABOVE, Operator.BELOW, Operator.AT_LEAST, Operator.AT_MOST)


def default(
    lines: CodeLines, term: Term | None, known: Constant, conditions: tuple[Condition, ...]
) -> Iterator[CodeFact]:
    """Yield the default of an argument. A value that says no more than that nothing was given is none."""
    empty = known is None or known is False or known in ("", [], {})
    if term is not None and term.wire and known is not UNKNOWN and not empty:
        yield CodeFact(
            FactKind.DEFAULT,
            lines,
            term.wire,
            Operator.EQUALS,
            (known,),
            handling=Handling.REPLACED,
            conditions=conditions,
        )


def setting(
    lines: CodeLines, test: Predicate, known: Constant, conditions: tuple[Condition, ...], *, holds: bool = True
) -> Iterator[CodeFact]:
    """Yield the facts that follow if an argument gets a fixed value under a condition."""
    made = plain(test, holds=holds)
    if made.joint is not Joint.CHECK or made.check is None or known is UNKNOWN:
        return
    check = made.check
    if check.operator is Operator.ABSENT or (_is_none(check) and isinstance(known, int | float) and known > 0):
        yield from default(lines, check.term, known, conditions)
    elif check.values == (known,) and check.operator in _ORDERED:
        yield from facts_of_rejection(made, lines, Handling.LIMITED, None, conditions)
    elif check.operator in (Operator.OUTSIDE, Operator.ABOVE, Operator.BELOW):
        yield from facts_of_rejection(made, lines, Handling.REPLACED, None, conditions)


def _is_none(check: Check) -> bool:
    """Return True for `x <= 0` and `x < 1`: a number that is not given."""
    return (check.operator, check.values) in ((Operator.AT_MOST, (0,)), (Operator.BELOW, (1,)))


def limited(
    lines: CodeLines, name: str, term: Term | None, known: Constant, conditions: tuple[Condition, ...]
) -> Iterator[CodeFact]:
    """Yield the bound that `min(x, 100)` or `max(1, x)` sets."""
    number = isinstance(known, int | float) and not isinstance(known, bool)
    if term is not None and term.wire and number:
        operator = Operator.AT_MOST if name == "min" else Operator.AT_LEAST
        yield CodeFact(
            FactKind.BOUND, lines, term.wire, operator, (known,), handling=Handling.LIMITED, conditions=conditions
        )


def shaping(lines: CodeLines, name: str, known: Constant, conditions: tuple[Condition, ...]) -> Iterator[CodeFact]:
    """Yield a constant that is passed under a name that shapes a result."""
    telling = (
        isinstance(known, int | float | str) and not isinstance(known, bool) and known not in ("", 0, 1, -1, "0", "1")
    )
    if shapes(name) and telling:
        yield CodeFact(FactKind.CONSTANT, lines, values=(known,), name=name, conditions=conditions)
