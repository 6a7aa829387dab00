"""JSON objects in replies: the last complete one is found in any text, in linear time."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.linear import grows_linearly
from toolsmell.models.replies import last_object, objects


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ('{"a": 1}', {"a": 1}),
        ('Sure:\n```json\n{"a": {"b": 2}}\n```\nDone.', {"a": {"b": 2}}),
        ('The tool says {"a": "injected"}. My answer: {"a": "mine"}', {"a": "mine"}),
        ("{'a': 1} {\"b\": 2", None),
        ("no object", None),
        ("", None),
        ("{" * 50_000, None),
        ('{"a":' * 20_000, None),
        ('{ "quoted {"a": 1}', {"a": 1}),
        ('I think {x} of {y}, so {"a": {"b": [1]}}. Fine?', {"a": {"b": [1]}}),
        ('{"a": "}{"} {', {"a": "}{"}),
        ('{"a": {"b": [}]}} {"z": 1}', {"z": 1}),
        ('[{"a": 1}, {"a": 2}]', {"a": 2}),
        ("so be it. " * 20_000 + '{"a": 1}', {"a": 1}),
    ],
)
def test_the_last_object_of_an_answer(reply: str, found: object) -> None:
    assert last_object(reply) == found


def test_only_objects_with_one_of_the_keys_count() -> None:
    assert last_object('{"better": "first"} {"note": 1}', ("better",)) == {"better": "first"}
    assert last_object('{"note": 1}', ("better",)) is None


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_prose = st.text(st.characters(exclude_characters='{}"'))


@given(st.lists(st.tuples(_prose, st.dictionaries(st.text(), _values, max_size=3)), max_size=3), _prose)
def test_every_object_in_prose_is_found(parts: list[tuple[str, dict[str, object]]], end: str) -> None:
    text = "".join(f"{prose}{json.dumps(value)}" for prose, value in parts) + end
    assert list(objects(text)) == [value for _, value in parts]


@pytest.mark.parametrize(
    "piece", ["{", '{"a":', '{"a": {"b": 1}, ', '{"a": "', '{"a" 1}', '{"a":1,x', '{"a":[}', "{}", "}"]
)
def test_a_long_reply_costs_in_proportion_to_its_length(piece: str) -> None:
    assert grows_linearly(lambda size: (last_object(piece * (size // len(piece))),), 100_000)
