"""Follows a name to what it stands for, also in other files."""

from toolsmell.sources.code.module import MAX_FOLLOWED, Found, Module
from toolsmell.sources.code.parsed import Binding
from toolsmell.sources.code.syntax import Language, Node


def target(module: Module, binding: Binding, depth: int = 0) -> Found | Module | None:
    """Follow a binding to the node or the whole file that it stands for, through imports."""
    if binding.origin is None:
        whole = binding.value if binding.member is None else None
        if whole is None and binding.value is None and binding.at is not None:
            return module.value_of(binding.at)
        return Found(module, whole) if whole else None
    if binding.origin.endswith(".json") and module.language.is_script:
        return module.project.document_imported(module, binding.origin) if binding.member in (None, "default") else None
    other = module.project.imported(module, binding.origin)
    if binding.member is None:
        return other
    found = exported(other, binding.member, depth + 1) if other else None
    if found is None and module.language is Language.PYTHON:
        # `from package import submodule`
        dot = "" if binding.origin.endswith(".") else "."
        return module.project.imported(module, f"{binding.origin}{dot}{binding.member}")
    return found


def exported(module: Module, name: str, depth: int = 0) -> Found | Module | None:
    """Return the value of `name` in a file, also if another file defines it."""
    if depth > MAX_FOLLOWED:
        return None
    names = module.scopes[0].names
    if name in names:
        return target(module, names[name], depth)
    others = (target(module, star, depth) for star in module.stars)
    found = (exported(other, name, depth + 1) for other in others if isinstance(other, Module))
    return next((one for one in found if one), None)


def written_type(module: Module, name: Node) -> Node | None:
    """Return the type that is written where a name is bound, or None."""
    binding = module.lookup(module.text(name), name.start_byte) if name.type == "identifier" else None
    holder = binding.at.parent if binding is not None and binding.at is not None else None
    return holder.child_by_field_name("type") if holder is not None else None


def resolve(module: Module, name: str, byte: int) -> Found | Module | None:
    """Return the value of `name` at a byte of a file: a node, a whole file, or None."""
    binding = module.lookup(name, byte)
    return target(module, binding) if binding else exported(module, name)
