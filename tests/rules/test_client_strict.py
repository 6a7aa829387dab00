"""A tool in OpenAI's shape with `strict: true` is checked against strict mode, whatever clients were chosen."""

import json
from pathlib import Path
from typing import Any

import pytest

from toolsmell import app

FUNCTION = {
    "name": "get_tides",
    "description": "Returns the tides of a harbour.",
    "parameters": {
        "type": "object",
        "properties": {"harbour": {"type": "string", "description": "Name of the harbour, in English."}},
        "required": [],
    },
}


def _found(folder: Path, tool: dict[str, Any]) -> list[str]:
    path = folder / "tools.json"
    path.write_text(json.dumps([tool]), encoding="utf-8")
    (report,) = app.scan(app.read(str(path)))
    return [f.message for t in report.tools for f in t.findings if f.id == "schema-unsupported-by-client"]


@pytest.mark.parametrize(
    "tool",
    [
        {"type": "function", "function": {**FUNCTION, "strict": True}},
        {"type": "function", **FUNCTION, "strict": True},
    ],
)
def test_strict_tools_are_held_to_strict_mode(tmp_path: Path, tool: dict[str, Any]) -> None:
    assert [message.partition(":")[0] for message in _found(tmp_path, tool)] == [
        "'harbour' is not in 'required'",
        "the input schema has no 'additionalProperties",
    ]


@pytest.mark.parametrize("strict", [{}, {"strict": False}, {"strict": "yes"}])
def test_other_tools_are_not(tmp_path: Path, strict: dict[str, Any]) -> None:
    assert _found(tmp_path, {"type": "function", "function": {**FUNCTION, **strict}}) == []
