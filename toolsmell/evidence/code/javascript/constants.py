"""Defaults, limits and constants in expressions of JavaScript."""

from collections.abc import Iterator

from toolsmell.evidence.code import fixed_values
from toolsmell.evidence.code.checks import conditions_of
from toolsmell.evidence.code.javascript.conditions import test_of
from toolsmell.evidence.code.javascript.terms import constant, last_name, operator_of, term_of
from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.shaping import shapes
from toolsmell.evidence.code.statements import Names
from toolsmell.model.implementation import CodeFact, Condition
from toolsmell.sources.code.javascript.functions import callee
from toolsmell.sources.code.javascript.pairs import key_of
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Node

_SETS = frozenset(("set", "append"))
_DEFAULTS = frozenset(("??", "||", "??=", "||="))


def facts_of_value(module: Module, node: Node, names: Names, conditions: tuple[Condition, ...]) -> Iterator[CodeFact]:
    """Yield the facts of an expression itself (`Dialect`)."""
    match node.type:
        case "binary_expression" | "augmented_assignment_expression" if operator_of(node) in _DEFAULTS:
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            term = term_of(module, left, names) if left is not None and names else None
            if term is not None and right is not None:
                yield from fixed_values.default(lines_of(module, node), term, constant(module, right), conditions)
        case "ternary_expression" if names:
            yield from _chosen(module, node, names, conditions)
        case "call_expression":
            yield from _called(module, node, names, conditions)
        case "pair":
            yield from _entry(module, node, conditions)


def _chosen(module: Module, node: Node, names: Names, conditions: tuple[Condition, ...]) -> Iterator[CodeFact]:
    """Yield the facts of `x ? x : 10` and `x > 100 ? 100 : x`."""
    condition, yes, no = (node.child_by_field_name(name) for name in ("condition", "consequence", "alternative"))
    if condition is None or yes is None or no is None:
        return
    first, second = term_of(module, yes, names), term_of(module, no, names)
    test = test_of(module, condition, names) if (first is None) != (second is None) else None
    if test is None or test.check is None:
        return
    term, other = (first, no) if first is not None else (second, yes)
    if test.check.term == term:
        known = constant(module, other)
        yield from fixed_values.setting(lines_of(module, node), test, known, conditions, holds=first is None)


def _called(module: Module, node: Node, names: Names, conditions: tuple[Condition, ...]) -> Iterator[CodeFact]:
    function, given = callee(node), arguments_of(node)
    if function is None or len(given) != 2:
        return
    name = last_name(module, function)
    if name in ("min", "max") and names and module.text(function).startswith("Math."):
        for one, other in (given, given[::-1]):
            term = term_of(module, one, names)
            if term is not None:
                yield from fixed_values.limited(lines_of(module, node), name, term, constant(module, other), conditions)
    elif name in _SETS and given[0].type == "string" and shapes(key := module.text(given[0])[1:-1]):
        yield from fixed_values.shaping(lines_of(module, node), key, constant(module, given[1]), conditions)


def _entry(module: Module, node: Node, conditions: tuple[Condition, ...]) -> Iterator[CodeFact]:
    """Yield the constant in `{ per_page: 100 }`."""
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    if key is None or value is None or value.type not in ("number", "string", "identifier", "member_expression"):
        return
    name = key_of(module, key) if key.type != "computed_property_name" else None
    if name is not None and shapes(name):
        yield from fixed_values.shaping(lines_of(module, node), name, constant(module, value), conditions)


def parts(module: Module, node: Node, names: Names) -> Iterator[tuple[Node, tuple[Condition, ...]]]:
    """Yield the expressions inside of an expression, with the conditions under which they run (`Dialect`)."""
    if node.type == "member_expression":
        owner = node.child_by_field_name("object")
        yield from ((owner, ()),) if owner is not None else ()
    elif node.type == "pair":
        value, key = node.child_by_field_name("value"), node.child_by_field_name("key")
        yield from ((value, ()),) if value is not None else ()
        yield from ((key, ()),) if key is not None and key.type == "computed_property_name" else ()
    elif node.type in ("type_annotation", "type_arguments", "comment"):
        return
    elif node.type == "ternary_expression":
        yield from _branches(module, node, names)
    elif node.type == "binary_expression" and operator_of(node) in ("&&", "||"):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and right is not None:
            yield left, ()
            yield right, conditions_of(test_of(module, left, names), holds=operator_of(node) == "&&")
    else:
        yield from ((child, ()) for child in node.named_children)


def _branches(module: Module, node: Node, names: Names) -> Iterator[tuple[Node, tuple[Condition, ...]]]:
    condition, yes, no = (node.child_by_field_name(name) for name in ("condition", "consequence", "alternative"))
    if condition is None or yes is None or no is None:
        return
    yield condition, ()
    test = test_of(module, condition, names)
    yield yes, conditions_of(test)
    yield no, conditions_of(test, holds=False)
