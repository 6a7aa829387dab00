"""`scan --fix` writes what the text says into the schema, and changes nothing else; source code is left alone."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def _fix(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "toolsmell", "scan", str(path), "--fix", *options],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def _tools(parameters: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": "list_ships",
            "description": "Lists ships.",
            "inputSchema": {"type": "object", "properties": parameters},
        }
    ]


@pytest.mark.parametrize(
    ("schema", "added"),
    [
        ({"type": "integer", "description": "Ships to list, defaults to 20."}, {"default": 20}),
        ({"type": "boolean", "description": "Also sunk ones. Default: false."}, {"default": False}),
        ({"type": "integer", "description": "Ships to list (1-50)"}, {"minimum": 1, "maximum": 50}),
        ({"type": "string", "description": "Order, 'asc' or 'desc'"}, {"enum": ["asc", "desc"]}),
        ({"type": "string", "default": "asc", "description": "Order, 'asc' or 'desc'"}, {"enum": ["asc", "desc"]}),
        (
            {"type": "string", "description": "'asc' or 'desc'. Defaults to 'asc'."},
            {"default": "asc", "enum": ["asc", "desc"]},
        ),
        ({"type": "string", "description": "Day of arrival (YYYY-MM-DD)"}, {"format": "date"}),
    ],
)
@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_keys_are_added(tmp_path: Path, schema: dict[str, Any], added: dict[str, Any], indent: Any) -> None:
    path = tmp_path / "tools.json"
    path.write_text(json.dumps(_tools({"it": schema}), indent=indent), encoding="utf-8")
    done = _fix(path)
    assert json.loads(path.read_text(encoding="utf-8")) == _tools({"it": {**schema, **added}}), done.stderr
    assert "fixed list_ships: add" in done.stdout + done.stderr
    before = path.read_bytes()
    _fix(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        "Must be 'asc' or 'desc' (case-insensitive)",
        "'asc' or 'desc'. Can be combined: 'asc,desc'",
        "One of: low, medium, high. Leave empty for all.",
        "'open' or 'closed'. Default: all",
        "The separator ('tab' or 'comma'); any string works",
        "One of: low, high. Use * for all.",
        "'day' or 'week'; also takes cron expressions",
        "Ends in 'png' or 'jpg'.",
        "Any name except 'bow' or 'stern'",
        "Must be one of the following: bow, stern, or a URL",
    ],
)
def test_no_enum_is_narrower_than_the_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tools.json"
    tools = _tools({"it": {"type": "string", "description": text}})
    path.write_text(json.dumps(tools), encoding="utf-8")
    _fix(path, "--select", "prose-only-enum")
    assert json.loads(path.read_text(encoding="utf-8")) == tools


@pytest.mark.parametrize("more", [{"nullable": True}, {"minLength": 5}, {"not": {"const": "asc"}}])
def test_no_enum_contradicts_the_schema(tmp_path: Path, more: dict[str, Any]) -> None:
    path = tmp_path / "tools.json"
    tools = _tools({"it": {"type": "string", "description": "Order, 'asc' or 'desc'", **more}})
    path.write_text(json.dumps(tools), encoding="utf-8")
    _fix(path, "--select", "prose-only-enum")
    assert json.loads(path.read_text(encoding="utf-8")) == tools


def test_other_lines_stay(tmp_path: Path) -> None:
    path = tmp_path / "tools.json"
    text = json.dumps(
        _tools(
            {
                "a": {"type": "integer", "description": "Defaults to 5."},
                "b": {"type": "string", "description": "Name of the ship."},
            }
        ),
        indent=2,
    )
    path.write_text(text, encoding="utf-8")
    _fix(path)
    after = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in text.splitlines()] == ['          "default": 5,']


@pytest.mark.parametrize(
    "schema",
    [
        {"type": ["string", "null"], "description": "Order, 'asc' or 'desc'"},
        {"type": "string", "default": None, "description": "Order, 'asc' or 'desc'"},
        {"type": "string", "examples": ["newest"], "description": "Order, 'asc' or 'desc'"},
        {"type": "string", "description": "Order, such as 'asc' or 'desc'"},
        {"type": "string", "description": "Order; valid values depend on the port: 'asc' or 'desc'"},
    ],
)
def test_no_enum_is_added_that_could_reject_what_was_allowed(tmp_path: Path, schema: dict[str, Any]) -> None:
    path = tmp_path / "tools.json"
    path.write_text(json.dumps(_tools({"order": schema})), encoding="utf-8")
    _fix(path)
    assert json.loads(path.read_text(encoding="utf-8")) == _tools({"order": schema})


def test_a_reference_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "tools.json"
    (tool,) = _tools({"a": {"$ref": "#/$defs/n"}})
    tool["inputSchema"]["$defs"] = {"n": {"type": "integer", "description": "Defaults to 5."}}
    path.write_text(json.dumps([tool]), encoding="utf-8")
    before = path.read_bytes()
    _fix(path)
    assert path.read_bytes() == before


def test_source_code_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "server.py"
    path.write_text(
        "from mcp.server.fastmcp import FastMCP\nfrom typing import Annotated\nfrom pydantic import Field\n"
        "mcp = FastMCP('port')\n@mcp.tool()\n"
        "def list_ships(count: Annotated[int | None, Field(description='Ships to list, defaults to 20.')] = None) -> str:\n"
        '    """Lists ships."""\n    return \'\'\n',
        encoding="utf-8",
    )
    before = path.read_bytes()
    done = _fix(path)
    assert path.read_bytes() == before
    assert "Traceback" not in done.stderr


def test_words_that_repeat_the_schema_are_removed_in_all_tools(tmp_path: Path) -> None:
    path = tmp_path / "tools.json"
    parameters = {
        "limit": {"type": "integer", "default": 20, "description": "Most ships to list (default: 20)"},
        "flag": {"type": "string", "description": "(optional) Flag of the ship"},
    }
    tools = [{**_tools(parameters)[0], "name": name} for name in ("list_ships", "list_boats", "list_rafts")]
    path.write_text(json.dumps(tools, indent=1), encoding="utf-8")
    _fix(path)
    for tool in json.loads(path.read_text(encoding="utf-8")):
        found = tool["inputSchema"]["properties"]
        assert found["limit"]["description"] == "Most ships to list"
        assert found["flag"]["description"] == "Flag of the ship"
