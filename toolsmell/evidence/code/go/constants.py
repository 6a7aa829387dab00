"""Defaults, limits and constants in expressions of Go."""

from collections.abc import Iterator

from toolsmell.evidence.code import fixed_values
from toolsmell.evidence.code.checks import conditions_of
from toolsmell.evidence.code.constants import UNKNOWN
from toolsmell.evidence.code.go.conditions import test_of
from toolsmell.evidence.code.go.terms import constant, is_about_request, term_of
from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.reader_values import ALL
from toolsmell.evidence.code.shaping import shapes
from toolsmell.evidence.code.statements import Names
from toolsmell.model.implementation import CodeFact, Condition
from toolsmell.sources.code.go.names import called
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import arguments_of, parts_of
from toolsmell.sources.code.syntax import Node

_SETS = frozenset(("Set", "Add"))


def facts_of_value(module: Module, node: Node, names: Names, conditions: tuple[Condition, ...]) -> Iterator[CodeFact]:
    """Yield the facts of an expression itself (`Dialect`)."""
    if node.type == "call_expression":
        yield from _called(module, node, names, conditions)
    elif node.type == "keyed_element" and len(node.named_children) == 2:
        key, value = node.named_children
        name = module.text(key).strip('"`')
        known = constant(module, value) if shapes(name) else UNKNOWN
        yield from fixed_values.shaping(lines_of(module, node), name, known, conditions)


def _called(module: Module, node: Node, names: Names, conditions: tuple[Condition, ...]) -> Iterator[CodeFact]:
    name, given = called(module, node), arguments_of(node)
    if name in ("min", "max") and len(given) == 2 and names:
        for one, other in (given, given[::-1]):
            term = term_of(module, one, names)
            if term is not None:
                yield from fixed_values.limited(lines_of(module, node), name, term, constant(module, other), conditions)
    elif name in _SETS and len(given) == 2 and given[0].type == "interpreted_string_literal":
        key = module.text(given[0]).strip('"')
        known = constant(module, given[1]) if shapes(key) else UNKNOWN
        yield from fixed_values.shaping(lines_of(module, node), key, known, conditions)
    elif len(given) >= 2 and names and _has_default(module, node, name, given, names):
        known = constant(module, given[-1])
        term = term_of(module, node, names) if known not in (0, False) else None  # a zero value: nothing is given
        yield from fixed_values.default(lines_of(module, node), term, known, conditions)


def _has_default(module: Module, node: Node, name: str, given: list[Node], names: Names) -> bool:
    """Return True for `request.GetInt("limit", 10)`, `helper(arguments, "limit", 10)`: the last is the default."""
    function = node.child_by_field_name("function")
    owner = function.child_by_field_name("operand") if function is not None else None
    if len(given) == 2 and owner is not None and name.startswith("Get"):
        return term_of(module, owner, names) == ALL
    telling = "default" in name.lower() or name.startswith("Parse")
    return len(given) == 3 and telling and term_of(module, given[0], names) == ALL


def parts(module: Module, node: Node, names: Names) -> Iterator[tuple[Node, tuple[Condition, ...]]]:
    """Yield the expressions inside of an expression, with the conditions under which they run (`Dialect`)."""
    operator = node.child_by_field_name("operator") if node.type == "binary_expression" else None
    if node.type == "selector_expression":
        owner = node.child_by_field_name("operand")
        yield from ((owner, ()),) if owner is not None and not is_about_request(module, node) else ()
    elif node.type == "keyed_element" and len(node.named_children) == 2:
        key, value = node.named_children
        inner = key.named_children[0] if key.named_children else key
        yield from ((key, ()),) if inner.type != "identifier" else ()
        yield value, ()
    elif operator is not None and operator.type in ("&&", "||"):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and right is not None:
            yield left, ()
            yield right, conditions_of(test_of(module, left, names), holds=operator.type == "&&")
    else:
        yield from ((child, ()) for child in parts_of(node))
