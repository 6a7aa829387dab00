"""The walk over subschemas visits every keyword that contains some, within bounds."""

from typing import Any

import pytest

from toolsmell.model.pointer import lookup
from toolsmell.schema.validity import SchemaCheck
from toolsmell.schema.walk import LISTED, MAX_DEPTH, NAMED, SINGLE, alternatives, levels, subschemas


def test_subschemas_point_to_where_they_stand() -> None:
    schema = {"properties": {"a/b": {"anyOf": [{"not": {"type": "null"}}]}}, "items": [{"x": 1}], "if": {"y": 1}}
    found = dict(subschemas(schema, ""))
    assert set(found) == {
        "",
        "/properties/a~1b",
        "/properties/a~1b/anyOf/0",
        "/properties/a~1b/anyOf/0/not",
        "/items/0",
        "/if",
    }
    assert all(lookup(schema, at) is here for at, here in found.items())


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        *((keyword, {"minLength": 1}) for keyword in SINGLE),
        *((keyword, [{"minLength": 1}]) for keyword in LISTED),
        *((keyword, {"a": {"minLength": 1}}) for keyword in NAMED),
    ],
)
def test_both_walks_look_into_every_keyword_with_subschemas(keyword: str, value: Any) -> None:
    schema = {keyword: value}
    assert {"minLength": 1} in dict(subschemas(schema, "")).values()
    assert "minLength" in SchemaCheck(schema).survey.keywords


def test_levels_are_depths() -> None:
    schema: dict[str, Any] = {"properties": {"a": {"items": {}}, "b": {}}}
    assert [[at for at, _ in level] for level in levels(schema)] == [
        [""], ["/properties/a", "/properties/b"], ["/properties/a/items"],
    ]  # fmt: skip


def test_a_walk_ends_at_its_bounds() -> None:
    deep: dict[str, Any] = {}
    for _ in range(MAX_DEPTH + 10):
        deep = {"not": deep}
    assert len(list(subschemas(deep, ""))) == MAX_DEPTH
    assert len(list(subschemas({"anyOf": [{}] * 50}, "", limit=10))) == 10


def test_alternatives_are_those_of_any_of_and_one_of() -> None:
    schema = {"anyOf": [1], "oneOf": [2, 3], "allOf": [4]}
    assert list(alternatives(schema)) == [("/anyOf/0", 1), ("/oneOf/0", 2), ("/oneOf/1", 3)]
    assert list(alternatives(schema, ("allOf",))) == [("/allOf/0", 4)]
    assert list(alternatives({"anyOf": {"a": 1}})) == list(alternatives(True)) == []
