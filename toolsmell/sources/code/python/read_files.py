"""Files that Python code reads: `Path(__file__).parent / "text.md"`, `open(os.path.join(...))`."""

from pathlib import Path

from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.python.names import Arguments, last_name, resolve_node
from toolsmell.sources.code.syntax import Node

MAX_PARTS = 30
"""Calls and operators of one path."""


def path_of(module: Module, node: Node, depth: int = 0) -> Path | None:
    """Return the path that an expression gives, or None if only a run can tell."""
    if depth > MAX_PARTS:
        return None
    if node.type == "parenthesized_expression" and node.named_child_count == 1:
        return path_of(module, node.named_children[0], depth + 1)
    if node.type == "binary_operator":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        base = path_of(module, left, depth + 1) if left is not None else None
        part = module.evaluate(right).text if right is not None else None
        return base / part if base is not None and part is not None else None
    if node.type == "attribute":
        owner, name = node.child_by_field_name("object"), last_name(module, node)
        base = path_of(module, owner, depth + 1) if owner is not None and name == "parent" else None
        return base.parent if base is not None else _named(module, node, depth)
    if node.type == "call":
        return _called(module, node, depth)
    if node.type == "identifier":
        return module.path if module.text(node) == "__file__" else _named(module, node, depth)
    text = module.evaluate(node).text if node.type in ("string", "concatenated_string") else None
    return module.path.parent / text if text is not None else None


def _named(module: Module, node: Node, depth: int) -> Path | None:
    found = resolve_node(module, node)
    is_other = isinstance(found, Found) and found.node.id != node.id
    return path_of(found.module, found.node, depth + 1) if isinstance(found, Found) and is_other else None


def _called(module: Module, node: Node, depth: int) -> Path | None:
    function = node.child_by_field_name("function")
    given = Arguments(module, node).positional
    name = last_name(module, function) if function is not None else ""
    owner = function.child_by_field_name("object") if function is not None and function.type == "attribute" else None
    if name in ("Path", "dirname", "abspath", "realpath", "str", "files") and given:
        base = path_of(module, given[0], depth + 1)
        return base.parent if base is not None and name == "dirname" else base
    if name in ("resolve", "absolute") and owner is not None:
        return path_of(module, owner, depth + 1)
    start = owner if name == "joinpath" else given[0] if name == "join" and given else None
    base = path_of(module, start, depth + 1) if start is not None else None
    parts = [module.evaluate(one).text for one in (given if name == "joinpath" else given[1:])]
    if base is None or None in parts:
        return None
    return base.joinpath(*(part for part in parts if part is not None))


def document(module: Module, call: Node) -> Found | None:
    """Return the JSON document that `json.load(file)` or `json.loads(path.read_text())` gives."""
    function = call.child_by_field_name("function")
    given = Arguments(module, call).positional
    if function is None or not given or module.text(function) not in ("json.load", "json.loads", "load", "loads"):
        return None
    found = _opened(module, given[0]) or resolve_node(module, given[0])
    if not isinstance(found, Found) or found.node.type != "call":
        return None
    path = read_file(found.module, found.node) or _opened_path(found.module, found.node)
    return module.project.document(path, module.language) if path is not None else None


def _opened(module: Module, name: Node) -> Found | None:
    """Return the call that opens a file in `with open(path) as name`."""
    binding = module.lookup(module.text(name), name.start_byte) if name.type == "identifier" else None
    target = binding.at.parent if binding is not None and binding.at is not None else None
    holder = target.parent if target is not None and target.type == "as_pattern_target" else None
    call = holder.named_children[0] if holder is not None and holder.type == "as_pattern" else None
    return Found(module, call) if call is not None else None


def _opened_path(module: Module, call: Node) -> Path | None:
    """Return the path in `open(path)` and `path.open()`."""
    function = call.child_by_field_name("function")
    owner = function.child_by_field_name("object") if function is not None and function.type == "attribute" else None
    given = Arguments(module, call).positional
    if function is None or last_name(module, function) != "open":
        return None
    return path_of(module, owner) if owner is not None else path_of(module, given[0]) if given else None


def read_file(module: Module, call: Node) -> Path | None:
    """Return the path of the file that `path.read_text()` or `open(path).read()` reads."""
    function = call.child_by_field_name("function")
    owner = function.child_by_field_name("object") if function is not None and function.type == "attribute" else None
    if owner is None or function is None:
        return None
    if last_name(module, function) == "read_text":
        return path_of(module, owner)
    opened = owner.child_by_field_name("function") if owner.type == "call" else None
    given = Arguments(module, owner).positional if opened is not None and module.text(opened) == "open" else []
    return path_of(module, given[0]) if given else None
