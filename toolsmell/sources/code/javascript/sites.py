"""Finds the values of parameters, loop variables and `this`: call sites, elements, subclasses, types."""

import re
from collections.abc import Iterator, Mapping

from toolsmell.sources.code.following import written_type
from toolsmell.sources.code.javascript import functions, reach
from toolsmell.sources.code.javascript.functions import CLASSES, FUNCTIONS, callee, unwrapped
from toolsmell.sources.code.javascript.names import arguments_given, called, resolve_node
from toolsmell.sources.code.methods import may_mean
from toolsmell.sources.code.module import Element, Found, Key, Module
from toolsmell.sources.code.nodes import arguments_of, around, contains
from toolsmell.sources.code.syntax import Match, Node
from toolsmell.text import pattern

_NAMED = FUNCTIONS - {"arrow_function", "function_expression", "function"}
_HOLDERS = frozenset(("variable_declarator", "pair", "public_field_definition", "field_definition"))
# Methods of the SDK: a call of one of them on an unknown object is a registration, not a call of the project.
_SDK = frozenset(("registerTool", "tool", "addTool", "setRequestHandler"))
_TYPE = r"[A-Za-z_$][\w$]*"
_BUILT_IN = frozenset("Record Array Promise Partial Readonly ReadonlyArray Map Set string any unknown number".split())


def options(root: Found) -> Iterator[Iterator[Mapping[Key, Found]]]:
    """Yield the ways to the values of a name: its calls, elements or subclasses, then the objects of its type."""
    module, node = root
    loop = _loop(node)
    function = around(node, FUNCTIONS)
    if node.type in CLASSES:
        yield _instances(module, node)
    elif node.type == "subscript_expression":
        yield _entries(module, node)
    elif loop is not None:
        yield _iterations(module, loop)
        yield _typed_iterations(module, loop)
        yield _loaded(module, node, loop)
    elif function is not None and _name_text(module, function) == "constructor":
        yield _constructions(module, function)
    elif function is not None:
        yield _calls(module, function)
        yield _typed(module, function, node)
        yield _loaded(module, node, function)


_NAMING = ("name", "method", "toolName", "id")


def _loaded(module: Module, node: Node, around_: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the files that export the members of a tool: programs load such files from a folder at run time."""
    used = set(pattern(rf"(?<![\w$.]){re.escape(module.text(node))}\.(\w+)").findall(module.text(around_)))
    naming = next((name for name in _NAMING if name in used), None)
    if node.type != "identifier" or naming is None or "description" not in used:
        return
    for other in module.project.mentioning("description", module):
        if not other.language.is_script or other.path == module.path or not module.project.near(other, module):
            continue
        if {naming, "description"} <= other.scopes[0].names.keys():
            yield {(module.path, node.start_byte): Found(other, other.root)}


def _name_text(module: Module, function: Node) -> str | None:
    name = function.child_by_field_name("name")
    return module.text(name) if name is not None else None


def _constructions(module: Module, function: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the values of the parameters of a constructor where objects of its class are made."""
    class_ = around(function, CLASSES)
    for given in _instances(module, class_) if class_ is not None else ():
        held = next(iter(given.values()))
        if held.node.type == "new_expression":
            arguments = [Found(held.module, argument) for argument in arguments_of(held.node)]
            yield {**given, **arguments_given(module, function, arguments)}


def _entries(module: Module, node: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the possible values of `object[key]` if the key is not known: each member."""
    owner = node.child_by_field_name("object")
    for one in reach.elements(Found(module, owner)) if owner is not None else ():
        yield {(module.path, node.start_byte): one.value}


def _loop(node: Node) -> Node | None:
    """Return the `for ... of` whose variable a node is."""
    outer = node
    while outer.parent is not None and outer.parent.type in ("array_pattern", "object_pattern", "pair_pattern"):
        outer = outer.parent
    parent = outer.parent
    left = parent.child_by_field_name("left") if parent is not None and parent.type == "for_in_statement" else None
    return parent if left is not None and left.id == outer.id else None


def _iterations(module: Module, loop: Node) -> Iterator[Mapping[Key, Found]]:
    left, right = loop.child_by_field_name("left"), loop.child_by_field_name("right")
    if left is not None and right is not None:
        for one in reach.elements(Found(module, right)):
            yield dict(reach.spread(module, left, one))


def _typed_iterations(module: Module, loop: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the classes of the type that a list has by its annotation, or by that of the function that returns it."""
    left, right = loop.child_by_field_name("left"), loop.child_by_field_name("right")
    annotation = _annotation(module, unwrapped(right)) if right is not None else None
    for name in _type_names(annotation.module, annotation.node) if annotation is not None else ():
        for value in _classes_of(annotation.module, name) if annotation is not None else ():
            if left is not None:
                yield dict(reach.spread(module, left, Element(value)))


def _annotation(module: Module, node: Node) -> Found | None:
    """Return the type that is written for a name, or for what a function returns."""
    if (written := written_type(module, node)) is not None:
        return Found(module, written)
    found = resolve_node(module, node)
    call = found.node if isinstance(found, Found) and found.node.type == "call_expression" else None
    made = called(found.module, call, 0) if isinstance(found, Found) and call is not None else None
    returned = made.node.child_by_field_name("return_type") if made is not None else None
    return Found(made.module, returned) if made is not None and returned is not None else None


def _classes_of(module: Module, type_: str, depth: int = 0) -> Iterator[Found]:
    """Yield the classes that extend or implement a type, also through others; those that objects are made of."""
    for other, use in _uses(module, type_) if depth <= functions.MAX_BASES else ():
        class_ = around(use["name"], CLASSES) if "extends" in use or "implements" in use else None
        name = class_.child_by_field_name("name") if class_ is not None else None
        if class_ is None or other.text(use["name"]) != type_:
            continue
        if class_.type != "abstract_class_declaration":
            yield Found(other, class_)
        if name is not None and other.text(name) != type_:
            yield from _classes_of(other, other.text(name), depth + 1)


def _instances(module: Module, node: Node, depth: int = 0) -> Iterator[Mapping[Key, Found]]:
    """Yield the subclasses of a class, and the places that make objects of it."""
    name = node.child_by_field_name("name")
    if name is None or depth > functions.MAX_BASES:
        return
    key = (module.path, node.start_byte)
    for other, use in _uses(module, module.text(name)):
        if "extends" in use and _is(other, use["name"], module, node):
            class_ = around(use["extends"], CLASSES)
            if class_ is not None:
                yield from _of_subclass(key, other, class_, depth)
        elif "new" in use and _is(other, use["name"], module, node):
            yield {key: Found(other, use["new"])}


def _of_subclass(key: Key, module: Module, class_: Node, depth: int) -> Iterator[Mapping[Key, Found]]:
    if class_.type != "abstract_class_declaration":
        yield {key: Found(module, class_), (module.path, class_.start_byte): Found(module, class_)}
    for given in _instances(module, class_, depth + 1):
        yield {**given, key: next(iter(given.values()))}


def _uses(module: Module, name: str) -> Iterator[tuple[Module, Match]]:
    for other in module.project.mentioning(name, module):
        if other.language.is_script:
            for use in other.usage.uses.get(name, ()):
                yield other, use


def _is(module: Module, name: Node, other: Module, node: Node) -> bool:
    """Return True if a name stands for a node of another file."""
    found = resolve_node(module, name)
    return isinstance(found, Found) and found.module.path == other.path and found.node.start_byte == node.start_byte


def _calls(module: Module, function: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the values of the parameters of a function for each call of it."""
    given = _callback_of(function)
    if given is not None:
        yield from _each(module, function, given)
        return
    name = _name_of(function)
    if name is not None:
        yield from _by_name(module, function, module.text(name))
        return
    outer = _returning(function)
    if outer is not None:
        yield from _curried(module, function, outer)


def _callback_of(function: Node) -> Node | None:
    """Return the call that gets a function as its first argument, as in `list.forEach(function)`."""
    holder = function.parent
    call = holder.parent if holder is not None and holder.type == "arguments" else None
    return call if call is not None and call.type == "call_expression" else None


def _each(module: Module, function: Node, call: Node) -> Iterator[Mapping[Key, Found]]:
    called = callee(call)
    owner = called.child_by_field_name("object") if called is not None and called.type == "member_expression" else None
    if owner is None:
        return
    for one in reach.elements(Found(module, owner)):
        yield reach.taken(Found(module, function), one)


def _name_of(function: Node) -> Node | None:
    """Return the name by which a function is called."""
    own = function.child_by_field_name("name")
    if own is not None and function.type in _NAMED:
        return own
    holder = function.parent
    while holder is not None and unwrapped(holder).id == function.id:
        holder = holder.parent
    if holder is None:
        return None
    if holder.type in _HOLDERS:
        return holder.child_by_field_name("name" if holder.type != "pair" else "key")
    left = holder.child_by_field_name("left") if holder.type == "assignment_expression" else None
    return left.child_by_field_name("property") or left if left is not None else None


def _by_name(module: Module, function: Node, name: str) -> Iterator[Mapping[Key, Found]]:
    key = (module.path, function.start_byte)
    sites = module.project.sites
    if key not in sites:
        sites[key] = [
            (other, use)
            for other, use in _uses(module, name)
            if "call" in use
            and not _inside(use["call"], function, other, module)
            and _may_call(other, use["call"], module, function)
        ]
    for other, use in sites[key]:
        yield arguments_given(module, function, [Found(other, argument) for argument in arguments_of(use["call"])])


def _inside(call: Node, function: Node, here: Module, there: Module) -> bool:
    return here.path == there.path and function.start_byte <= call.start_byte and call.end_byte <= function.end_byte


def _may_call(module: Module, call: Node, other: Module, function: Node) -> bool:
    """Return True if a call calls a function, as far as the code tells."""
    called = callee(call)
    if called is None:
        return False
    found = resolve_node(module, called)
    if isinstance(found, Found) and found.node.id != called.id:
        return found.module.path == other.path and found.node.start_byte == function.start_byte
    if called.type != "member_expression":
        return False
    # The object is not known. A method that is called like one of the SDK may be that.
    name = called.child_by_field_name("property")
    is_method = function.type == "method_definition" or (function.parent is not None and function.parent.type == "pair")
    if not is_method or name is None or module.text(name) in _SDK:
        return False
    return may_mean(module, module.text(name), other)


def _returning(function: Node) -> Node | None:
    """Return the function that returns a function."""
    outer = around(function, FUNCTIONS)
    values = [unwrapped(value).id for value in functions.returns(outer)] if outer is not None else []
    return outer if function.id in values else None


def _curried(module: Module, function: Node, outer: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the values for calls of what `outer(...)` returns: `outer(...)(x)`, `const f = outer(...); f(x)`."""
    name = _name_of(outer)
    for other, use in _uses(module, module.text(name)) if name is not None else ():
        made = use.get("call")
        if made is None or not _may_call(other, made, module, outer):
            continue
        first = arguments_given(module, outer, [Found(other, argument) for argument in arguments_of(made)])
        for call in _calls_of(other, made):
            yield {
                **first,
                **arguments_given(module, function, [Found(other, argument) for argument in arguments_of(call)]),
            }


def _calls_of(module: Module, made: Node) -> Iterator[Node]:
    """Yield the calls of the function that a call returns."""
    parent = made.parent
    called = callee(parent) if parent is not None and parent.type == "call_expression" else None
    if parent is not None and called is not None and called.id == made.id:
        yield parent
    name = parent.child_by_field_name("name") if parent is not None and parent.type == "variable_declarator" else None
    for use in module.usage.uses.get(module.text(name), ()) if name is not None else ():
        if "call" in use and _is(module, use["name"], module, made):
            yield use["call"]


def _typed(module: Module, function: Node, node: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the objects of the project that are written with the type of a parameter."""
    parameter = next((one for one in functions.parameters_of(function) if contains(one, node)), None)
    annotation = parameter.child_by_field_name("type") if parameter is not None else None
    if parameter is None or annotation is None:
        return
    for name in _type_names(module, annotation):
        for value in (*objects_of(module, name), *_classes_of(module, name)):
            yield dict(reach.spread(module, parameter, Element(value)))


def _type_names(module: Module, annotation: Node) -> list[str]:
    names = pattern(_TYPE).findall(module.text(annotation))
    return [name for name in names if name not in _BUILT_IN and len(name) > 2][:2]


def objects_of(module: Module, type_: str) -> Iterator[Found]:
    """Yield the objects that are declared with a type, alone or in a list."""
    for other, use in _uses(module, type_):
        if "function" in use:
            for value in functions.returns(use["function"]):
                yield from _objects_in(Found(other, value))
        elif "value" in use:
            yield from _objects_in(Found(other, use["value"]))


def _objects_in(found: Found) -> Iterator[Found]:
    node = unwrapped(found.node)
    if node.type == "object":
        values = [child.child_by_field_name("value") for child in node.named_children if child.type == "pair"]
        if values and all(value is not None and unwrapped(value).type == "object" for value in values):
            yield from (Found(found.module, unwrapped(value)) for value in values if value is not None)
        elif values:
            yield Found(found.module, node)
    elif node.type in ("array", "call_expression"):
        yield from (one.value for one in reach.elements(found) if unwrapped(one.value.node).type == "object")
