"""What names and calls in Python stand for."""

from toolsmell.sources.code.module import MAX_FOLLOWED, Found, Module, resolve
from toolsmell.sources.code.syntax import Node


def resolve_node(module: Module, node: Node, depth: int = 0) -> Found | Module | None:
    """Follow a dotted name to the expression, function, class or file that it stands for."""
    if depth > MAX_FOLLOWED:
        return None
    if node.type in ("type", "parenthesized_expression") and node.named_child_count == 1:
        return resolve_node(module, node.named_children[0], depth + 1)
    if node.type == "identifier":
        found = resolve(module, module.text(node), node.start_byte)
    elif node.type == "attribute":
        found = attribute_node(module, node, depth)
    else:
        return Found(module, node)
    if isinstance(found, Found) and found.node.type in ("identifier", "attribute") and found.node.id != node.id:
        return resolve_node(found.module, found.node, depth + 1) or found
    return found


def attribute_node(module: Module, node: Node, depth: int) -> Found | Module | None:
    owner_node, name_node = node.child_by_field_name("object"), node.child_by_field_name("attribute")
    if owner_node is None or name_node is None:
        return None
    owner = resolve_node(module, owner_node, depth + 1) if owner_node.type in ("identifier", "attribute") else None
    name = module.text(name_node)
    if isinstance(owner, Module):
        return resolve(owner, name, len(owner.source.data))
    if owner and owner.node.type == "class_definition":
        binding = owner.module.names_in(owner.node).get(name)
        return Found(owner.module, binding.value) if binding and binding.value else None
    return None


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
        arguments = call.child_by_field_name("arguments")
        for child in arguments.named_children if arguments and arguments.type == "argument_list" else ():
            name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
            if child.type == "keyword_argument" and name and value:
                self.named[module.text(name)] = (name, value)
            elif child.type in ("list_splat", "dictionary_splat"):
                self.open = True
            elif child.type != "comment":
                self.positional.append(child)

    def get(self, name: str, position: int | None = None) -> Node | None:
        if name in self.named:
            return self.named[name][1]
        if position is not None and position < len(self.positional):
            return self.positional[position]
        return None


def returned(module: Module, call: Node) -> Found | None:
    """Return the expression that a call gives of a function of the project that does nothing but return one."""
    function = call.child_by_field_name("function")
    found = resolve_node(module, function) if function and function.type in ("identifier", "attribute") else None
    if not isinstance(found, Found) or found.node.type != "function_definition":
        return None
    body = found.node.child_by_field_name("body")
    statements = [child for child in body.named_children if child.type != "comment"] if body else []
    if statements and statements[0].type == "expression_statement":
        statements = statements[1:]  # the docstring
    if len(statements) != 1 or statements[0].type != "return_statement" or not statements[0].named_children:
        return None
    return Found(found.module, statements[0].named_children[0])
