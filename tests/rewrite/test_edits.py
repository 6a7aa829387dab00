"""Texts are put into files by spans: nothing else changes, and `git apply` takes the diff."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolsmell.editing.patch import PatchError
from toolsmell.rewrite.edits import Patch
from toolsmell.sources.json import document as jsontext
from toolsmell.sources.json.editing import with_texts

STYLES = (
    '{"tools": [{"name": "a", "inputSchema": {}}]}',
    '{\n  "tools": [\n    {\n      "name": "a",\n      "inputSchema": {}\n    }\n  ]\n}\n',
    '{"tools":[{"inputSchema":{"type":"object","properties":{"p":{}}},"name":"a"}]}',
    '{"tools": [{}]}',
)


@pytest.mark.parametrize("text", STYLES)
def test_a_missing_description_is_added_and_nothing_else_changes(text: str) -> None:
    before = jsontext.parse(text, "tools.json")
    after = with_texts(before, {"/tools/0/description": 'Says "hi".\nTwice.'})
    expected = json.loads(text)
    expected["tools"][0]["description"] = 'Says "hi".\nTwice.'
    assert json.loads(after.text) == expected
    assert len(after.text.splitlines()) <= len(text.splitlines()) + 1


def test_an_added_key_stands_behind_the_name_as_the_name_does() -> None:
    before = jsontext.parse(STYLES[1], "tools.json")
    after = with_texts(before, {"/tools/0/description": "Says hi."})
    assert '      "name": "a",\n      "description": "Says hi.",\n      "inputSchema"' in after.text


def test_there_must_be_an_object_to_add_to() -> None:
    with pytest.raises(PatchError):
        with_texts(jsontext.parse("[1]", "x"), {"/0/description": "a"})
    with pytest.raises(PatchError):
        with_texts(jsontext.parse("[{}]", "x"), {"/0/inputSchema/description": "a"})


_texts = st.text(st.characters(codec="utf-8"), max_size=40)


@given(old=_texts, new=_texts, other=_texts, indent=st.sampled_from([None, 1, 4]))
@settings(max_examples=60, deadline=None)
def test_any_text_is_replaced_and_read_back(old: str, new: str, other: str, indent: int | None) -> None:
    value: Any = {"tools": [{"name": other, "description": old, "inputSchema": {"properties": {"p": {"type": other}}}}]}
    before = jsontext.parse(json.dumps(value, indent=indent), "x")
    pointers = {"/tools/0/description": new, "/tools/0/inputSchema/properties/p/description": new}
    after = with_texts(before, pointers).value
    value["tools"][0]["description"] = new
    value["tools"][0]["inputSchema"]["properties"]["p"]["description"] = new
    assert after == value


def test_git_applies_the_diff(tmp_path: Path) -> None:
    before = STYLES[1]
    after = with_texts(jsontext.parse(before, "tools.json"), {"/tools/0/description": "Grüße.\u2028Ja."}).text
    (tmp_path / "tools.json").write_text(before, encoding="utf-8")
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    diff = Patch("tools.json", before.encode(), after.encode()).diff
    subprocess.run(["git", "apply"], cwd=tmp_path, input=diff.encode(), check=True)
    assert (tmp_path / "tools.json").read_text(encoding="utf-8") == after
