"""Changes of a server since it was locked, and their effect on an agent."""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from toolsmell.escape import shown
from toolsmell.model import Json, Manifest, Pointer
from toolsmell.model.basics import is_number
from toolsmell.model.pointer import escape
from toolsmell.reading.context import ServerContext
from toolsmell.schema.reader import Parameter, parameters
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
    """Index of the tool now; None if it is gone, or if the change is one of the server."""


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
                message = "the tool is new: agents may choose it instead of others"
                yield Change(ChangeKind.ROUTING, "", message, tool.index)
        for name in old:
            if name not in self.after.by_name:
                yield Change(ChangeKind.BREAKING, "", f"tool '{name}' is gone: calls of it fail")
        yield from _text_change(
            self.before.instructions, self.after.manifest.instructions, "/instructions", "the instructions"
        )


def _tool_changes(old: Json, new: Json) -> Iterator[Change]:
    if not isinstance(old, dict) or not isinstance(new, dict):
        if not _same(old, new):
            yield Change(ChangeKind.BREAKING, "", "the tool is no tool any more")
        return
    for part in ("title", "description"):
        yield from _text_change(old.get(part), new.get(part), f"/{part}", f"the {part}")
    yield from _schema_changes(old.get("inputSchema"), new.get("inputSchema"))
    if not _same(old.get("outputSchema"), new.get("outputSchema")):
        pointer = "/outputSchema" if "outputSchema" in new else ""
        yield Change(ChangeKind.BREAKING, pointer, "the output schema changed: what reads the result may fail")
    yield from _annotation_changes(old.get("annotations"), new.get("annotations"))


def _same(old: Json, new: Json) -> bool:
    """Return True if two values are the same JSON apart from the order of keys. (In Python, true and 1 are equal.)"""
    return old is new or json.dumps(old, sort_keys=True) == json.dumps(new, sort_keys=True)


def _text_change(old: Json, new: Json, pointer: Pointer, what: str) -> Iterator[Change]:
    if _same(old, new):
        return
    texts = [text if isinstance(text, str) else "" for text in (old, new)]
    same = words_of(texts[0]) == words_of(texts[1])
    kind = ChangeKind.COSMETIC if same else ChangeKind.ROUTING
    how = "the same words, set otherwise" if same else "agents pick and call by it"
    yield Change(kind, pointer, f"{what} changed: {how}")


def _schema_changes(old: Json, new: Json) -> Iterator[Change]:
    if _same(old, new):
        return
    before = {p.path: p for p in parameters(old)}
    after = {p.path: p for p in parameters(new)}
    found = False
    for path, parameter in after.items():
        for change in _parameter_changes(path, before.get(path), parameter):
            found = True
            yield change
    for path in (path for path in before if path not in after):
        found = True
        yield Change(ChangeKind.BREAKING, "/inputSchema", f"parameter '{path}' is gone: calls that pass it may fail")
    for key in ("additionalProperties", "type"):
        both = isinstance(old, dict) and isinstance(new, dict)
        if both and not _same(old.get(key), new.get(key)) and _stricter(key, old, new):
            found = True
            yield Change(ChangeKind.BREAKING, "/inputSchema", f"`{key}` of the input schema allows less than it did")
    if not found and _same(_reordered(old), _reordered(new)):
        yield Change(ChangeKind.COSMETIC, "/inputSchema", "the input schema says the same in another order")
    elif not found:
        yield Change(ChangeKind.ROUTING, "/inputSchema", "the input schema changed outside of its parameters")


def _reordered(schema: Json) -> Json:
    """Return a schema with the lists sorted whose order means nothing."""
    if isinstance(schema, dict):
        return {
            key: sorted(value) if key in _SETS and _are_texts(value) else _reordered(value)
            for key, value in schema.items()
        }
    return [_reordered(item) for item in schema] if isinstance(schema, list) else schema


_SETS = frozenset(("required", "type"))


def _are_texts(value: Json) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _parameter_changes(path: str, old: Parameter | None, new: Parameter) -> Iterator[Change]:
    if old is None:
        if new.required:
            message = f"parameter '{path}' is new and required: calls without it fail"
            yield Change(ChangeKind.BREAKING, new.pointer, message)
        else:
            yield Change(ChangeKind.ROUTING, new.pointer, f"parameter '{path}' is new")
        return
    if new.required and not old.required:
        message = f"parameter '{path}' is required now: calls without it fail"
        yield Change(ChangeKind.BREAKING, new.pointer, message)
    if old.required and not new.required:
        yield Change(ChangeKind.ROUTING, new.pointer, f"parameter '{path}' is no longer required")
    if not isinstance(old.schema, dict) or not isinstance(new.schema, dict):
        if not _same(old.schema, new.schema):
            yield Change(ChangeKind.BREAKING, new.pointer, f"the schema of parameter '{path}' changed")
        return
    what = f"the description of parameter '{path}'"
    yield from _text_change(old.schema.get("description"), new.schema.get("description"), new.pointer, what)
    for key in sorted(old.schema.keys() | new.schema.keys()):
        if key in _TOLD_ELSEWHERE or _same(old.schema.get(key), new.schema.get(key)):
            continue
        hint = key in _HINTS or not _stricter(key, old.schema, new.schema)
        pointer = f"{new.pointer}/{escape(key)}" if key in new.schema else new.pointer
        kind = ChangeKind.ROUTING if hint else ChangeKind.BREAKING
        yield Change(kind, pointer, f"`{shown(key)}` of parameter '{path}' changed")


_TOLD_ELSEWHERE = frozenset(("description", "properties", "required", "items", "$defs", "definitions"))
_HINTS = frozenset(("title", "examples", "$comment", "deprecated", "readOnly", "writeOnly"))
_UPPER = frozenset(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"))
_LOWER = frozenset(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"))


def _stricter(key: str, old: Mapping[str, Json], new: Mapping[str, Json]) -> bool:
    """Return True if a changed keyword may reject what it allowed, or mean something else."""
    before: Json = old.get(key)
    after: Json = new.get(key)
    if key not in new or (key not in old and key == "default"):
        return key in old and key == "default"
    if key == "additionalProperties":
        return after is not True
    if key in _UPPER | _LOWER and is_number(before) and is_number(after):
        return bool(after < before) if key in _UPPER else bool(after > before)
    if key in ("enum", "type") and key in old:
        return not all(any(_same(a, b) for b in _listed(after)) for a in _listed(before)[:_MOST_VALUES])
    return True


_MOST_VALUES = 200


def _listed(value: Json) -> list[Json]:
    return value[:_MOST_VALUES] if isinstance(value, list) else [value]


def _annotation_changes(old: Json, new: Json) -> Iterator[Change]:
    before, after = (a if isinstance(a, dict) else {} for a in (old, new))
    for hint in sorted(before.keys() | after.keys()):
        if not _same(before.get(hint), after.get(hint)):
            kind = ChangeKind.COSMETIC if hint == "title" else ChangeKind.BREAKING
            pointer = f"/annotations/{escape(hint)}" if hint in after else ""
            was, is_ = (_shown(a, hint) for a in (before, after))
            yield Change(kind, pointer, f"{shown(hint)} was {was} and is {is_} now")


def _shown(annotations: Mapping[str, Json], hint: str) -> str:
    value = annotations.get(hint)
    return "absent" if hint not in annotations else str(value).lower() if isinstance(value, bool) else "something else"
