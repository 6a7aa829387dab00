"""A schema is read once, in order, and within limits."""

from typing import Any

import pytest

from toolsmell.schema.reader import (
    bare_properties,
    choices_of,
    has_type,
    parameters,
    resolve,
    types_of,
)
from toolsmell.schema.walk import MAX_POINTERS, subschemas


def _paths(schema: Any) -> list[str]:
    return [f"{p.path}{'*' if p.required else ''}" for p in parameters(schema)]


def test_parameters_come_each_before_its_own() -> None:
    schema = {
        "required": ["a"],
        "properties": {
            "a": {"properties": {"b": {"type": "string"}}},
            "c": {"type": "array", "items": {"required": ["d"], "properties": {"d": {}}}},
        },
        "anyOf": [{"properties": {"e": {}}}],
    }
    assert _paths(schema) == ["a*", "c", "e", "a.b", "c[].d*"]


def test_a_definition_is_read_where_it_stands_and_once() -> None:
    card = {"properties": {"mail": {"type": "string"}, "friend": {"$ref": "#/$defs/card"}}}
    schema = {"properties": {"x": {"$ref": "#/$defs/card"}, "y": {"$ref": "#/$defs/card"}}, "$defs": {"card": card}}
    found = {p.path: p.pointer for p in parameters(schema)}
    assert found == {
        "x": "/inputSchema/properties/x",
        "y": "/inputSchema/properties/y",
        "x.mail": "/inputSchema/$defs/card/properties/mail",
        "x.friend": "/inputSchema/$defs/card/properties/friend",
    }


def test_items_of_a_definition_are_found_there() -> None:
    schema = {
        "properties": {"x": {"$ref": "#/$defs/l"}},
        "$defs": {"l": {"type": "array", "items": {"properties": {"y": {}}}}},
    }
    assert [p.pointer for p in parameters(schema)][1] == "/inputSchema/$defs/l/items/properties/y"


def test_definitions_that_use_each_other_twice_end() -> None:
    definitions = {f"d{i}": {"anyOf": [{"$ref": f"#/$defs/d{i + 1}"}] * 3} for i in range(60)}
    assert list(parameters({"anyOf": [{"$ref": "#/$defs/d0"}], "$defs": definitions})) == []


def test_long_names_do_not_multiply() -> None:
    leaves: dict[str, Any] = {f"p{i}": {} for i in range(1_000)}
    schema = {"properties": {"x" * 100_000: {"properties": leaves}}}
    assert sum(len(p.pointer) for p in parameters(schema)) < MAX_POINTERS + 200_000
    assert sum(len(at) for at, _ in subschemas(schema, "")) < MAX_POINTERS + 200_000


@pytest.mark.parametrize(
    "schema", [None, True, 3, [], {"properties": []}, {"properties": {"a": None}, "required": "a"}]
)
def test_anything_may_be_sent(schema: Any) -> None:
    assert len(list(parameters(schema))) <= 1
    assert all(isinstance(here, dict) for _, here in subschemas(schema, ""))


def test_types_and_choices() -> None:
    assert types_of({"anyOf": [{"type": "string"}, {"type": ["null"]}]}) == {"string", "null"}
    assert types_of({"type": "own"}) == {"own"}
    assert choices_of({"enum": ["a", 1, "b"]}) == ("a", "b")
    assert choices_of({"anyOf": [{"const": "a"}, {"items": {"enum": ["b"]}}]}) == ("a", "b")
    assert choices_of({"type": "array", "items": {"enum": ["a"]}}) == ("a",)
    assert has_type(1.0, "integer")
    assert not has_type(True, "number")


def test_references() -> None:
    root = {"$defs": {"a": {"type": "string", "title": "A"}, "loop": {"$ref": "#/$defs/loop"}}}
    assert resolve({"$ref": "#/$defs/a", "title": "B"}, root) == {"type": "string", "title": "B"}
    assert resolve({"$ref": "https://example.com/a"}, root) == {"$ref": "https://example.com/a"}
    assert resolve({"$ref": "#/$defs/loop"}, root) == {"$ref": "#/$defs/loop"}


def test_bare_properties() -> None:
    assert bare_properties({"query": {"type": "string"}})
    assert not bare_properties({"type": "object"})
    assert not bare_properties({"properties": {"a": {"type": "string"}}})
    assert not bare_properties({})
