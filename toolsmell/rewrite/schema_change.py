"""Tells whether a rewrite changed more of an input schema than its texts, apart from the safe fixes of findings."""

from collections.abc import Iterable
from copy import deepcopy
from json import loads
from typing import Final

from toolsmell.model import Finding, Json, JsonText, Tool
from toolsmell.model.pointer import lookup, unescape

_TEXTS: Final = frozenset(("description", "title", "$comment"))
_SCHEMA: Final = "/inputSchema/"


def schema_change(before: Tool, after: Tool, findings: Iterable[Finding] = ()) -> str | None:
    """Return words for a change of the input schema beyond its descriptions, or None.

    What a safe fix of one of `findings` (of the tool as it was) changes may change, as `toolsmell scan --fix` does.
    """
    try:
        old, new = _bare(before.input_schema), _bare(after.input_schema)
        if old == new or _is_between(old, new, _bare(_fixed(before, findings))):
            return None
    except RecursionError:
        return "the input schema is nested too deeply to be compared"
    return "the input schema differs in more than descriptions: a rewrite may change texts only"


def _bare(schema: Json) -> Json:
    """Return a schema without its texts; a property that is called `description` stays."""
    if isinstance(schema, list):
        return [_bare(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if not (key in _TEXTS and isinstance(value, str))}
    return {key: _bare(value) for key, value in kept.items()}


def _fixed(tool: Tool, findings: Iterable[Finding]) -> Json:
    """Return the input schema of a tool with all safe fixes of findings."""
    raw: dict[str, Json] = {"inputSchema": deepcopy(tool.input_schema)}
    for finding in findings:
        if finding.fix is None or not finding.fix.safe or finding.suppressed:
            continue
        for edit in finding.fix.edits:
            if edit.tool in (None, tool.index) and edit.pointer.startswith(_SCHEMA):
                parent, _, key = edit.pointer.rpartition("/")
                holder = lookup(raw, parent)
                if isinstance(holder, dict):
                    holder[unescape(key)] = loads(edit.text) if isinstance(edit.text, JsonText) else str(edit.text)
    return raw["inputSchema"]


def _is_between(old: Json, new: Json, fixed: Json) -> bool:
    """Return True if each part of `new` is as in `old` or as in `fixed`."""
    if isinstance(old, dict) and isinstance(new, dict) and isinstance(fixed, dict):
        return all(_is_kept(key, old, new, fixed) for key in old.keys() | new.keys() | fixed.keys())
    if (
        isinstance(old, list)
        and isinstance(new, list)
        and isinstance(fixed, list)
        and len(old) == len(new) == len(fixed)
    ):
        return all(map(_is_between, old, new, fixed))
    return new in (old, fixed)


def _is_kept(key: str, old: dict[str, Json], new: dict[str, Json], fixed: dict[str, Json]) -> bool:
    """Return True if what `new` has at `key`, or that it has nothing there, is as in one of the others."""
    if key not in new:
        return key not in old or key not in fixed
    if key in old and key in fixed:
        return _is_between(old[key], new[key], fixed[key])
    return any(new[key] == schema[key] for schema in (old, fixed) if key in schema)
