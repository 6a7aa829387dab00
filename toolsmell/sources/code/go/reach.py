"""The values that an expression can hold at run time: the elements of slices and maps."""

from collections.abc import Callable, Iterator, Mapping

from toolsmell.sources.code.go.names import called, function_of, resolve_node, results
from toolsmell.sources.code.module import MAX_NESTED, Element, Found, Module
from toolsmell.sources.code.mutations import changes
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Language, Node


def elements(held: Found | None, depth: int = 0) -> Iterator[Element]:
    """Yield the elements of a slice, or the entries of a map."""
    if held is None or depth > MAX_NESTED or held.module.project.steps.exhausted():
        return
    reader = _READERS.get(held.node.type)
    if reader is not None:
        yield from reader(held.module, held.node, depth + 1)


def _literal(module: Module, node: Node, _depth: int) -> Iterator[Element]:
    body = node if node.type == "literal_value" else node.child_by_field_name("body")
    for child in body.named_children if body is not None else ():
        if child.type == "keyed_element":
            yield Element(
                Found(module, _inner(child.named_children[-1])), Found(module, _inner(child.named_children[0]))
            )
        elif child.type != "comment":
            yield Element(Found(module, _inner(child)))


def _inner(node: Node) -> Node:
    return node.named_children[0] if node.type == "literal_element" and node.named_children else node


def _name(module: Module, node: Node, depth: int) -> Iterator[Element]:
    """Yield the elements of what a name stands for, and of what is added to it later."""
    found = resolve_node(module, node)
    if found is not None and found.node.id != node.id:
        yield from elements(found, depth)
    elif node.type == "identifier" and (scope := module.scope_of(module.text(node), node.start_byte)) is not None:
        # `list = append(list, x)` binds the name anew: what it held before is in it.
        for value in module.scopes[scope].names[module.text(node)].others:
            yield from elements(Found(module, value), depth)
    for other, match in changes(module, node):
        if "index" in match:
            yield Element(Found(other, match["right"]), Found(other, match["index"]))
        elif "call" in match:
            yield from _appended(other, match["call"], depth)


def _appended(module: Module, call: Node, depth: int) -> Iterator[Element]:
    for given in arguments_of(call)[1:]:
        if given.type == "variadic_argument":
            yield from elements(Found(module, given.named_children[0]), depth)
        else:
            yield Element(Found(module, given))


def _call(module: Module, node: Node, depth: int) -> Iterator[Element]:
    name, given = called(module, node), arguments_of(node)
    if name == "append" and given:
        yield from elements(Found(module, given[0]), depth)
        yield from _appended(module, node, depth)
    elif name in ("Concat", "Clone", "Values", "Sorted", "Collect"):
        for one in given:
            yield from elements(Found(module, one), depth)
    else:
        for function in _functions(module, node, name):
            for value in results(function.node):
                yield from elements(Found(function.module, value), depth)


def _functions(module: Module, call: Node, name: str) -> Iterator[Found]:
    """Yield the function that a call calls; of a method of an interface, every method of that name."""
    function = function_of(module, call)
    if function is not None:
        yield function
        return
    called = call.child_by_field_name("function")
    for other in (
        module.project.mentioning(name, module) if called is not None and called.type == "selector_expression" else ()
    ):
        if other.language is Language.GO and module.project.near(other, module):
            yield from (Found(other, use["method"]) for use in other.usage.uses.get(name, ()) if "method" in use)


def _of_document(module: Module, node: Node, _depth: int) -> Iterator[Element]:
    """Yield the items of a JSON array, or the entries of a JSON object."""
    for child in node.named_children:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type == "pair" and key is not None and value is not None:
            yield Element(Found(module, value), Found(module, key))
        elif node.type == "array":
            yield Element(Found(module, child))


def _pointed(module: Module, node: Node, depth: int) -> Iterator[Element]:
    yield from elements(Found(module, node.named_children[0]), depth)


_READERS: Mapping[str, Callable[[Module, Node, int], Iterator[Element]]] = {
    "array": _of_document,
    "object": _of_document,
    "composite_literal": _literal,
    "literal_value": _literal,
    "identifier": _name,
    "selector_expression": _name,
    "call_expression": _call,
    "unary_expression": _pointed,
    "parenthesized_expression": _pointed,
}
