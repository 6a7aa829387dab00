"""The types of expressions of Go, as far as they are written: enough to find the method that a call runs."""

from collections.abc import Iterator
from typing import NamedTuple
from weakref import WeakKeyDictionary

from toolsmell.sources.code.go.names import FUNCTIONS, directory_of, files_of, resolve_node, type_name
from toolsmell.sources.code.go.structs import fields
from toolsmell.sources.code.module import Found, Module, Project
from toolsmell.sources.code.syntax import Node

MAX_DEPTH = 6
"""Expressions that are followed to a type."""


class Typed(NamedTuple):
    """A type of the project: a `type_spec`, and the file that declares it."""

    module: Module
    spec: Node

    @property
    def name(self) -> str:
        name = self.spec.child_by_field_name("name")
        return self.module.text(name) if name is not None else ""

    @property
    def fields(self) -> Iterator[Node]:
        """The fields of a struct."""
        type_ = self.spec.child_by_field_name("type")
        yield from fields(type_) if type_ is not None and type_.type == "struct_type" else ()


_METHODS: "WeakKeyDictionary[Project, dict[tuple[str, str, str], Found]]" = WeakKeyDictionary()
"""By project: the methods by folder, name of the type, and name."""

_FOLDERS: "WeakKeyDictionary[Project, set[str]]" = WeakKeyDictionary()


def method_of(held: Typed, name: str) -> Found | None:
    """Return the method of a type, in any file of its package."""
    project, folder = held.module.project, held.module.path.parent
    methods, seen = _METHODS.setdefault(project, {}), _FOLDERS.setdefault(project, set())
    if str(folder) not in seen:
        seen.add(str(folder))
        for module in files_of(project, folder):
            for node in module.root.named_children:
                if node.type == "method_declaration" and (receiver := _receiver(module, node)) is not None:
                    own = node.child_by_field_name("name")
                    methods[str(folder), receiver, module.text(own) if own is not None else ""] = Found(module, node)
    return methods.get((str(folder), held.name, name))


def _receiver(module: Module, method: Node) -> str | None:
    """Return the name of the type that a method belongs to."""
    receiver = method.child_by_field_name("receiver")
    declared = receiver.named_children[0] if receiver is not None and receiver.named_children else None
    type_ = declared.child_by_field_name("type") if declared is not None else None
    return type_name(module, type_) if type_ is not None else None


def type_at(module: Module, type_: Node) -> Typed | None:
    """Return the type of the project that is written at a node, also behind a pointer."""
    while type_.type in ("pointer_type", "parenthesized_type") and type_.named_children:
        type_ = type_.named_children[0]
    if type_.type not in ("type_identifier", "qualified_type"):
        return None
    found = _qualified(module, type_) if type_.type == "qualified_type" else resolve_node(module, type_)
    return Typed(found.module, found.node) if found is not None and found.node.type == "type_spec" else None


def _qualified(module: Module, type_: Node) -> Found | None:
    """Follow `package.Name`; a package of a library is none of the project."""
    package = type_.child_by_field_name("package")
    inside = package is not None and directory_of(module, module.text(package)) is not None
    return resolve_node(module, type_) if inside else None


def type_of(module: Module, node: Node, depth: int = 0) -> Typed | None:
    """Return the type of an expression, if it is one of the project."""
    if depth > MAX_DEPTH:
        return None
    match node.type:
        case "parenthesized_expression" | "unary_expression":
            return type_of(module, node.named_children[-1], depth + 1) if node.named_children else None
        case "composite_literal":
            type_ = node.child_by_field_name("type")
            return type_at(module, type_) if type_ is not None else None
        case "identifier":
            return _of_name(module, node, depth)
        case "selector_expression":
            return _of_field(module, node, depth)
        case "call_expression":
            return _of_call(module, node, depth)
    return None


def _of_name(module: Module, node: Node, depth: int) -> Typed | None:
    binding = module.lookup(module.text(node), node.start_byte)
    if binding is None or binding.at is None:
        return None
    declared = binding.at.parent
    type_ = declared.child_by_field_name("type") if declared is not None else None
    if type_ is not None and declared is not None and declared.type in ("parameter_declaration", "var_spec"):
        return type_at(module, type_)
    value = binding.value or _assigned_first(binding.at)
    return type_of(module, value, depth + 1) if value is not None and value.type not in FUNCTIONS else None


def _assigned_first(name: Node) -> Node | None:
    """Return the call in `name, err := call()`."""
    left = name.parent
    holder = left.parent if left is not None and left.type == "expression_list" else None
    right = holder.child_by_field_name("right") if holder is not None else None
    is_first = left is not None and left.named_children[0].id == name.id
    values = right.named_children if right is not None else []
    return values[0] if is_first and len(values) == 1 and values[0].type == "call_expression" else None


def _of_field(module: Module, node: Node, depth: int) -> Typed | None:
    owner, name = node.child_by_field_name("operand"), node.child_by_field_name("field")
    held = type_of(module, owner, depth + 1) if owner is not None else None
    for field in held.fields if held is not None else ():
        type_ = field.child_by_field_name("type")
        names = [held.module.text(one) for one in field.children_by_field_name("name")] if held is not None else []
        if held is not None and name is not None and type_ is not None and module.text(name) in names:
            return type_at(held.module, type_)
    return None


def _of_call(module: Module, node: Node, depth: int) -> Typed | None:
    """Return the type of the first result of a function of the project."""
    function = function_at(module, node, depth + 1)
    result = function.node.child_by_field_name("result") if function is not None else None
    if function is None or result is None:
        return None
    if result.type == "parameter_list":
        first = result.named_children[0] if result.named_children else None
        type_ = first.child_by_field_name("type") if first is not None else None
        return type_at(function.module, type_) if type_ is not None else None
    return type_at(function.module, result)


def function_at(module: Module, call: Node, depth: int = 0) -> Found | None:
    """Return the function or method of the project that a call runs, or None if it is none or not certain."""
    function = call.child_by_field_name("function")
    if function is not None and function.type in ("index_expression", "type_instantiation_expression"):
        function = function.named_children[0]
    return function_named(module, function, depth) if function is not None else None


def function_named(module: Module, node: Node, depth: int = 0) -> Found | None:
    """Return the function or method that an expression names."""
    if node.type == "identifier":
        found = resolve_node(module, node)
        return found if found is not None and found.node.type in FUNCTIONS else None
    if node.type != "selector_expression":
        return None
    owner, name = node.child_by_field_name("operand"), node.child_by_field_name("field")
    if owner is None or name is None:
        return None
    if owner.type == "identifier" and module.lookup(module.text(owner), node.start_byte) is None:
        found = resolve_node(module, node) if directory_of(module, module.text(owner)) is not None else None
        return found if found is not None and found.node.type == "function_declaration" else None
    held = type_of(module, owner, depth + 1)
    return method_of(held, module.text(name)) if held is not None else None
