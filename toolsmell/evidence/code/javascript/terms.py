"""Reads expressions of JavaScript: the argument of the tool that one is, or its constant."""

from collections.abc import Iterator

from toolsmell.evidence.code.constants import UNKNOWN, Constant, plain, text_of_value
from toolsmell.evidence.code.reader_values import ALL, Term, terms_in
from toolsmell.evidence.code.statements import Names
from toolsmell.sources.code.javascript.functions import FUNCTIONS, callee, unwrapped
from toolsmell.sources.code.javascript.names import resolve_node
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import arguments_of, parts_of
from toolsmell.sources.code.syntax import Node

_SAME = frozenset("String Number Boolean parseInt parseFloat BigInt structuredClone".split())
"""Functions that keep the meaning of a value."""
_SAME_METHODS = frozenset("trim toLowerCase toUpperCase toString normalize trimEnd trimStart".split())
_PARSERS = frozenset(("parse", "parseAsync", "validate", "validateSync"))
_LITERALS = frozenset(("string", "number", "true", "false", "null", "undefined"))
_EVALUATED = _LITERALS | {"template_string", "unary_expression", "identifier", "member_expression", "binary_expression"}


def term_of(module: Module, node: Node, names: Names) -> Term | None:
    """Return the argument of the tool that an expression is, or None if it is something else or changed."""
    node = unwrapped(node)
    match node.type:
        case "identifier" | "shorthand_property_identifier":
            return names.get(module.text(node))
        case "member_expression":
            return _member(module, node, names)
        case "subscript_expression":
            return _entry(module, node, names)
        case "call_expression":
            return _call(module, node, names)
        case "binary_expression" if operator_of(node) in ("??", "||"):
            return _or(module, node, names)
    return None


def _or(module: Module, node: Node, names: Names) -> Term | None:
    """Return the argument in `x ?? 5`; `x ?? y` may be either."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    term = term_of(module, left, names) if left is not None else None
    return term if term is not None and right is not None and constant(module, right) is not UNKNOWN else None


def operator_of(node: Node) -> str:
    operator = node.child_by_field_name("operator")
    return operator.type if operator is not None else ""


def _member(module: Module, node: Node, names: Names) -> Term | None:
    owner, name = node.child_by_field_name("object"), node.child_by_field_name("property")
    if owner is None or name is None:
        return None
    key = module.text(name)
    held = names.get(f"{_dotted(module, owner)}.{key}") if owner.type in ("identifier", "member_expression") else None
    if held is not None:
        return held
    if key == "arguments" and module.text(owner).endswith("params"):
        return ALL
    whole = term_of(module, owner, names)
    if whole is None or key == "length":
        return None
    return whole.member(key)


def _dotted(module: Module, node: Node) -> str:
    return module.text(node).replace("?.", ".").replace("!.", ".")


def _entry(module: Module, node: Node, names: Names) -> Term | None:
    owner, index = node.child_by_field_name("object"), node.child_by_field_name("index")
    whole = term_of(module, owner, names) if owner is not None else None
    if whole is None or index is None or index.type != "string":
        return None
    return whole.member(module.text(index)[1:-1])


def _call(module: Module, node: Node, names: Names) -> Term | None:
    function, given = callee(node), arguments_of(node)
    if function is None or not given:
        return _trimmed(module, function, names) if function is not None else None
    if function.type == "identifier" and module.text(function) in _SAME:
        return term_of(module, given[0], names)
    name = last_name(module, function)
    if name in _PARSERS and function.type == "member_expression":
        whole = term_of(module, given[0], names)
        return whole if whole == ALL else None
    if name in ("min", "max") and module.text(function).startswith("Math.") and len(given) == 2:
        found = [term for one in given if (term := term_of(module, one, names)) is not None]
        return found[0] if len(found) == 1 else None
    return _trimmed(module, function, names) if not given or name in _SAME_METHODS else None


def _trimmed(module: Module, function: Node, names: Names) -> Term | None:
    """Return the argument that `x.trim()` is."""
    owner = function.child_by_field_name("object") if function.type == "member_expression" else None
    if owner is None or last_name(module, function) not in _SAME_METHODS:
        return None
    return term_of(module, owner, names)


def last_name(module: Module, node: Node) -> str:
    """Return the last part of the name of a function."""
    name = node.child_by_field_name("property") if node.type == "member_expression" else node
    return module.text(name) if name is not None and name.type in _WORDS else ""


_WORDS = frozenset(("identifier", "property_identifier", "private_property_identifier"))


def constant(module: Module, node: Node) -> Constant:
    """Return the constant that an expression is, or `UNKNOWN`."""
    node = unwrapped(node)
    if node.type == "object":
        return {} if not node.named_children else UNKNOWN
    if node.type == "array":
        found = [constant(module, child) for child in parts_of(node)]
        return UNKNOWN if any(one is UNKNOWN for one in found) else found
    if node.type in ("identifier", "member_expression") and is_configured(module, node):
        return UNKNOWN
    if node.type not in _EVALUATED or (node.type not in _LITERALS and module.project.steps.exhausted()):
        return UNKNOWN
    return plain(module.evaluate(node))


def is_configured(module: Module, node: Node) -> bool:
    """Return True if the environment decides what a constant is."""
    found = resolve_node(module, node)
    return isinstance(found, Found) and "process.env" in found.module.text(found.node)


def constants(module: Module, node: Node, depth: int = 0) -> tuple[Constant, ...] | None:
    """Return the constants in a list, a set, or the keys of an object, or None if one is unknown."""
    found = resolve_node(module, node)
    if not isinstance(found, Found) or depth > 4:
        return None
    here = found.node
    if here.type in ("call_expression", "new_expression"):
        function, given = callee(here), arguments_of(here)
        name = found.module.text(function) if function is not None else ""
        if name in ("Object.keys", "Object.values", "Set", "Array.from", "Object.freeze") and len(given) == 1:
            return constants(found.module, given[0], depth + 1)
        return None
    if here.type != "array":
        return None
    values = constant(found.module, here)
    known = values if isinstance(values, list) else []
    return tuple(known) if known and not any(isinstance(one, dict | list) for one in known) else None


def text_at(module: Module, node: Node) -> str | None:
    """Return a text with `…` for its computed parts, or None for anything else."""
    node = unwrapped(node)
    if node.type not in ("string", "template_string", "binary_expression", "identifier", "member_expression"):
        return None
    return text_of_value(module.evaluate(node))


def mentioned(module: Module, node: Node, names: Names) -> Iterator[Term]:
    """Return the arguments of the tool that an expression mentions, changed or not."""
    return terms_in(node, lambda here: term_of(module, here, names) if here.type not in FUNCTIONS else None, names)


def truth(module: Module, condition: Node) -> bool | None:
    """Return whether a condition holds for the values that a call gives (`Dialect`)."""
    node = unwrapped(condition)
    if not module.given or module.project.steps.exhausted():
        return None
    operator, left, right = operator_of(node), node.child_by_field_name("left"), node.child_by_field_name("right")
    if node.type == "binary_expression" and left is not None and right is not None:
        return _joined(module, operator, left, right)
    argument = node.child_by_field_name("argument") if node.type == "unary_expression" else None
    if argument is not None and operator == "!":
        inner = truth(module, argument)
        return None if inner is None else not inner
    known = constant(module, node) if node.type in ("identifier", "member_expression") else UNKNOWN
    return None if known is UNKNOWN else bool(known)


def _joined(module: Module, operator: str, left: Node, right: Node) -> bool | None:
    if operator in ("&&", "||"):
        found = [truth(module, left), truth(module, right)]
        decided = operator == "||"
        if decided in found:
            return decided
        return None if None in found else not decided
    if operator not in ("===", "!==", "==", "!="):
        return None
    first, second = constant(module, left), constant(module, right)
    if first is UNKNOWN or second is UNKNOWN:
        return None
    same = bool(first == second)
    return same == operator.startswith("=")
