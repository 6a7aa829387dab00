"""The values that an expression can hold at run time: the elements of lists, dictionaries and generators."""

from collections.abc import Callable, Iterator, Mapping

from toolsmell.sources.code.module import MAX_NESTED, Element, Found, Key, Module
from toolsmell.sources.code.mutations import changes
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.python import classes
from toolsmell.sources.code.python.names import Arguments, called, last_name, part_of, resolve_node
from toolsmell.sources.code.syntax import Match, Node

_SAME = frozenset("list tuple set sorted reversed frozenset iter values copy items chain from_iterable cast".split())
_LOOPS = ("for_in_clause", "for_statement")


def elements(held: Found | Module | None, depth: int = 0) -> Iterator[Element]:
    """Yield the elements of a list, or the entries of a dictionary."""
    if held is None or isinstance(held, Module) or depth > MAX_NESTED or held.module.project.steps.exhausted():
        return
    reader = _READERS.get(held.node.type)
    if reader is not None:
        yield from reader(held.module, held.node, depth + 1)


def _sequence(module: Module, node: Node, depth: int) -> Iterator[Element]:
    for child in node.named_children:
        if child.type == "list_splat":
            yield from elements(Found(module, child.named_children[0]), depth)
        elif child.type != "comment":
            yield Element(Found(module, child))


def _dictionary(module: Module, node: Node, depth: int) -> Iterator[Element]:
    for child in node.named_children:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type == "dictionary_splat":
            yield from elements(Found(module, child.named_children[0]), depth)
        elif key is not None and value is not None:
            yield Element(Found(module, value), Found(module, key))


def _name(module: Module, node: Node, depth: int) -> Iterator[Element]:
    """Yield the elements of what a name stands for, and of what is added to it later."""
    found = resolve_node(module, node)
    if isinstance(found, Found) and found.node.id != node.id:
        yield from elements(found, depth)
    elif node.type == "identifier" and (binding := module.lookup(module.text(node), node.start_byte)):
        for value in binding.others:
            if not (value.start_byte <= node.start_byte and node.end_byte <= value.end_byte):
                yield from elements(Found(module, value), depth)
    for other, match in changes(module, node):
        yield from _added(other, match, depth)


def _added(module: Module, match: Match, depth: int) -> Iterator[Element]:
    """Yield the elements that `list.append(x)`, `list += [x]` and `table[key] = x` add."""
    if "index" in match:
        yield Element(Found(module, match["right"]), Found(module, match["index"]))
    elif "more" in match:
        yield from elements(Found(module, match["more"]), depth)
    elif "method" in match:
        given = Arguments(module, match["call"]).positional
        method = module.text(match["method"])
        if method in ("append", "add", "insert") and given:
            yield Element(Found(module, given[-1]))
        elif method in ("extend", "update") and given:
            yield from elements(Found(module, given[0]), depth)


def _call(module: Module, node: Node, depth: int) -> Iterator[Element]:
    function = node.child_by_field_name("function")
    if function is None:
        return
    name, given = last_name(module, function), Arguments(module, node).positional
    owner = function.child_by_field_name("object") if function.type == "attribute" else None
    if name in ("values", "items", "copy") and owner is not None and not given:
        yield from elements(Found(module, owner), depth)
    elif name == "enumerate" and given:
        yield from (Element(one.value, Found(module, node)) for one in elements(Found(module, given[0]), depth))
    elif name in ("filter", "map") and len(given) == 2:
        yield from elements(Found(module, given[1]), depth) if name == "filter" else ()
    elif name in _SAME and given and name not in ("values", "items"):
        for one in given:
            yield from elements(Found(module, one), depth)
    else:
        yield from _made(module, node, depth)


def _made(module: Module, node: Node, depth: int) -> Iterator[Element]:
    """Yield the elements of every list that a function of the project returns, or of a JSON document that is read."""
    if (document := module.document(node)) is not None:
        yield from elements(document, depth)
        return
    function = called(module, node)
    if function is None:
        return
    for value in classes.returns(function.node):
        yield from elements(Found(function.module, value), depth)
    for value, many in classes.yields(function.node):
        if many:
            yield from elements(Found(function.module, value), depth)
        else:
            yield Element(Found(function.module, value))


def _comprehension(module: Module, node: Node, depth: int) -> Iterator[Element]:
    body = node.child_by_field_name("body")
    loops = [child for child in node.named_children if child.type == "for_in_clause"]
    if body is not None:
        yield from _looped(module, body, loops, depth)


def _looped(module: Module, body: Node, loops: list[Node], depth: int) -> Iterator[Element]:
    if not loops:
        key, value = body.child_by_field_name("key"), body.child_by_field_name("value")
        if body.type == "pair" and key is not None and value is not None:
            yield Element(Found(module, value), Found(module, key))
        else:
            yield Element(Found(module, body))
        return
    left, right = loops[0].child_by_field_name("left"), loops[0].child_by_field_name("right")
    for one in elements(Found(module, right), depth) if left is not None and right is not None else ():
        if left is not None:
            yield from _looped(module.within(dict(spread(module, left, one))), body, loops[1:], depth)


def spread(module: Module, pattern: Node, element: Element) -> Iterator[tuple[Key, Found]]:
    """Yield the names that a loop binds to an element: `key, value` takes an entry apart."""
    if pattern.type == "identifier":
        yield (module.path, pattern.start_byte), element.value
        return
    names = parts_of(pattern)
    if element.key is not None and len(names) == 2:
        parts: list[Found | None] = [element.key, element.value]
    else:
        parts = [part_of(element.value, str(position)) for position in range(len(names))]
    for name, part in zip(names, parts, strict=True):
        if part is not None:
            yield from spread(module, name, Element(part))


def _either(module: Module, node: Node, depth: int) -> Iterator[Element]:
    for child in node.named_children:
        yield from elements(Found(module, child), depth)


_READERS: Mapping[str, Callable[[Module, Node, int], Iterator[Element]]] = {
    "list": _sequence,
    "tuple": _sequence,
    "set": _sequence,
    "dictionary": _dictionary,
    "identifier": _name,
    "attribute": _name,
    "subscript": _name,
    "call": _call,
    "list_comprehension": _comprehension,
    "generator_expression": _comprehension,
    "set_comprehension": _comprehension,
    "dictionary_comprehension": _comprehension,
    "binary_operator": _either,
    "boolean_operator": _either,
    "conditional_expression": _either,
    "parenthesized_expression": _either,
    "await": _either,
}
