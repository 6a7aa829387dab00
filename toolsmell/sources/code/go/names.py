"""What names in Go stand for: in the file, in the other files of its package, in packages of the same module."""

from collections.abc import Iterator
from pathlib import Path

from toolsmell.sources.code.module import MAX_FOLLOWED, Found, Module, Project, target
from toolsmell.sources.code.syntax import Node

MAX_FILES = 300
"""Files of one package that are looked through for a name."""


def resolve(module: Module, name: str, byte: int) -> Found | None:
    """Return the declaration or the value of a name of the file or its package."""
    binding = module.lookup(name, byte)
    found = target(module, binding) if binding else None
    if isinstance(found, Found) or binding:
        return found if isinstance(found, Found) else None
    return _in_package(module.project, module.path.parent, name)


def resolve_node(module: Module, node: Node, depth: int = 0) -> Found | None:
    """Follow a name to what it stands for; anything else stands for itself."""
    if depth > MAX_FOLLOWED or module.project.exhausted():
        return None
    if node.type in ("parenthesized_expression", "literal_element") and node.named_child_count == 1:
        return resolve_node(module, node.named_children[0], depth + 1)
    if node.type == "unary_expression" and module.text(node).startswith("&"):
        return resolve_node(module, node.named_children[0], depth + 1)
    if node.type in ("identifier", "type_identifier"):
        found = resolve(module, module.text(node), node.start_byte)
    elif node.type in ("selector_expression", "qualified_type"):
        found = _qualified(module, node)
    else:
        return Found(module, node)
    if found and found.node.type in ("identifier", "selector_expression", "unary_expression"):
        return resolve_node(found.module, found.node, depth + 1)
    return found


def _qualified(module: Module, node: Node) -> Found | None:
    """Follow `package.Name`, or the method in `value.Method` if the package has only one of that name."""
    package, name = node.named_children[0], node.named_children[-1]
    directory = _directory(module, module.text(package))
    if directory:
        return _in_package(module.project, directory, module.text(name))
    found = _in_package(module.project, module.path.parent, module.text(name))
    return found if found and found.node.type == "method_declaration" else None


def _in_package(project: Project, directory: Path, name: str) -> Found | None:
    found = [
        target(file, file.scopes[0].names[name]) for file in _files(project, directory) if name in file.scopes[0].names
    ]
    one = found[0] if len(found) == 1 else None
    return one if isinstance(one, Found) else None


def _files(project: Project, directory: Path) -> Iterator[Module]:
    if directory not in project.packages:
        paths = sorted(path for path in directory.glob("*.go") if not path.name.endswith("_test.go"))
        project.packages[directory] = tuple(paths[:MAX_FILES])
    return (module for path in project.packages[directory] if (module := project.module(path)))


def _directory(module: Module, package: str) -> Path | None:
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
    for parent in module.path.parents:
        if not parent.is_relative_to(module.project.root):
            return None
        declaration = parent / "go.mod"
        if declaration.is_file():
            first = declaration.read_text(encoding="utf-8", errors="replace")[:4000].split("module ", 1)[-1]
            name = first.split("\n", 1)[0].strip()
            inside = path.removeprefix(name).lstrip("/")
            return parent / inside if path == name or path.startswith(name + "/") else None
    return None


def arguments_of(node: Node) -> list[Node]:
    arguments = node.child_by_field_name("arguments")
    return [child for child in arguments.named_children if child.type != "comment"] if arguments else []


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


def _statements(body: Node) -> list[Node]:
    inner = [child for child in body.named_children if child.type != "comment"]
    if len(inner) == 1 and inner[0].type == "statement_list":
        return [child for child in inner[0].named_children if child.type != "comment"]
    return inner
