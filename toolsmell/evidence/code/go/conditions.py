"""Conditions of Go as tests of a tool's arguments."""

from toolsmell.evidence.code.checks import COMPARISONS, Check, Joint, Predicate
from toolsmell.evidence.code.constants import UNKNOWN
from toolsmell.evidence.code.go.terms import constant, constants, term_of
from toolsmell.evidence.code.lines import one_line
from toolsmell.evidence.code.reader_values import Term
from toolsmell.evidence.code.statements import Names
from toolsmell.model.implementation import Aspect, Operator
from toolsmell.sources.code.go.names import called
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Node


def test_of(module: Module, node: Node, names: Names) -> Predicate:
    """Return the test that a condition is."""
    text = one_line(module, node)
    if node.type == "parenthesized_expression" and node.named_children:
        return test_of(module, node.named_children[0], names)
    if node.type == "unary_expression" and text.startswith("!"):
        return Predicate(Joint.NOT, text, (test_of(module, node.named_children[0], names),))
    left, right, operator = (node.child_by_field_name(name) for name in ("left", "right", "operator"))
    if node.type == "binary_expression" and left is not None and right is not None and operator is not None:
        if operator.type in ("&&", "||"):
            joint = Joint.ALL if operator.type == "&&" else Joint.ANY
            return Predicate(joint, text, (test_of(module, left, names), test_of(module, right, names)))
        check = _check(module, left, operator.type, right, names)
        return Predicate(Joint.CHECK if check else Joint.OTHER, text, check=check)
    check = _asked(module, node, names)
    return Predicate(Joint.CHECK if check else Joint.OTHER, text, check=check)


def _asked(module: Module, node: Node, names: Names) -> Check | None:
    """Return the test of `slices.Contains(allowed, x)`, `allowed[x]`, and of a boolean argument."""
    if node.type == "call_expression" and called(module, node) == "Contains":
        given = arguments_of(node)
        term = term_of(module, given[1], names) if len(given) == 2 else None
        values = constants(module, given[0]) if term is not None and term.wire else None
        return Check(term, Operator.AMONG, values) if term is not None and values is not None else None
    if node.type == "index_expression":
        owner, index = node.child_by_field_name("operand"), node.child_by_field_name("index")
        term = term_of(module, index, names) if index is not None else None
        values = constants(module, owner) if owner is not None and term is not None and term.wire else None
        if term is not None and values is not None:
            return Check(term, Operator.AMONG, values)
    term = term_of(module, node, names)
    return Check(term, Operator.GIVEN) if term is not None and term.wire else None


def _measured(module: Module, node: Node) -> Node | None:
    """Return what `len(x)` measures."""
    given = arguments_of(node) if node.type == "call_expression" else []
    return given[0] if len(given) == 1 and called(module, node) in ("len", "RuneCountInString") else None


def _term(module: Module, node: Node, names: Names) -> tuple[Term | None, Aspect]:
    measured = _measured(module, node)
    if measured is not None:
        return term_of(module, measured, names), Aspect.LENGTH
    return term_of(module, node, names), Aspect.VALUE


def _check(module: Module, left: Node, word: str, right: Node, names: Names) -> Check | None:
    operator = COMPARISONS.get(word)
    if operator is None:
        return None
    term, aspect = _term(module, left, names)
    if term is None:
        term, aspect = _term(module, right, names)
        right, operator = left, operator.swapped
    if term is None or not term.wire:
        return None
    value = constant(module, right)
    if value is UNKNOWN or isinstance(value, dict | list):
        return None
    if operator in (Operator.EQUALS, Operator.DIFFERS) and (value is None or value in ("", 0)) and value is not False:
        compared = (None,) if value is None else ()
        return Check(term, Operator.GIVEN if operator is Operator.DIFFERS else Operator.ABSENT, compared)
    if aspect is Aspect.LENGTH and value == 0:
        return Check(term, Operator.GIVEN if operator is Operator.ABOVE else Operator.ABSENT)
    return Check(term, operator, (value,), aspect) if value is not None else None
