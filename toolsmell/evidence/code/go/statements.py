"""Takes statements of Go apart for the walker."""

from collections.abc import Iterator

from toolsmell.evidence.code.checks import Check, Joint, Predicate
from toolsmell.evidence.code.constants import UNKNOWN
from toolsmell.evidence.code.go.conditions import test_of
from toolsmell.evidence.code.go.terms import constant, term_of
from toolsmell.evidence.code.lines import one_line
from toolsmell.evidence.code.statements import (
    Arm,
    Assignment,
    Expressions,
    Fork,
    Loop,
    Names,
    Nested,
    Returned,
    Statement,
)
from toolsmell.model.implementation import Operator
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.syntax import Node

_EXITS = frozenset(("return_statement", "continue_statement", "break_statement", "goto_statement"))
_CASES = frozenset(("expression_case", "default_case", "type_case", "communication_case"))


def statement(module: Module, node: Node, names: Names) -> Statement:
    """Take a statement apart (`Dialect`)."""
    match node.type:
        case "if_statement":
            return Fork(tuple(_arms(module, node, names)), tuple(_initializers(node)))
        case "expression_switch_statement":
            return Fork(tuple(_cases(module, node, names)), *_before(node), apart=True)
        case "type_switch_statement" | "select_statement":
            cases = [child for child in parts_of(node) if child.type in _CASES]
            value, alias = node.child_by_field_name("value"), node.child_by_field_name("alias")
            block = tuple(one for case in cases for one in block_of_case(case))
            return Loop((value,) if value is not None else (), block, (alias,) if alias is not None else ())
        case "return_statement":
            return Returned(tuple(one for child in parts_of(node) for one in _listed(child)))
        case "block" | "statement_list" | "labeled_statement":
            return Nested(parts_of(node))
        case "short_var_declaration" | "assignment_statement":
            return _assignment(module, node)
        case "var_declaration" | "const_declaration":
            specs = [one for one in parts_of(node) if one.type in ("var_spec", "const_spec")]
            return Assignment(tuple(pair for one in specs for pair in _declared(one)))
        case "for_statement":
            return _loop(node)
    return Expressions(parts_of(node))


def _listed(node: Node) -> tuple[Node, ...]:
    return parts_of(node) if node.type == "expression_list" else (node,)


def statements_in(node: Node | None) -> tuple[Node, ...]:
    """Return the statements of a block."""
    if node is None:
        return ()
    inside = parts_of(node)
    return statements_in(inside[0]) if len(inside) == 1 and inside[0].type == "statement_list" else inside


def block_of(function: Node) -> tuple[Node, ...] | Node:
    """Return the statements of a function (`Dialect`)."""
    return statements_in(function.child_by_field_name("body"))


def exits(block: tuple[Node, ...]) -> bool:
    """Return True if no code after a block runs when the block has run (`Dialect`)."""
    return bool(block) and block[-1].type in _EXITS


def _initializers(node: Node) -> Iterator[Node]:
    """Yield what an `if` and its `else if` declare before their conditions."""
    here: Node | None = node
    while here is not None:
        before = here.child_by_field_name("initializer")
        if before is not None:
            yield before
        here = here.child_by_field_name("alternative")
        here = here if here is not None and here.type == "if_statement" else None


def _arms(module: Module, node: Node, names: Names) -> Iterator[Arm]:
    here: Node | None = node
    while here is not None:
        condition, block = here.child_by_field_name("condition"), here.child_by_field_name("consequence")
        if condition is not None and block is not None:
            named = {**names, **_declared_terms(module, here, names)}
            yield Arm(test_of(module, condition, named), statements_in(block), condition, block, (condition,))
        other = here.child_by_field_name("alternative")
        if other is not None and other.type != "if_statement":
            yield Arm(None, statements_in(other), other, other)
        here = other if other is not None and other.type == "if_statement" else None


def _declared_terms(module: Module, node: Node, names: Names) -> Names:
    """Return the names that the declaration before a condition binds to arguments."""
    before = node.child_by_field_name("initializer")
    made = _assignment(module, before) if before is not None and before.type in _ASSIGNS else None
    found = {}
    for left, right in made.pairs if isinstance(made, Assignment) else ():
        first = left.named_children[0] if left.type == "expression_list" else left
        term = term_of(module, right, names) if right is not None else None
        if term is not None and first.type == "identifier":
            found[module.text(first)] = term
    return found


_ASSIGNS = frozenset(("short_var_declaration", "assignment_statement"))


def _before(node: Node) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    before, value = node.child_by_field_name("initializer"), node.child_by_field_name("value")
    return (before,) if before is not None else (), (value,) if value is not None else ()


def _cases(module: Module, node: Node, names: Names) -> Iterator[Arm]:
    subject = node.child_by_field_name("value")
    for case in parts_of(node):
        if case.type not in _CASES:
            continue
        value, block = case.child_by_field_name("value"), block_of_case(case)
        if not block:
            continue
        test = _case_test(module, subject, _listed(value), names) if value is not None else None
        yield Arm(test, block, case, block[-1])


def block_of_case(case: Node) -> tuple[Node, ...]:
    """Return the statements of a case."""
    lists = [child for child in case.named_children if child.type == "statement_list"]
    return statements_in(lists[0]) if lists else ()


def _case_test(module: Module, subject: Node | None, values: tuple[Node, ...], names: Names) -> Predicate:
    if subject is None:
        tests = tuple(test_of(module, value, names) for value in values)
        return tests[0] if len(tests) == 1 else Predicate(Joint.ANY, " || ".join(one.text for one in tests), tests)
    text = f"{one_line(module, subject, 60)} is {', '.join(one_line(module, value, 40) for value in values)}"
    term = term_of(module, subject, names)
    known = [constant(module, value) for value in values]
    if term is None or not term.wire or any(one is UNKNOWN for one in known):
        return Predicate(Joint.OTHER, text)
    if known in ([""], [0]):
        return Predicate(Joint.CHECK, text, check=Check(term, Operator.ABSENT))
    operator = Operator.EQUALS if len(known) == 1 else Operator.AMONG
    return Predicate(Joint.CHECK, text, check=Check(term, operator, tuple(known)))


def _assignment(module: Module, node: Node) -> Statement:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return Expressions(parts_of(node))
    operator = node.child_by_field_name("operator")
    changes = operator is not None and module.text(operator) not in ("=", ":=")
    lefts, rights = _listed(left), _listed(right)
    if len(lefts) == len(rights):
        return Assignment(tuple(zip(lefts, rights, strict=True)), changes)
    return Assignment(((left, rights[0]),), changes)


def _declared(spec: Node) -> Iterator[tuple[Node, Node | None]]:
    names, value = spec.children_by_field_name("name"), spec.child_by_field_name("value")
    values = _listed(value) if value is not None else ()
    for position, name in enumerate(names):
        yield name, values[position] if len(values) == len(names) else None


def _loop(node: Node) -> Loop:
    body = node.child_by_field_name("body")
    clause = next((child for child in parts_of(node) if child.type == "range_clause"), None)
    if clause is None:
        heads = tuple(child for child in parts_of(node) if body is None or child.id != body.id)
        return Loop(heads, statements_in(body))
    left, right = clause.child_by_field_name("left"), clause.child_by_field_name("right")
    heads = (right,) if right is not None else ()
    return Loop(heads, statements_in(body), (left,) if left is not None else ())
