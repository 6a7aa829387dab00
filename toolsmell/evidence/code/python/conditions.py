"""Conditions of Python as tests of a tool's arguments."""

from collections.abc import Mapping

from toolsmell.evidence.code.checks import COMPARISONS, Check, Joint, Predicate
from toolsmell.evidence.code.constants import UNKNOWN
from toolsmell.evidence.code.lines import one_line
from toolsmell.evidence.code.python.terms import constant, constants, term_of
from toolsmell.evidence.code.reader_values import Term
from toolsmell.model.implementation import Aspect, Operator
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.python.names import Arguments
from toolsmell.sources.code.syntax import Node

_OPERATORS = {
    **COMPARISONS,
    "in": Operator.AMONG,
    "not in": Operator.OUTSIDE,
    "is": Operator.EQUALS,
    "is not": Operator.DIFFERS,
}


def test_of(module: Module, node: Node, names: Mapping[str, Term]) -> Predicate:
    """Return the test that a condition is."""
    text = one_line(module, node)
    match node.type:
        case "parenthesized_expression" if node.named_child_count == 1:
            return test_of(module, node.named_children[0], names)
        case "not_operator":
            inner = node.child_by_field_name("argument")
            if inner is not None:
                return Predicate(Joint.NOT, text, (test_of(module, inner, names),))
        case "boolean_operator":
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            if left is not None and right is not None:
                joint = Joint.ALL if node.children[1].type == "and" else Joint.ANY
                return Predicate(joint, text, (test_of(module, left, names), test_of(module, right, names)))
        case "comparison_operator":
            return _comparison(module, node, text, names)
    term = term_of(module, node, names) if node.type != "call" or _is_read(module, node) else None
    if term is not None and term.wire:
        return Predicate(Joint.CHECK, text, check=Check(term, Operator.GIVEN))
    return Predicate(Joint.OTHER, text)


def _is_read(module: Module, node: Node) -> bool:
    function = node.child_by_field_name("function")
    return function is not None and module.text(function).endswith((".get", ".strip"))


def _comparison(module: Module, node: Node, text: str, names: Mapping[str, Term]) -> Predicate:
    """Return the test of a comparison; one of three operands is two tests."""
    parts: list[Predicate] = []
    operands, operators = _taken_apart(module, node)
    for position, word in enumerate(operators):
        operator = _OPERATORS.get(word)
        check = None
        if operator is not None:
            check = _check(module, operands[position], operator, operands[position + 1], names)
        parts.append(Predicate(Joint.CHECK if check else Joint.OTHER, text, check=check))
    return parts[0] if len(parts) == 1 else Predicate(Joint.ALL, text, tuple(parts))


def _taken_apart(module: Module, node: Node) -> tuple[list[Node], list[str]]:
    operands: list[Node] = []
    operators: list[str] = []
    for child in node.children:
        if child.is_named and child.type != "comment" and child.type not in ("is not", "not in"):
            operands.append(child)
        elif len(operators) < len(operands):
            operators.append(" ".join(module.text(child).split()))
        else:  # `not` and `in` are two tokens in some versions of the grammar
            operators[-1] = f"{operators[-1]} {module.text(child)}"
    return operands, operators[: max(0, len(operands) - 1)]


def _check(module: Module, left: Node, operator: Operator, right: Node, names: Mapping[str, Term]) -> Check | None:
    if operator in (Operator.AMONG, Operator.OUTSIDE) and (asked := _asked(module, left, right, names)) is not None:
        return Check(asked, Operator.GIVEN if operator is Operator.AMONG else Operator.ABSENT, (None,))
    aspect = Aspect.VALUE
    term = term_of(module, left, names)
    if term is None and (measured := _measured(module, left)) is not None:
        term, aspect = term_of(module, measured, names), Aspect.LENGTH
    if term is None and operator not in (Operator.AMONG, Operator.OUTSIDE):
        swapped = term_of(module, right, names)
        if swapped is None and (measured := _measured(module, right)) is not None:
            swapped, aspect = term_of(module, measured, names), Aspect.LENGTH
        term, right, operator = swapped, left, operator.swapped
    if term is None or not term.wire:
        return None
    return _compared(module, term, operator, right, aspect)


def _asked(module: Module, key: Node, owner: Node, names: Mapping[str, Term]) -> Term | None:
    """Return the argument that `"x" in arguments` asks for."""
    term, name = term_of(module, owner, names), constant(module, key)
    return term.member(name) if term is not None and not term.wire and isinstance(name, str) else None


def _measured(module: Module, node: Node) -> Node | None:
    """Return what `len(x)` measures."""
    function = node.child_by_field_name("function") if node.type == "call" else None
    if function is None or module.text(function) != "len":
        return None
    given = Arguments(module, node).positional
    return given[0] if len(given) == 1 else None


def _compared(module: Module, term: Term, operator: Operator, right: Node, aspect: Aspect) -> Check | None:
    if operator in (Operator.AMONG, Operator.OUTSIDE):
        values = constants(module, right)
        return Check(term, operator, values, aspect) if values is not None else None
    value = constant(module, right)
    if value is UNKNOWN or isinstance(value, dict | list):
        return None
    if value is None or (value == "" and operator in (Operator.EQUALS, Operator.DIFFERS)):
        given = operator is Operator.DIFFERS
        return Check(term, Operator.GIVEN if given else Operator.ABSENT, (value,), aspect)
    if aspect is Aspect.LENGTH and value == 0 and operator in (Operator.EQUALS, Operator.ABOVE):
        return Check(term, Operator.ABSENT if operator is Operator.EQUALS else Operator.GIVEN)
    return Check(term, operator, (value,), aspect)
