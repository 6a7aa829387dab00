"""Calls of functions of the project: the function, and which of its parameters get arguments of the tool."""

from collections.abc import Iterator

from toolsmell.evidence.code.javascript.arguments import name_of
from toolsmell.evidence.code.javascript.patterns import members, of_pattern
from toolsmell.evidence.code.javascript.terms import last_name, mentioned, term_of
from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.reader_values import ALL, Activation, Term
from toolsmell.evidence.code.statements import Called, Inside, Names
from toolsmell.model.implementation import CodeStep, Condition
from toolsmell.sources.code.following import target
from toolsmell.sources.code.javascript import functions
from toolsmell.sources.code.javascript.functions import CLASSES, FUNCTIONS, callee, unwrapped
from toolsmell.sources.code.javascript.names import arguments_given, called, part_of
from toolsmell.sources.code.javascript.pairs import pair_of
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import arguments_of, around
from toolsmell.sources.code.syntax import Node

MAX_OWNERS = 5
"""Objects in `a.b.c.method()`."""

_EACH = frozenset(
    "map filter forEach sort find findIndex some every reduce flatMap on once setTimeout setInterval catch then"
    " replace addEventListener transform refine".split()
)
"""Functions whose callbacks do not decide whether the tool fails, nor what it returns."""


def called_by(
    module: Module, call: Node, names: Names, within: Activation, conditions: tuple[Condition, ...]
) -> Called | None:
    """Return the function of the project that a call runs, or None if it is none or not known (`Dialect`)."""
    found = function_of(module, call)
    if found is None or found.node.child_by_field_name("body") is None or within.contains(found):
        return None
    terms: dict[str, Term] = {}
    direct: list[Node] = []
    given = arguments_of(call)
    for parameter, argument in zip(functions.parameters_of(found.node), given, strict=False):
        inner = parameter.child_by_field_name("pattern") or parameter
        terms.update(_terms(found.module, inner, module, argument, names))
        direct.extend(_direct(module, argument, names))
    name = name_of(found.module, found.node)
    arguments = {local: term.wire for local, term in terms.items() if term.wire}
    step = CodeStep(name, lines_of(module, call), arguments)
    passed = frozenset(term.wire for child in given for term in mentioned(module, child, names))
    inside = Activation(found, name, terms, (), conditions, (*within.way, step), passed, gives_result=False)
    return Called(inside, tuple(direct))


def function_of(module: Module, call: Node) -> Found | None:
    """Return the function of the project that a call runs; a method of an object of unknown type is none."""
    function = callee(call)
    if function is None or call.type != "call_expression":
        return None
    inner = unwrapped(function)
    if inner.type not in ("identifier", "member_expression"):
        return None
    found = called(module, call, 0) if _is_sure(module, inner) else None
    if found is not None:
        return found
    method = _typed_method(module, inner) if inner.type == "member_expression" else None
    if method is None:
        return None
    given = [Found(module, argument) for argument in arguments_of(call)]
    return Found(method.module.within(arguments_given(method.module, method.node, given)), method.node)


def _is_sure(module: Module, function: Node, depth: int = 0) -> bool:
    """Return False if the object of a method comes from a function that may return several."""
    owner = function.child_by_field_name("object") if function.type == "member_expression" else None
    if owner is None or depth > MAX_OWNERS:
        return True
    inner = unwrapped(owner)
    if inner.type == "identifier":
        binding = module.lookup(module.text(inner), inner.start_byte)
        inner = unwrapped(binding.value) if binding is not None and binding.value is not None else inner
    if inner.type == "call_expression":
        made = called(module, inner, 0)
        return made is None or len(functions.returns(made.node)) == 1
    return _is_sure(module, inner, depth + 1)


def _typed_method(module: Module, function: Node) -> Found | None:
    """Return the method of a class of the project, if the object is declared with the class as its type."""
    owner, name = function.child_by_field_name("object"), function.child_by_field_name("property")
    class_ = _class_of(module, owner) if owner is not None else None
    found = part_of(class_, module.text(name)) if class_ is not None and name is not None else None
    return found if isinstance(found, Found) and found.node.type in FUNCTIONS else None


def _class_of(module: Module, owner: Node) -> Found | None:
    annotation = _annotation(module, unwrapped(owner))
    named = annotation[1].named_children[0] if annotation is not None and annotation[1].named_children else None
    if annotation is None or named is None or named.type != "type_identifier":
        return None
    binding = annotation[0].lookup(annotation[0].text(named), named.start_byte)
    if binding is None:
        return None
    found = target(annotation[0], binding)
    return found if isinstance(found, Found) and found.node.type in CLASSES else None


def _annotation(module: Module, owner: Node) -> tuple[Module, Node] | None:
    """Return the type that a parameter or a field is declared with."""
    if owner.type == "identifier":
        binding = module.lookup(module.text(owner), owner.start_byte)
        declared = binding.at.parent if binding is not None and binding.at is not None else None
    elif owner.type == "member_expression" and module.text(owner).startswith("this."):
        declared = _field(module, owner)
    else:
        return None
    type_ = declared.child_by_field_name("type") if declared is not None else None
    return (module, type_) if type_ is not None else None


def _field(module: Module, owner: Node) -> Node | None:
    """Return the declaration of `this.field`, also as a parameter of the constructor."""
    class_, name = around(owner, CLASSES), module.text(owner).removeprefix("this.")
    body = class_.child_by_field_name("body") if class_ is not None else None
    for child in body.named_children if body is not None else ():
        key = child.child_by_field_name("name") or child.child_by_field_name("property")
        if key is None:
            continue
        if child.type == "public_field_definition" and module.text(key) == name:
            return child
        if child.type == "method_definition" and module.text(key) == "constructor":
            for parameter in functions.parameters_of(child):
                inner = parameter.child_by_field_name("pattern")
                marked = any(one.type in ("accessibility_modifier", "readonly") for one in parameter.children)
                if inner is not None and marked and module.text(inner) == name:
                    return parameter
    return None


def _terms(there: Module, parameter: Node, module: Module, argument: Node, names: Names) -> Iterator[tuple[str, Term]]:
    """Yield the names of a function that stand for arguments of the tool, because of one argument of a call."""
    term = term_of(module, argument, names)
    if term is not None:
        yield from ((one.name, one.term) for one in of_pattern(there, parameter, term) if one.term is not None)
        return
    value = unwrapped(argument)
    if value.type != "object":
        return
    given = members(module, value, names)
    if parameter.type == "identifier":
        local = there.text(parameter)
        yield from ((f"{local}.{key}" if key else local, one) for key, one in given.items())
    elif parameter.type == "object_pattern":
        for one in of_pattern(there, parameter, ALL):
            key = one.term.wire.partition(".")[0] if one.term is not None else ""
            if key in given and one.term is not None and "." not in one.term.wire:
                yield one.name, given[key]
            elif "" in given and one.term is not None:
                yield one.name, one.term


def _direct(module: Module, argument: Node, names: Names) -> Iterator[Node]:
    if term_of(module, argument, names) is not None:
        yield argument
        return
    value = unwrapped(argument)
    for child in value.named_children if value.type == "object" else ():
        if child.type == "spread_element" and child.named_children:
            if term_of(module, child.named_children[0], names) == ALL:
                yield child.named_children[0]
        elif (pair := pair_of(module, child)) is not None and _is_argument(module, pair[1].value, names):
            yield pair[1].value


def _is_argument(module: Module, value: Node, names: Names) -> bool:
    return value.type != "method_definition" and term_of(module, value, names) is not None


def parameters_bound(module: Module, function: Node) -> Iterator[str]:
    """Yield the names of the parameters of a function (`Dialect`)."""
    for parameter in functions.parameters_of(function):
        yield from (one.name for one in of_pattern(module, parameter, None))


def _is_given_away(function: Node) -> bool:
    """Return True for a method of an object that is returned."""
    member = function if function.type == "method_definition" else function.parent
    if member is None or member.type not in ("pair", "method_definition"):
        return False
    holder = member.parent
    outer = holder.parent if holder is not None and holder.type == "object" else None
    while outer is not None and outer.type in ("parenthesized_expression", "as_expression", "satisfies_expression"):
        outer = outer.parent
    return outer is not None and outer.type in ("return_statement", "arrow_function")


def inside(module: Module, function: Node) -> Inside:
    """Return the facts of a function inside of the one that is read (`Dialect`)."""
    if _is_given_away(function):
        return Inside(runs=False)
    holder = function.parent
    call = holder.parent if holder is not None and holder.type == "arguments" else None
    called_ = callee(call) if call is not None else None
    if call is None or called_ is None or last_name(module, called_) in _EACH:
        return Inside()
    outer = call
    while outer.parent is not None and outer.parent.type in ("await_expression", "parenthesized_expression"):
        outer = outer.parent
    end = outer.parent
    body = end.child_by_field_name("body") if end is not None and end.type in FUNCTIONS else None
    returned = end is not None and (end.type == "return_statement" or (body is not None and body.id == outer.id))
    return Inside(fails=returned or outer.type == "await_expression", returns=returned)
