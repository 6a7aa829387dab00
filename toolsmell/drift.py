"""What changed in a server since it was locked, and what that does to an agent."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from toolsmell.context import ServerContext
from toolsmell.model import Json, Manifest, Pointer
from toolsmell.schema import Parameter, escape, parameters
from toolsmell.text import words_of


class ChangeKind(StrEnum):
    COSMETIC = "cosmetic"
    """Nothing that a model reads differently: white space, case, punctuation, the order of keys."""
    ROUTING = "routing"
    """Text that agents pick tools and fill parameters by."""
    BREAKING = "breaking"
    """A call that was right is wrong now, or does something else."""


class Change(NamedTuple):
    """One difference between a locked tool and what the server sends now."""

    kind: ChangeKind
    pointer: Pointer
    message: str
    tool: int | None = None
    """The tool's index now; None where it is gone, or where the change is the server's."""


class Drift(NamedTuple):
    """A server as it was locked, next to what it is now."""

    before: Manifest
    after: ServerContext

    def changes(self) -> Iterator[Change]:
        """Yield every difference, tool by tool in the order of now, then the tools that are gone."""
        old = {tool.name: tool.raw for tool in self.before.tools if tool.name is not None}
        for tool in self.after.manifest.tools:
            if tool.name in old:
                for change in _tool_changes(old[tool.name], tool.raw):
                    yield change._replace(tool=tool.index)
            else:
                message = "the tool is new: agents may pick it in the place of others"
                yield Change(ChangeKind.ROUTING, "", message, tool.index)
        for name in old:
            if name not in self.after.by_name:
                yield Change(ChangeKind.BREAKING, "", f"tool '{name}' is gone: calls of it fail")
        yield from _text_change(
            self.before.instructions, self.after.manifest.instructions, "/instructions", "the instructions"
        )


def _tool_changes(old: Json, new: Json) -> Iterator[Change]:
    if not isinstance(old, dict) or not isinstance(new, dict):
        if old != new:
            yield Change(ChangeKind.BREAKING, "", "the tool is no tool any more")
        return
    for part in ("title", "description"):
        yield from _text_change(old.get(part), new.get(part), f"/{part}", f"the {part}")
    yield from _schema_changes(old.get("inputSchema"), new.get("inputSchema"))
    if old.get("outputSchema") != new.get("outputSchema"):
        yield Change(ChangeKind.BREAKING, "/outputSchema", "the output schema changed: what reads the result may fail")
    yield from _annotation_changes(old.get("annotations"), new.get("annotations"))


def _text_change(old: Json, new: Json, pointer: Pointer, what: str) -> Iterator[Change]:
    if old == new:
        return
    same = words_of(str(old or "")) == words_of(str(new or ""))
    kind = ChangeKind.COSMETIC if same else ChangeKind.ROUTING
    how = "the same words, set otherwise" if same else "agents pick and call by it"
    yield Change(kind, pointer, f"{what} changed: {how}")


def _schema_changes(old: Json, new: Json) -> Iterator[Change]:
    if old == new:
        return
    before = {p.path: p for p in parameters(old)}
    after = {p.path: p for p in parameters(new)}
    found = False
    for path, parameter in after.items():
        for change in _parameter_changes(path, before.get(path), parameter):
            found = True
            yield change
    for path in before.keys() - after.keys():
        found = True
        yield Change(ChangeKind.BREAKING, "/inputSchema", f"parameter '{path}' is gone: calls that pass it may fail")
    if not found:
        yield Change(ChangeKind.ROUTING, "/inputSchema", "the input schema changed outside of its parameters")


def _parameter_changes(path: str, old: Parameter | None, new: Parameter) -> Iterator[Change]:
    if old is None:
        if new.required:
            yield Change(
                ChangeKind.BREAKING, new.pointer, f"parameter '{path}' is new and required: calls without it fail"
            )
        else:
            yield Change(ChangeKind.ROUTING, new.pointer, f"parameter '{path}' is new")
        return
    if new.required and not old.required:
        yield Change(ChangeKind.BREAKING, new.pointer, f"parameter '{path}' is required now: calls without it fail")
    if not isinstance(old.schema, dict) or not isinstance(new.schema, dict):
        if old.schema != new.schema:
            yield Change(ChangeKind.BREAKING, new.pointer, f"the schema of parameter '{path}' changed")
        return
    yield from _text_change(old.description, new.description, new.pointer, f"the description of parameter '{path}'")
    for key in sorted(old.schema.keys() | new.schema.keys()):
        if key in _TOLD_ELSEWHERE or old.schema.get(key) == new.schema.get(key):
            continue
        kind = ChangeKind.ROUTING if key in _HINTS or _wider(key, old.schema, new.schema) else ChangeKind.BREAKING
        yield Change(
            kind,
            f"{new.pointer}/{escape(key)}" if key in new.schema else new.pointer,
            f"`{key}` of parameter '{path}' changed",
        )


_TOLD_ELSEWHERE = frozenset(("description", "properties", "required", "items", "$defs", "definitions"))
_HINTS = frozenset(("title", "examples", "$comment", "deprecated", "readOnly", "writeOnly"))


def _wider(key: str, old: Mapping[str, Json], new: Mapping[str, Json]) -> bool:
    """Say whether all that was allowed by a keyword still is."""
    if key not in new:
        return key != "default"
    if key == "enum" and isinstance(old.get(key), list) and isinstance(new[key], list):
        return all(value in new[key] for value in old[key])
    return False


def _annotation_changes(old: Json, new: Json) -> Iterator[Change]:
    before, after = (a if isinstance(a, dict) else {} for a in (old, new))
    for hint in sorted(before.keys() | after.keys()):
        if before.get(hint) != after.get(hint):
            kind = ChangeKind.COSMETIC if hint == "title" else ChangeKind.BREAKING
            pointer = f"/annotations/{escape(hint)}" if hint in after else ""
            was, is_ = (_shown(a, hint) for a in (before, after))
            yield Change(kind, pointer, f"{hint} was {was} and is {is_} now")


def _shown(annotations: Mapping[str, Json], hint: str) -> str:
    value = annotations.get(hint)
    return "absent" if hint not in annotations else str(value).lower() if isinstance(value, bool) else "something else"
