"""Edits change what they name and nothing else; diffs are what git takes."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolsmell.editing.patch import PatchError, Replacement, edited, splice, string_literal, unified_diff

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.text(max_size=5)), max_size=5))
def test_splice_changes_the_spans_only(text: str, raw: list[tuple[int, int, str]]) -> None:
    replacements = []
    at = 0
    for skip, length, new in raw:
        start = min(len(text), at + skip)
        end = min(len(text), start + length)
        replacements.append(Replacement(start, end, new))
        at = end
    expected = ""
    at = 0
    for start, end, new in replacements:
        expected += text[at:start] + new
        at = end
    assert splice(text, replacements) == expected + text[at:]


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(PatchError, match="overlap"):
        splice("abcdef", [Replacement(0, 3, "x"), Replacement(2, 4, "y")])


@given(st.text(), st.sampled_from(['"plain"', '"h\\u00e9"', '"hé"']))
def test_string_literal_reads_back(value: str, like: str) -> None:
    assert json.loads(string_literal(value, like)) == value


def test_string_literal_keeps_the_habit_of_the_file() -> None:
    assert string_literal("é", '"\\u00e8"') == '"\\u00e9"'
    assert string_literal("é", '"è"') == '"é"'
    assert string_literal("é", '"plain"') == '"é"'


def test_edited_shares_what_it_does_not_touch() -> None:
    value = {"a": [{"b": "old"}, {"c": 1}], "d": {}}
    new = edited(value, {"/a/0/b": "new"})
    assert new == {"a": [{"b": "new"}, {"c": 1}], "d": {}}
    assert new["d"] is value["d"]
    assert value == {"a": [{"b": "old"}, {"c": 1}], "d": {}}


@pytest.mark.parametrize("pointer", ["/a/1", "/b", "/a/x", "/a/0/c"])
def test_an_edit_of_nothing_is_refused(pointer: str) -> None:
    with pytest.raises(PatchError):
        edited({"a": [{"b": "old"}]}, {pointer: "new"})


def test_an_edit_of_no_string_is_refused() -> None:
    with pytest.raises(PatchError, match="not a string"):
        edited({"a": 1}, {"/a": "new"})


@given(st.lists(TEXTS, max_size=6), st.lists(TEXTS, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_diff_is_empty_only_without_change(old: list[str], new: list[str], end: str) -> None:
    before, after = end.join(old), end.join(new)
    assert (unified_diff("f", before, after) == "") == (before == after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb\nc\n", "a\nB\nc\n"),
        ("a\nb", "a\nB"),
        ("a\r\nb\r\n", "a\r\nB\r\n"),
        ("a\u2028x\nb\n", "a\u2028x\nB\n"),
        ("a\x0bx\nb\n", "a\x0by\nb\n"),
        ("a\n", "a"),
        ("a", "a\nb\n"),
    ],
)
def test_git_applies_the_diff(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "f.json").write_bytes(before.encode())
    (tmp_path / "change.diff").write_bytes(unified_diff("f.json", before, after).encode())
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "change.diff"], cwd=tmp_path, check=True)
    assert (tmp_path / "f.json").read_bytes() == after.encode()
