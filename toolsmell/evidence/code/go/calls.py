"""Calls of functions of the project in Go: the function, and which of its parameters get arguments of the tool."""

from collections.abc import Iterator, Mapping

from toolsmell.evidence.code.constants import UNKNOWN
from toolsmell.evidence.code.go.terms import constant, fields_of, mentioned, term_of
from toolsmell.evidence.code.go.types import function_at
from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.reader_values import ALL, Activation, Term
from toolsmell.evidence.code.statements import Bound, Called, Inside, Names
from toolsmell.model.implementation import CodeStep, Condition
from toolsmell.sources.code.go.names import bound as given_values
from toolsmell.sources.code.go.names import parameters_of
from toolsmell.sources.code.module import Found, Key, Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Node


def called_by(
    module: Module, call: Node, names: Names, within: Activation, conditions: tuple[Condition, ...]
) -> Called | None:
    """Return the function of the project that a call runs, or None if it is none or not known (`Dialect`)."""
    if term_of(module, call, names) is not None:
        return None  # a helper that reads one argument
    found = function_at(module, call)
    if found is None or found.node.child_by_field_name("body") is None or within.contains(found):
        return None
    given = arguments_of(call)
    terms: dict[str, Term] = {}
    direct: list[Node] = []
    for (parameter, type_), argument in zip(parameters_of(found.node), given, strict=False):
        local = found.module.text(parameter)
        term = term_of(module, argument, names)
        if term is not None:
            terms[local] = term
            direct.append(argument)
        if term == ALL:
            terms.update(fields_of(found.module, local, type_))
        elif term is None:
            held = dict(_members(module, argument, names))
            terms.update({f"{local}.{field}": one for field, (one, _) in held.items()})
            direct.extend(node for _, node in held.values())
    name = name_of(found.module, found.node)
    arguments = {local: term.wire for local, term in terms.items() if term.wire}
    step = CodeStep(name, lines_of(module, call), arguments)
    passed = frozenset(term.wire for child in given for term in mentioned(module, child, names))
    there = Found(found.module.within(_telling(module, found, given)), found.node)
    return Called(Activation(there, name, terms, (), conditions, (*within.way, step), passed, False), tuple(direct))


def _telling(module: Module, found: Found, given: list[Node]) -> Mapping[Key, Found]:
    """Return the values of the parameters that decide something in the function: constants, and functions."""
    values = given_values(found.module, found.node, [Found(module, argument) for argument in given])
    return {
        key: value
        for key, value in values.items()
        if value.node.type == "func_literal" or constant(module, value.node) not in (UNKNOWN, None)
    }


def _members(module: Module, argument: Node, names: Names) -> Iterator[tuple[str, tuple[Term, Node]]]:
    """Yield the fields of a struct that is written as an argument and holds arguments of the tool."""
    node = argument.named_children[-1] if argument.type == "unary_expression" and argument.named_children else argument
    body = node.child_by_field_name("body") if node.type == "composite_literal" else None
    for child in body.named_children if body is not None else ():
        if child.type == "keyed_element" and len(child.named_children) == 2:
            value = child.named_children[1]
            value = value.named_children[0] if value.named_children and value.type == "literal_element" else value
            term = term_of(module, value, names)
            if term is not None:
                yield module.text(child.named_children[0]), (term, value)


def name_of(module: Module, node: Node) -> str:
    """Return the name of a function with that of the type of its receiver."""
    name, receiver = node.child_by_field_name("name"), node.child_by_field_name("receiver")
    own = module.text(name) if name is not None else "an anonymous function"
    owner = module.text(receiver).strip("()").split()[-1].lstrip("*") if receiver is not None else ""
    return f"{owner}.{own}" if owner else own


def parameters_bound(module: Module, function: Node) -> Iterator[str]:
    """Yield the names of the parameters of a function (`Dialect`)."""
    yield from (module.text(name) for name, _ in parameters_of(function))


def bound(module: Module, left: Node, right: Node | None, names: Names) -> Iterator[Bound]:
    """Yield the names that an assignment binds (`Dialect`): of several, the first gets the value."""
    lefts = left.named_children if left.type == "expression_list" else [left]
    term = term_of(module, right, names) if right is not None else None
    for position, node in enumerate(lefts):
        if node.type == "identifier":
            yield Bound(module.text(node), term if position == 0 else None)


def inside(module: Module, function: Node) -> Inside:
    """Return the facts of a function inside of the one that is read (`Dialect`)."""
    holder = function.parent
    call = holder.parent if holder is not None and holder.type == "argument_list" else None
    outer = call.parent if call is not None else None
    end = outer.parent if outer is not None and outer.type == "expression_list" else outer
    returned = end is not None and end.type == "return_statement" and module.text(end).startswith("return")
    return Inside(fails=returned, returns=returned)
