"""Takes statements of JavaScript apart for the walker."""

from collections.abc import Iterator

from toolsmell.evidence.code.checks import Check, Joint, Predicate
from toolsmell.evidence.code.constants import UNKNOWN
from toolsmell.evidence.code.javascript.conditions import test_of
from toolsmell.evidence.code.javascript.terms import constant, term_of
from toolsmell.evidence.code.lines import one_line
from toolsmell.evidence.code.statements import (
    Arm,
    Assignment,
    Attempt,
    Definition,
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

_ASSIGNS = frozenset(("assignment_expression", "augmented_assignment_expression"))
_LOOPS = frozenset(("for_statement", "for_in_statement", "while_statement", "do_statement"))
_EXITS = frozenset(("return_statement", "throw_statement", "continue_statement", "break_statement"))


def statement(module: Module, node: Node, names: Names) -> Statement:
    """Take a statement apart (`Dialect`)."""
    match node.type:
        case "if_statement":
            return Fork(tuple(_branches(module, node, names)))
        case "switch_statement":
            return Fork(tuple(_cases(module, node, names)), heads=_heads(node), apart=True)
        case "try_statement":
            return _attempt(module, node)
        case "return_statement":
            return Returned(parts_of(node))
        case "statement_block" | "else_clause" | "labeled_statement" | "export_statement":
            return Nested(parts_of(node))
        case "lexical_declaration" | "variable_declaration":
            declared = [child for child in node.named_children if child.type == "variable_declarator"]
            return Assignment(tuple(_declared(child) for child in declared))
        case "expression_statement" if node.named_children and node.named_children[0].type in _ASSIGNS:
            return _assignment(node.named_children[0])
        case "function_declaration" | "generator_function_declaration":
            return Definition(node)
        case _ if node.type in _LOOPS:
            return _loop(node)
    return Expressions(parts_of(node))


def block_of(function: Node) -> tuple[Node, ...] | Node:
    """Return the statements of a function, or the expression that it returns (`Dialect`)."""
    body = function.child_by_field_name("body")
    if body is None:
        return ()
    return parts_of(body) if body.type == "statement_block" else body


def statements_in(node: Node | None) -> tuple[Node, ...]:
    """Return the statements of a branch, with or without braces."""
    if node is None:
        return ()
    return parts_of(node) if node.type == "statement_block" else (node,)


def exits(block: tuple[Node, ...]) -> bool:
    """Return True if no code after a block runs when the block has run (`Dialect`)."""
    last = block[-1] if block else None
    if last is not None and last.type == "statement_block":
        return exits(parts_of(last))
    return last is not None and last.type in _EXITS


def _branches(module: Module, node: Node, names: Names) -> Iterator[Arm]:
    here: Node | None = node
    while here is not None:
        condition, block = here.child_by_field_name("condition"), here.child_by_field_name("consequence")
        if condition is not None and block is not None:
            test = test_of(module, condition, names)
            yield Arm(test, statements_in(block), condition, block, (condition,))
        clause = here.child_by_field_name("alternative")
        inner = parts_of(clause)[0] if clause is not None and parts_of(clause) else None
        if inner is not None and inner.type != "if_statement":
            yield Arm(None, statements_in(inner), inner, inner)
        here = inner if inner is not None and inner.type == "if_statement" else None


def _heads(node: Node) -> tuple[Node, ...]:
    value = node.child_by_field_name("value")
    return (value,) if value is not None else ()


def _cases(module: Module, node: Node, names: Names) -> Iterator[Arm]:
    """Yield the cases of a `switch`; one without statements falls through to the next."""
    subject, body = node.child_by_field_name("value"), node.child_by_field_name("body")
    values: list[Node] = []
    default = False
    for case in body.named_children if body is not None and subject is not None else ():
        value = case.child_by_field_name("value")
        default = default or case.type == "switch_default"
        if value is not None:
            values.append(value)
        block = block_of_case(case)
        if not block or subject is None or case.type == "comment":
            continue
        test = None if default else _case_test(module, subject, values, names)
        yield Arm(test, block, case, block[-1])
        values, default = [], False


def block_of_case(case: Node) -> tuple[Node, ...]:
    """Return the statements of a case without the final `break`."""
    found = [child for child in case.children_by_field_name("body") if child.type != "comment"]
    if len(found) == 1 and found[0].type == "statement_block":
        found = list(parts_of(found[0]))
    return tuple(child for child in found if child.type != "break_statement")


def _case_test(module: Module, subject: Node, values: list[Node], names: Names) -> Predicate:
    shown = ", ".join(one_line(module, value, 40) for value in values)
    text = f"{one_line(module, subject, 60).strip('()')} is {shown}"
    term = term_of(module, subject, names)
    known = [constant(module, value) for value in values]
    if term is None or not term.wire or any(one is UNKNOWN for one in known):
        return Predicate(Joint.OTHER, text)
    operator = Operator.EQUALS if len(known) == 1 else Operator.AMONG
    return Predicate(Joint.CHECK, text, check=Check(term, operator, tuple(known)))


def _attempt(module: Module, node: Node) -> Attempt:
    handler, last = node.child_by_field_name("handler"), node.child_by_field_name("finalizer")
    caught = handler.child_by_field_name("body") if handler is not None else None
    final = last.child_by_field_name("body") if last is not None else None
    handlers = (statements_in(caught),) if caught is not None else ()
    keeps = handler is not None and _keeps(module, handler, handlers[0] if handlers else ())
    return Attempt(statements_in(node.child_by_field_name("body")), handlers, statements_in(final), keeps)


def _keeps(module: Module, handler: Node, block: tuple[Node, ...]) -> bool:
    """Return True if a `catch` does not pass on the error that it catches."""
    name = handler.child_by_field_name("parameter")
    if name is None or not block or block[-1].type not in ("throw_statement", "return_statement"):
        return True
    return module.text(name) not in module.text(handler).partition("{")[2]


def _declared(node: Node) -> tuple[Node, Node | None]:
    return node.child_by_field_name("name") or node, node.child_by_field_name("value")


def _assignment(node: Node) -> Statement:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return Expressions(parts_of(node))
    if node.type == "augmented_assignment_expression":
        operator = node.child_by_field_name("operator")
        if operator is not None and operator.type in ("??=", "||="):
            return Expressions((node,))
        return Assignment(((left, right),), changes=True)
    return Assignment(((left, right),))


def _loop(node: Node) -> Loop:
    body = node.child_by_field_name("body")
    left = node.child_by_field_name("left") if node.type == "for_in_statement" else None
    skipped = {one.id for one in (body, left) if one is not None}
    heads = tuple(child for child in parts_of(node) if child.id not in skipped)
    return Loop(heads, statements_in(body), (left,) if left is not None else ())
