"""Python calls whose value is known: methods of texts, functions of libraries, and functions of the project."""

from toolsmell.sources.code.cleaning import Cleaning
from toolsmell.sources.code.fallback import text_of_file, translated
from toolsmell.sources.code.literals import joined_by
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.python import docstring, formats
from toolsmell.sources.code.python.names import Arguments, last_name, returned
from toolsmell.sources.code.python.read_files import read_file
from toolsmell.sources.code.python.type_hints import model_schema
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import Value, as_text, elsewhere, shared


def call(module: Module, node: Node, depth: int) -> Value:
    function = node.child_by_field_name("function")
    if function is None:
        return module.computed(node)
    name = last_name(module, function)
    arguments = Arguments(module, node)
    owner = function.child_by_field_name("object") if function.type == "attribute" else None
    known = _method(module, node, name, owner, arguments, depth) if owner else None
    known = known or _function(module, node, name, owner, arguments, depth)
    return known if known is not None else _made(module, node, depth)


def _method(module: Module, node: Node, name: str, owner: Node, arguments: Arguments, depth: int) -> Value | None:
    """Return the value of a method of a text, a path or a model, or None for any other."""
    positional = arguments.positional
    match name:
        case "format" if not arguments.open:
            given = [module.evaluate(one, depth) for one in positional]
            named = {key: module.evaluate(value, depth) for key, (_, value) in arguments.named.items()}
            return formats.braces(module, node, module.evaluate(owner, depth), given, named)
        case "strip" | "lstrip" | "rstrip" if not positional:
            return docstring.cleaned(Cleaning(name), module.evaluate(owner, depth))
        case "join" if len(positional) == 1:
            return joined_by(module, node, module.evaluate(owner, depth), module.evaluate(positional[0], depth))
        case "startswith" | "endswith" if len(positional) == 1:
            text, part = module.evaluate(owner, depth).text, module.evaluate(positional[0], depth).text
            if text is None or part is None:
                return module.computed(node)
            return Value(text.startswith(part) if name == "startswith" else text.endswith(part), module.literal(node))
        case "get" if len(positional) == 2 and module.text(owner).endswith("environ"):
            return module.evaluate(positional[1], depth)
        case "read_text" | "read":
            return _read(module, node)
        case "model_json_schema" | "schema":
            return model_schema(module, owner) or module.computed(node)
    return None


def _function(
    module: Module, node: Node, name: str, owner: Node | None, arguments: Arguments, depth: int
) -> Value | None:
    """Return the value of a function of the language or of a library, or None for any other."""
    positional = arguments.positional
    only = positional[0] if len(positional) == 1 else None
    match name:
        case "str" if only:
            return as_text(module.evaluate(only, depth))
        case "dedent" | "cleandoc" if only:
            return docstring.cleaned(Cleaning(name), module.evaluate(only, depth))
        case "getenv" if len(positional) == 2:
            return module.evaluate(positional[1], depth)
        case "int" | "float" | "bool" if only and not owner:
            return _converted(module, node, name, module.evaluate(only, depth))
        case "dict" if not (owner or positional or arguments.open):
            return _keywords(module, node, arguments, depth)
    if len(positional) > 1 and not owner:
        return translated(name, [module.evaluate(one, depth) for one in positional])
    return None


def _made(module: Module, node: Node, depth: int) -> Value:
    """Return the value of a function of the project, or of a JSON document that a call reads."""
    if (document := module.document(node)) is not None:
        return shared(document.module.evaluate(document.node, depth))
    made = returned(module, node, depth)
    value = made.module.evaluate(made.node, depth) if made else module.computed(node)
    return shared(elsewhere(value)) if value.known else module.computed(node)


def _converted(module: Module, node: Node, name: str, value: Value) -> Value:
    """Return the result of `int(...)`, `float(...)` and `bool(...)` on a known value."""
    if not isinstance(value.data, str | int | float):
        return module.computed(node)
    try:
        data = {"int": int, "float": float, "bool": bool}[name](value.data)
    except ValueError:
        return module.computed(node)
    return Value(data, module.literal(node))


def _read(module: Module, node: Node) -> Value:
    path = read_file(module, node)
    text = text_of_file(module, path) if path is not None else None
    return text if text is not None else module.computed(node)


def _keywords(module: Module, node: Node, arguments: Arguments, depth: int) -> Value:
    members = {
        key: module.evaluate(value, depth)._replace(key=module.literal(at))
        for key, (at, value) in arguments.named.items()
    }
    return Value(members, module.literal(node))
