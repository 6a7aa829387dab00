"""Functions and classes of JavaScript and TypeScript: their parameters, what they return, their members."""

from collections.abc import Iterator

from toolsmell.sources.code.module import Found, Key, Module
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.syntax import Node
from toolsmell.text import pattern

# Types and marks around a value that do not change it; a promise is read as what it gives.
_WRAPPERS = frozenset(
    (
        "as_expression", "satisfies_expression", "non_null_expression", "parenthesized_expression", "type_assertion",
        "await_expression",
    )
)  # fmt: skip
MAX_BASES = 10
"""Classes that extend one another."""

FUNCTIONS = frozenset(
    ("arrow_function", "function_expression", "function_declaration", "method_definition", "function")
)
CLASSES = frozenset(("class_declaration", "abstract_class_declaration", "class"))
_STATIC_NAME = r"(?i)(?:tool_?)?name$"
_FIELDS = frozenset(("public_field_definition", "field_definition"))
_PARAMETERS = frozenset(("required_parameter", "optional_parameter", "assignment_pattern", "object_assignment_pattern"))


def unwrapped(node: Node) -> Node:
    """Return the expression without parentheses, `await` and assertions of its type."""
    while node.type in _WRAPPERS:
        inner = parts_of(node)
        if not inner:
            break
        node = inner[-1] if node.type == "type_assertion" else inner[0]
    return node


def outermost(node: Node) -> Node:
    """Return the expression with the parentheses and assertions of its type around it."""
    outer = node
    while outer.parent is not None and outer.parent.type in _WRAPPERS and unwrapped(outer.parent).id == node.id:
        outer = outer.parent
    return outer


def callee(node: Node) -> Node | None:
    return node.child_by_field_name("function" if node.type == "call_expression" else "constructor")


def parameters_of(function: Node) -> list[Node]:
    """Return the parameters of a function, in order."""
    single = function.child_by_field_name("parameter")
    if single is not None:
        return [single]
    parameters = function.child_by_field_name("parameters")
    return list(parts_of(parameters)) if parameters else []


def returns(function: Node) -> list[Node]:
    """Return the expressions that a function returns."""
    body = function.child_by_field_name("body")
    if body is None:
        return []
    if body.type != "statement_block":
        return [body]
    return [
        statement.named_children[0]
        for statement in statements(body)
        if statement.type == "return_statement" and statement.named_children
    ]


def statements(body: Node) -> Iterator[Node]:
    """Yield the statements of a block in order, those inside of other statements too, but not those of functions."""
    waiting = [body]
    while waiting:
        node = waiting.pop()
        if node.type.endswith(("statement", "declaration", "block", "clause", "body", "case", "default")):
            yield node
            waiting.extend(child for child in reversed(node.named_children) if child.type not in FUNCTIONS | CLASSES)


def bound(module: Module, pattern: Node, value: Found | None) -> Iterator[tuple[Key, Found]]:
    """Yield the names that a pattern binds, with their values; a pattern without a value uses its default."""
    if pattern.type in ("identifier", "shorthand_property_identifier_pattern"):
        yield (module.path, pattern.start_byte), value or module.project.nothing(module.language)
    elif pattern.type in _PARAMETERS:
        inner = pattern.child_by_field_name("pattern") or pattern.child_by_field_name("left")
        default = pattern.child_by_field_name("value") or pattern.child_by_field_name("right")
        if inner is not None:
            given = value or (Found(module, default) if default is not None else None)
            yield from bound(module, inner, given)


def superclass(node: Node) -> Node | None:
    """Return the expression that names the class that a class extends."""
    heritage = next((child for child in node.named_children if child.type == "class_heritage"), None)
    if heritage is None or not heritage.named_children:
        return None
    first = heritage.named_children[0]
    return first.child_by_field_name("value") if first.type == "extends_clause" else first


def members(module: Module, node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the fields and methods of a class; a getter as what it returns."""
    body = node.child_by_field_name("body")
    for child in body.named_children if body else ():
        name = child.child_by_field_name("name") or child.child_by_field_name("property")
        if name is None:
            continue
        key = module.text(name).strip("'\"")
        value = child.child_by_field_name("value")
        if child.type in _FIELDS and value is not None:
            yield key, value
        elif child.type == "method_definition":
            got = returns(child) if any(one.type == "get" for one in child.children) else []
            yield key, got[0] if len(got) == 1 else child


def static_name(module: Module, node: Node) -> Node | None:
    """Return the static field of a class that names its tool: `static toolName = "..."`."""
    return next((value for key, value in members(module, node) if pattern(_STATIC_NAME).match(key)), None)


def constructor(module: Module, node: Node) -> Node | None:
    return next((value for key, value in members(module, node) if key == "constructor"), None)


def assigned(module: Module, function: Node, name: str) -> Node | None:
    """Return the value of `this.name` in a constructor: by an assignment, or by a parameter that is a field."""
    for parameter in parameters_of(function):
        inner = parameter.child_by_field_name("pattern")
        marked = any(child.type in ("accessibility_modifier", "readonly") for child in parameter.children)
        if inner is not None and marked and module.text(inner) == name:
            return inner
    body = function.child_by_field_name("body")
    for statement in statements(body) if body else ():
        inner = statement.named_children[0] if statement.type == "expression_statement" else None
        left = inner.child_by_field_name("left") if inner and inner.type == "assignment_expression" else None
        if inner and left and module.text(left) == f"this.{name}":
            return inner.child_by_field_name("right")
    return None


def super_call(module: Module, function: Node) -> Node | None:
    """Return the call `super(...)` in a constructor."""
    body = function.child_by_field_name("body")
    for statement in statements(body) if body else ():
        inner = statement.named_children[0] if statement.type == "expression_statement" else None
        called = inner.child_by_field_name("function") if inner and inner.type == "call_expression" else None
        if inner and called and module.text(called) == "super":
            return inner
    return None


def members_of(module: Module, node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the static members of a class, or the members of an enumeration, also of a compiled one."""
    body = node.child_by_field_name("body")
    for child in body.named_children if body else ():
        if child.type in ("enum_assignment", "public_field_definition", "field_definition"):
            name = child.child_by_field_name("name") or child.child_by_field_name("property")
            value = child.child_by_field_name("value")
            if name and value:
                yield module.text(name).strip("'\""), value
        elif child.type == "expression_statement" and node.type in FUNCTIONS:
            yield from _assigned_member(module, child.named_children[0])


def _assigned_member(module: Module, node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the member that `Name["A"] = "a"` sets."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    index = left.child_by_field_name("index") if left and left.type == "subscript_expression" else None
    if node.type == "assignment_expression" and index and right:
        yield module.text(index).strip("'\""), right
