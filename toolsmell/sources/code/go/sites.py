"""Finds the values of parameters, receivers and loop variables: calls, elements, values of a type."""

from collections.abc import Iterator, Mapping

from toolsmell.sources.code.go import reach
from toolsmell.sources.code.go.embeds import embedded
from toolsmell.sources.code.go.names import FUNCTIONS, bound, function_of, resolve_node, results, type_name
from toolsmell.sources.code.module import Found, Key, Module
from toolsmell.sources.code.nodes import arguments_of, around
from toolsmell.sources.code.syntax import Language, Match, Node


def options(root: Found) -> Iterator[Iterator[Mapping[Key, Found]]]:
    """Yield the ways to the values of a name: its calls or elements, then the values of its type."""
    module, node = root
    loop = _loop(node)
    if loop is not None:
        yield _iterations(module, node, loop)
        return
    if node.parent is not None and node.parent.type == "var_spec":
        yield _unmarshalled(module, node)
        return
    if (call := _giving(node)) is not None:
        yield _first_results(module, node, call)
        return
    declaration = _parameter(node)
    function = around(declaration, FUNCTIONS) if declaration is not None else None
    if declaration is None or function is None:
        return
    if function.child_by_field_name("receiver") is None or not _contains(
        function.child_by_field_name("receiver"), node
    ):
        yield _calls(module, function)
    type_ = declaration.child_by_field_name("type")
    if type_ is not None:
        yield _typed(module, node, type_)


def _unmarshalled(module: Module, node: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the JSON document in `var x T; json.Unmarshal(embedded, &x)`."""
    function = around(node, FUNCTIONS)
    for use in module.usage.uses.get("Unmarshal", ()) if function is not None else ():
        given = arguments_of(use["call"]) if "call" in use else []
        if len(given) != 2 or not _contains(function, given[1]) or module.text(given[1]) != f"&{module.text(node)}":
            continue
        data = given[0]
        while data.type in ("type_conversion_expression", "call_expression") and data.named_children:
            data = arguments_of(data)[0] if arguments_of(data) else data.named_children[-1]
        path = embedded(module, module.text(data))
        document = module.project.document(path, Language.JAVASCRIPT) if path is not None else None
        if document is not None:
            yield {(module.path, node.start_byte): document}


def _giving(node: Node) -> Node | None:
    """Return the call in `name, err := call()` that gives the first name its value."""
    names = node.parent if node.parent is not None and node.parent.type == "expression_list" else None
    holder = names.parent if names is not None and names.named_children[0].id == node.id else None
    values = holder.child_by_field_name("right") if holder is not None else None
    if holder is None or holder.type != "short_var_declaration" or values is None or values.named_child_count != 1:
        return None
    return values.named_children[0] if values.named_children[0].type == "call_expression" else None


def _first_results(module: Module, node: Node, call: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield what a function of the project may return first, without `nil`."""
    function = function_of(module, call)
    for value in results(function.node) if function is not None else ():
        if function is not None and value.type != "nil":
            yield {(module.path, node.start_byte): Found(function.module, value)}


def _contains(outer: Node | None, inner: Node) -> bool:
    return outer is not None and outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte


def _loop(node: Node) -> Node | None:
    """Return the `range` clause whose variable a node is."""
    clause = node.parent.parent if node.parent is not None and node.parent.type == "expression_list" else None
    return clause if clause is not None and clause.type == "range_clause" else None


def _parameter(node: Node) -> Node | None:
    return node.parent if node.parent is not None and node.parent.type == "parameter_declaration" else None


def _iterations(module: Module, node: Node, loop: Node) -> Iterator[Mapping[Key, Found]]:
    left, right = loop.child_by_field_name("left"), loop.child_by_field_name("right")
    names = left.named_children if left is not None else []
    for one in reach.elements(Found(module, right)) if right is not None else ():
        given = {(module.path, names[-1].start_byte): one.value} if len(names) > 1 else {}
        if one.key is not None:
            given[module.path, names[0].start_byte] = one.key
        if (module.path, node.start_byte) in given:
            yield given


def _calls(module: Module, function: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the values of the parameters of a function for each call of it."""
    name = function.child_by_field_name("name")
    if name is None:
        return
    key = (module.path, function.start_byte)
    sites = module.project.sites
    if key not in sites:
        sites[key] = list(_uses(module, function, module.text(name)))
    for other, use in sites[key]:
        yield bound(module, function, [Found(other, argument) for argument in arguments_of(use["call"])])


def _uses(module: Module, function: Node, name: str) -> Iterator[tuple[Module, Match]]:
    for other in module.project.mentioning(name, module):
        for use in other.usage.uses.get(name, ()) if other.language is Language.GO else ():
            inside = other.path == module.path and _contains(function, use["name"])
            if "call" in use and not inside and _may_call(other, use["call"], module, function):
                yield other, use


def _may_call(other: Module, call: Node, module: Module, function: Node) -> bool:
    """Return True if a call calls a function, as far as the code tells."""
    called = call.child_by_field_name("function")
    if called is not None and called.type in ("index_expression", "type_instantiation_expression"):
        called = called.named_children[0]
    found = resolve_node(other, called) if called is not None else None
    if found is not None and called is not None and found.node.id != called.id:
        return found.module.path == module.path and found.node.start_byte == function.start_byte
    is_method = function.type == "method_declaration"
    return (
        is_method and called is not None and called.type == "selector_expression" and module.project.near(other, module)
    )


def _typed(module: Module, node: Node, type_: Node) -> Iterator[Mapping[Key, Found]]:
    """Yield the values that are written with the type of a parameter."""
    name = type_name(module, type_)
    if name is None:
        return
    for other in module.project.mentioning(name, module):
        for use in other.usage.uses.get(name, ()) if other.language is Language.GO else ():
            for value in _written(other, use):
                yield {(module.path, node.start_byte): value}


def _written(module: Module, use: Match) -> Iterator[Found]:
    if "literal" in use:
        yield Found(module, use["literal"])
    elif "list" in use:
        for one in reach.elements(Found(module, use["list"])):
            if one.value.node.type == "literal_value":
                yield one.value
