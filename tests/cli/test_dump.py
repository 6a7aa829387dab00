"""`toolsmell dump`: what it writes can be scanned like the server itself."""

import json
import sys
from pathlib import Path

import pytest

from tests.commands import findings, manifest, tool, toolsmell

STDIO = Path(__file__).parents[2] / "fixtures" / "servers" / "stdio.py"


@pytest.fixture
def configuration(tmp_path: Path) -> Path:
    server = {"command": sys.executable, "args": [str(STDIO), "modern"]}
    (tmp_path / "mcp.json").write_text(json.dumps({"mcpServers": {"one": server, "two": server}}))
    return tmp_path


def test_the_dump_of_a_client_configuration_is_scanned_server_by_server(configuration: Path) -> None:
    assert toolsmell("dump", "mcp.json", "--run", "-o", "servers.jsonl", cwd=configuration).code == 0
    lines = (configuration / "servers.jsonl").read_text().splitlines()
    assert [json.loads(line)["key"] for line in lines] == ["one", "two"]
    report = toolsmell("scan", "servers.jsonl", "--format", "json", cwd=configuration).report
    assert [(server["key"], server["status"]) for server in report["servers"]] == [
        ("one", "complete"),
        ("two", "complete"),
    ]


def test_the_rules_of_live_servers_run_over_a_dump(configuration: Path) -> None:
    command = (sys.executable, STDIO, "modern")
    toolsmell("dump", "-o", "dump.json", "--", *command, cwd=configuration)
    live = toolsmell("scan", "--select", "all", "--format", "json", "--", *command, cwd=configuration).report
    again = toolsmell("scan", "--select", "all", "--format", "json", "dump.json", cwd=configuration).report
    assert [f["id"] for f in findings(again)] == [f["id"] for f in findings(live)]
    assert again["servers"][0]["provenance"] == "wire"
    (note,) = (note for note in again["servers"][0]["notes"] if "dumped on" in note)
    written = json.loads((configuration / "dump.json").read_text())
    assert note == f"dumped on {written['date']}"
    assert written["schema"] == "toolsmell.dump/v1"


def test_a_dump_of_a_dump_is_the_same(configuration: Path) -> None:
    toolsmell("dump", "-o", "dump.json", "--", sys.executable, STDIO, "modern", cwd=configuration)
    written = json.loads((configuration / "dump.json").read_text())
    again = toolsmell("dump", "dump.json", cwd=configuration).report
    assert {**again, "notes": written["notes"]} == written


def test_a_dump_of_a_file_is_no_dump_of_a_server(tmp_path: Path) -> None:
    (tmp_path / "tools.json").write_text(manifest(tool("book")))
    done = toolsmell("dump", "tools.json", cwd=tmp_path)
    assert done.report["provenance"] == "file"


def test_without_run_a_configuration_has_nothing_to_save(configuration: Path) -> None:
    done = toolsmell("dump", "mcp.json", cwd=configuration)
    assert done.code == 3
    assert "nothing to save: no server gave its tools; add --run" in done.stderr
