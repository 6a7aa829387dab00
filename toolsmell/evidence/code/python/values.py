"""Defaults, limits and constants in expressions of Python."""

from collections.abc import Iterator, Mapping

from toolsmell.evidence.code.checks import Joint, Predicate, facts_of_rejection, plain
from toolsmell.evidence.code.constants import UNKNOWN
from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.python.conditions import test_of
from toolsmell.evidence.code.python.terms import constant, term_of
from toolsmell.evidence.code.reading import Term
from toolsmell.evidence.code.shaping import shapes
from toolsmell.model import Json
from toolsmell.model.implementation import CodeFact, Condition, FactKind, Handling, Operator
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.python.names import Arguments, last_name
from toolsmell.sources.code.syntax import Node


def facts_of_value(
    module: Module, node: Node, names: Mapping[str, Term], conditions: tuple[Condition, ...]
) -> Iterator[CodeFact]:
    """Yield what an expression itself shows: the parts of it are given one by one."""
    match node.type:
        case "boolean_operator" if node.children[1].type == "or":
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            yield from _default(module, node, term_of(module, left, names), right, conditions)
        case "conditional_expression":
            yield from _chosen(module, node, names, conditions)
        case "call":
            yield from _called(module, node, names, conditions)
        case "pair":
            yield from _entry(module, node, conditions)


def _default(
    module: Module, node: Node, term: Term | None, value: Node | None, conditions: tuple[Condition, ...]
) -> Iterator[CodeFact]:
    known = constant(module, value) if value is not None else UNKNOWN
    if term is not None and term.wire and known is not UNKNOWN and not _is_empty(known):
        yield CodeFact(
            FactKind.DEFAULT,
            lines_of(module, node),
            term.wire,
            Operator.EQUALS,
            (known,),
            handling=Handling.REPLACED,
            conditions=conditions,
        )


def _is_empty(value: Json) -> bool:
    """Return True for a value that says no more than that nothing was given."""
    return value is None or value in ("", [], {}) or value is False


def _chosen(
    module: Module, node: Node, names: Mapping[str, Term], conditions: tuple[Condition, ...]
) -> Iterator[CodeFact]:
    """Yield what `x if x else 10` and `100 if x > 100 else x` show."""
    parts = [child for child in node.named_children if child.type != "comment"]
    if len(parts) != 3:
        return
    taken, condition, other = parts
    test = test_of(module, condition, names)
    if term_of(module, taken, names) is not None:
        yield from facts_of_setting(module, node, test, other, conditions, holds=False)
    elif term_of(module, other, names) is not None:
        yield from facts_of_setting(module, node, test, taken, conditions)


def facts_of_setting(
    module: Module,
    node: Node,
    test: Predicate,
    value: Node,
    conditions: tuple[Condition, ...],
    *,
    holds: bool = True,
) -> Iterator[CodeFact]:
    """Yield the facts that follow if an argument gets a fixed value under a condition."""
    made = plain(test, holds=holds)
    known = constant(module, value)
    if made.joint is not Joint.CHECK or made.check is None or known is UNKNOWN:
        return
    check = made.check
    if check.operator is Operator.ABSENT:
        yield from _default(module, node, check.term, value, conditions)
    elif check.values == (known,) and check.operator in (
        Operator.ABOVE,
        Operator.BELOW,
        Operator.AT_LEAST,
        Operator.AT_MOST,
    ):
        yield from facts_of_rejection(made, lines_of(module, node), Handling.LIMITED, None, conditions)
    elif check.operator in (Operator.OUTSIDE, Operator.ABOVE, Operator.BELOW):
        yield from facts_of_rejection(made, lines_of(module, node), Handling.REPLACED, None, conditions)


def _called(
    module: Module, node: Node, names: Mapping[str, Term], conditions: tuple[Condition, ...]
) -> Iterator[CodeFact]:
    function = node.child_by_field_name("function")
    if function is None:
        return
    name, given = last_name(module, function), Arguments(module, node)
    if name in ("min", "max") and len(given.positional) == 2:
        yield from _limited(module, node, name, given.positional, names, conditions)
    elif name in ("get", "pop") and len(given.positional) == 2:
        yield from _default(module, node, term_of(module, node, names), given.positional[1], conditions)
    for key, (_, value) in given.named.items():
        known = constant(module, value) if shapes(key) else UNKNOWN
        if known is not UNKNOWN and _is_telling(known):
            yield CodeFact(FactKind.CONSTANT, lines_of(module, node), values=(known,), name=key, conditions=conditions)


def _is_telling(value: Json) -> bool:
    return isinstance(value, int | float | str) and not isinstance(value, bool) and value not in ("", 0, 1, -1)


def _limited(
    module: Module,
    node: Node,
    name: str,
    operands: list[Node],
    names: Mapping[str, Term],
    conditions: tuple[Condition, ...],
) -> Iterator[CodeFact]:
    """Yield the bound that `min(x, 100)` or `max(1, x)` sets."""
    for one, other in (operands, operands[::-1]):
        term, known = term_of(module, one, names), constant(module, other)
        number = isinstance(known, int | float) and not isinstance(known, bool)
        if term is not None and term.wire and number:
            operator = Operator.AT_MOST if name == "min" else Operator.AT_LEAST
            yield CodeFact(
                FactKind.BOUND,
                lines_of(module, node),
                term.wire,
                operator,
                (known,),
                handling=Handling.LIMITED,
                conditions=conditions,
            )


def _entry(module: Module, node: Node, conditions: tuple[Condition, ...]) -> Iterator[CodeFact]:
    """Yield the constant in `{"per_page": 100}`."""
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    if key is None or value is None or key.type != "string":
        return
    name = module.text(key).strip("\"'")
    known = constant(module, value) if shapes(name) else UNKNOWN
    if known is not UNKNOWN and _is_telling(known):
        yield CodeFact(FactKind.CONSTANT, lines_of(module, node), values=(known,), name=name, conditions=conditions)
