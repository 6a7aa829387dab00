"""Real servers are called within the sandbox and without it: they answer, and nothing of theirs changes."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
PYTHON = sys.executable

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(sys.platform == "win32", reason="a server is not started on Windows"),
]
sandboxed = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not here")


def _augment(cwd: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [PYTHON, "-m", "toolsmell", "augment", "--format", "json", "--calls-per-tool", "3", *args]
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done


def _outcomes(done: subprocess.CompletedProcess[str]) -> dict[str, Counter[str]]:
    """Return, by tool, how its calls ended."""
    tools = json.loads(done.stdout)["servers"][0]["tools"]
    return {t["name"]: Counter(t["calls"]["by_outcome"]) for t in tools if t["calls"]["made"]}


def _held(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "note.txt").write_text("The tide is high.\n", encoding="utf-8")
    return folder


@sandboxed
@pytest.mark.node
def test_filesystem_reads_in_the_sandbox_and_writes_nothing(
    files: Path, tmp_path: Path, node_server: Callable[[str], str]
) -> None:
    before = _held(files)
    # What lies where toolsmell runs is masked, and then no value to call with.
    here = tmp_path / "here"
    here.mkdir()
    done = _augment(here, "--call-read-only", "--", node_server("mcp-server-filesystem"), str(files))
    outcomes = _outcomes(done)
    assert outcomes["list_allowed_directories"]["result"], done.stderr
    # The folder that one tool names is what the others are asked for.
    assert outcomes["list_directory"]["result"], done.stderr
    assert str(files) not in "".join(str(text) for text in _texts(done).values())
    assert "write_file" not in outcomes
    assert _held(files) == before


@sandboxed
def test_git_shows_a_repository_in_the_sandbox_and_leaves_it(files: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=files, check=True)
    before = _held(files)
    record = tmp_path / "calls.json"
    server = (PYTHON, "-m", "mcp_server_git", "--repository", str(files))
    done = _augment(tmp_path, "--call-read-only", "--record", str(record), "--", *server)
    outcomes = _outcomes(done)
    assert sum(outcomes["git_status"].values()), done.stderr
    assert "git_commit" not in outcomes
    assert _held(files) == before
    # A recording holds no path of this machine.
    assert str(Path.home()) not in json.dumps(json.loads(record.read_text(encoding="utf-8"))["observations"])


def test_time_answers_and_its_refusals_are_told_from_results(tmp_path: Path) -> None:
    server = (PYTHON, "-m", "mcp_server_time", "--local-timezone", "UTC")
    outcomes = _outcomes(_augment(tmp_path, "--call", "get_*,convert_time", "--", *server))
    assert outcomes.keys() == {"get_current_time", "convert_time"}
    assert outcomes["get_current_time"]["invalid arguments"]


@pytest.mark.node
def test_memory_is_asked_what_reads_and_keeps_its_graph(tmp_path: Path, node_server: Callable[[str], str]) -> None:
    graph = tmp_path / "graph.jsonl"
    call = ("--call", "read_graph,search_nodes,open_nodes", "--env", f"MEMORY_FILE_PATH={graph}")
    outcomes = _outcomes(_augment(tmp_path, *call, "--", node_server("mcp-server-memory")))
    assert outcomes["read_graph"]["empty"]
    assert not graph.exists()


@pytest.mark.node
def test_everything_is_called_by_name(tmp_path: Path, node_server: Callable[[str], str]) -> None:
    outcomes = _outcomes(_augment(tmp_path, "--call", "echo,get-sum", "--", node_server("mcp-server-everything")))
    assert outcomes["echo"]["result"]
    assert outcomes["get-sum"]["result"]
    assert outcomes.keys() == {"echo", "get-sum"}


def test_sqlite_is_read_and_no_table_is_made(tmp_path: Path, apart: Callable[[str, str], str]) -> None:
    sqlite = apart("TOOLSMELL_SQLITE", "command of mcp-server-sqlite")
    path = tmp_path / "boats.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE boats (name TEXT)")
    database.close()
    done = _augment(tmp_path, "--call", "list_tables,describe_table", "--", sqlite, "--db-path", str(path))
    outcomes = _outcomes(done)
    assert outcomes["list_tables"]["result"]
    with sqlite3.connect(path) as database:
        assert [row[0] for row in database.execute("SELECT name FROM sqlite_master")] == ["boats"]
    database.close()


def _texts(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    tools = json.loads(done.stdout)["servers"][0]["tools"]
    return {t["name"]: t["proposed"] and t["proposed"]["description"] for t in tools}


@sandboxed
@pytest.mark.node
def test_what_was_called_in_the_sandbox_is_replayed_without_it(
    files: Path, tmp_path: Path, node_server: Callable[[str], str]
) -> None:
    server = (node_server("mcp-server-filesystem"), str(files))
    made = _augment(tmp_path, "--call-read-only", "--record", "calls.json", "--", *server)
    shutil.rmtree(files)
    assert _texts(_augment(tmp_path, "--replay", "calls.json")) == _texts(made)


REACHING = """
import json, socket, sys

def reach(family, address):
    try:
        with socket.socket(family) as one:
            one.settimeout(2)
            one.connect(address)
        return "reached"
    except OSError as error:
        return type(error).__name__

port, path = PLACES
for line in sys.stdin:
    asked = json.loads(line)
    if "id" not in asked:
        continue
    answer = {"tools": [{"name": "show_gate", "description": "Shows the gate.", "inputSchema": {"type": "object"},
                         "annotations": {"readOnlyHint": True}}]}
    if asked["method"] == "initialize":
        answer = {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": {"name": "reaching"}}
    elif asked["method"] == "tools/call":
        found = [reach(socket.AF_INET, ("127.0.0.1", port)), reach(socket.AF_UNIX, path)]
        answer = {"content": [{"type": "text", "text": json.dumps({"network": found[0], "socket": found[1]})}]}
    print(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": answer}), flush=True)
"""


@sandboxed
@pytest.mark.parametrize("held", [True, False], ids=["in the sandbox", "outside"])
def test_a_server_in_the_sandbox_reaches_neither_network_nor_sockets(tmp_path: Path, held: bool) -> None:
    program = tmp_path / "program" / "server.py"
    program.parent.mkdir()
    with tempfile.TemporaryDirectory() as folder, socket.socket() as port, socket.socket(socket.AF_UNIX) as local:
        port.bind(("127.0.0.1", 0))
        local.bind(f"{folder}/local")
        for listener in (port, local):
            listener.listen()
        places = (port.getsockname()[1], f"{folder}/local")
        program.write_text(REACHING.replace("PLACES", repr(places)), encoding="utf-8")
        call = ("--call-read-only",) if held else ("--call", "show_gate")
        _augment(tmp_path, *call, "--record", "calls.json", "--", PYTHON, str(program))
    texts = [o["text"] for o in json.loads((tmp_path / "calls.json").read_text(encoding="utf-8"))["observations"]]
    assert texts
    assert all(("reached" in text) is not held for text in texts)
