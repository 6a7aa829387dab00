"""The names that a file binds, by scope: where constants, functions, classes and imports are found again."""

from collections.abc import Iterator

from toolsmell.sources.code.module import Binding, Module, Scope
from toolsmell.sources.code.syntax import Node

_OPAQUE = Binding()


def read(module: Module) -> list[Scope]:
    """Return the scopes of a file in order of their starts, each with its names; the first is the file."""
    found = [captures for _, captures in module.matches("scopes")]
    scopes = _nested(module, [captures["scope"] for captures in found if "scope" in captures])
    for captures in found:
        if "scope" not in captures:
            exported = "default" in captures or "export" in captures
            names = scopes[0 if exported else _owner(scopes, captures)].names
            for name, binding in _bindings(module, captures):
                _bind(names, name, binding)
    return scopes


def _nested(module: Module, nodes: list[Node]) -> list[Scope]:
    scopes = [Scope(-1, len(module.source.data) + 1, "file", 0, {})]
    open_ = [0]
    for node in sorted(nodes, key=lambda n: (n.start_byte, -n.end_byte)):
        while scopes[open_[-1]].end < node.end_byte:
            open_.pop()
        scopes.append(Scope(node.start_byte, node.end_byte, node.type, open_[-1], {}))
        open_.append(len(scopes) - 1)
    return scopes


def _owner(scopes: list[Scope], captures: dict[str, Node]) -> int:
    """Return the scope that a name is bound in: for a function or class, the one around it."""
    node = captures.get("definition") or captures.get("name") or captures["import"]
    low, high = 0, len(scopes)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if scopes[middle].start <= node.start_byte else (low, middle)
    while low and not (
        scopes[low].end >= node.end_byte and (scopes[low].start, scopes[low].end) != (node.start_byte, node.end_byte)
    ):
        low = scopes[low].parent
    return low


def _bindings(module: Module, captures: dict[str, Node]) -> Iterator[tuple[str, Binding]]:
    if "import" in captures:
        from toolsmell.sources.code.imports import imports

        yield from imports(module, captures["import"])
        return
    if "default" in captures:
        yield "default", Binding(captures["default"])
    elif "export" in captures:
        yield module.text(captures["export"]), Binding(captures["value"])
    elif "enum" in captures:
        yield module.text(captures["name"]), Binding(captures["enum"], final=True)
    else:
        value = captures.get("value") or captures.get("definition")
        key = module.text(captures["key"]) if "key" in captures else None
        yield module.text(captures["name"]), Binding(value, member=key)


def _bind(names: dict[str, Binding], name: str, binding: Binding) -> None:
    """Bind a name. One that is bound again stands for nothing that can be told; of two imports, the first counts."""
    bound = names.get(name)
    if bound is None or binding.final:
        names[name] = binding
    elif not bound.final and not (bound.origin and binding.origin):
        names[name] = _OPAQUE
