"""Explanations of parameters are found where servers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolsmell.reading.explained import entries, explanations
from toolsmell.schema.reader import parameters
from toolsmell.text import Text


def _entries(description: str) -> list[tuple[str, str, str, bool]]:
    return [(e.name, e.signature, e.text, e.listed) for e in entries(Text(description))]


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        (
            "Lists.\n\nArgs:\n    state: open\n    limit (int, optional): how many\n\nReturns:\n    rows: all of them",
            [("state", "", "open", True), ("limit", "int, optional", "how many", True)],
        ),
        (
            "It takes two arguments:\n- name (str): who\n- `mail`: where",
            [("name", "str", "who", True), ("mail", "", "where", True)],
        ),
        ("Draws.\n:param x: left\n:param str y: top", [("x", "", "left", False), ("y", "", "top", False)]),
        ("Draws.\n* **x** - left\n1. y – top", [("x", "", "left", False), ("y", "", "top", False)]),
        (
            "Args:\n  x: first\n    line two\n  y: second",
            [("x", "", "first\nline two", True), ("y", "", "second", True)],
        ),
        ('Example:\n{\n  "x": 1,\n  "y": 2\n}', []),
        ("One line: no entries", []),
        ("Args:\n  note: a text\n  x: left\n  Notes: slow", [("note", "", "a text", True), ("x", "", "left", True)]),
        ("Parameters:\n- a: one\nFeatures:\n- b: two", [("a", "", "one", True), ("b", "", "two", False)]),
    ],
)
def test_entries(description: str, expected: list[tuple[str, str, str, bool]]) -> None:
    assert _entries(description) == expected


def test_an_explanation_has_both_texts() -> None:
    found = entries(Text("Lists.\n\nArgs:\n    a (int): from the description\n    b: same words"))
    schema = {
        "properties": {
            "a": {"description": "from the schema"},
            "b": {"description": "the same words"},
            "c": {"type": "string"},
            "d": {"properties": {"a": {"description": "inside"}}},
        }
    }
    read = {e.parameter.path: (e.text.raw, e.signature) for e in explanations(tuple(parameters(schema)), found)}
    assert read == {
        "a": ("from the schema\nfrom the description", "int"),
        "b": ("the same words", ""),
        "d.a": ("inside", ""),
    }


@given(st.text(st.sampled_from("Args:\n -*`ab(),\ud800"), max_size=200))
def test_any_text_is_read(description: str) -> None:
    for entry in entries(Text(description)):
        assert description[entry.start :].lstrip()
