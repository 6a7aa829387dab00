"""Case files, and how they are split."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluate.tools import case
from toolsmell.errors import SourceError
from toolsmell.evaluate.datasets import Case, load_cases, parse_case, split, to_json


def write(folder: Path, *lines: str) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_case_file(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '{"query": "rain?", "tools": ["forecast"]}',
        "",
        '{"query": "2+2", "tools": []}',
        '{"query": "now", "tools": ["a", "b"], "relevance": {"a": 2}, "arguments": {"a": {"x": 1}}, "answer": 7}',
    )
    first, second, third = load_cases(path)
    assert first == Case("rain?", ("forecast",), line=1)
    assert second.tools == ()
    assert (third.line, third.arguments, third.answer) == (4, {"a": {"x": 1}}, 7)
    assert [third.grade(name) for name in ("a", "b", "c")] == [2, 1, 0]


def test_a_grade_of_nothing_is_not_right() -> None:
    found = parse_case({"query": "q", "tools": ["a", "b"], "relevance": {"a": 1, "b": 0}})
    assert found.tools == ("a",)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("{", "2: not JSON", id="no JSON"),
        pytest.param("[" * 100_000, "2: not JSON", id="deep"),
        pytest.param("[]", "2: a case must be an object", id="a list"),
        pytest.param('{"tools": []}', "2: `query` must be a string", id="no query"),
        pytest.param('{"query": "q"}', "2: `tools` must be a list", id="no tools"),
        pytest.param('{"query": "q", "tools": "t"}', "2: `tools` must be a list", id="one tool"),
        pytest.param('{"query": "q", "tools": [1]}', "2: `tools` must be a list", id="a number"),
        pytest.param('{"query": "q", "tools": [], "relevance": [1]}', "2: `relevance` must be an object", id="grades"),
        pytest.param('{"query": "q", "tools": [], "relevance": {"a": -1}}', "from 0 to 100", id="negative"),
        pytest.param('{"query": "q", "tools": [], "relevance": {"a": true}}', "from 0 to 100", id="true"),
        pytest.param('{"query": "q", "tools": [], "relevance": {"a": NaN}}', "from 0 to 100", id="NaN"),
        pytest.param('{"query": "q", "tools": [], "arguments": 1}', "2: `arguments` must be", id="arguments"),
    ],
)
def test_a_line_that_is_no_case_is_named(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        load_cases(write(tmp_path, '{"query": "q", "tools": []}', line))


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot read the cases"):
        load_cases(tmp_path / "none.jsonl")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="cannot read the cases"):
        load_cases(tmp_path / "binary")


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["query", "tools", "relevance", "arguments", "a"]), x),
    )
)
def test_anything_is_a_case_or_an_error_of_value(raw: Any) -> None:
    try:
        found = parse_case(raw)
    except ValueError:
        return
    assert parse_case(json.loads(json.dumps(to_json(found)))) == found._replace(line=0)


def test_the_same_case_has_the_same_key() -> None:
    assert case("Will it  rain?", "a", "b").key == case("will it rain?", "b", "a", line=9).key
    assert case("will it rain?", "a").key != case("will it rain?", "b").key


def test_halves_are_stable_and_ask_for_every_tool() -> None:
    cases = [case(f"query {i} for {name}", name, line=i) for i in range(10) for name in ("a", "b", "c")]
    choose, judge = split(cases)
    assert sorted((*choose, *judge)) == sorted(cases)
    assert {c.tools for c in choose} == {c.tools for c in judge} == {("a",), ("b",), ("c",)}
    assert split(list(reversed(cases))) == (choose, judge)
    assert len(choose) == len(judge)
