"""Follows names, members and calls in JavaScript and TypeScript."""

from collections.abc import Iterator, Mapping, Sequence

from toolsmell.sources.code.following import exported, resolve, target
from toolsmell.sources.code.guards import chosen
from toolsmell.sources.code.javascript import functions
from toolsmell.sources.code.javascript.functions import CLASSES, FUNCTIONS, callee, unwrapped
from toolsmell.sources.code.javascript.pairs import Pair, Pairs, branches, pair_of
from toolsmell.sources.code.module import MAX_FOLLOWED, Found, Key, Module
from toolsmell.sources.code.nodes import arguments_of, around, parts_of
from toolsmell.sources.code.parsed import Binding
from toolsmell.sources.code.syntax import Node
from toolsmell.text import pattern

_NAMES = frozenset(("identifier", "shorthand_property_identifier", "member_expression", "subscript_expression", "this"))
_FOLLOWED = _NAMES | {"call_expression"}


def resolve_node(module: Module, node: Node, depth: int = 0) -> Found | Module | None:
    """Follow a name or a member to the expression, function, class or file that it stands for."""
    node = unwrapped(node)
    if depth > MAX_FOLLOWED or module.project.steps.exhausted():
        return None
    if node.type in ("identifier", "shorthand_property_identifier"):
        found = _name(module, node, depth)
    elif node.type == "member_expression":
        found = _member(module, node, depth)
    elif node.type == "subscript_expression":
        found = _indexed(module, node, depth)
    elif node.type == "this":
        return _this(module, node)
    elif node.type == "call_expression":
        return _required(module, node) or Found(module, node)
    else:
        return Found(module, node)
    if isinstance(found, Found) and found.node.id != node.id:
        inner = unwrapped(found.node)
        if inner.type in _FOLLOWED:
            return resolve_node(found.module, inner, depth + 1)
        return Found(found.module, inner)
    return found


def _name(module: Module, node: Node, depth: int) -> Found | Module | None:
    name = module.text(node)
    binding = module.lookup(name, node.start_byte)
    if binding is None:
        return module if name == "exports" else resolve(module, name, node.start_byte)
    if binding.value is not None and binding.member is not None:
        return _part(Found(module, binding.value), binding.member, depth)
    return target(module, binding)


def _member(module: Module, node: Node, depth: int) -> Found | Module | None:
    owner, name = node.child_by_field_name("object"), node.child_by_field_name("property")
    if owner is None or name is None:
        return None
    held = resolve_node(module, owner, depth + 1)
    if isinstance(held, Module):
        return exported(held, module.text(name))
    return _part(held, module.text(name), depth) if held else None


def _indexed(module: Module, node: Node, depth: int) -> Found | Module | None:
    """Return `object["key"]`; if the key is not known, the element that is assumed."""
    owner, index = node.child_by_field_name("object"), node.child_by_field_name("index")
    if owner is None or index is None:
        return None
    key = resolve_node(module, index, depth + 1)
    if isinstance(key, Found) and key.node.type in ("string", "number", "property_identifier"):
        return _part(Found(module, owner), module_text(key), depth + 1)
    return module.value_of(node)


def module_text(found: Found) -> str:
    return found.module.text(found.node).strip("'\"")


def _this(module: Module, node: Node) -> Found | None:
    """Return the value of `this` in a class: the object or the subclass that is assumed, else the class itself."""
    class_ = around(node, CLASSES)
    if class_ is None:
        return None
    return module.value_of(class_) or Found(module, class_)


def part_of(held: Found, name: str) -> Found | Module | None:
    """Return a member of a value: of an object, a class, a new object or an enumeration."""
    return _part(held, name, 0)


def _part(held: Found, name: str, depth: int) -> Found | Module | None:
    """Return a member of an object, a class, a new object or an enumeration."""
    module, node = held.module, unwrapped(held.node)
    if depth > MAX_FOLLOWED or module.project.steps.exhausted():
        return None
    if node.type in _NAMES:
        found = resolve_node(module, node, depth + 1)
        if isinstance(found, Module):
            return exported(found, name)
        return _part(found, name, depth + 1) if found is not None and found.node.id != node.id else None
    if node.type == "call_expression":
        made = _required(module, node)
        if isinstance(made, Module):
            return exported(made, name)
        return _part(made, name, depth + 1) if made else _part_of_result(module, node, name, depth + 1)
    if node.type == "program":
        return exported(module, name)
    if node.type == "object":
        pair = pairs(module, node, depth + 1).members.get(name)
        return Found(pair.module, pair.value) if pair else None
    if node.type == "array" and name.isdecimal():
        items = parts_of(node)
        return Found(module, items[int(name)]) if int(name) < len(items) else None
    if node.type in CLASSES:
        return _member_of_class(module, node, name, None, depth + 1)
    if node.type == "new_expression":
        return _member_of_new(module, node, name, depth + 1)
    return next((Found(module, value) for key, value in functions.members_of(module, node) if key == name), None)


def _part_of_result(module: Module, call: Node, name: str, depth: int) -> Found | Module | None:
    """Return a member of what a function of the project returns; of several values, the first that has it."""
    function = called(module, call, depth)
    values = functions.returns(function.node)[:MAX_RESULTS] if function else []
    found = (_part(Found(function.module, value), name, depth + 1) for value in values if function is not None)
    return next((one for one in found if one is not None), None)


MAX_RESULTS = 8
"""Values that one function may return."""


def _member_of_new(module: Module, node: Node, name: str, depth: int) -> Found | None:
    called = callee(node)
    class_ = resolve_node(module, called, depth) if called else None
    if not isinstance(class_, Found) or class_.node.type not in CLASSES:
        return None
    given = [Found(module, argument) for argument in arguments_of(node)]
    inside = class_.module.within({(class_.module.path, class_.node.start_byte): Found(module, node)})
    return _member_of_class(inside, class_.node, name, given, depth)


def _member_of_class(module: Module, node: Node, name: str, given: list[Found] | None, depth: int) -> Found | None:
    """Return a member of an object of a class whose constructor gets `given`; None if nothing says what it gets."""
    if name == "constructor":
        return Found(module, node)
    if depth > MAX_FOLLOWED:
        return None
    own = next((value for key, value in functions.members(module, node) if key == name), None)
    if own is not None:
        return Found(module, own)
    made = functions.constructor(module, node)
    if made is not None:
        # A class that is read on its own says nothing about the arguments of its constructor.
        module = module if given is None else module.within(arguments_given(module, made, given))
        value = functions.assigned(module, made, name)
        if value is not None:
            static = _static_name(module, node) if given is None and name == "name" else None
            return static or Found(module, value)
        call = functions.super_call(module, made)
        if given is not None:
            given = [Found(module, argument) for argument in arguments_of(call)] if call else []
    base = functions.superclass(node)
    parent = resolve_node(module, base, depth + 1) if base is not None else None
    if not isinstance(parent, Found) or parent.node.type not in CLASSES:
        return None
    return _member_of_class(parent.module, parent.node, name, given, depth + 1)


def _required(module: Module, node: Node) -> Found | Module | None:
    """Return the file that `require("./file")` gives, or the enumeration that an immediate function makes."""
    function, arguments = callee(node), arguments_of(node)
    if function is None:
        return None
    inner = unwrapped(function)
    if inner.type in ("arrow_function", "function_expression"):
        return Found(module, inner)
    if (document := module.document(node)) is not None:
        return document
    if (checked := _checked(module, function, arguments)) is not None:
        return checked
    if module.text(function) == "require" and len(arguments) == 1 and arguments[0].type == "string":
        return target(module, Binding(origin=module.text(arguments[0])[1:-1]))
    return None


def _checked(module: Module, function: Node, arguments: list[Node]) -> Found | Module | None:
    """Return the argument of `Schema.parse(value)`, which gives the value that it checks."""
    name = function.child_by_field_name("property") if function.type == "member_expression" else None
    owner = function.child_by_field_name("object")
    if name is None or owner is None or len(arguments) != 1 or module.text(name) not in ("parse", "parseAsync"):
        return None
    schema = module.text(owner)
    return resolve_node(module, arguments[0]) if pattern(_SCHEMA).search(schema) else None


_SCHEMA = r"(?i)^z\.|schema$"
"""The beginning or the end of the name of a schema of zod."""


def _static_name(module: Module, node: Node) -> Found | None:
    """Return the static name of the class that `this` is assumed to be: what makes the object passes it on."""
    held = module.project.assumed.get((module.path, node.start_byte)) or Found(module, node)
    value = functions.static_name(held.module, held.node) if held.node.type in CLASSES else None
    return Found(held.module, value) if value is not None else None


def arguments_given(module: Module, function: Node, given: Sequence[Found | None]) -> Mapping[Key, Found]:
    """Return the values of the parameters of a function that is called with these arguments."""
    result: dict[Key, Found] = {}
    for position, parameter in enumerate(functions.parameters_of(function)):
        value = given[position] if position < len(given) else None
        result.update(bound(module, parameter, value))
    return result


def bound(module: Module, pattern: Node, value: Found | None) -> Iterator[tuple[Key, Found]]:
    """Yield the names that a pattern binds, also those of an object that is taken apart."""
    inner = pattern.child_by_field_name("pattern") or pattern
    if inner.type != "object_pattern":
        yield from functions.bound(module, pattern, value)
        return
    for child in inner.named_children if value is not None else ():
        key = child.child_by_field_name("key") or child.child_by_field_name("left") or child
        name = child.child_by_field_name("value") or child.child_by_field_name("left") or child
        part = part_of(value, module.text(key)) if value is not None and child.type != "rest_pattern" else None
        if isinstance(part, Found):
            yield from functions.bound(module, name, part)


def called(module: Module, call: Node, depth: int) -> Found | None:
    """Return the function of the project that a call calls, with the values of its parameters."""
    function = callee(call)
    found = resolve_node(module, function, depth + 1) if function and depth <= MAX_FOLLOWED else None
    if isinstance(found, Found) and found.node.type == "call_expression":
        found = returned(found.module, found.node, depth + 1)
    if not isinstance(found, Found) or found.node.type not in FUNCTIONS:
        return None
    given = [Found(module, argument) for argument in arguments_of(call)]
    return Found(found.module.within(arguments_given(found.module, found.node, given)), found.node)


def returned(module: Module, call: Node, depth: int) -> Found | None:
    """Return the expression that a call of a function of the project gives, as far as conditions are known."""
    function = called(module, call, depth)
    values = functions.returns(function.node) if function else []
    value = chosen(function.module, values, function.node, depth + 1) if function and depth <= MAX_FOLLOWED else None
    return Found(function.module, value) if function and value is not None else None


def object_given(found: Found | Module | None, depth: int = 0) -> Found | Module | None:
    """Return the object that a call of a function of the project gives; anything else as it is."""
    if not isinstance(found, Found) or found.node.type != "call_expression":
        return found
    made = returned(found.module, found.node, depth)
    inner = resolve_node(made.module, made.node, depth) if made is not None else None
    return inner if isinstance(inner, Found) and inner.node.type == "object" else found


def pairs(module: Module, node: Node, depth: int = 0) -> Pairs:
    """Return the members of an object, those that it takes over from others included."""
    found: dict[str, Pair] = {}
    rest: str | None = None
    for child in node.named_children:
        if child.type == "spread_element":
            taken = _spread(module, child, depth)
            found.update(taken.members)
            rest = taken.rest or rest
        elif pair := pair_of(module, child):
            found[pair[0]] = pair[1]
        elif child.type != "comment":
            rest = f"a key is computed at run time: {module.words(child)}"
    return Pairs(found, rest)


def _spread(module: Module, node: Node, depth: int) -> Pairs:
    """Return the members that are taken over; under a condition, all that may be."""
    found: dict[str, Pair] = {}
    spread = node.named_children[0] if node.named_children else node
    parts = branches(spread)
    rest = None if parts == [unwrapped(spread)] else f"is up to a condition: {module.words(node)}"
    for part in parts:
        held = object_given(resolve_node(module, part, depth + 1), depth + 1)
        if isinstance(held, Found) and held.node.type == "object" and depth <= MAX_FOLLOWED:
            taken = pairs(held.module, held.node, depth + 1)
            found.update(taken.members)
            rest = taken.rest or rest
        else:
            rest = f"takes over what is computed at run time: {module.words(node)}"
    return Pairs(found, rest)
