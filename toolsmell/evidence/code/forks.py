"""Lists of accepted values that an `else` or a `default` closes by failing, in all languages."""

from collections.abc import Iterator, Sequence

from toolsmell.evidence.code.checks import Check, Joint, Predicate, plain
from toolsmell.model.implementation import CodeFact, CodeLines, Condition, FactKind, Handling, Operator


def closed(
    tests: Sequence[Predicate], lines: CodeLines, message: str, conditions: tuple[Condition, ...]
) -> Iterator[CodeFact]:
    """Yield the values that the branches before a failing one are for, if all compare one argument."""
    checks = [_equality(test) for test in tests]
    known = [check for check in checks if check is not None]
    if len(known) < len(checks) or len(known) < 2 or len({check.term for check in known}) != 1:
        return
    values = tuple(dict.fromkeys(value for check in known for value in check.values))
    yield CodeFact(
        FactKind.ENUM,
        lines,
        known[0].term.wire,
        Operator.AMONG,
        values,
        handling=Handling.REJECTED,
        message=message or None,
        conditions=conditions,
    )


def _equality(test: Predicate) -> Check | None:
    """Return the comparison of an argument with the values that a branch is for."""
    made = plain(test)
    if made.joint is Joint.ANY:
        checks = [part.check for part in made.parts]
        known = [check for check in checks if check is not None and check.operator is Operator.EQUALS]
        if len(known) == len(checks) and len({check.term for check in known}) == 1:
            return Check(known[0].term, Operator.AMONG, tuple(check.values[0] for check in known))
    check = made.check if made.joint is Joint.CHECK else None
    return check if check is not None and check.operator in (Operator.EQUALS, Operator.AMONG) else None
