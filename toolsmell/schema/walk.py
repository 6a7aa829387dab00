"""Walks over subschemas, by tables of the JSON Schema keywords that contain some."""

from collections.abc import Iterator
from typing import Final

from toolsmell.model import Json, Pointer
from toolsmell.model.pointer import escape

MAX_DEPTH: Final = 64
"""Schemas are read this deep. A deeper one is a finding (`schema-beyond-bounds`), not a crash."""

MAX_POINTERS: Final = 5_000_000
"""Characters of all pointers together. One long name may be part of each of them."""

SINGLE: Final = (
    "items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "additionalItems",
    "unevaluatedProperties", "unevaluatedItems", "contentSchema",
)  # fmt: skip
"""Keywords whose value is a schema."""

LISTED: Final = ("anyOf", "oneOf", "allOf", "prefixItems", "items")
"""Keywords whose value is a list of schemas; `items` was one before 2020-12."""

NAMED: Final = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
"""Keywords whose value maps names to schemas."""

ALTERNATIVES: Final = ("anyOf", "oneOf")

_CONTAINING: Final = frozenset((*SINGLE, *LISTED, *NAMED))
"""A schema without any of these has no subschemas."""


def alternatives(schema: Json, keywords: tuple[str, ...] = ALTERNATIVES) -> Iterator[tuple[str, Json]]:
    """Yield the branches of `anyOf` and `oneOf`, each with its pointer in `schema`; with `keywords`, of those."""
    for keyword in keywords:
        for index, branch in enumerate(listed(schema, keyword)):
            yield f"/{keyword}/{index}", branch


def listed(schema: Json, keyword: str) -> list[Json]:
    """Return the value of `keyword` if it is a list, and else an empty list."""
    value = schema.get(keyword) if isinstance(schema, dict) else None
    return value if isinstance(value, list) else []


def subschemas(root: Json, pointer: Pointer, limit: int = 10_000) -> Iterator[tuple[Pointer, dict[str, Json]]]:
    """Yield every subschema of `root` that is an object, each with its pointer, outermost first.

    References are not followed: a definition is visited at its own pointer. At most `limit` are yielded, none below
    `MAX_DEPTH` or after `MAX_POINTERS`.
    """
    for level in levels(root, pointer, limit):
        yield from level


def levels(root: Json, pointer: Pointer = "", limit: int = 10_000) -> Iterator[list[tuple[Pointer, dict[str, Json]]]]:
    """Yield the subschemas by depth: `root`, then those in it, and so on."""
    room = MAX_POINTERS
    waiting: list[tuple[Pointer, Json]] = [(pointer, root)]
    for _ in range(MAX_DEPTH):
        here: list[tuple[Pointer, dict[str, Json]]] = []
        for at, schema in waiting:
            if isinstance(schema, dict):
                limit -= 1
                room -= len(at)
                if limit < 0 or room < 0:
                    yield here
                    return
                here.append((at, schema))
        if not here:
            return
        yield here
        waiting = [below for at, schema in here if not _CONTAINING.isdisjoint(schema) for below in _below(at, schema)]


def _below(at: Pointer, schema: dict[str, Json]) -> Iterator[tuple[Pointer, Json]]:
    for keyword in NAMED:
        named = schema.get(keyword)
        if isinstance(named, dict):
            for name, child in named.items():
                yield f"{at}/{keyword}/{escape(name)}", child
    for keyword in LISTED:
        for i, child in enumerate(listed(schema, keyword)):
            yield f"{at}/{keyword}/{i}", child
    for keyword in SINGLE:
        child = schema.get(keyword)
        if isinstance(child, dict):
            yield f"{at}/{keyword}", child
