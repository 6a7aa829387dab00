"""Applies what code does to a value after its literal: members that are set, and functions that get it."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from toolsmell.sources.code.found import way_to
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.syntax import Match, Node
from toolsmell.sources.code.values import Value
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
        """Return the value of an object after all changes; a change under a condition makes it partly unknown."""
        if not isinstance(value.data, dict) or depth > MAX_PASSED:
            return value
        text = module.text(name)
        matches = module.changes_of.get(text, ())
        scope = module.scope_of(text, name.start_byte) if matches else None
        here = (id(module.tree), name.start_byte)
        if scope is None or here in self._open:
            return value
        self._open.add(here)
        binding = module.scopes[scope].names[text]
        for match in matches[:MAX_CHANGES]:
            if module.scope_of(text, match["object"].start_byte) == scope:
                value = self._change(module, binding.at or name, match, value, depth)
        self._open.discard(here)
        return value

    def _change(self, module: Module, bound: Node, match: Match, value: Value, depth: int) -> Value:
        if "passed" in match:
            inner = self._parameter(module, match["passed"], match["object"])
            return self.applied(inner.module, inner.node, value, depth + 1) if inner is not None else value
        if "right" not in match:
            return value
        path = self._path(module, match)
        reason = f"is changed later: {module.words(match['change'])}"
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
