"""The names that a file binds, by scope: where constants, functions, classes and imports are found again."""

from collections.abc import Iterator

from toolsmell.sources.code.module import Binding, Module, Scope
from toolsmell.sources.code.syntax import Match, Node, call_of

_OPAQUE = Binding()


def read(module: Module) -> list[Scope]:
    """Return the scopes of a file in order of their starts, each with its names; the first is the file."""
    found = module.bound
    scopes = _nested(module, [captures["scope"] for captures in found if "scope" in captures])
    for captures in found:
        if "scope" not in captures:
            exported = "default" in captures or "member" in captures
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


def _owner(scopes: list[Scope], captures: Match) -> int:
    """Return the scope that a name is bound in: for a function or class, the one around it."""
    node = next(captures[key] for key in ("definition", "name", "callee", "import") if key in captures)
    low, high = 0, len(scopes)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if scopes[middle].start <= node.start_byte else (low, middle)
    while low and not (
        scopes[low].end >= node.end_byte and (scopes[low].start, scopes[low].end) != (node.start_byte, node.end_byte)
    ):
        low = scopes[low].parent
    return low


def _bindings(module: Module, captures: Match) -> Iterator[tuple[str, Binding]]:
    if "import" in captures:
        from toolsmell.sources.code.imports import imports

        yield from imports(module, captures["import"])
        return
    if "default" in captures:
        yield "default", Binding(captures["default"])
    elif "member" in captures:
        owner, name = (captures["member"].child_by_field_name(field) for field in ("object", "property"))
        if owner and name and module.text(owner) == "exports":
            yield module.text(name), Binding(captures["value"])
    elif "enum" in captures:
        yield from _enumeration(module, captures)
    elif "pattern" in captures:
        # Taken apart from a value (`const { key: name } = value`), or a parameter.
        holder = captures["pattern"].parent
        holder = holder.parent if holder and holder.type == "object_pattern" else holder
        value = holder.child_by_field_name("value") if holder and holder.type == "variable_declarator" else None
        yield module.text(captures["name"]), Binding(value, member=module.text(captures["key"]) if value else None)
    else:
        yield module.text(captures["name"]), Binding(captures.get("value") or captures.get("definition"))


def _enumeration(module: Module, captures: Match) -> Iterator[tuple[str, Binding]]:
    """Yield the name in `(function (Name) {...})(Name || (Name = {}))`."""
    call = call_of(captures["callee"])
    arguments = call.child_by_field_name("arguments") if call else None
    given = arguments.named_children[0] if arguments and arguments.named_children else None
    name = given.child_by_field_name("left") if given and given.type == "binary_expression" else None
    if name and name.type == "identifier":
        yield module.text(name), Binding(captures["enum"], final=True)


def _bind(names: dict[str, Binding], name: str, binding: Binding) -> None:
    """Bind a name. One that is bound again stands for nothing that can be told; of two imports, the first counts."""
    bound = names.get(name)
    if bound is None or binding.final:
        names[name] = binding
    elif not bound.final and not (bound.origin and binding.origin):
        names[name] = _OPAQUE
