"""Imports: the names they bind, and the files of the same project that they name."""

import os
from collections.abc import Iterator
from pathlib import Path

from toolsmell.sources.code.aliases import Aliases
from toolsmell.sources.code.parsed import Binding, Parsed
from toolsmell.sources.code.syntax import Language, Node

_SCRIPTS = (".ts", ".tsx", ".mts", ".js", ".mjs", ".jsx", ".cjs", ".cts")
# A TypeScript file imports another by the name that it will have when it is compiled.
_COMPILED = {".js": (".ts", ".tsx"), ".mjs": (".mts",), ".cjs": (".cts",), ".jsx": (".tsx",)}


def imports(module: Parsed, node: Node) -> Iterator[tuple[str, Binding]]:
    """Yield the names that an import statement binds."""
    if module.language is Language.PYTHON:
        yield from _python(module, node)
    elif module.language is not Language.GO:
        yield from _script(module, node)


def candidates(language: Language, path: Path, origin: str, aliases: Aliases, root: Path) -> Iterator[Path]:
    """Yield the files that `origin` may mean in an import of the file `path`, best first."""
    if language is Language.PYTHON:
        yield from _python_files(path, origin, root)
    elif language.is_script and origin.startswith("."):
        yield from _script_files(Path(os.path.normpath(path.parent / origin)))
    elif language.is_script:
        for target in aliases.targets(path, origin):
            yield from _script_files(target)


def _python(module: Parsed, node: Node) -> Iterator[tuple[str, Binding]]:
    origin_node = node.child_by_field_name("module_name")
    origin = module.text(origin_node).replace(" ", "") if origin_node else None
    if origin and any(child.type == "wildcard_import" for child in node.children):
        yield f"*{origin}", Binding(origin=origin)
    for child in node.children_by_field_name("name"):
        alias = child.child_by_field_name("alias")
        named = child.child_by_field_name("name") or child
        name = module.text(named)
        if origin is not None:
            yield module.text(alias) if alias else name, Binding(origin=origin, member=name)
        elif alias:
            yield module.text(alias), Binding(origin=name)
        else:
            # `import a.b` binds `a`, which is followed no further than its name.
            yield name.partition(".")[0], Binding(origin=name.partition(".")[0])


def _python_files(path: Path, origin: str, root: Path) -> Iterator[Path]:
    rest = origin.lstrip(".")
    parts = rest.split(".") if rest else []
    level = len(origin) - len(rest)
    if level:
        base = path.parent
        for _ in range(level - 1):
            base = base.parent
        bases = [base]
    else:
        bases = [parent for parent in path.parents if parent.is_relative_to(root)]
    for base in bases:
        target = base.joinpath(*parts)
        if parts:
            yield target.with_name(target.name + ".py")
        yield target / "__init__.py"


def _script(module: Parsed, node: Node) -> Iterator[tuple[str, Binding]]:
    source = node.child_by_field_name("source")
    if source is None:
        return
    origin = module.text(source)[1:-1]
    if any(child.type == "*" for child in node.children):
        yield f"*{origin}", Binding(origin=origin)
    for child in node.named_children:
        if child.type in ("import_clause", "export_clause"):
            yield from _clause(module, child, origin)
        elif child.type == "namespace_export":
            yield module.text(child.named_children[0]), Binding(origin=origin)


def _clause(module: Parsed, clause: Node, origin: str) -> Iterator[tuple[str, Binding]]:
    for child in clause.named_children:
        if child.type == "identifier":
            yield module.text(child), Binding(origin=origin, member="default")
        elif child.type == "namespace_import":
            yield module.text(child.named_children[0]), Binding(origin=origin)
        elif child.type == "named_imports":
            yield from _clause(module, child, origin)
        elif child.type in ("import_specifier", "export_specifier"):
            name = child.child_by_field_name("name")
            alias = child.child_by_field_name("alias")
            if name is not None:
                yield module.text(alias or name), Binding(origin=origin, member=module.text(name))


def _script_files(target: Path) -> Iterator[Path]:
    # The sources of a file that is there twice are better than what was compiled from them.
    for suffix in _COMPILED.get(target.suffix, ()):
        yield target.with_suffix(suffix)
    yield target
    for suffix in _SCRIPTS:
        yield target.with_name(target.name + suffix)
    for suffix in _SCRIPTS:
        yield target / f"index{suffix}"
