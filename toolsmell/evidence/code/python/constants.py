"""Defaults, limits and constants in expressions of Python."""

from collections.abc import Iterator, Mapping

from toolsmell.evidence.code.checks import Predicate
from toolsmell.evidence.code.fixed_values import default, limited, setting, shaping
from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.python.conditions import test_of
from toolsmell.evidence.code.python.terms import constant, term_of
from toolsmell.evidence.code.reader_values import Term
from toolsmell.evidence.code.shaping import shapes
from toolsmell.model.implementation import CodeFact, Condition
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.python.names import Arguments, last_name
from toolsmell.sources.code.syntax import Node

TELLING = frozenset(("boolean_operator", "conditional_expression", "call", "pair"))
"""Types of the expressions that `facts_of_value` reads."""
_COMPUTES = frozenset(("binary_operator", "subscript", "comparison_operator", "unary_operator"))


def facts_of_value(
    module: Module, node: Node, names: Mapping[str, Term], conditions: tuple[Condition, ...]
) -> Iterator[CodeFact]:
    """Yield the facts of an expression itself; its parts are passed one by one."""
    match node.type:
        case "boolean_operator" if node.children[1].type == "or" and names:
            right = node.child_by_field_name("right")
            term = term_of(module, node.child_by_field_name("left"), names)
            if term is not None and right is not None:
                yield from default(lines_of(module, node), term, constant(module, right), conditions)
        case "conditional_expression" if names:
            yield from _chosen(module, node, names, conditions)
        case "call":
            yield from _called(module, node, names, conditions)
        case "pair":
            yield from _entry(module, node, conditions)


def _chosen(
    module: Module, node: Node, names: Mapping[str, Term], conditions: tuple[Condition, ...]
) -> Iterator[CodeFact]:
    """Yield the facts of `x if x else 10` and `100 if x > 100 else x`."""
    parts = parts_of(node)
    if len(parts) != 3:
        return
    taken, condition, other = parts
    if term_of(module, taken, names) is not None:
        test = test_of(module, condition, names)
        yield from facts_of_setting(module, node, test, other, conditions, holds=False)
    elif term_of(module, other, names) is not None:
        yield from facts_of_setting(module, node, test_of(module, condition, names), taken, conditions)


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
    yield from setting(lines_of(module, node), test, constant(module, value), conditions, holds=holds)


def _called(
    module: Module, node: Node, names: Mapping[str, Term], conditions: tuple[Condition, ...]
) -> Iterator[CodeFact]:
    function = node.child_by_field_name("function")
    if function is None:
        return
    name, given = last_name(module, function), Arguments(module, node)
    if name in ("min", "max") and len(given.positional) == 2 and names and not _is_operand(node):
        for one, other in (given.positional, given.positional[::-1]):
            if (term := term_of(module, one, names)) is not None:
                yield from limited(lines_of(module, node), name, term, constant(module, other), conditions)
    elif name in ("get", "pop") and len(given.positional) == 2 and names:
        term = term_of(module, node, names)
        if term is not None:
            yield from default(lines_of(module, node), term, constant(module, given.positional[1]), conditions)
    for key, (_, value) in given.named.items():
        if shapes(key):
            yield from shaping(lines_of(module, node), key, constant(module, value), conditions)


def _is_operand(node: Node) -> bool:
    """Return True if a value is only a part of a computation: `x / max(y, 1)` limits nothing."""
    here = node.parent
    while here is not None and here.type in ("parenthesized_expression", "argument_list", "call"):
        here = here.parent
    return here is not None and here.type in _COMPUTES


def _entry(module: Module, node: Node, conditions: tuple[Condition, ...]) -> Iterator[CodeFact]:
    """Yield the constant in `{"per_page": 100}`."""
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    if key is not None and value is not None and key.type == "string":
        name = module.text(key).strip("\"'")
        if shapes(name):
            yield from shaping(lines_of(module, node), name, constant(module, value), conditions)
