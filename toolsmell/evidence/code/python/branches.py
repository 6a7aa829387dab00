"""The branches of an `if` of Python."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from toolsmell.evidence.code.checks import Check, Joint, plain
from toolsmell.evidence.code.constants import UNKNOWN
from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.python.conditions import test_of
from toolsmell.evidence.code.python.failures import Failed
from toolsmell.evidence.code.python.terms import constant
from toolsmell.evidence.code.reader_values import Term
from toolsmell.model.implementation import CodeFact, Condition, FactKind, Handling, Operator
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.syntax import Node

if TYPE_CHECKING:
    from toolsmell.model import Json


class Branch(NamedTuple):
    """A branch with its condition."""

    condition: Node | None
    """None for `else`."""
    block: Node
    before: tuple[Node, ...] = ()
    """For `else`: the conditions of the branches before it."""

    def decided(self, module: Module) -> bool | None:
        """Return whether the condition holds, if the values that one call passes decide it."""
        if self.condition is None or self.condition.type != "comparison_operator" or self.condition.child_count != 3:
            return None
        left, operator, right = self.condition.children
        values = constant(module, left), constant(module, right)
        if UNKNOWN in values or operator.type not in ("==", "!="):
            return None
        return (values[0] == values[1]) is (operator.type == "==")

    def closed(
        self, module: Module, names: Mapping[str, Term], failed: Failed | None, conditions: tuple[Condition, ...]
    ) -> Iterator[CodeFact]:
        """Yield the list of accepted values that an `else` closes by failing."""
        checks = [_equality(module, node, names) for node in self.before]
        known = [check for check in checks if check is not None]
        terms = {check.term for check in known}
        if len(known) < len(checks) or len(terms) != 1 or len(known) < 2:
            return
        values: tuple[Json, ...] = tuple(dict.fromkeys(value for check in known for value in check.values))
        yield CodeFact(
            FactKind.ENUM,
            lines_of(module, self.before[0], self.block),
            known[0].term.wire,
            Operator.AMONG,
            values,
            handling=Handling.REJECTED,
            message=str(failed) or None,
            conditions=_outer(conditions, known[0].term),
        )


def _outer(conditions: tuple[Condition, ...], term: Term) -> tuple[Condition, ...]:
    """Return the conditions without those that the branches themselves set."""
    return tuple(one for one in conditions if one.holds or one.parameter != term.wire)


def _equality(module: Module, node: Node, names: Mapping[str, Term]) -> Check | None:
    """Return the comparison of an argument with the values that a branch is for."""
    test = plain(test_of(module, node, names))
    check = test.check if test.joint is Joint.CHECK else None
    return check if check is not None and check.operator in (Operator.EQUALS, Operator.AMONG) else None


def branches_of(node: Node) -> Iterator[Branch]:
    """Yield the branches of an `if` statement, in order."""
    before: list[Node] = []
    for child in (node, *node.children_by_field_name("alternative")):
        condition = child.child_by_field_name("condition")
        block = child.child_by_field_name("consequence") or child.child_by_field_name("body")
        if block is not None:
            yield Branch(condition, block, tuple(before) if condition is None else ())
        if condition is not None:
            before.append(condition)
