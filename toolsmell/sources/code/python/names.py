"""Follows names, members and calls in Python."""

from toolsmell.sources.code.following import resolve
from toolsmell.sources.code.guards import chosen
from toolsmell.sources.code.module import MAX_FOLLOWED, Found, Module
from toolsmell.sources.code.mutations import changes
from toolsmell.sources.code.nodes import around, parts_of
from toolsmell.sources.code.python import classes
from toolsmell.sources.code.python.classes import FUNCTIONS
from toolsmell.sources.code.syntax import Node

_FOLLOWED = frozenset(("identifier", "attribute", "subscript", "call", "await", "type", "parenthesized_expression"))
_MEMBERS = frozenset(("identifier", "attribute", "subscript"))


def resolve_node(module: Module, node: Node, depth: int = 0) -> Found | Module | None:
    """Follow a dotted name to the expression, function, class or file that it stands for."""
    if depth > MAX_FOLLOWED or module.project.steps.exhausted():
        return None
    if node.type in ("type", "parenthesized_expression", "await") and node.named_child_count == 1:
        return resolve_node(module, node.named_children[0], depth + 1)
    if node.type == "identifier":
        found = _self(module, node) or resolve(module, module.text(node), node.start_byte)
    elif node.type == "attribute":
        found = attribute_node(module, node, depth)
    elif node.type == "subscript":
        found = _indexed(module, node, depth)
    elif node.type == "call":
        return _got(module, node, depth) or module.document(node) or Found(module, node)
    else:
        return Found(module, node)
    if isinstance(found, Found) and found.node.type in _MEMBERS and found.node.id != node.id:
        return resolve_node(found.module, found.node, depth + 1) or found
    return found


def _self(module: Module, node: Node) -> Found | None:
    """Return the value of `self` and `cls`: the object or subclass that is assumed, else the class itself."""
    if module.text(node) not in ("self", "cls"):
        return None
    function = around(node, FUNCTIONS)
    while function is not None and classes.class_of(function) is None:
        function = around(function, FUNCTIONS)
    class_ = classes.class_of(function) if function is not None else None
    return (module.value_of(class_) or Found(module, class_)) if class_ is not None else None


def attribute_node(module: Module, node: Node, depth: int) -> Found | Module | None:
    owner_node, name_node = node.child_by_field_name("object"), node.child_by_field_name("attribute")
    if owner_node is None or name_node is None:
        return None
    owner = resolve_node(module, owner_node, depth + 1) if owner_node.type in _FOLLOWED else None
    name = module.text(name_node)
    if isinstance(owner, Module):
        return resolve(owner, name, len(owner.source.data))
    return part_of(owner, name, depth + 1) if owner else None


def _indexed(module: Module, node: Node, depth: int) -> Found | Module | None:
    """Return `object["key"]`; if the key is not known, the element that is assumed."""
    owner, index = node.child_by_field_name("value"), node.child_by_field_name("subscript")
    if owner is None or index is None or owner.type not in _FOLLOWED | {"dictionary", "list"}:
        return None
    key = resolve_node(module, index, depth + 1)
    if isinstance(key, Found) and key.node.type in ("string", "integer"):
        held = resolve_node(module, owner, depth + 1)
        return part_of(held, _unquoted(key), depth + 1) if isinstance(held, Found) else None
    return module.value_of(node)


def _unquoted(found: Found) -> str:
    return found.module.text(found.node).strip("'\"")


def _got(module: Module, node: Node, depth: int) -> Found | Module | None:
    """Return the value of `object.get("key")`."""
    function = node.child_by_field_name("function")
    owner = function.child_by_field_name("object") if function is not None and function.type == "attribute" else None
    if function is None or owner is None or last_name(module, function) not in ("get", "pop"):
        return None
    given = Arguments(module, node).positional
    held = resolve_node(module, owner, depth + 1) if given and given[0].type == "string" else None
    return part_of(held, _unquoted(Found(module, given[0])), depth + 1) if isinstance(held, Found) else None


def part_of(held: Found, name: str, depth: int = 0) -> Found | None:
    """Return a member of an object, a dictionary, a class or a call that makes one of these."""
    module, node = held
    if depth > MAX_FOLLOWED or module.project.steps.exhausted():
        return None
    if node.type == "class_definition":
        return member_of_class(module, node, name, None, depth + 1)
    if node.type == "dictionary":
        return _in_dictionary(module, node, name, depth)
    if node.type in ("list", "tuple", "expression_list") and name.isdecimal():
        items = parts_of(node)
        return Found(module, items[int(name)]) if int(name) < len(items) else None
    if node.type == "call":
        return _in_call(module, node, name, depth)
    if node.type in _MEMBERS:
        found = resolve_node(module, node, depth + 1)
        return part_of(found, name, depth + 1) if isinstance(found, Found) and found.node.id != node.id else None
    return None


def _in_dictionary(module: Module, node: Node, name: str, depth: int) -> Found | None:
    for child in reversed(node.named_children):
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if key is not None and value is not None and key.type == "string" and _unquoted(Found(module, key)) == name:
            return Found(module, value)
        if child.type == "dictionary_splat" and (
            found := part_of(Found(module, child.named_children[0]), name, depth + 1)
        ):
            return found
    return None


def _in_call(module: Module, node: Node, name: str, depth: int) -> Found | None:
    """Return a member of what a call makes: an object of a class, of a class of a library, or a returned value."""
    if (document := module.document(node)) is not None:
        return part_of(document, name, depth + 1)
    function = node.child_by_field_name("function")
    found = resolve_node(module, function, depth + 1) if function is not None else None
    if isinstance(found, Found) and found.node.type == "class_definition":
        inside = found.module.within({(found.module.path, found.node.start_byte): Found(module, node)})
        return member_of_class(inside, found.node, name, Found(module, node), depth + 1)
    if isinstance(found, Found) and found.node.type in FUNCTIONS:
        made = returned(module, node, depth + 1)
        return part_of(made, name, depth + 1) if made else None
    arguments = Arguments(module, node)
    if function is not None and last_name(module, function) == "dict" and arguments.positional and not arguments.named:
        return part_of(Found(module, arguments.positional[0]), name, depth + 1)
    value = arguments.get(name)
    return Found(module, value) if value is not None else None


def member_of_class(module: Module, class_: Node, name: str, call: Found | None, depth: int) -> Found | None:
    """Return a member of an object of a class; `call` makes the object."""
    if depth > MAX_FOLLOWED:
        return None
    if name == "__class__":
        return Found(module, class_)
    made = classes.method(module, class_, "__init__")
    inside = module.within(classes.bound(module, made, call, (Found(module, class_),))) if made and call else module
    value = classes.assigned(inside, made, name) if made else None
    if value is not None:
        return Found(inside, value)
    passed = argument(call.module, Arguments(call.module, call.node), name) if call and not made else None
    if passed is not None:  # a dataclass or a model
        return passed
    binding = module.names_in(class_).get(name)
    if binding and binding.value is not None:
        return _member(module, binding.value)
    up = classes.super_call(inside, made) if made else None
    above = Found(inside, up) if up is not None else (call if not made else None)
    for base in classes.bases(class_):
        parent = resolve_node(module, base, depth + 1) if base.type in ("identifier", "attribute") else None
        if isinstance(parent, Found) and parent.node.type == "class_definition":
            found = member_of_class(parent.module, parent.node, name, above, depth + 1)
            if found is not None:
                return found
    return None


def _member(module: Module, node: Node) -> Found:
    """Return a property as what it returns, anything else as it is."""
    values = classes.returns(node) if node.type == "function_definition" and classes.is_property(module, node) else []
    return Found(module, values[0] if len(values) == 1 else node)


def last_name(module: Module, node: Node) -> str:
    """Return the last part of a dotted name (`types.Tool` gives `Tool`), or an empty text."""
    if node.type == "attribute":
        name = node.child_by_field_name("attribute")
        return module.text(name) if name else ""
    if node.type in ("subscript", "generic_type"):
        return last_name(module, node.children[0])
    return module.text(node) if node.type == "identifier" else ""


class Arguments:
    """The arguments of a call, by position and by name."""

    def __init__(self, module: Module, call: Node) -> None:
        self.positional: list[Node] = []
        self.named: dict[str, tuple[Node, Node]] = {}
        """The node of the name, and of the value."""
        self.open = False
        """Whether more may be passed by `*` or `**`."""
        self.splats: list[Node] = []
        """The expressions that are passed by `**`."""
        arguments = call if call.type == "argument_list" else call.child_by_field_name("arguments")
        for child in arguments.named_children if arguments and arguments.type == "argument_list" else ():
            name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
            if child.type == "keyword_argument" and name and value:
                self.named[module.text(name)] = (name, value)
            elif child.type in ("list_splat", "dictionary_splat"):
                self.open = True
                if child.type == "dictionary_splat":
                    self.splats.append(child.named_children[0])
            elif child.type != "comment":
                self.positional.append(child)

    def get(self, name: str, position: int | None = None) -> Node | None:
        if name in self.named:
            return self.named[name][1]
        if position is not None and position < len(self.positional):
            return self.positional[position]
        return None


def argument(module: Module, arguments: Arguments, name: str, position: int | None = None) -> Found | None:
    """Return an argument, also one that is passed by `**options`."""
    own = arguments.get(name, position)
    if own is not None:
        return Found(module, own)
    for splat in arguments.splats:
        held = resolve_node(module, splat)
        if isinstance(held, Found) and held.node.type == "argument_list":
            value = Arguments(held.module, held.node).get(name)
            if value is not None:
                return Found(held.module, value)
        elif isinstance(held, Found) and (found := part_of(held, name) or _copied(module, splat, name)):
            return found
    return None


def _copied(module: Module, node: Node, name: str) -> Found | None:
    """Return a member that a loop copies from another dictionary: `for k, v in other.items(): node[k] = v`."""
    for other, match in changes(module, node) if node.type == "identifier" else ():
        loop = around(match["index"], frozenset(("for_statement",))) if "index" in match else None
        left, right = (loop.child_by_field_name(f) for f in ("left", "right")) if loop is not None else (None, None)
        called = right.child_by_field_name("function") if right is not None and right.type == "call" else None
        owner = called.child_by_field_name("object") if called is not None else None
        names = [other.text(one) for one in left.named_children] if left is not None else []
        if owner is None or names != [other.text(match["index"]), other.text(match["right"])]:
            continue
        held = resolve_node(other, owner)
        return part_of(held, name) if isinstance(held, Found) else None
    return None


def called(module: Module, call: Node, depth: int = 0) -> Found | None:
    """Return the function of the project that a call calls, with the values of its parameters."""
    function = call.child_by_field_name("function")
    if function is None or depth > MAX_FOLLOWED:
        return None
    found = resolve_node(module, function, depth + 1)
    if isinstance(found, Found) and found.node.type == "call":
        made = returned(found.module, found.node, depth + 1)
        found = resolve_node(made.module, made.node, depth + 1) if made is not None else None
    if not isinstance(found, Found) or found.node.type not in FUNCTIONS:
        return None
    first: tuple[Found, ...] = ()
    if classes.class_of(found.node) is not None and "staticmethod" not in _decorators(found):
        first = (Found(module, function),)
    return Found(found.module.within(classes.bound(found.module, found.node, Found(module, call), first)), found.node)


def _decorators(found: Found) -> str:
    holder = found.node.parent
    decorated = holder is not None and holder.type == "decorated_definition"
    nodes = [child for child in holder.children if child.type == "decorator"] if holder and decorated else []
    return " ".join(found.module.text(node) for node in nodes)


def returned(module: Module, call: Node, depth: int = 0) -> Found | None:
    """Return the expression that a call of a function of the project gives, as far as conditions are known."""
    function = called(module, call, depth)
    values = classes.returns(function.node) if function else []
    value = chosen(function.module, values, function.node, depth + 1) if function and depth <= MAX_FOLLOWED else None
    return Found(function.module, value) if function and value is not None else None
