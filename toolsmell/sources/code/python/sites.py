"""Finds the values of parameters, loop variables and `self`: calls, decorators, elements, subclasses."""

from collections.abc import Iterator, Mapping

from toolsmell.sources.code.following import written_type
from toolsmell.sources.code.methods import may_mean
from toolsmell.sources.code.module import Element, Found, Key, Module
from toolsmell.sources.code.nodes import around
from toolsmell.sources.code.python import classes, reach
from toolsmell.sources.code.python.classes import FUNCTIONS
from toolsmell.sources.code.python.names import called, part_of, resolve_node
from toolsmell.sources.code.syntax import Language, Match, Node
from toolsmell.text import pattern

_LOOPS = frozenset(("for_statement", "for_in_clause"))
_TYPE = r"[A-Za-z_]\w*"
_BUILT_IN = frozenset(
    "list dict tuple set str int bool Any Callable Sequence Iterable List Dict Tuple Set Optional Type type None"
    " Generic Union Awaitable Iterator Mapping".split()
)


def options(root: Found) -> Iterator[Iterator[Mapping[Key, Found]]]:
    """Yield the ways to the values of a name: its calls, elements or subclasses, then its type, then its default."""
    module, node = root
    loop, assignment = _loop(node), _unpacking(node)
    function = around(node, FUNCTIONS)
    if node.type == "class_definition":
        yield _instances(module, node)
    elif node.type == "subscript":
        yield _entries(module, node)
    elif loop is not None:
        yield _iterations(module, loop)
        yield _typed_iterations(module, loop)
    elif assignment is not None:
        yield _parts(module, node, assignment)
    elif function is not None:
        yield _calls(module, function)
        yield _typed(module, function, node)
        yield _default(module, function, node)


def _entries(module: Module, node: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the possible values of `table[key]` if the key is not known: each value."""
    owner = node.child_by_field_name("value")
    for one in reach.elements(Found(module, owner)) if owner is not None else ():
        yield {(module.path, node.start_byte): one.value}


def _loop(node: Node) -> Node | None:
    """Return the loop whose variable a node is."""
    outer = node
    while outer.parent is not None and outer.parent.type in ("pattern_list", "tuple_pattern"):
        outer = outer.parent
    parent = outer.parent
    left = parent.child_by_field_name("left") if parent is not None and parent.type in _LOOPS else None
    return parent if left is not None and left.id == outer.id else None


def _iterations(module: Module, loop: Node) -> Iterator[Mapping[Key, Found]]:
    left, right = loop.child_by_field_name("left"), loop.child_by_field_name("right")
    if left is None or right is None:
        return
    for one in reach.elements(Found(module, right)):
        yield dict(reach.spread(module, left, one))


def _typed_iterations(module: Module, loop: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the objects of the type that a list has by its annotation, or by that of the function that returns it."""
    left, right = loop.child_by_field_name("left"), loop.child_by_field_name("right")
    annotation = _annotation(module, right) if right is not None else None
    for value in _objects(annotation.module, annotation.node) if annotation is not None else ():
        if left is not None:
            yield dict(reach.spread(module, left, Element(value)))


def _annotation(module: Module, node: Node) -> Found | None:
    if (written := written_type(module, node)) is not None:
        return Found(module, written)
    binding = module.lookup(module.text(node), node.start_byte) if node.type == "identifier" else None
    call = binding.value if binding is not None and binding.value is not None else node
    function = called(module, call) if call.type == "call" else None
    type_ = function.node.child_by_field_name("return_type") if function is not None else None
    return Found(function.module, type_) if function is not None and type_ is not None else None


def _unpacking(node: Node) -> Node | None:
    """Return the assignment `a, b = value` that binds a node."""
    pattern = node.parent
    holder = pattern.parent if pattern is not None and pattern.type in ("pattern_list", "tuple_pattern") else None
    return holder if holder is not None and holder.type == "assignment" else None


def _parts(module: Module, node: Node, assignment: Node) -> Iterator[Mapping[Key, Found]]:
    left, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
    position = [child.start_byte for child in left.named_children].index(node.start_byte) if left is not None else 0
    found = part_of(Found(module, right), str(position)) if right is not None else None
    if found is not None:
        yield {(module.path, node.start_byte): found}


def _uses(module: Module, name: str) -> Iterator[tuple[Module, Match]]:
    for other in module.project.mentioning(name, module):
        if other.language is Language.PYTHON:
            for use in other.usage.uses.get(name, ()):
                yield other, use


def _is(module: Module, name: Node, other: Module, node: Node) -> bool | None:
    """Return whether a name stands for a node of another file, or None if nothing says what it stands for."""
    found = resolve_node(module, name)
    if not isinstance(found, Found) or found.node.id == name.id:
        return None
    return found.module.path == other.path and found.node.start_byte == node.start_byte


def _instances(module: Module, class_: Node, depth: int = 0) -> Iterator[Mapping[Key, Found]]:
    """Yield the subclasses of a class, and the places that make objects of it."""
    name = class_.child_by_field_name("name")
    if name is None or depth > classes.MAX_BASES:
        return
    key = (module.path, class_.start_byte)
    for other, use in _uses(module, module.text(name)):
        if not _is(other, use["name"], module, class_):
            continue
        if "base" in use and (below := around(use["base"], frozenset(("class_definition",)))) is not None:
            yield {key: Found(other, below), (other.path, below.start_byte): Found(other, below)}
            for given in _instances(other, below, depth + 1):
                yield {**given, key: next(iter(given.values()))}
        elif "call" in use:
            yield {key: Found(other, use["call"])}


def _calls(module: Module, function: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the values of the parameters of a function for each call of it."""
    name = function.child_by_field_name("name")
    if name is None:
        return
    class_ = classes.class_of(function)
    if class_ is not None and module.text(name) == "__init__":
        yield from _made(module, class_, function)
        return
    yield from _called(module, function, module.text(name), is_method=class_ is not None)
    outer = around(function, FUNCTIONS)
    if outer is not None and _gives(module, outer, function):
        yield from _curried(module, outer)


def _made(module: Module, class_: Node, function: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the values that a constructor gets where objects of the class are made."""
    for given in _instances(module, class_):
        held = next(iter(given.values()))
        if held.node.type == "call":
            first = (Found(module, class_),)
            yield {**given, **classes.bound(module, function, held, first)}


def _called(module: Module, function: Node, name: str, *, is_method: bool) -> Iterator[Mapping[Key, Found]]:
    key = (module.path, function.start_byte)
    sites = module.project.sites
    if key not in sites:
        sites[key] = [
            (other, use) for other, use in _uses(module, name) if _calls_it(other, use, module, function, is_method)
        ]
    for other, use in sites[key]:
        if "decorator" in use:
            decorated = _decorated(use["decorator"])
            if decorated is not None:
                yield classes.bound(module, function, None, (Found(other, decorated),))
            continue
        first = (Found(module, function),) if is_method else ()
        given = classes.bound(module, function, Found(other, use["call"]), first)
        yield {**given, **_decorating(module, function, other, use["call"])}


def _calls_it(other: Module, use: Match, module: Module, function: Node, is_method: bool) -> bool:
    """Return True if a use calls a function, or decorates with it, as far as the code tells."""
    if "call" not in use and "decorator" not in use:
        return False
    at = use["name"]
    if other.path == module.path and function.start_byte <= at.start_byte < function.end_byte:
        return False
    called = _callee(at)
    same = _is(other, called, module, function)
    if same is not None:
        return same
    return is_method and called.type == "attribute" and may_mean(other, other.text(at), module)


def _callee(name: Node) -> Node:
    """Return the whole dotted name whose last part a node is."""
    parent = name.parent
    last = parent.child_by_field_name("attribute") if parent is not None and parent.type == "attribute" else None
    return parent if parent is not None and last is not None and last.id == name.id else name


def _decorated(decorator: Node) -> Node | None:
    holder = decorator.parent
    return holder.child_by_field_name("definition") if holder is not None else None


def _decorating(module: Module, function: Node, other: Module, call: Node) -> Mapping[Key, Found]:
    """Return the value of the parameter of the function that a decorator with arguments returns."""
    target = None
    if call.parent is not None and call.parent.type == "decorator":
        node = _decorated(call.parent)
        target = Found(other, node) if node is not None else None
    elif call.parent is not None and call.parent.type == "call":
        outer = call.parent.child_by_field_name("function")
        if outer is not None and outer.id == call.id:
            inner = _returned_function(module, function)
            return classes.bound(module, inner, Found(other, call.parent)) if inner is not None else {}
    inner = _returned_function(module, function) if target is not None else None
    return classes.bound(module, inner, None, (target,)) if inner is not None and target is not None else {}


def _returned_function(module: Module, function: Node) -> Node | None:
    """Return the function in a function that it returns."""
    for value in classes.returns(function):
        found = resolve_node(module, value) if value.type == "identifier" else Found(module, value)
        if isinstance(found, Found) and found.node.type in FUNCTIONS:
            return found.node
    return None


def _gives(module: Module, outer: Node, function: Node) -> bool:
    inner = _returned_function(module, outer)
    return inner is not None and inner.id == function.id


def _curried(module: Module, outer: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the values for what the function around gets, if it returns this one."""
    name = outer.child_by_field_name("name")
    if name is not None:
        is_method = classes.class_of(outer) is not None
        yield from _called(module, outer, module.text(name), is_method=is_method)


def _typed(module: Module, function: Node, node: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the objects of the project that are made with the type of a parameter."""
    for whole, name, _ in classes.parameters_of(function):
        annotation = whole.child_by_field_name("type")
        if name.start_byte == node.start_byte and annotation is not None:
            yield from ({(module.path, name.start_byte): value} for value in _objects(module, annotation))


def _default(module: Module, function: Node, node: Node) -> Iterator[Mapping[Key, Found]]:
    for _, name, default in classes.parameters_of(function):
        if name.start_byte == node.start_byte and default is not None:
            yield {(module.path, name.start_byte): Found(module, default)}


def _objects(module: Module, annotation: Node) -> Iterator[Found]:
    """Yield the places that make objects of the classes of the project that an annotation names."""
    for name in pattern(_TYPE).findall(module.text(annotation))[:4]:
        if name in _BUILT_IN:
            continue
        for other, use in _uses(module, name):
            if "call" in use:
                yield Found(other, use["call"])
