"""Applies what code does to a value after its literal: members that are set, and functions that get it."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from toolsmell.sources.code.found import way_to
from toolsmell.sources.code.guards import FUNCTIONS, runs
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Match, Node
from toolsmell.sources.code.values import Value, joined, pieces_of, unknown
from toolsmell.text import pattern

MAX_CHANGES = 200
"""Changes of one value."""

MAX_PASSED = 5
"""Functions that pass a value on to one another."""

Parameter: TypeAlias = Callable[[Module, Node, Node], Found | None]
"""Returns the name of the parameter that gets an argument of a call, in the function that is called."""

_PART = r"""\.(\w+)|\[["'](\w+)["']\]|(.)"""


class Changes:
    """Applies to a value what the code does to the name that it has."""

    def __init__(self, parameter: Parameter, key: Callable[[str], str] = str) -> None:
        self._parameter: Final = parameter
        self._key: Final = key
        """Returns the name in JSON of a member."""
        self._open: set[tuple[int, int]] = set()

    def applied(self, module: Module, name: Node, value: Value, depth: int = 0) -> Value:
        """Return a value after all changes of its name; one under a condition makes it unknown, or a part of it."""
        if not isinstance(value.data, dict | list | str) or depth > MAX_PASSED:
            return value
        text = module.text(name)
        matches = module.usage.changes_of.get(text, ())
        scope = module.scope_of(text, name.start_byte) if matches else None
        here = (id(module.tree), name.start_byte)
        if scope is None or here in self._open:
            return value
        self._open.add(here)
        binding = module.scopes[scope].names[text]
        change = self._change if isinstance(value.data, dict) else self._grown
        # `name += value` binds the name again, so the value has it already.
        bound = {one.value.id for one in binding.all if one.value is not None}
        for match in matches[:MAX_CHANGES]:
            again = "change" in match and match["change"].id in bound
            if not again and module.scope_of(text, match["object"].start_byte) == scope:
                value = change(module, binding.at or name, match, value, depth)
        self._open.discard(here)
        return value

    def _grown(self, module: Module, bound: Node, match: Match, value: Value, depth: int) -> Value:
        """Return a list or a text after something was added to it."""
        at = match.get("call") or match.get("change")
        if "passed" in match:
            inner = self._parameter(module, match["passed"], match["object"]) if isinstance(value.data, list) else None
            return self.applied(inner.module, inner.node, value, depth + 1) if inner is not None else value
        if at is None or ("append" not in match and module.text(match["object"]) != module.text(bound)):
            return value
        taken = runs(module, at, _block_of(bound), depth)
        if taken is False:
            return value
        added = [module.evaluate(node) for node in _added(module, match)] if taken else []
        if isinstance(value.data, str) and "more" in match and added:
            return joined([value, *added], value.literal and value.literal._replace(whole=False), _reason(module, at))
        if isinstance(value.data, list) and added:
            items = [item for one in added for item in (one.items if "more" in match else [one])]
            if "more" not in match or all(isinstance(one.data, list) for one in added):
                return value._replace(data=[*value.items, *items])
        pieces = (*pieces_of(value), None) if isinstance(value.data, str) else ()
        return unknown(_reason(module, at), value.literal and value.literal._replace(whole=False), pieces)

    def _change(self, module: Module, bound: Node, match: Match, value: Value, depth: int) -> Value:
        if "passed" in match:
            inner = self._parameter(module, match["passed"], match["object"])
            return self.applied(inner.module, inner.node, value, depth + 1) if inner is not None else value
        if "right" not in match:
            return value
        path = self._path(module, match)
        reason = _reason(module, match["change"])
        if path is None or way_to(module, match["change"]) != way_to(module, bound):
            return _doubted(value, (path or ())[:-1], reason)
        return _set(value, path, module.evaluate(match["right"]))

    def _path(self, module: Module, match: Match) -> tuple[str, ...] | None:
        """Return the names of the members that lead to what is changed, or None if only a run can tell."""
        text = module.text(match["object"])
        parts = []
        for dotted, quoted, other in pattern(_PART).findall(text[len(_root(text)) :]):
            if other:
                return None
            parts.append(self._key(dotted) if dotted else quoted)
        if "property" in match:
            return (*parts, self._key(module.text(match["property"])))
        last = module.evaluate(match["index"]).text
        return (*parts, last) if last is not None else None


_APPENDING = frozenset(("append", "push"))


def _added(module: Module, match: Match) -> list[Node]:
    """Return the nodes that are added to the end of a list or a text; nothing if they are added otherwise."""
    if "more" in match:
        return [match["more"]]
    given = arguments_of(match["call"]) if "call" in match else []
    if "append" in match:
        given = given[1:]
    elif "method" not in match or module.text(match["method"]) not in _APPENDING:
        return []
    return [] if any("spread" in node.type or "splat" in node.type for node in given) else given


def _block_of(name: Node) -> Node:
    """Return the function or the file that a name is bound in."""
    here = name
    while here.parent is not None and here.type not in FUNCTIONS:
        here = here.parent
    return here


def _reason(module: Module, node: Node) -> str:
    return f"is changed later: {module.words(node)}"


def _root(text: str) -> str:
    found = pattern(r"[\w$]+").match(text)
    return found[0] if found else ""


def _set(value: Value, path: Sequence[str], new: Value) -> Value:
    """Return an object with another value at a path."""
    if not path:
        return new
    if not isinstance(value.data, dict):
        return value
    inner = value.members.get(path[0]) or Value({})
    return value._replace(data={**value.members, path[0]: _set(inner, path[1:], new)})


def _doubted(value: Value, path: Sequence[str], reason: str) -> Value:
    """Return an object that may have other members at a path."""
    if path and path[0] in value.members:
        inner = _doubted(value.members[path[0]], path[1:], reason)
        return value._replace(data={**value.members, path[0]: inner})
    return value._replace(rest=value.rest or reason) if isinstance(value.data, dict) else value
