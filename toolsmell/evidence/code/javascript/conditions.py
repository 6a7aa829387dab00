"""Conditions of JavaScript as tests of a tool's arguments."""

from toolsmell.evidence.code.checks import Check, Joint, Predicate
from toolsmell.evidence.code.constants import UNKNOWN
from toolsmell.evidence.code.javascript.terms import constant, constants, last_name, operator_of, term_of
from toolsmell.evidence.code.lines import one_line
from toolsmell.evidence.code.reader_values import Term
from toolsmell.evidence.code.statements import Names
from toolsmell.model.implementation import Aspect, Operator
from toolsmell.sources.code.javascript.functions import callee, unwrapped
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Node

_OPERATORS = {
    "<": Operator.BELOW,
    "<=": Operator.AT_MOST,
    ">": Operator.ABOVE,
    ">=": Operator.AT_LEAST,
    "===": Operator.EQUALS,
    "==": Operator.EQUALS,
    "!==": Operator.DIFFERS,
    "!=": Operator.DIFFERS,
}


def test_of(module: Module, node: Node, names: Names) -> Predicate:
    """Return the test that a condition is."""
    node = unwrapped(node)
    text = one_line(module, node)
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if node.type == "unary_expression" and operator_of(node) == "!":
        inner = node.child_by_field_name("argument")
        if inner is not None:
            return Predicate(Joint.NOT, text, (test_of(module, inner, names),))
    if node.type == "binary_expression" and left is not None and right is not None:
        operator = operator_of(node)
        if operator in ("&&", "||"):
            joint = Joint.ALL if operator == "&&" else Joint.ANY
            return Predicate(joint, text, (test_of(module, left, names), test_of(module, right, names)))
        check = _check(module, left, operator, right, names)
        return Predicate(Joint.CHECK if check else Joint.OTHER, text, check=check)
    if node.type == "call_expression" and (check := _called(module, node, names)) is not None:
        return Predicate(Joint.CHECK, text, check=check)
    term = term_of(module, node, names) if node.type != "binary_expression" else None
    if term is not None and term.wire and not _is_number(module, node):
        return Predicate(Joint.CHECK, text, check=Check(term, Operator.GIVEN))
    measured = _measured(module, node)
    term = term_of(module, measured, names) if measured is not None else None
    if term is not None and term.wire:
        return Predicate(Joint.CHECK, text, check=Check(term, Operator.GIVEN))
    return Predicate(Joint.OTHER, text)


def _is_number(module: Module, node: Node) -> bool:
    function = callee(node) if node.type == "call_expression" else None
    return function is not None and module.text(function) in ("Number", "parseInt", "parseFloat", "Boolean")


def _measured(module: Module, node: Node) -> Node | None:
    """Return what `x.length` measures."""
    name = node.child_by_field_name("property") if node.type == "member_expression" else None
    return node.child_by_field_name("object") if name is not None and module.text(name) == "length" else None


def _called(module: Module, node: Node, names: Names) -> Check | None:
    """Return the test of `ALLOWED.includes(x)` and `ALLOWED.has(x)`."""
    function, given = callee(node), arguments_of(node)
    owner = function.child_by_field_name("object") if function is not None else None
    if function is None or owner is None or len(given) != 1 or last_name(module, function) not in ("includes", "has"):
        return None
    term = term_of(module, given[0], names)
    values = constants(module, owner) if term is not None and term.wire else None
    return Check(term, Operator.AMONG, values) if term is not None and values is not None else None


def _term(module: Module, node: Node, names: Names) -> tuple[Term | None, Aspect]:
    measured = _measured(module, unwrapped(node))
    if measured is not None:
        return term_of(module, measured, names), Aspect.LENGTH
    return term_of(module, node, names), Aspect.VALUE


def _asked(module: Module, key: Node, owner: Node, names: Names) -> Term | None:
    """Return the argument that `"x" in args` asks for."""
    term, name = term_of(module, owner, names), constant(module, key)
    return term.member(name) if term is not None and not term.wire and isinstance(name, str) else None


def _check(module: Module, left: Node, word: str, right: Node, names: Names) -> Check | None:
    operator = _OPERATORS.get(word)
    if word == "in" and (asked := _asked(module, left, right, names)) is not None:
        return Check(asked, Operator.GIVEN, (None,))
    term, aspect = _term(module, left, names)
    if word == "in" and term is not None and term.wire:
        values = constants(module, right)
        return Check(term, Operator.AMONG, values) if values is not None else None
    if operator is None:
        return None
    if term is None:
        term, aspect = _term(module, right, names)
        right, operator = left, operator.swapped
    if term is None or not term.wire:
        return None
    return _compared(module, term, operator, right, aspect)


def _compared(module: Module, term: Term, operator: Operator, right: Node, aspect: Aspect) -> Check | None:
    right = unwrapped(right)
    nothing = module.text(right) in ("undefined", "null", '""', "''")
    value = None if nothing else constant(module, right)
    if value is UNKNOWN or isinstance(value, dict | list):
        return None
    if nothing and operator in (Operator.EQUALS, Operator.DIFFERS):
        compared = None if module.text(right) in ("undefined", "null") else ""
        return Check(term, Operator.GIVEN if operator is Operator.DIFFERS else Operator.ABSENT, (compared,), aspect)
    if value is None:
        return None
    if aspect is Aspect.LENGTH and (value == 0 or (value == 1 and operator is Operator.BELOW)):
        absent = operator in (Operator.EQUALS, Operator.BELOW, Operator.AT_MOST)
        return Check(term, Operator.ABSENT if absent else Operator.GIVEN)
    return Check(term, operator, (value,), aspect)
