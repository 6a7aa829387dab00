"""Follows names in Go: in the file, in the other files of its package, in packages of the same module."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from weakref import WeakKeyDictionary

from toolsmell.sources.code.following import target
from toolsmell.sources.code.module import MAX_FOLLOWED, Found, Key, Module, Project
from toolsmell.sources.code.nodes import arguments_of, parts_of
from toolsmell.sources.code.source import DocumentSource
from toolsmell.sources.code.syntax import Node

MAX_FILES = 300
"""Files of one package that are looked through for a name."""

_NAMES: WeakKeyDictionary[Project, dict[Path, dict[str, list[Module]]]] = WeakKeyDictionary()
"""By project and folder: the files that declare a name."""

_FOLDERS: WeakKeyDictionary[Project, dict[tuple[Path, str], Path | None]] = WeakKeyDictionary()
"""By project: the folders that import paths mean, by the folder of the file that imports."""


def resolve(module: Module, name: str, byte: int) -> Found | None:
    """Return the declaration or the value of a name of the file or its package."""
    binding = module.lookup(name, byte)
    found = target(module, binding) if binding else None
    if isinstance(found, Found) or binding:
        return found if isinstance(found, Found) else None
    return _in_package(module.project, module.path.parent, name)


def resolve_node(module: Module, node: Node, depth: int = 0) -> Found | None:
    """Follow a name to what it stands for; anything else stands for itself."""
    if depth > MAX_FOLLOWED or module.project.steps.exhausted():
        return None
    if node.type in ("parenthesized_expression", "literal_element") and node.named_child_count == 1:
        return resolve_node(module, node.named_children[0], depth + 1)
    if node.type == "unary_expression" and module.text(node).startswith("&"):
        return resolve_node(module, node.named_children[0], depth + 1)
    if node.type in ("identifier", "type_identifier"):
        found = resolve(module, module.text(node), node.start_byte)
    elif node.type in ("selector_expression", "qualified_type"):
        found = _qualified(module, node) or _field(module, node, depth + 1)
    else:
        return Found(module, node)
    if found and found.node.type in ("identifier", "selector_expression", "unary_expression", "literal_element"):
        return resolve_node(found.module, found.node, depth + 1)
    return found


def _qualified(module: Module, node: Node) -> Found | None:
    """Follow `package.Name`, or the method in `value.Method` if the package has only one of that name."""
    package, name = node.named_children[0], node.named_children[-1]
    directory = directory_of(module, module.text(package))
    if directory:
        return _in_package(module.project, directory, module.text(name))
    found = _in_package(module.project, module.path.parent, module.text(name))
    return found if found and found.node.type == "method_declaration" else None


def _field(module: Module, node: Node, depth: int) -> Found | None:
    """Return a field of a struct that is written down: `value.Field`."""
    owner, name = node.child_by_field_name("operand"), node.child_by_field_name("field")
    held = resolve_node(module, owner, depth) if owner is not None and name is not None else None
    return part_of(held, module.text(name), depth) if held is not None and name is not None else None


def part_of(held: Found, name: str, depth: int = 0) -> Found | None:
    """Return a field of a struct, by its name in Go, also of one that a function of the project returns."""
    module, node = held
    if depth > MAX_FOLLOWED or module.project.steps.exhausted():
        return None
    if isinstance(module.source, DocumentSource):
        return _in_document(module, node, name)
    if node.type == "call_expression":
        function = function_of(module, node, depth + 1)
        values = results(function.node) if function else []
        made = resolve_node(function.module, values[0], depth + 1) if function and len(values) == 1 else None
        return part_of(made, name, depth + 1) if made is not None else None
    body = node if node.type == "literal_value" else node.child_by_field_name("body")
    if body is None or node.type not in ("literal_value", "composite_literal"):
        return None
    for child in body.named_children:
        if child.type == "keyed_element" and module.text(child.named_children[0]) == name:
            return Found(module, child.named_children[-1])
    return None


def _in_document(module: Module, node: Node, name: str) -> Found | None:
    """Return a member of a JSON object. Fields of Go are called like members, but for capitals and underscores."""
    wanted = name.lower().replace("_", "")
    for pair in node.named_children if node.type == "object" else ():
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if key is not None and value is not None and module.text(key).strip('"').lower().replace("_", "") == wanted:
            return Found(module, value)
    return None


def function_of(module: Module, call: Node, depth: int = 0) -> Found | None:
    """Return the function of the project that a call calls, with the values of its parameters."""
    function = call.child_by_field_name("function")
    if function is not None and function.type in ("index_expression", "type_instantiation_expression"):
        function = function.named_children[0]
    found = resolve_node(module, function, depth + 1) if function is not None else None
    if found is None or found.node.type not in FUNCTIONS:
        return None
    given = bound(found.module, found.node, [Found(module, argument) for argument in arguments_of(call)])
    return Found(found.module.within(given), found.node)


FUNCTIONS = frozenset(("function_declaration", "method_declaration", "func_literal"))


def parameters_of(function: Node) -> list[tuple[Node, Node | None]]:
    """Return the names of the parameters of a function, each with its type."""
    parameters = function.child_by_field_name("parameters")
    return [
        (name, declaration.child_by_field_name("type"))
        for declaration in (parameters.named_children if parameters is not None else ())
        for name in declaration.children_by_field_name("name")
    ]


def bound(module: Module, function: Node, given: Sequence[Found]) -> Mapping[Key, Found]:
    """Return the values of the parameters of a function that is called with these arguments."""
    names = [name for name, _ in parameters_of(function)]
    return {(module.path, name.start_byte): value for name, value in zip(names, given, strict=False)}


def results(function: Node) -> list[Node]:
    """Return the expressions that a function returns, the first of several values."""
    body = function.child_by_field_name("body")
    waiting = [body] if body is not None else []
    found = []
    while waiting:
        node = waiting.pop()
        if node.type == "return_statement" and node.named_children:
            found.append(node.named_children[0].named_children[0])
        elif node.type.endswith(("statement", "block", "clause", "case", "list")):
            waiting.extend(child for child in reversed(node.named_children) if child.type != "func_literal")
    return found


def type_name(module: Module, type_: Node) -> str | None:
    """Return the name of a type, without its package, pointers and brackets."""
    while type_.type in ("pointer_type", "slice_type", "generic_type", "variadic_parameter_declaration"):
        inner = type_.child_by_field_name("element") or type_.child_by_field_name("type")
        type_ = inner or type_.named_children[0]
    if type_.type == "qualified_type":
        return module.text(type_).rpartition(".")[2]
    return module.text(type_) if type_.type == "type_identifier" else None


def _in_package(project: Project, directory: Path, name: str) -> Found | None:
    index = _NAMES.setdefault(project, {})
    if directory not in index:
        names: dict[str, list[Module]] = {}
        index[directory] = names
        for file in files_of(project, directory):
            for own in file.scopes[0].names:
                names.setdefault(own, []).append(file)
    files = index[directory].get(name, [])
    one = target(files[0], files[0].scopes[0].names[name]) if len(files) == 1 else None
    return one if isinstance(one, Found) else None


def files_of(project: Project, directory: Path) -> Iterator[Module]:
    if directory not in project.packages:
        names = [name for name in project.seen.names(directory) if name.endswith(".go")]
        paths = [directory / name for name in names if not name.endswith("_test.go")]
        project.packages[directory] = tuple(paths[:MAX_FILES])
    return (module for path in project.packages[directory] if (module := project.module(path)))


def directory_of(module: Module, package: str) -> Path | None:
    """Return the folder of an imported package, if it is one of the same module."""
    for spec in _imports(module):
        path_node, alias = spec.child_by_field_name("path"), spec.child_by_field_name("name")
        path = module.text(path_node).strip('"`') if path_node else ""
        if (module.text(alias) if alias else path.rpartition("/")[2]) == package:
            return _local(module, path)
    return None


def _imports(module: Module) -> Iterator[Node]:
    return (found["import"] for found in module.bound if "import" in found)


def _local(module: Module, path: str) -> Path | None:
    """Find the folder that an import path means, by the name that go.mod gives to the module."""
    folders = _FOLDERS.setdefault(module.project, {})
    key = (module.path.parent, path)
    if key not in folders:
        folders[key] = _folder(module, path)
    return folders[key]


def _folder(module: Module, path: str) -> Path | None:
    for parent in module.path.parents:
        if not parent.is_relative_to(module.project.root):
            return None
        declaration = parent / "go.mod"
        if text := module.project.seen.text(declaration, 4000):
            name = text.split("module ", 1)[-1].split("\n", 1)[0].strip()
            inside = path.removeprefix(name).lstrip("/")
            return parent / inside if path == name or path.startswith(name + "/") else None
    return None


def called(module: Module, node: Node) -> str:
    """Return the last part of the name of the function that a call calls."""
    function = node.child_by_field_name("function")
    if function is not None and function.type in ("index_expression", "type_instantiation_expression"):
        function = function.named_children[0]
    return module.text(function).rpartition(".")[2] if function else ""


def returned(function: Node) -> Node | None:
    """Return the expression of a function that does nothing but return one."""
    body = function.child_by_field_name("body")
    statements = _statements(body) if body else []
    if len(statements) != 1 or statements[0].type != "return_statement" or not statements[0].named_children:
        return None
    values = statements[0].named_children[0].named_children
    return values[0] if len(values) == 1 else None


def _statements(body: Node) -> tuple[Node, ...]:
    inner = parts_of(body)
    if len(inner) == 1 and inner[0].type == "statement_list":
        return parts_of(inner[0])
    return inner
