"""What an input schema has that a client may not take: one search for each kind of limit."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from toolsmell.model import Json, Pointer
from toolsmell.model.pointer import escape
from toolsmell.schema.reader import MAX_DEPTH

Found: TypeAlias = Iterator[tuple[Pointer, str]]
"""Where in the schema, and what stands there, for a message."""

_ONE = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")
_LISTS = ("anyOf", "oneOf", "allOf", "prefixItems")
_NAMED = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
_BESIDE_A_REFERENCE = frozenset(("$ref", "description", "default"))


def subschemas(root: Json) -> Iterator[tuple[Pointer, dict[str, Json], int]]:
    """Yield `root` and every schema in it that is an object, each with its pointer and its depth in properties."""
    stack = [("", root, 0)]
    while stack:
        at, schema, depth = stack.pop()
        if not isinstance(schema, dict) or depth > MAX_DEPTH:
            continue
        yield at, schema, depth
        below = [(f"{at}/{key}", schema[key], depth + 1) for key in _ONE if isinstance(schema.get(key), dict)]
        for key in _LISTS:
            if isinstance(schema.get(key), list):
                below += [(f"{at}/{key}/{i}", part, depth + 1) for i, part in enumerate(schema[key])]
        for key in _NAMED:
            if isinstance(schema.get(key), dict):
                below += [(f"{at}/{key}/{escape(name)}", part, depth + 1) for name, part in schema[key].items()]
        stack.extend(reversed(below))


def _root_keywords(root: Json, value: Json) -> Found:
    for keyword in value:
        if keyword in root:
            yield f"/{keyword}", f"the input schema has '{keyword}' at its root"


def _keywords(root: Json, value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        for keyword in value:
            if keyword in schema:
                yield f"{at}/{keyword}", f"{_place(at)} has '{keyword}'"


def _array_items(root: Json, _value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        if _is(schema, "array") and "items" not in schema and "prefixItems" not in schema:
            yield at, f"{_place(at)} is an array without 'items'"


def _single_type(root: Json, _value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        if isinstance(schema.get("type"), list):
            yield f"{at}/type", f"{_place(at)} has a list of types"


def _bare_references(root: Json, _value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        beside = schema.keys() - _BESIDE_A_REFERENCE if "$ref" in schema else ()
        if beside:
            yield at, f"{_place(at)} has '{min(beside)}' next to '$ref'"


def _all_required(root: Json, _value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        named, required = schema.get("properties"), schema.get("required")
        if isinstance(named, dict):
            optional = [name for name in named if not isinstance(required, list) or name not in required]
            if optional:
                yield f"{at}/properties/{escape(optional[0])}", f"'{optional[0]}' is optional"


def _closed_objects(root: Json, _value: Json) -> Found:
    for at, schema, _ in subschemas(root):
        if _is(schema, "object") and schema.get("additionalProperties") is not False:
            yield at, f"{_place(at)} is an object without 'additionalProperties: false'"


def _depth(root: Json, value: Json) -> Found:
    deepest, where = max(((depth, at) for at, _, depth in subschemas(root)), key=lambda found: found[0])
    if deepest > value:
        yield where, f"the input schema has {deepest} levels, over {value}"


def _properties(root: Json, value: Json) -> Found:
    count = sum(len(s["properties"]) for _, s, _ in subschemas(root) if isinstance(s.get("properties"), dict))
    if count > value:
        yield "", f"the input schema has {count:,} properties, over {value:,}"


def _enum_values(root: Json, value: Json) -> Found:
    count = sum(len(s["enum"]) for _, s, _ in subschemas(root) if isinstance(s.get("enum"), list))
    if count > value:
        yield "", f"the input schema has {count:,} enumerated values, over {value:,}"


def _is(schema: dict[str, Json], kind: str) -> bool:
    named = schema.get("type")
    return named == kind or (isinstance(named, list) and kind in named)


def _place(at: Pointer) -> str:
    steps = at.split("/")
    names = [steps[i + 1] for i in range(len(steps) - 1) if steps[i] == "properties"]
    return f"'{'.'.join(names)}'" if names else "the input schema"


CHECKS: Mapping[str, Callable[[Json, Json], Found]] = {
    "root-keywords": _root_keywords,
    "keywords": _keywords,
    "array-items": _array_items,
    "single-type": _single_type,
    "bare-references": _bare_references,
    "all-required": _all_required,
    "closed-objects": _closed_objects,
    "depth": _depth,
    "properties": _properties,
    "enum-values": _enum_values,
}
"""By kind of limit: the places of a schema that break it, given the limit's value."""
