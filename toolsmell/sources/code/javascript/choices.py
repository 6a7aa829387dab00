"""JavaScript expressions whose value is up to a condition."""

from toolsmell.sources.code.javascript.functions import CLASSES, FUNCTIONS, callee, unwrapped
from toolsmell.sources.code.javascript.names import pairs, resolve_node
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import Value

_ENVIRONMENTS = ("process.env", "import.meta.env", "Deno.env")
_LITERALS = frozenset(("string", "template_string", "number", "true", "false", "null", "object", "array", *FUNCTIONS))
_TRUE = frozenset(("object", "array", "new_expression", *FUNCTIONS))


def either(module: Module, node: Node, left: Node, right: Node, depth: int) -> Value:
    first = module.evaluate(left, depth)
    if first.unknown and module.text(unwrapped(left)).startswith(_ENVIRONMENTS):
        return module.evaluate(right, depth)
    if first.unknown:
        return module.computed(node)
    return first if first.data else module.evaluate(right, depth)


def ternary(module: Module, node: Node, depth: int) -> Value:
    """`condition ? a : b`, if the condition is known, or both give the same."""
    condition, yes, no = (node.child_by_field_name(f) for f in ("condition", "consequence", "alternative"))
    if not (condition and yes and no):
        return module.computed(node)
    known = truth(module, condition, depth)
    if known is not None:
        return module.evaluate(yes if known else no, depth)
    first, second = module.evaluate(yes, depth), module.evaluate(no, depth)
    return first if first.text is not None and first.text == second.text else module.computed(node)


def truth(module: Module, node: Node, depth: int) -> bool | None:
    """Return whether a condition holds, or None if only a run can tell."""
    node = unwrapped(node)
    left, right, operator = (node.child_by_field_name(f) for f in ("left", "right", "operator"))
    if operator is not None and left is not None and right is not None and node.type == "binary_expression":
        if operator.type in ("&&", "||"):
            return _both(truth(module, left, depth), truth(module, right, depth), wanted=operator.type == "&&")
        return _compared(module, left, right, operator.type, depth)
    argument = node.child_by_field_name("argument") if node.type == "unary_expression" else None
    if argument is not None and operator is not None and operator.type == "!":
        inner = truth(module, argument, depth)
        return None if inner is None else not inner
    if module.project.steps.exhausted():
        return None
    value = module.evaluate(node, depth)
    if value.known:
        return bool(value.data) or isinstance(value.data, (dict, list))
    found = resolve_node(module, node, depth)
    if isinstance(found, Found) and found.node.type in _TRUE:
        return True
    return False if _is_absent(module, node, depth) else None


def _is_absent(module: Module, node: Node, depth: int) -> bool:
    """Return True for a member that an object literal does not have."""
    owner, name = node.child_by_field_name("object"), node.child_by_field_name("property")
    if node.type != "member_expression" or owner is None or name is None:
        return False
    held = resolve_node(module, owner, depth)
    if not isinstance(held, Found) or held.node.type != "object":
        return False
    found = pairs(held.module, held.node, depth)
    return found.rest is None and module.text(name) not in found.members


def _compared(module: Module, left: Node, right: Node, operator: str, depth: int) -> bool | None:
    if operator == "instanceof":
        return _of_class(module, left, right, depth)
    if operator not in ("===", "==", "!==", "!="):
        return None
    first, second = _typed(module, left, depth), module.evaluate(right, depth)
    if first.unknown or second.unknown:
        return None
    return (first.data == second.data) == (operator in ("===", "=="))


def _typed(module: Module, node: Node, depth: int) -> Value:
    """Return the value of an expression; of `typeof x`, the name of its type."""
    argument = node.child_by_field_name("argument") if node.type == "unary_expression" else None
    if argument is None or not module.text(node).startswith("typeof"):
        return module.evaluate(node, depth)
    found = resolve_node(module, argument, depth)
    if isinstance(found, Found) and found.node.type in FUNCTIONS:
        return Value("function")
    value = module.evaluate(argument, depth)
    return (
        Value("string") if value.text is not None or (value.unknown and value.unknown.pieces) else module.computed(node)
    )


def _of_class(module: Module, value: Node, class_: Node, depth: int) -> bool | None:
    """Return the value of `value instanceof Class`, for a class of the project and a literal or a new object."""
    found, wanted = resolve_node(module, value, depth), resolve_node(module, class_, depth)
    if not isinstance(found, Found) or not isinstance(wanted, Found) or wanted.node.type not in CLASSES:
        return None
    made = callee(found.node) if found.node.type == "new_expression" else None
    own = resolve_node(found.module, made, depth) if made is not None else None
    if isinstance(own, Found) and own.node.id == wanted.node.id:
        return True
    return False if found.node.type in _LITERALS else None


def _both(first: bool | None, second: bool | None, *, wanted: bool) -> bool | None:
    """Return `first && second` if True is wanted of both, and `first || second` if False is."""
    if (not wanted) in (first, second):
        return not wanted
    return wanted if first is wanted and second is wanted else None
