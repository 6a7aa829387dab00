"""Values, calls and files that a user gives an exploration are used, and wrong ones are said."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from toolsmell.calling.seeds import WORK, copy_fixture, read_setup, read_values
from toolsmell.errors import UsageError

ROOT = Path(__file__).parent.parent.parent
SERVER = """
import json, os, pathlib, sys

TOOLS = [
    {"name": "read_note", "description": "Reads a note.",
     "inputSchema": {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]}},
    {"name": "add_note", "description": "Adds a note.",
     "inputSchema": {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}},
]

def call(name, given):
    if name == "add_note":
        pathlib.Path("added.txt").write_text(given["text"])
        return os.path.join(os.getcwd(), "added.txt"), False
    try:
        return pathlib.Path(given["path"]).read_text(), False
    except (OSError, KeyError) as error:
        return f"ENOENT: {error}", True

for line in sys.stdin:
    asked = json.loads(line)
    if "id" not in asked:
        continue
    answer = {"tools": TOOLS}
    if asked["method"] == "initialize":
        answer = {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": {"name": "notes"}}
    elif asked["method"] == "tools/call":
        text, failed = call(asked["params"]["name"], asked["params"]["arguments"])
        answer = {"content": [{"type": "text", "text": text}], "isError": failed}
    print(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": answer}), flush=True)
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a server is not started on Windows")


def _augment(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    (folder / "server.py").write_text(SERVER, encoding="utf-8")
    command = [sys.executable, "-m", "toolsmell", "augment", "--record", "calls.json", *args, "--", sys.executable]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([*command, "server.py"], cwd=folder, env=env, capture_output=True, text=True, check=False)


def _calls(folder: Path) -> list[tuple[str, object, str]]:
    stored = json.loads((folder / "calls.json").read_text(encoding="utf-8"))["observations"]
    return [(o["trial"]["tool"], o["trial"]["arguments"], o["text"]) for o in stored]


def test_files_values_and_first_calls_are_used(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "tide.txt").write_text("high at noon", encoding="utf-8")
    setup = 'add_note {"text": "low at six"}'
    done = _augment(
        tmp_path,
        "--call",
        "read_note,add_note",
        "--fixture",
        "files",
        "--setup",
        setup,
        "--example",
        f"path={WORK}/tide.txt",
    )
    assert done.returncode == 0, done.stderr
    made = _calls(tmp_path)
    # The folder is shown under its alias, and calls may use the alias.
    assert made[0] == ("add_note", {"text": "low at six"}, f"{WORK}/added.txt")
    assert ("read_note", {"path": f"{WORK}/tide.txt"}, "high at noon") in made
    assert not list(tmp_path.glob("added.txt"))


@pytest.mark.parametrize(
    ("args", "words"),
    [
        pytest.param(("--example", "pathh=x"), "no tool has a parameter with this name", id="an unknown parameter"),
        pytest.param(("--example", "path=7"), "the value", id="a value of another type"),
        pytest.param(("--example", "path"), "write NAME=VALUE", id="no value"),
        pytest.param(("--example", "@missing.json"), "cannot be read", id="a missing file"),
        pytest.param(("--setup", 'add_note {"text": "x"}'), "may not be called", id="a call without permission"),
        pytest.param(("--setup", "sing {}"), "no tool has this name", id="a call of no tool"),
        pytest.param(
            ("--setup", 'read_note {"path": 7}'), "fit the schema: the value of 'path'", id="arguments that do not fit"
        ),
        pytest.param(("--setup", "read_note [1]"), "write a call as", id="arguments that are a list"),
        pytest.param(("--fixture", "linked"), "is a link or a special file", id="a folder with a link"),
    ],
)
def test_a_wrong_seed_is_said_before_any_call(tmp_path: Path, args: tuple[str, ...], words: str) -> None:
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "out").symlink_to(tmp_path)
    done = _augment(tmp_path, "--call", "read_note", *args)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert not (tmp_path / "calls.json").exists()


def test_seeds_need_permission_to_call(tmp_path: Path) -> None:
    (tmp_path / "tools.json").write_text('{"tools": []}', encoding="utf-8")
    command = [sys.executable, "-m", "toolsmell", "augment", "tools.json", "--example", "path=x"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "say with --call" in done.stderr


def test_values_are_json_or_text_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "v.json").write_text('{"limit": [5, 9], "name": "x"}', encoding="utf-8")
    found = read_values(["limit=3", "name=two words", f"@{tmp_path / 'v.json'}"])
    assert found == {"limit": (3, 5, 9), "name": ("two words", "x")}
    assert read_setup(["list"])[0].arguments == {}


def test_a_folder_that_is_too_large_is_not_copied(tmp_path: Path) -> None:
    source = tmp_path / "big"
    source.mkdir()
    with (source / "hole").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(UsageError, match="has more than"):
        copy_fixture(source, tmp_path / "target")


def test_a_sibling_that_may_be_called_gives_values_for_the_tool_that_is_rewritten(tmp_path: Path) -> None:
    done = _augment(tmp_path, "--call", "read_note,add_note", "--tool", "read_note")
    assert done.returncode == 0, done.stderr
    made = [tool for tool, _, _ in _calls(tmp_path)]
    assert 0 < made.count("add_note") <= 2
    assert made.count("read_note") > 2


def test_what_would_help_is_said_if_no_call_succeeds(tmp_path: Path) -> None:
    done = _augment(tmp_path, "--call", "read_note")
    assert "what would help: no call succeeded; give --example path=..." in done.stdout
