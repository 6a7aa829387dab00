"""Python expressions whose value is up to a condition."""

from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.python.names import Arguments, resolve_node
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import Value


def either(module: Module, node: Node, depth: int) -> Value:
    """`a or b`, if `a` is known."""
    left, right, operator = (node.child_by_field_name(f) for f in ("left", "right", "operator"))
    if not (left and right and operator) or operator.type != "or":
        return module.computed(node)
    known = truth(module, left, depth)
    if known is None:
        return module.computed(node)
    return module.evaluate(left if known else right, depth)


def conditional(module: Module, node: Node, depth: int) -> Value:
    """`a if condition else b`, if the condition is known, or both give the same."""
    parts = parts_of(node)
    if len(parts) != 3:
        return module.computed(node)
    yes, condition, no = parts
    known = truth(module, condition, depth)
    if known is not None:
        return module.evaluate(yes if known else no, depth)
    first, second = module.evaluate(yes, depth), module.evaluate(no, depth)
    return first if first.text is not None and first.text == second.text else module.computed(node)


def truth(module: Module, node: Node, depth: int) -> bool | None:
    """Return whether a condition holds, or None if only a run can tell."""
    if module.project.steps.exhausted():
        return None
    if node.type == "not_operator":
        inner = truth(module, node.named_children[0], depth)
        return None if inner is None else not inner
    if node.type == "parenthesized_expression" and node.named_child_count == 1:
        return truth(module, node.named_children[0], depth)
    if node.type == "comparison_operator":
        return _compared(module, node, depth)
    if node.type == "call" and (known := _of_type(module, node, depth)) is not None:
        return known
    found = resolve_node(module, node)
    if isinstance(found, Found) and found.node.type in ("function_definition", "class_definition"):
        return True
    value = module.evaluate(node, depth)
    return bool(value.data) if value.known else None


def _compared(module: Module, node: Node, depth: int) -> bool | None:
    operators = [child.type for child in node.children if not child.is_named]
    operands = parts_of(node)
    if len(operands) != 2 or " ".join(operators) not in ("is", "is not", "==", "!="):
        return None
    found = resolve_node(module, operands[0])
    if isinstance(found, Found) and found.node.type in ("function_definition", "class_definition", "call"):
        same = False if operands[1].type == "none" else None
    else:
        first, second = module.evaluate(operands[0], depth), module.evaluate(operands[1], depth)
        same = first.data == second.data if first.known and second.known else None
    return None if same is None else same == (operators[0] in ("is", "==") and len(operators) == 1)


_TYPES = {"str": str, "int": int, "float": float, "bool": bool, "dict": dict, "list": list}


def _of_type(module: Module, call: Node, depth: int) -> bool | None:
    """Return the value of `isinstance(value, type)` and `callable(value)`, if it is known."""
    function, given = call.child_by_field_name("function"), Arguments(module, call).positional
    name = module.text(function) if function is not None else ""
    if name not in ("isinstance", "callable") or not given:
        return None
    found = resolve_node(module, given[0])
    if isinstance(found, Found) and found.node.type in ("function_definition", "lambda"):
        return name == "callable"
    value = module.evaluate(given[0], depth)
    if not value.known:
        return None
    type_ = _TYPES.get(module.text(given[1])) if len(given) == 2 else None
    return False if name == "callable" else isinstance(value.data, type_) if type_ is not None else None
