"""Values against schemas: what is looked at is right, and a hostile schema costs nothing."""

from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolsmell.schema.fit import kind_of, violation


@pytest.mark.parametrize(
    ("value", "schema", "words"),
    [
        (1, {"type": "integer"}, None),
        (1.0, {"type": "integer"}, None),
        (1.5, {"type": "integer"}, "is a number, not an integer"),
        (True, {"type": "integer"}, "is a boolean, not an integer"),
        ("1", {"type": ["integer", "null"]}, "is a string, not an integer or null"),
        (None, {"type": "string", "nullable": True}, None),
        ("b", {"enum": ["a"]}, "is not one of the 1 allowed values"),
        (1, {"enum": [True]}, "is not one of the 1 allowed values"),
        (1, {"const": 1.0}, None),
        (0, {"minimum": 1}, "is under the minimum of 1"),
        (10**400, {"maximum": 1.5}, "is over the maximum of 1.5"),
        ("abc", {"maxLength": 2}, "is longer than 2"),
        ([], {"minItems": 1}, "is shorter than 1"),
        ([1, "a"], {"items": {"type": "integer"}}, "has an item that is a string, not an integer"),
        ({}, {"required": ["a"]}, "lacks a required property"),
        ({"a": 1}, {"properties": {"a": {"type": "string"}}}, "has a property that is an integer, not a string"),
        (1, {"anyOf": [{"type": "string"}, {"type": "null"}]}, "fits none of the 2 alternatives"),
        (1, {"anyOf": [{"type": "string"}, {"type": "integer"}]}, None),
        ("x", {"pattern": "^(a+)+$"}, None),
        ("x", {"$ref": "http://127.0.0.1:1/x"}, None),
        ("x", True, None),
        ("x", {"type": "text"}, None),
    ],
)
def test_violation(value: Any, schema: Any, words: str | None) -> None:
    assert violation(value, schema, schema) == words


def test_references_lead_into_the_root() -> None:
    root = {"$defs": {"n": {"type": "integer"}}}
    assert violation("x", {"$ref": "#/$defs/n"}, root) == "is a string, not an integer"


def test_a_recursive_schema_with_branches_ends() -> None:
    root: dict[str, Any] = {"anyOf": [{"$ref": "#"}] * 50}
    assert violation(3, root, root) is None
    both: dict[str, Any] = {"$defs": {"a": {"oneOf": [{"$ref": "#/$defs/a"}] * 9}}}
    assert violation([3] * 1000, {"items": {"$ref": "#/$defs/a"}}, both) is None


def test_values_too_deep_to_compare_count_as_the_same() -> None:
    def nested() -> Any:
        value: Any = 1
        for _ in range(100_000):
            value = [value]
        return value

    assert violation(nested(), {"enum": [nested()]}) is None


_PLAIN = st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "a", "abc"])
_SCHEMA = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["string", "integer", "number", "boolean", "null", "array"]),
        "enum": st.lists(_PLAIN, min_size=1, max_size=3),
        "minimum": st.integers(-3, 3),
        "maximum": st.integers(-3, 3),
        "minLength": st.integers(0, 2),
        "items": st.fixed_dictionaries({"type": st.sampled_from(["string", "integer"])}),
    },
)


@given(
    _PLAIN | st.lists(_PLAIN, max_size=3),
    _SCHEMA | st.fixed_dictionaries({"anyOf": st.lists(_SCHEMA, min_size=1, max_size=3)}),
)
def test_agrees_with_a_validator(value: Any, schema: Any) -> None:
    valid = jsonschema_rs.Draft202012Validator(schema).is_valid(value)
    assert (violation(value, schema) is None) is valid


def test_kinds() -> None:
    values: list[Any] = ["", 1, 1.0, True, [], {}, None]
    assert [kind_of(value) for value in values] == "string integer number boolean array object null".split()
