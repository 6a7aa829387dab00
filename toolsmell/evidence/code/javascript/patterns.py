"""Names that patterns of JavaScript bind: `const { a, b: c = 5, ...rest } = arguments`."""

from collections.abc import Iterator, Mapping

from toolsmell.evidence.code import fixed_values
from toolsmell.evidence.code.javascript.terms import constant, term_of
from toolsmell.evidence.code.lines import lines_of
from toolsmell.evidence.code.reader_values import ALL, Term
from toolsmell.evidence.code.statements import Bound, Names
from toolsmell.sources.code.javascript.functions import callee, unwrapped
from toolsmell.sources.code.javascript.pairs import pair_of
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Node

_NAMES = frozenset(("identifier", "shorthand_property_identifier_pattern"))
_PATTERNS = frozenset(("object_pattern", "pair_pattern", "assignment_pattern", "object_assignment_pattern"))
_DEFAULTS = frozenset(("assignment_pattern", "object_assignment_pattern"))


def bound(module: Module, left: Node, right: Node | None, names: Names) -> Iterator[Bound]:
    """Yield the names that an assignment binds."""
    if left.type == "member_expression":
        return
    term = term_of(module, right, names) if right is not None else None
    value = unwrapped(right) if right is not None else None
    if term is None and value is not None and value.type == "object" and left.type == "identifier":
        yield Bound(module.text(left), None)
        yield from of_object(module, left, value, names)
        return
    if (
        term is None
        and left.type == "object_pattern"
        and right is not None
        and module.text(right).rstrip("!").endswith("params")
    ):
        yield from _of_request(module, left)
        return
    if value is not None and left.type == "identifier" and _is_tried(module, value, names):
        yield Bound(module.text(left), None)
        yield Bound(f"{module.text(left)}.data", ALL)
        return
    yield from of_pattern(module, left, term)


def _is_tried(module: Module, value: Node, names: Names) -> bool:
    """Return True for `Schema.safeParse(arguments)`."""
    function, given = (callee(value), arguments_of(value)) if value.type == "call_expression" else (None, [])
    if function is None or not module.text(function).endswith((".safeParse", ".safeParseAsync")) or not given:
        return False
    return term_of(module, given[0], names) == ALL


def _of_request(module: Module, left: Node) -> Iterator[Bound]:
    """Yield the names in `const { name, arguments: args } = request.params`."""
    for child in left.named_children:
        key, inner, _ = _taken(child)
        whole = module.text(key) if key is not None else ""
        if inner is not None:
            yield from of_pattern(module, inner, ALL if whole == "arguments" else None)


def of_pattern(module: Module, node: Node, term: Term | None) -> Iterator[Bound]:
    """Yield the names that a pattern binds to a value, with the defaults in the pattern."""
    if node.type in _NAMES:
        yield Bound(module.text(node), term)
    elif node.type in ("required_parameter", "optional_parameter"):
        inner = node.child_by_field_name("pattern")
        yield from of_pattern(module, inner, term) if inner is not None else ()
    elif node.type in _DEFAULTS:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and right is not None:
            yield from _with_default(module, node, left, right, term)
    elif node.type in ("rest_pattern", "array_pattern"):
        for part in node.named_children:
            yield from of_pattern(module, part, term if node.type == "rest_pattern" else None)
    elif node.type == "object_pattern":
        for part in node.named_children:
            yield from _of_member(module, part, term)


def _of_member(module: Module, child: Node, term: Term | None) -> Iterator[Bound]:
    if child.type == "rest_pattern":
        for rest in child.named_children:
            yield from of_pattern(module, rest, term)
        return
    key, inner, default = _taken(child)
    if key is None or inner is None:
        return
    member = term.member(module.text(key).strip("'\"")) if term is not None else None
    if default is not None:
        yield from _with_default(module, child, inner, default, member)
    else:
        yield from of_pattern(module, inner, member)


def _taken(child: Node) -> tuple[Node | None, Node | None, Node | None]:
    """Return the key, the pattern and the default of a member of an object pattern."""
    if child.type == "shorthand_property_identifier_pattern":
        return child, child, None
    if child.type == "object_assignment_pattern":
        left = child.child_by_field_name("left")
        return left, left, child.child_by_field_name("right")
    if child.type == "pair_pattern":
        return child.child_by_field_name("key"), child.child_by_field_name("value"), None
    return None, None, None


def defaults(module: Module, parameter: Node) -> Iterator[tuple[str, Node, Node]]:
    """Yield the names that a parameter binds with a default: the name, the pattern, and the default."""
    stack = [parameter]
    while stack:
        here = stack.pop()
        name = here.child_by_field_name("left") or here.child_by_field_name("pattern")
        value = here.child_by_field_name("right") or here.child_by_field_name("value")
        if name is not None and value is not None and name.type in _NAMES and here.type != "pair_pattern":
            yield module.text(name), here, value
        stack.extend(child for child in here.named_children if child.type in _PATTERNS)


def _with_default(module: Module, node: Node, left: Node, right: Node, term: Term | None) -> Iterator[Bound]:
    facts = tuple(fixed_values.default(lines_of(module, node), term, constant(module, right), ())) if term else ()
    for position, one in enumerate(of_pattern(module, left, term)):
        yield one._replace(facts=(*facts, *one.facts)) if position == 0 else one


def of_object(module: Module, left: Node, value: Node, names: Names) -> Iterator[Bound]:
    """Yield `options.limit` for `options = { limit: arguments.limit }`."""
    for key, term in members(module, value, names).items():
        name = module.text(left)
        yield Bound(f"{name}.{key}" if key else name, term)


def members(module: Module, value: Node, names: Names) -> Mapping[str, Term]:
    """Return the members of an object that are arguments of the tool; an empty key for all of them."""
    found: dict[str, Term] = {}
    for child in value.named_children:
        if child.type == "spread_element" and child.named_children:
            if term_of(module, child.named_children[0], names) == ALL:
                found[""] = ALL
        elif (pair := pair_of(module, child)) is not None:
            term = term_of(module, pair[1].value, names) if pair[1].value.type != "method_definition" else None
            if term is not None:
                found[pair[0]] = term
    return found
