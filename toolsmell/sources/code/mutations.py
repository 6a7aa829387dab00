"""The places that change a list, a map or an object after it was made."""

from collections.abc import Iterator

from toolsmell.sources.code.module import Module
from toolsmell.sources.code.syntax import Match, Node

MAX_IMPORTS = 10
"""Files that import a name from one another."""


def changes(module: Module, node: Node) -> Iterator[tuple[Module, Match]]:
    """Yield the places that change what a name or a field stands for, with their files.

    A local name is changed in its own scope, a field in its own file, a name of a file also by importers.
    """
    text = module.text(node)
    if not text.isidentifier():
        last = text.rpartition(".")[2]
        yield from (
            (module, match) for match in module.usage.changes.get(last, ()) if module.text(match["object"]) == text
        )
        return
    home, name, scope = _home(module, text, node.start_byte)
    yield from ((home, match) for match in home.usage.changes.get(name, ()) if _is(home, match, name, scope))
    for other in module.project.mentioning(name, home) if scope == 0 else ():
        if other.language is home.language and other.path != home.path:
            yield from (
                (other, match) for match in other.usage.changes.get(name, ()) if _imports(other, match, home, name)
            )


def _home(module: Module, name: str, byte: int) -> tuple[Module, str, int | None]:
    """Return the file that binds a name, the name there, and the scope that it is bound in."""
    scope = module.scope_of(name, byte)
    for _ in range(MAX_IMPORTS):
        binding = module.scopes[scope].names[name] if scope is not None else None
        if binding is not None and (binding.origin is None or binding.member is None):
            return module, name, scope
        origins = [binding.origin] if binding else [star.origin for star in module.stars]
        name = binding.member or name if binding else name
        others = (module.project.imported(module, origin) for origin in origins if origin)
        found = next((one for one in others if one is not None and name in one.scopes[0].names), None)
        if found is None:
            return module, name, scope
        module, scope = found, 0
    return module, name, scope


def _is(module: Module, match: Match, name: str, scope: int | None) -> bool:
    changed = match["object"]
    return module.text(changed) == name and module.scope_of(name, changed.start_byte) == scope


def _imports(module: Module, match: Match, home: Module, name: str) -> bool:
    changed = match["object"]
    if module.text(changed) != name:
        return module.text(changed).rpartition(".")[2] == name and _names(module, changed, home)
    other, name, scope = _home(module, name, changed.start_byte)
    return scope == 0 and other.path == home.path


def _names(module: Module, changed: Node, home: Module) -> bool:
    """Return True if `file.name` names a file of the project."""
    owner = module.text(changed).partition(".")[0]
    binding = module.lookup(owner, changed.start_byte)
    other = module.project.imported(module, binding.origin) if binding and binding.origin else None
    return other is not None and other.path == home.path
