"""Files that JavaScript reads: `readFileSync(path.join(__dirname, "text.md"))`, `JSON.parse(readFileSync(...))`."""

from pathlib import Path

from toolsmell.sources.code.javascript.functions import callee, unwrapped
from toolsmell.sources.code.javascript.names import resolve_node
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Language, Node

_READERS = ("readFileSync", "readFile", "readTextFileSync", "readTextFile")
_SAME = frozenset(("toString", "trim"))


def paths_of(module: Module, call: Node) -> list[Path]:
    """Return the files that a call may read: next to the file with the code, or below the root of the project."""
    function, given = callee(call), arguments_of(call)
    if function is None or not given or module.text(function).rpartition(".")[2] not in _READERS:
        return []
    texts = _texts(module, given[0])
    return [base.joinpath(*texts) for base in (module.path.parent, module.project.root)] if texts else []


def _texts(module: Module, path: Node) -> list[str]:
    """Return the known texts of a path, in order."""
    texts: list[str] = []
    waiting = [path]
    while waiting:
        here = waiting.pop(0)
        if here.type in ("string", "template_string"):
            texts.append(module.evaluate(here).text or "")
            continue
        found = resolve_node(module, here) if here.type == "identifier" else None
        if isinstance(found, Found) and found.node.id != here.id and found.module.path == module.path:
            waiting.insert(0, found.node)
        else:
            waiting[:0] = here.named_children
        if len(texts) + len(waiting) > MAX_PARTS:
            return []
    return texts


MAX_PARTS = 30
"""Calls and texts of one path."""


def document(module: Module, call: Node) -> Found | None:
    """Return the JSON document that `JSON.parse(readFileSync(...))` gives."""
    function, given = callee(call), arguments_of(call)
    if function is None or len(given) != 1 or module.text(function) != "JSON.parse":
        return None
    read = _read(module, given[0])
    for path in paths_of(read.module, read.node) if read is not None else ():
        if found := module.project.document(path, Language.JAVASCRIPT):
            return found
    return None


def _read(module: Module, node: Node) -> Found | None:
    """Return the call that reads the text, without `toString` behind it."""
    found = resolve_node(module, unwrapped(node))
    while isinstance(found, Found) and found.node.type == "call_expression":
        function = callee(found.node)
        name = function.child_by_field_name("property") if function is not None else None
        owner = function.child_by_field_name("object") if function is not None else None
        if name is None or owner is None or found.module.text(name) not in _SAME:
            return found
        found = resolve_node(found.module, unwrapped(owner))
    return None
