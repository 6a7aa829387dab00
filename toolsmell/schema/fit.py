"""Checks whether a value fits a schema, for defaults and examples.

The check covers types, enumerations, bounds, lengths, required properties and nested values. It covers no patterns and
no formats, follows local references only, and accepts the value after `MAX_STEPS` steps, because a
recursive schema with branches would otherwise take forever.
"""

from collections.abc import Iterator

from toolsmell.model import Json
from toolsmell.schema.reader import TYPES, has_type, resolve
from toolsmell.schema.walk import ALTERNATIVES, listed

MAX_STEPS = 500
_MAX_DEPTH = 16


def violation(value: Json, schema: Json, root: Json = None) -> str | None:
    """Return in words how `value` breaks `schema`, a part of `root`; None if no violation is found."""
    return _Look(root).at(value, schema, 0)


def kind_of(value: Json) -> str:
    """Return the JSON type of a value, as JSON Schema calls it."""
    if isinstance(value, float):
        return "number"
    return next((name for name in TYPES if has_type(value, name)), "value")


def same(a: Json, b: Json) -> bool:
    """Return True if two values are the same JSON: true is not 1, and 1.0 is. Too deep values count as same."""
    try:
        return bool(a == b) and isinstance(a, bool) is isinstance(b, bool)
    except RecursionError:
        return True


class _Look:
    """One check of one value, with a budget of steps."""

    def __init__(self, root: Json) -> None:
        self._root = root
        self._steps = MAX_STEPS

    def at(self, value: Json, schema: Json, depth: int) -> str | None:
        self._steps -= 1
        schema = resolve(schema, self._root)
        if not isinstance(schema, dict) or depth > _MAX_DEPTH or self._steps < 0:
            return None
        return (
            _breaks_type(value, schema)
            or _breaks_choice(value, schema)
            or _breaks_bounds(value, schema)
            or next(self._inside(value, schema, depth), None)
            or self._branches(value, schema, depth)
        )

    def _inside(self, value: Json, schema: dict[str, Json], depth: int) -> Iterator[str]:
        if isinstance(value, list) and isinstance(items := schema.get("items"), dict):
            for item in value:
                if words := self.at(item, items, depth + 1):
                    yield f"has an item that {words}"
        if isinstance(value, dict):
            required, named = schema.get("required"), schema.get("properties")
            properties = named if isinstance(named, dict) else {}
            if isinstance(required, list) and any(isinstance(name, str) and name not in value for name in required):
                yield "lacks a required property"
            for name, part in value.items() if properties else ():
                if words := self.at(part, properties.get(name), depth + 1):
                    yield f"has a property that {words}"

    def _branches(self, value: Json, schema: dict[str, Json], depth: int) -> str | None:
        for key in ALTERNATIVES:
            branches = listed(schema, key)
            if not branches:
                continue
            words = ""
            for branch in branches:
                broken = self.at(value, branch, depth + 1)
                if not broken:
                    break
                words = words or broken
            else:
                return words if len(branches) == 1 else f"fits none of the {len(branches)} alternatives"
        return None


def _breaks_type(value: Json, schema: dict[str, Json]) -> str | None:
    named = schema.get("type")
    types = [named] if isinstance(named, str) else named
    if not isinstance(types, list) or not types or not all(isinstance(t, str) for t in types):
        return None
    if any(has_type(value, t) for t in types) or (value is None and schema.get("nullable") is True):
        return None
    return f"is {_with_article(kind_of(value))}, not {' or '.join(_with_article(t) for t in types)}"


def _breaks_choice(value: Json, schema: dict[str, Json]) -> str | None:
    if "const" in schema and not same(value, schema["const"]):
        return "is not the constant"
    choices = schema.get("enum")
    if isinstance(choices, list) and not any(same(value, choice) for choice in choices):
        return f"is not one of the {len(choices)} allowed values"
    return None


def _breaks_bounds(value: Json, schema: dict[str, Json]) -> str | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _outside(
            value, bound(schema, "minimum"), bound(schema, "maximum"), "under the minimum of", "over the maximum of"
        )
    noun = "Length" if isinstance(value, str) else "Items" if isinstance(value, list) else "Properties"
    return _outside(len(value), bound(schema, f"min{noun}"), bound(schema, f"max{noun}"), "shorter than", "longer than")


def _outside(size: float, low: float | None, high: float | None, under: str, over: str) -> str | None:
    if low is not None and size < low:
        return f"is {under} {low}"
    if high is not None and size > high:
        return f"is {over} {high}"
    return None


def bound(schema: dict[str, Json], keyword: str) -> float | None:
    """Return the value of `keyword` if it is a number."""
    value = schema.get(keyword) if isinstance(schema, dict) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _with_article(noun: str) -> str:
    return noun if noun == "null" else f"an {noun}" if noun[:1] in "aio" else f"a {noun}"
