"""Reads types, properties and references of a JSON Schema. `validity` validates it, `fit` checks values.

A server's schema is data in all of them: it is checked against the meta-schema of its dialect, and is never compiled
into a validator. So no `$ref` or `$schema` in it is followed to the network or the disk, and none of its
patterns reaches a regular-expression engine.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from toolsmell.model import Json, Pointer
from toolsmell.model.pointer import escape, lookup
from toolsmell.schema.walk import ALTERNATIVES, MAX_DEPTH, MAX_POINTERS, alternatives, listed

MAX_PROPERTIES = 2_000
"""Properties of one schema that are read. More are a finding (`schema-beyond-bounds`)."""

TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


_ALONE = {name: frozenset((name,)) for name in TYPES}


def has_type(value: Json, name: str) -> bool:
    """Return True if `value` is of the JSON Schema type `name`, or if the name is unknown."""
    if name not in TYPES:
        return True
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, TYPES[name])


def types_of(schema: Json) -> frozenset[str]:
    """Return the types that `schema` or its `anyOf`/`oneOf` branches name; empty if they name none."""
    if not isinstance(schema, dict):
        return frozenset()
    named = schema.get("type")
    if isinstance(named, str):
        return _ALONE.get(named) or frozenset((named,))
    if isinstance(named, list):
        return frozenset(t for t in named if isinstance(t, str))
    branches = (branch for _, branch in alternatives(schema))
    return frozenset().union(*(types_of(b) for b in branches if isinstance(b, dict) and "type" in b))


_CHOOSING = frozenset(("enum", "const", "items", *ALTERNATIVES))
"""A schema without any of these lists no values."""


def choices_of(schema: Json) -> tuple[str, ...]:
    """Return the texts that `enum` or `const` allows, in `schema`, in its branches or in its items."""
    if not isinstance(schema, dict):
        return ()
    if _CHOOSING.isdisjoint(schema):
        return ()
    found = schema.get("enum")
    texts = [v for v in found if isinstance(v, str)] if isinstance(found, list) else []
    if isinstance(schema.get("const"), str):
        texts.append(schema["const"])
    below = [schema.get("items"), *(branch for _, branch in alternatives(schema))]
    for branch in below if not texts else ():
        if isinstance(branch, dict) and branch.keys() & {"enum", "const", "items"}:
            texts.extend(choices_of({key: branch[key] for key in ("enum", "const", "items") if key in branch}))
    return tuple(texts)


def resolve(schema: Json, root: Json) -> Json:
    """Follow local references (`#/...`) of `schema` in `root`; anything else is returned as it is.

    Keywords next to a `$ref` override those of its target, as in 2020-12. A chain longer than
    sixteen, or a circular one, is not followed further.
    """
    return _follow(schema, "", root, "")[0]


def _follow(schema: Json, at: Pointer, root: Json, root_at: Pointer) -> tuple[Json, Pointer]:
    """Resolve `schema`, and return it with the pointer to its properties."""
    for _ in range(16):
        if not isinstance(schema, dict) or not isinstance(reference := schema.get("$ref"), str):
            break
        target = lookup(root, reference[1:]) if reference.startswith("#") else None
        if not isinstance(target, dict) or target is schema:
            break
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**target, **beside} if beside else target
        at = root_at + reference[1:]
    return schema, at


class Parameter(NamedTuple):
    """One property of an input or output schema, at any depth, with local references followed."""

    name: str
    path: str
    """For people: `filter.tags[]`."""
    pointer: Pointer
    """To the property's schema, in the tool."""
    schema: Json
    """References followed; a mapping, or a boolean, or whatever the server sent."""
    required: bool
    depth: int
    """0 for a parameter of the tool itself."""

    @property
    def description(self) -> str | None:
        """The description; None if there is none, or if it is no string."""
        value = self.schema.get("description") if isinstance(self.schema, dict) else None
        return value if isinstance(value, str) else None

    @property
    def types(self) -> frozenset[str]:
        return types_of(self.schema)

    @property
    def default(self) -> Json:
        """The default; None if there is none, or if it is null."""
        return self.schema.get("default") if isinstance(self.schema, dict) else None


_INSIDE = frozenset(("properties", "items", "anyOf", "oneOf", "allOf", "$ref"))
"""A schema without any of these has no nested properties."""
_BRANCHES = ("anyOf", "oneOf", "allOf")


def parameters(root: Json, pointer: Pointer = "/inputSchema", limit: int = MAX_PROPERTIES) -> Iterator[Parameter]:
    """Yield the properties of the schema `root`, each before its own properties.

    Each schema is entered once, at its own pointer: a definition that is used twice, or that uses itself, is
    visited once. At most `limit` properties are yielded, none below `MAX_DEPTH` or after `MAX_POINTERS`.
    """
    stack = [(root, pointer, "", 0)]
    entered: set[Pointer] = set()
    room = MAX_POINTERS
    while stack:
        schema, at, path, depth = stack.pop()
        if isinstance(schema, dict) and "$ref" in schema:
            schema, at = _follow(schema, at, root, pointer)
        if not isinstance(schema, dict) or at in entered or depth > MAX_DEPTH:
            continue
        entered.add(at)
        below: list[tuple[Json, Pointer, str, int]] = []
        for parameter, inside in _properties((schema, at, path, depth), root, pointer):
            if limit <= 0 or room <= 0:
                return
            limit -= 1
            room -= len(parameter.pointer)
            yield parameter
            below += inside
        for keyword in _BRANCHES:
            if keyword in schema:
                branches = alternatives(schema, (keyword,))
                below[:0] = [(branch, at + inside, path, depth) for inside, branch in branches]
        below.reverse()
        stack += below


def _properties(
    node: tuple[dict[str, Json], Pointer, str, int], root: Json, root_at: Pointer
) -> Iterator[tuple[Parameter, list[tuple[Json, Pointer, str, int]]]]:
    """Yield each property of one schema, with the schemas in it that are still to be read."""
    schema, at, path, depth = node
    named = schema.get("properties")
    if not isinstance(named, dict):
        return
    required: Collection[Json] = listed(schema, "required")
    if len(required) > 20:  # as a set: a hostile list may be long, and hold what cannot be hashed
        required = {name for name in required if isinstance(name, str)}
    prefix = f"{path}." if path else ""
    for name, raw in named.items():
        pointer = f"{at}/properties/{escape(name)}"
        is_required = name in required
        if not isinstance(raw, dict) or _INSIDE.isdisjoint(raw):
            yield Parameter(name, prefix + name, pointer, raw, is_required, depth), []
            continue
        resolved, real_at = _follow(raw, pointer, root, root_at)
        parameter = Parameter(name, prefix + name, pointer, resolved, is_required, depth)
        inside = [(raw, pointer, parameter.path, depth + 1)]
        items = resolved.get("items") if isinstance(resolved, dict) else None
        if isinstance(items, dict):
            inside.append((items, f"{real_at}/items", f"{parameter.path}[]", depth + 1))
        yield parameter, inside


def bare_properties(schema: Json) -> bool:
    """Return True if the parameters are at the root of `schema` instead of in `properties`."""
    if not isinstance(schema, dict) or not schema.keys().isdisjoint(
        ("type", "properties", "$ref", "anyOf", "oneOf", "allOf")
    ):
        return False
    return any(isinstance(value, dict) and "type" in value for value in schema.values())
