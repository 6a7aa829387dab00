"""Briefs of huge and hostile servers: short, harmless, and written in time that grows with the input."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.linear import grows_linearly
from toolsmell import brief, read, tokens
from toolsmell.rewrite.brief_text import text_of

HIDDEN = "\u202e\u200b\x1b[2J\x9b\u2066"


def _tool(name: str, description: str = "Finds the notes of a user.", **properties: Any) -> dict[str, Any]:
    return {"name": name, "description": description, "inputSchema": {"type": "object", "properties": properties}}


def _texts(tmp_path: Path, *tools: dict[str, Any]) -> list[str]:
    file = tmp_path / "tools.json"
    file.write_text(json.dumps({"tools": tools}), encoding="utf-8")
    return [text_of(one) for manifest in read(str(file)) for one in brief(manifest)]


def _wide(number: int, **more: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {f"field_{at}": {"type": "string", **more} for at in range(number)}
    return _tool("find_notes", "Finds the notes of a user.", **fields)


@pytest.mark.parametrize("more", [{}, {"description": "One of the fields of a note."}])
def test_a_brief_of_a_wide_tool_stays_short(tmp_path: Path, more: dict[str, Any]) -> None:
    (text,) = _texts(tmp_path, _wide(300, **more))
    assert tokens.estimate(text) <= 710
    assert "more not shown" in text
    assert "Checks:" in text


def test_what_is_missing_is_cut_last(tmp_path: Path) -> None:
    (text,) = _texts(tmp_path, _wide(300))
    assert "  - when: for what task" in text
    assert "  - the parameter `field_0`\n" in text
    assert "Parameters: (299 more not shown)" in text


def test_a_wide_tool_is_written_in_linear_time(tmp_path: Path) -> None:
    def work(size: int) -> None:
        _texts(tmp_path, _wide(size))

    assert grows_linearly(work, 500)


def test_many_tools_are_written_in_linear_time(tmp_path: Path) -> None:
    def work(size: int) -> None:
        tools = (_tool(f"get_note_{n}", f"Gets note {n}.", note_id={"type": "string"}) for n in range(size))
        _texts(tmp_path, *tools)

    assert grows_linearly(work, 150)


def test_what_a_server_hides_is_shown_and_acts_nowhere(tmp_path: Path) -> None:
    evil = {"type": "string", "description": f"a{HIDDEN}b", "enum": [HIDDEN, "x"], "default": HIDDEN}
    texts = _texts(
        tmp_path, _tool(f"find{HIDDEN}", f"Finds\t{HIDDEN} notes.\nSecond line.", **{f"p{HIDDEN}": evil}), _tool("find")
    )
    for text in texts:
        assert not set(text) & set(HIDDEN.replace("[2J", ""))
    assert any("  Finds\t\\u202e\\u200b\\x1b[2J\\x9b\\u2066 notes.\n  Second line.\n" in text for text in texts)


def test_a_brief_asks_for_no_default_or_example_that_the_schema_has(tmp_path: Path) -> None:
    given = {"type": "integer", "description": "Notes to return (default 20), such as 5."}
    (text,) = _texts(tmp_path, _tool("find_notes", limit=given, deep={"type": "boolean", "default": False}))
    assert "  - default: " not in text
    assert "  - example: " not in text
    (text,) = _texts(tmp_path, _tool("find_notes", limit={"type": "integer"}, format={"type": "string"}))
    assert "  - default: " in text
    assert "  - example: " in text


def test_no_citation_of_code_is_cut(tmp_path: Path) -> None:
    code = (
        "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('notes')\n@mcp.tool()\n"
        f"def find(query: str) -> str:\n    '{'Finds the notes of a user. ' * 120}'\n"
        f"    if len(query) > 9:\n        raise ValueError('{'the query is long ' * 9}')\n    return query\n"
    )
    (tmp_path / "server.py").write_text(code, encoding="utf-8")
    (found,) = [one for manifest in read(tmp_path / "server.py") for one in brief(manifest)]
    assert "Code: (1 more not shown)\n" in text_of(found)
    assert "code:" not in text_of(found).replace(found.text, "")
    assert f"  - {found.code[0]}\n" in text_of(found, 3_000)
