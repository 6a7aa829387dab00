"""The schemas that the types of handlers make."""

from toolsmell.sources.code.go import structs
from toolsmell.sources.code.go.names import FUNCTIONS, parameters_of, resolve_node
from toolsmell.sources.code.module import Found as Resolved
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import Value, unknown


def instantiated(callee: Node) -> Node:
    """Return `f[In, Out]` if that is called, else `f`."""
    around = callee.parent
    generic = around is not None and around.type in ("index_expression", "type_instantiation_expression")
    return around if around is not None and generic else callee


def of_handler(module: Module, handler: Node | None) -> Value:
    """Return the schema of the third parameter of a handler."""
    type_ = _argument_type(resolve_node(module, handler)) if handler else None
    if type_ is None:
        return unknown("follows from the type that its handler takes")
    schema = structs.schema(type_.module, type_.node, invopop=False)
    return Value({"type": Value("object")}) if schema.data == {} else schema


def of_last_parameter(module: Module, handler: Node) -> Value:
    """Return the schema of the last parameter of a function, whose tags are those of invopop/jsonschema."""
    found = resolve_node(module, handler)
    types = [type_ for _, type_ in parameters_of(found.node)] if found and found.node.type in FUNCTIONS else []
    if found is None or not types or types[-1] is None:
        return unknown("follows from the type that its handler takes")
    return structs.schema(found.module, types[-1], invopop=True)


def _argument_type(found: Resolved | None) -> Resolved | None:
    """Return the type of the arguments that a handler takes, or one that a call makes."""
    if found is None:
        return None
    module, node = found
    if node.type == "call_expression":
        function = node.child_by_field_name("function")
        made = resolve_node(module, function) if function else None
        result = made.node.child_by_field_name("result") if made and made.node.id != node.id else None
        return _argument_type(Resolved(made.module, result)) if made and result else None
    if node.type == "generic_type":  # mcp.ToolHandlerFor[In, Out]
        arguments = node.child_by_field_name("type_arguments")
        first = arguments.named_children[0] if arguments and arguments.named_children else None
        inner = first.named_children[0] if first and first.type == "type_elem" else first
        return Resolved(module, inner) if inner else None
    parameters = node.child_by_field_name("parameters")
    types = [
        type_
        for declaration in (parameters.named_children if parameters else ())
        if (type_ := declaration.child_by_field_name("type"))
        for _ in range(max(1, len(declaration.children_by_field_name("name"))))
    ]
    return Resolved(module, types[2]) if len(types) == 3 else None


def of_constructor(module: Module, tool: Node) -> Value | None:
    """Return the schema of the arguments that a handler takes which the function around gets with the name."""
    function = tool.parent
    while function is not None and function.type not in FUNCTIONS:
        function = function.parent
    for name, _ in parameters_of(function) if function is not None else ():
        handler = resolve_node(module, name)
        if handler is None or handler.node.type not in FUNCTIONS:
            continue
        types = [type_ for _, type_ in parameters_of(handler.node) if type_ is not None]
        found = resolve_node(handler.module, types[-1]) if types else None
        if found is not None and found.node.type == "type_spec":
            written = found.module.text(found.node)
            invopop = "description=" in written or "jsonschema_description" in written
            return structs.schema(handler.module, types[-1], invopop=invopop)
    return None
