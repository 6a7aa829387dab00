"""Calls of functions of the project: the function, and which of its parameters get arguments of the tool."""

from collections.abc import Iterator, Mapping

from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.python.arguments import name_of
from toolsmell.evidence.code.python.terms import mentioned, term_of
from toolsmell.evidence.code.reader_values import ALL, Activation, Term
from toolsmell.evidence.code.statements import Called
from toolsmell.model.implementation import CodeStep, Condition
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.python.classes import FUNCTIONS, bound, class_of, parameters_of
from toolsmell.sources.code.python.names import Arguments, called, last_name, resolve_node
from toolsmell.sources.code.syntax import Node

_RUNNERS = {
    "to_thread": 0,
    "run_in_executor": 1,
    "run_sync": 0,
    "partial": 0,
    "wait_for": 0,
    "run_coroutine_threadsafe": 0,
}
"""Functions that run another one with the arguments that follow it: the position of that function."""


def called_by(
    module: Module, call: Node, names: Mapping[str, Term], within: Activation, conditions: tuple[Condition, ...]
) -> Called | None:
    """Return the function of the project that a call runs, or None if it is none or not known."""
    found, first = _function(module, call)
    if found is None:
        return None
    parameters = parameters_of(found.node)
    given = Arguments(module, call)
    terms = dict(_terms(module, found, parameters, names))
    direct = list(_direct(module, given, names))
    for splat in given.splats:
        if term_of(module, splat, names) == ALL:
            _spread(found.module, parameters, terms)
            direct.append(splat)
    name = name_of(found.module, found.node)
    arguments = {local: term.wire for local, term in terms.items() if term.wire}
    step = CodeStep(name, lines_of(module, call), arguments)
    passed = frozenset(term.wire for child in _arguments(call) for term in mentioned(module, child, names))
    inside = Activation(found, name, terms, (), conditions, (*within.way, step), passed, gives_result=False)
    return Called(inside, tuple(direct) if first is None else (*direct, first))


def _arguments(call: Node) -> list[Node]:
    arguments = call.child_by_field_name("arguments")
    return arguments.named_children if arguments is not None else []


def _function(module: Module, call: Node) -> tuple[Found | None, Node | None]:
    """Return the function that a call runs; also the argument that names it, if it is passed to one that runs it."""
    function = call.child_by_field_name("function")
    if function is None:
        return None, None
    found = called(module, call)
    if found is not None:
        return found, None
    position = _RUNNERS.get(last_name(module, function))
    given = Arguments(module, call).positional
    if position is None or position >= len(given):
        return None, None
    passed = given[position]
    if passed.type not in ("identifier", "attribute"):
        return None, None
    held = resolve_node(module, passed)
    if not isinstance(held, Found) or held.node.type not in FUNCTIONS:
        return None, None
    method = (Found(module, passed),) if class_of(held.node) is not None else ()
    rest = [Found(module, one) for one in given[position + 1 :]]
    values = bound(held.module, held.node, None, (*method, *rest))
    return Found(held.module.within(values), held.node), passed


def _terms(
    module: Module, found: Found, parameters: list[tuple[Node, Node, Node | None]], names: Mapping[str, Term]
) -> Iterator[tuple[str, Term]]:
    """Yield the parameters of a function that get arguments of the tool unchanged."""
    for _, name, default in parameters:
        value = found.module.given.get((found.module.path, name.start_byte))
        if value is None or value.module.path != module.path or (default is not None and value.node.id == default.id):
            continue
        term = term_of(module, value.node, names)
        if term is not None:
            yield found.module.text(name), term


def _direct(module: Module, given: Arguments, names: Mapping[str, Term]) -> Iterator[Node]:
    for node in (*given.positional, *(value for _, value in given.named.values())):
        if node.type in ("identifier", "attribute", "subscript", "call") and term_of(module, node, names) is not None:
            yield node


def _spread(module: Module, parameters: list[tuple[Node, Node, Node | None]], terms: dict[str, Term]) -> None:
    """Bind the parameters of a function that is called with `**arguments`."""
    for whole, name, _ in parameters:
        local, text = module.text(name).lstrip("*"), module.text(whole)
        if text.startswith("**"):
            terms[local] = ALL
        elif not text.startswith("*") and local not in ("self", "cls"):
            terms.setdefault(local, Term(local))
