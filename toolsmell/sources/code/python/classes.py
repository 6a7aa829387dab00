"""Functions and classes of Python: their parameters, what they return, the members of their objects."""

from collections.abc import Iterator, Mapping, Sequence

from toolsmell.sources.code.module import Found, Key, Module
from toolsmell.sources.code.syntax import Node

MAX_BASES = 10
"""Classes that inherit from one another."""

FUNCTIONS = frozenset(("function_definition", "lambda"))
_INNER = frozenset(("function_definition", "class_definition", "lambda"))


def class_of(function: Node) -> Node | None:
    """Return the class that a function is a method of."""
    block = function.parent
    if block is not None and block.type == "decorated_definition":
        block = block.parent
    class_ = block.parent if block is not None and block.type == "block" else None
    return class_ if class_ is not None and class_.type == "class_definition" else None


def statements(function: Node) -> Iterator[Node]:
    """Yield the nodes of a function's body in order, without those of functions and classes in it."""
    body = function.child_by_field_name("body")
    waiting = [body] if body is not None else []
    while waiting:
        node = waiting.pop()
        yield node
        if node.type not in ("call", "string", "list", "dictionary"):
            waiting.extend(child for child in reversed(node.named_children) if child.type not in _INNER)


def returns(function: Node) -> list[Node]:
    """Return the expressions that a function returns."""
    if function.type == "lambda":
        body = function.child_by_field_name("body")
        return [body] if body is not None else []
    found = (node for node in statements(function) if node.type == "return_statement")
    return [node.named_children[0] for node in found if node.named_children]


def yields(function: Node) -> list[tuple[Node, bool]]:
    """Return the expressions that a generator yields; True for `yield from`."""
    found = [node for node in statements(function) if node.type == "yield" and node.named_children]
    return [(node.named_children[0], any(child.type == "from" for child in node.children)) for node in found]


def parameters_of(function: Node) -> list[tuple[Node, Node, Node | None]]:
    """Return the parameters of a function: the whole, the name and the default of each."""
    parameters = function.child_by_field_name("parameters")
    found = []
    for node in parameters.named_children if parameters is not None else ():
        name = node if node.type == "identifier" else node.child_by_field_name("name")
        if name is None and node.type in ("typed_parameter", "list_splat_pattern", "dictionary_splat_pattern"):
            name = node.named_children[0]
        if name is not None:
            found.append((node, name, node.child_by_field_name("value")))
    return found


def bound(module: Module, function: Node, call: Found | None, first: Sequence[Found] = ()) -> Mapping[Key, Found]:
    """Return the values of the parameters of a function that is called by `call`, with `first` before its arguments."""
    positional, named = _passed(call)
    positional = [*first, *positional]
    result: dict[Key, Found] = {}
    for whole, name, default in parameters_of(function):
        key = (module.path, name.start_byte)
        if name.type == "dictionary_splat_pattern" or whole.type == "dictionary_splat_pattern":
            inner = name.named_children[0] if name.named_children else name
            arguments = call.node.child_by_field_name("arguments") if call else None
            if call and arguments is not None:
                result[module.path, inner.start_byte] = Found(call.module, arguments)
        elif "splat" in name.type or "splat" in whole.type:
            continue
        elif module.text(name) in named:
            result[key] = named[module.text(name)]
        elif positional and not _keyword_only(whole):
            result[key] = positional.pop(0)
        elif default is not None:
            result[key] = Found(module, default)
    return result


def _keyword_only(parameter: Node) -> bool:
    before = parameter.prev_sibling
    while before is not None:
        if before.type in ("keyword_separator", "list_splat_pattern"):
            return True
        before = before.prev_sibling
    return False


def _passed(call: Found | None) -> tuple[list[Found], dict[str, Found]]:
    """Return the arguments of a call, by position and by name."""
    positional: list[Found] = []
    named: dict[str, Found] = {}
    arguments = call.node.child_by_field_name("arguments") if call else None
    for child in arguments.named_children if call and arguments is not None else ():
        name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if call and child.type == "keyword_argument" and name is not None and value is not None:
            named[call.module.text(name)] = Found(call.module, value)
        elif call and child.type not in ("comment", "list_splat", "dictionary_splat"):
            positional.append(Found(call.module, child))
    return positional, named


def method(module: Module, class_: Node, name: str) -> Node | None:
    """Return a function that is bound in a class itself."""
    binding = module.names_in(class_).get(name)
    value = binding.value if binding else None
    return value if value is not None and value.type == "function_definition" else None


def is_property(module: Module, function: Node) -> bool:
    holder = function.parent
    decorators = holder.children if holder is not None and holder.type == "decorated_definition" else []
    return any("property" in module.text(child) for child in decorators if child.type == "decorator")


def assigned(module: Module, function: Node, name: str) -> Node | None:
    """Return the value that a method assigns to `self.name`."""
    for node in statements(function):
        left = node.child_by_field_name("left") if node.type == "assignment" else None
        if left is not None and module.text(left) == f"self.{name}":
            return node.child_by_field_name("right")
    return None


def super_call(module: Module, function: Node) -> Node | None:
    """Return the call `super().__init__(...)` in a constructor."""
    for node in statements(function):
        called = node.child_by_field_name("function") if node.type == "call" else None
        if called is not None and called.type == "attribute" and module.text(called).endswith(").__init__"):
            return node
    return None


def bases(class_: Node) -> list[Node]:
    found = class_.child_by_field_name("superclasses")
    return [base for base in found.named_children if base.type != "keyword_argument"] if found is not None else []
