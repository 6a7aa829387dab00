"""Reads expressions of Python: the argument of the tool that one is, or its possible constants."""

from collections.abc import Iterator, Mapping

from toolsmell.evidence.code.constants import UNKNOWN, Constant, plain, text_of_value
from toolsmell.evidence.code.reader_values import Term, terms_in
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.python.names import Arguments, last_name, resolve_node
from toolsmell.sources.code.syntax import Node

_SAME = frozenset(
    "int str float bool list dict strip lower upper lstrip rstrip cast copy model_dump model_validate parse_obj"
    " deepcopy casefold expanduser".split()
)
"""Functions and methods that keep what a value means."""
_READS = frozenset(("get", "pop"))


def term_of(module: Module, node: Node | None, names: Mapping[str, Term]) -> Term | None:
    """Return the argument of the tool that an expression is, or None if it is something else or changed."""
    if node is None or not names:
        return None
    match node.type:
        case "identifier":
            return names.get(module.text(node))
        case "attribute":
            return _member(module, node, names)
        case "subscript":
            return _entry(module, node, names)
        case "call":
            return _call(module, node, names)
        case "parenthesized_expression" | "await" | "dictionary_splat" | "list_splat":
            return term_of(module, node.named_children[0], names) if node.named_children else None
        case "boolean_operator" if node.child_count and node.children[1].type == "or":
            return term_of(module, node.child_by_field_name("left"), names)
    return None


def _member(module: Module, node: Node, names: Mapping[str, Term]) -> Term | None:
    if (held := names.get(module.text(node))) is not None:
        return held
    owner = term_of(module, node.child_by_field_name("object"), names)
    name = node.child_by_field_name("attribute")
    return owner.member(module.text(name)) if owner is not None and name is not None else None


def _entry(module: Module, node: Node, names: Mapping[str, Term]) -> Term | None:
    owner = term_of(module, node.child_by_field_name("value"), names)
    key = node.child_by_field_name("subscript")
    if owner is None or key is None:
        return None
    text = constant(module, key)
    return owner.member(text) if isinstance(text, str) else None


def _call(module: Module, node: Node, names: Mapping[str, Term]) -> Term | None:
    function = node.child_by_field_name("function")
    if function is None:
        return None
    name, given = last_name(module, function), Arguments(module, node)
    if function.type == "attribute":
        owner = term_of(module, function.child_by_field_name("object"), names)
        if owner is not None and name in _READS and given.positional:
            key = constant(module, given.positional[0])
            return owner.member(key) if isinstance(key, str) else None
        if owner is not None and name in _SAME:
            return owner
    if name in ("min", "max"):
        found = [term for one in given.positional if (term := term_of(module, one, names)) is not None]
        return found[0] if len(found) == 1 and len(given.positional) == 2 else None
    if name in _SAME or name[:1].isupper():
        return _wrapped(module, given, names, class_=name[:1].isupper())
    return None


def _wrapped(module: Module, given: Arguments, names: Mapping[str, Term], *, class_: bool) -> Term | None:
    """Return the term that `int(x)` and `Model(**arguments)` are."""
    if given.splats and len(given.splats) == 1 and not given.positional:
        return term_of(module, given.splats[0], names)
    if class_ or not given.positional:
        return None
    return term_of(module, given.positional[-1], names)


def constant(module: Module, node: Node) -> Constant:
    """Return the constant that an expression is, or `UNKNOWN`."""
    if node.type in ("identifier", "attribute", "subscript", "call") and module.project.steps.exhausted():
        return UNKNOWN
    if node.type == "call":
        return UNKNOWN
    return plain(module.evaluate(node))


def constants(module: Module, node: Node) -> tuple[Constant, ...] | None:
    """Return the constants in a list, set, tuple or dictionary (its keys), or None if one is not known."""
    if node.type == "call":
        inner = node.child_by_field_name("function")
        if inner is not None and last_name(module, inner) == "keys" and inner.type == "attribute":
            owner = inner.child_by_field_name("object")
            return constants(module, owner) if owner is not None else None
        given = Arguments(module, node).positional
        if inner is not None and last_name(module, inner) in ("set", "frozenset", "list", "tuple") and len(given) == 1:
            return constants(module, given[0])
        return None
    if node.type in ("set", "tuple"):
        found: list[Constant] | None = [constant(module, child) for child in parts_of(node)]
    else:
        found = _held(module, node)
    if not found or any(one is UNKNOWN or isinstance(one, dict | list) for one in found):
        return None
    return tuple(found)


def _held(module: Module, node: Node) -> list[Constant] | None:
    found = resolve_node(module, node) if node.type in ("identifier", "attribute") else None
    if isinstance(found, Found) and found.node.type in ("set", "call", "tuple") and found.node.id != node.id:
        held = constants(found.module, found.node)
        return list(held) if held is not None else None
    value = module.evaluate(node)
    if value.rest:
        return None
    if isinstance(value.data, dict):
        return list(value.data)
    return [plain(item) for item in value.items] if isinstance(value.data, list) else None


def text_at(module: Module, node: Node) -> str | None:
    """Return a text with `…` for its computed parts, or None for anything else."""
    return text_of_value(module.evaluate(node))


def mentioned(module: Module, node: Node, names: Mapping[str, Term]) -> Iterator[Term]:
    """Return the arguments of the tool that an expression mentions, changed or not."""
    return terms_in(node, lambda here: term_of(module, here, names), names)
