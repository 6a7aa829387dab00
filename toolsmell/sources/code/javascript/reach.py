"""The values that an expression can hold at run time: the elements of lists, maps and objects."""

from collections.abc import Callable, Iterator, Mapping

from toolsmell.sources.code.following import target
from toolsmell.sources.code.javascript import functions
from toolsmell.sources.code.javascript.functions import FUNCTIONS, callee, unwrapped
from toolsmell.sources.code.javascript.names import bound, called, pairs, resolve_node
from toolsmell.sources.code.module import MAX_NESTED, Element, Found, Key, Module
from toolsmell.sources.code.mutations import changes
from toolsmell.sources.code.nodes import arguments_of, contains, parts_of
from toolsmell.sources.code.syntax import Match, Node

# Methods that give elements of the list that they are called on.
_SAME = frozenset("filter slice sort reverse concat toSorted toReversed values flat splice entries".split())
_EACH = frozenset(("map", "flatMap", "forEach"))


def elements(held: Found | Module | None, depth: int = 0) -> Iterator[Element]:
    """Yield the elements of a list, or the members of an object, a map or a file."""
    if isinstance(held, Module):
        yield from _exported(held)
        return
    if held is None or depth > MAX_NESTED or held.module.project.steps.exhausted():
        return
    module, node = held.module, unwrapped(held.node)
    reader = _READERS.get(node.type)
    if reader is not None:
        yield from reader(module, node, depth + 1)


def _exported(module: Module, depth: int = 0) -> Iterator[Element]:
    """Yield the named exports of a file."""
    for name, binding in module.scopes[0].names.items():
        found = target(module, binding)
        if name.startswith("*") and isinstance(found, Module) and depth < MAX_NESTED:
            yield from _exported(found, depth + 1)
        elif isinstance(found, Found) and name != "default":
            yield Element(found)


def _array(module: Module, node: Node, depth: int) -> Iterator[Element]:
    for child in node.named_children:
        if child.type == "spread_element":
            yield from elements(Found(module, child.named_children[0]), depth)
        elif child.type != "comment":
            yield Element(Found(module, child))


def _object(module: Module, node: Node, depth: int) -> Iterator[Element]:
    for pair in pairs(module, node, depth).members.values():
        yield Element(Found(pair.module, pair.value), Found(pair.module, pair.key))


def _name(module: Module, node: Node, depth: int) -> Iterator[Element]:
    """Yield the elements of what a name stands for, and of what is added to it later."""
    found = resolve_node(module, node)
    if isinstance(found, Module) or (found is not None and found.node.id != node.id):
        yield from elements(found, depth)
    elif node.type == "identifier" and (binding := module.lookup(module.text(node), node.start_byte)):
        for value in binding.others:
            if not contains(value, node):
                yield from elements(Found(module, value), depth)
    for other, match in changes(module, node):
        yield from _added(other, match, depth)


def _added(module: Module, match: Match, depth: int) -> Iterator[Element]:
    """Yield the elements that `push(x)`, `map.set(key, x)`, `object[key] = x` and `Object.assign(object, x)` add."""
    if "index" in match:
        yield Element(Found(module, match["right"]), Found(module, match["index"]))
    if "method" not in match:
        return
    given = arguments_of(match["call"])
    method = module.text(match["method"])
    if method == "assign":
        for one in given[1:]:
            yield from elements(Found(module, one), depth)
    elif method == "set" and len(given) == 2:
        yield Element(Found(module, given[1]), Found(module, given[0]))
    elif method != "set":
        for one in given:
            if one.type == "spread_element":
                yield from elements(Found(module, one.named_children[0]), depth)
            else:
                yield Element(Found(module, one))


def _call(module: Module, node: Node, depth: int) -> Iterator[Element]:
    function, given = callee(node), arguments_of(node)
    if function is None:
        return
    text = module.text(function)
    if text in ("Object.values", "Object.entries", "Object.fromEntries", "Array.from", "Promise.all") and given:
        yield from elements(Found(module, given[0]), depth)
        if text == "Array.from" and len(given) > 1:
            return
    elif text == "Object.keys" and given:
        yield from (Element(one.key) for one in elements(Found(module, given[0]), depth) if one.key)
    elif text == "Object.assign":
        for one in given:
            yield from elements(Found(module, one), depth)
    elif function.type == "member_expression":
        yield from _method(module, node, function, depth)
    else:
        yield from _made(module, node, depth)


def _method(module: Module, node: Node, function: Node, depth: int) -> Iterator[Element]:
    owner, name = function.child_by_field_name("object"), function.child_by_field_name("property")
    method = module.text(name) if name else ""
    if owner is not None and method in _EACH:
        yield from _mapped(module, node, owner, method, depth)
    elif owner is not None and method in _SAME:
        for one in elements(Found(module, owner), depth):
            if method == "flat":
                yield from elements(one.value, depth)
            else:
                yield one
        for argument in arguments_of(node) if method == "concat" else ():
            yield from elements(Found(module, argument), depth)
    else:
        yield from _made(module, node, depth)


def _mapped(module: Module, node: Node, owner: Node, method: str, depth: int) -> Iterator[Element]:
    """Yield the results of a callback for each element of a list."""
    given = arguments_of(node)
    callback = resolve_node(module, given[0]) if given else None
    if not isinstance(callback, Found) or callback.node.type not in FUNCTIONS:
        return
    for one in elements(Found(module, owner), depth):
        inside = callback.module.within(taken(callback, one))
        for value in functions.returns(callback.node):
            if method == "flatMap":
                yield from elements(Found(inside, value), depth)
            else:
                yield Element(Found(inside, value))


def taken(function: Found, element: Element) -> Mapping[Key, Found]:
    """Return the values of the parameters of a callback that gets an element."""
    parameters = functions.parameters_of(function.node)
    return dict(spread(function.module, parameters[0], element)) if parameters else {}


def spread(module: Module, pattern: Node, element: Element) -> Iterator[tuple[Key, Found]]:
    """Yield the names that a pattern binds to an element: `[key, value]` takes an entry apart."""
    inner = pattern.child_by_field_name("pattern") or pattern
    if inner.type == "array_pattern":
        names = parts_of(inner)
        parts = (element.key, element.value) if element.key else (element.value, None)
        for name, part in zip(names, parts, strict=False):
            if part is not None:
                yield from bound(module, name, part)
    else:
        yield from bound(module, inner, element.value)


def _made(module: Module, node: Node, depth: int) -> Iterator[Element]:
    """Yield the elements of every list that a function of the project returns."""
    function = called(module, node, depth)
    for value in functions.returns(function.node) if function else ():
        if function is not None:
            yield from elements(Found(function.module, value), depth)


def _new(module: Module, node: Node, depth: int) -> Iterator[Element]:
    """Yield the elements of `new Map([[key, value]])` and `new Set([...])`."""
    constructor, given = callee(node), arguments_of(node)
    kind = module.text(constructor) if constructor else ""
    for one in elements(Found(module, given[0]), depth) if given and kind in ("Map", "Set") else ():
        entry = parts_of(one.value.node)
        if kind == "Map" and one.value.node.type == "array" and len(entry) == 2:
            yield Element(Found(one.value.module, entry[1]), Found(one.value.module, entry[0]))
        else:
            yield one


def _either(module: Module, node: Node, depth: int) -> Iterator[Element]:
    for field in ("consequence", "alternative", "left", "right"):
        branch = node.child_by_field_name(field)
        if branch is not None:
            yield from elements(Found(module, branch), depth)


_READERS: Mapping[str, Callable[[Module, Node, int], Iterator[Element]]] = {
    "array": _array,
    "object": _object,
    "identifier": _name,
    "member_expression": _name,
    "shorthand_property_identifier": _name,
    "subscript_expression": _name,
    "call_expression": _call,
    "new_expression": _new,
    "ternary_expression": _either,
    "binary_expression": _either,
}
