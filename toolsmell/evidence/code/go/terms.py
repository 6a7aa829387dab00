"""Reads expressions of Go: the argument of the tool that one is, or its constant."""

from collections.abc import Iterator
from itertools import pairwise

from toolsmell.evidence.code.constants import UNKNOWN, Constant, plain, text_of_value
from toolsmell.evidence.code.go.types import type_at
from toolsmell.evidence.code.reader_values import ALL, Term, terms_in
from toolsmell.evidence.code.statements import Names
from toolsmell.sources.code.go.names import FUNCTIONS, called, resolve_node
from toolsmell.sources.code.go.structs import tag_of
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Node
from toolsmell.text import pattern

_CONVERSIONS = frozenset(
    "string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 float32 float64 bool TrimSpace ToLower ToUpper"
    " Ptr String Int Int64 Bool Float64 to ptr Clean".split()
)
"""Functions that keep the meaning of a value."""
_STRINGS = frozenset(("interpreted_string_literal", "raw_string_literal"))
_ARGUMENTS = frozenset(("Arguments", "GetArguments", "GetRawArguments"))
_ABOUT = frozenset("Name Meta Session Header Method Extra GetSession Request".split())
"""Members of a request that are no arguments of the tool."""
_LITERALS = _STRINGS | {"int_literal", "float_literal", "true", "false", "nil"}
_NAMES = frozenset(("identifier", "selector_expression"))
_KEY = r"[\w.-]{1,80}"


def term_of(module: Module, node: Node, names: Names) -> Term | None:
    """Return the argument of the tool that an expression is, or None if it is something else or changed."""
    match node.type:
        case "identifier":
            return names.get(module.text(node))
        case "parenthesized_expression" | "literal_element":
            return term_of(module, node.named_children[0], names) if node.named_children else None
        case "unary_expression" if module.text(node)[:1] in "*&":
            return term_of(module, node.named_children[-1], names)
        case "type_assertion_expression" | "type_conversion_expression":
            operand = node.child_by_field_name("operand")
            return term_of(module, operand, names) if operand is not None else None
        case "selector_expression":
            return _field(module, node, names)
        case "index_expression":
            return _entry(module, node, names)
        case "call_expression":
            return _call(module, node, names)
    return None


def _field(module: Module, node: Node, names: Names) -> Term | None:
    text = module.text(node)
    held = names.get(text) if len(text) < 200 else None
    if held is not None:
        return held
    owner, field = node.child_by_field_name("operand"), node.child_by_field_name("field")
    whole = term_of(module, owner, names) if owner is not None else None
    name = module.text(field) if field is not None else ""
    return ALL if whole == ALL and name in ("Params", "Arguments") else None


def _entry(module: Module, node: Node, names: Names) -> Term | None:
    """Return the argument in `arguments["key"]`."""
    owner, index = node.child_by_field_name("operand"), node.child_by_field_name("index")
    whole = term_of(module, owner, names) if owner is not None else None
    key = constant(module, index) if index is not None and whole is not None else None
    return whole.member(key) if whole is not None and isinstance(key, str) else None


def _call(module: Module, node: Node, names: Names) -> Term | None:
    """Return the argument in `request.GetString("key", "default")`, `helper(arguments, "key")`, `int(x)`."""
    function, given = node.child_by_field_name("function"), arguments_of(node)
    if function is None:
        return None
    name = called(module, node)
    if function.type == "selector_expression":
        owner = function.child_by_field_name("operand")
        whole = term_of(module, owner, names) if owner is not None else None
        if whole == ALL and name in _ARGUMENTS:
            return ALL
        if whole == ALL and given and (key := _key(module, given[0])) is not None:
            return Term(key)
    for whole_node, key_node in pairwise(given):
        if term_of(module, whole_node, names) == ALL and (key := _key(module, key_node)) is not None:
            return Term(key)
    if name in _CONVERSIONS and len(given) == 1:
        return term_of(module, given[0], names)
    if name in ("min", "max") and function.type == "identifier" and len(given) == 2:
        found = [term for one in given if (term := term_of(module, one, names)) is not None]
        return found[0] if len(found) == 1 else None
    return None


def _key(module: Module, node: Node) -> str | None:
    key = constant(module, node) if node.type in _STRINGS | _NAMES else None
    return key if isinstance(key, str) and pattern(_KEY).fullmatch(key) else None


def is_about_request(module: Module, node: Node) -> bool:
    """Return True for `request.Params.Name` and the like: they read no argument."""
    field = node.child_by_field_name("field")
    return field is not None and module.text(field) in _ABOUT


def constant(module: Module, node: Node) -> Constant:
    """Return the constant that an expression is, or `UNKNOWN`."""
    while node.type in ("literal_element", "parenthesized_expression") and node.named_children:
        node = node.named_children[0]
    if node.type == "nil":
        return None
    if node.type in _LITERALS:
        return plain(module.evaluate(node))
    if node.type == "call_expression" and called(module, node) in _CONVERSIONS and len(arguments_of(node)) == 1:
        return constant(module, arguments_of(node)[0])
    if node.type in _NAMES and not module.project.steps.exhausted():
        return _named(module, node)
    if node.type == "unary_expression" and module.text(node).startswith("-"):
        return plain(module.evaluate(node))
    return UNKNOWN


def _named(module: Module, node: Node) -> Constant:
    """Return the value of a constant; a variable may change."""
    if node.type == "selector_expression" and module.text(node).startswith("http.Method"):
        return module.text(node).removeprefix("http.Method").upper()
    if node.type == "identifier" and (given := _given(module, node)) is not None:
        return constant(given.module, given.node) if given.node.type in _LITERALS else UNKNOWN
    found = resolve_node(module, node)
    holder = found.node.parent if found is not None else None
    while holder is not None and holder.type in ("expression_list", "literal_element"):
        holder = holder.parent
    if found is None or holder is None or holder.type != "const_spec":
        return UNKNOWN
    return constant(found.module, found.node)


def _given(module: Module, node: Node) -> Found | None:
    """Return the value that a call gives to a parameter."""
    binding = module.lookup(module.text(node), node.start_byte)
    return module.given.get((module.path, binding.at.start_byte)) if binding is not None and binding.at else None


def truth(module: Module, condition: Node) -> bool | None:
    """Return whether a condition holds for the values that a call gives (`Dialect`)."""
    if not module.given or condition.type != "binary_expression":
        return None
    operator, left, right = (condition.child_by_field_name(one) for one in ("operator", "left", "right"))
    if operator is None or left is None or right is None or operator.type not in ("==", "!="):
        return None
    first, second = constant(module, left), constant(module, right)
    if first is UNKNOWN or second is UNKNOWN:
        return None
    same = bool(first == second)
    return same == (operator.type == "==")


def constants(module: Module, node: Node) -> tuple[Constant, ...] | None:
    """Return the constants in a slice, or the keys of a map, or None if one is unknown."""
    found = resolve_node(module, node) if node.type in _NAMES else Found(module, node)
    body = found.node.child_by_field_name("body") if found is not None else None
    if found is None or body is None or found.node.type != "composite_literal":
        return None
    values = [
        constant(found.module, child.named_children[0] if child.type == "keyed_element" else child)
        for child in body.named_children
        if child.type != "comment"
    ]
    known = not any(one is UNKNOWN or isinstance(one, dict | list) for one in values)
    return tuple(values) if values and known else None


def text_at(module: Module, node: Node) -> str | None:
    """Return a text with `…` for its computed parts, or None for anything else."""
    if node.type == "call_expression" and called(module, node) in ("Sprintf", "Errorf") and arguments_of(node):
        return text_at(module, arguments_of(node)[0])
    if node.type not in _STRINGS | _NAMES | {"binary_expression"}:
        return None
    text = text_of_value(module.evaluate(node))
    return pattern(r"%[-+# 0]*\d*(?:\.\d+)?[a-zA-Z]").sub("…", text) if text is not None else None


def fields_of(module: Module, local: str, type_: Node | None) -> Iterator[tuple[str, Term]]:
    """Yield the names that fields of a struct with the arguments have: `input.Limit` for `limit`."""
    held = type_at(module, type_) if type_ is not None else None
    for field in held.fields if held is not None else ():
        for name in field.children_by_field_name("name") if held is not None else ():
            own = held.module.text(name) if held is not None else ""
            wire = tag_of(held.module, field).name if held is not None else ""
            yield f"{local}.{own}", Term(wire or own)


def mentioned(module: Module, node: Node, names: Names) -> Iterator[Term]:
    """Return the arguments of the tool that an expression mentions, changed or not."""
    return terms_in(node, lambda here: term_of(module, here, names) if here.type not in FUNCTIONS else None, names)
