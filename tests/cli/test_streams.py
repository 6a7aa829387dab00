"""Closed streams, a full disk and a lost working directory are said, never an internal error."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = '{"tools": [{"name": "get_room", "description": "Gets a room.", "inputSchema": {"type": "object"}}]}'


def _shell(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    (cwd / "tools.json").write_text(TOOLS)
    line = line.replace("TOOLSMELL", f"{sys.executable} -m toolsmell")
    return subprocess.run(["sh", "-c", line], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", ["scan tools.json", "rules", "--help", "explain secret-in-text", "scan -"])
@pytest.mark.parametrize(
    ("how", "code", "said"),
    [
        (">&-", 2, "stdout is closed"),
        pytest.param(">/dev/full", 2, "stdout: cannot be written", marks=pytest.mark.skipif(
            not Path("/dev/full").exists(), reason="there is no /dev/full")),
        (">&- 2>&- <&-", 2, ""),
    ],
)  # fmt: skip
def test_output_that_cannot_be_written_is_said(command: str, how: str, code: int, said: str, tmp_path: Path) -> None:
    done = _shell(f"TOOLSMELL {command} {how} {'' if '<' in how else '</dev/null'}", tmp_path)
    assert done.returncode == code
    assert said in done.stderr
    assert "internal error" not in done.stderr


@pytest.mark.parametrize(("command", "code"), [("scan tools.json", 0), ("scan -", 3), ("rules", 0)])
@pytest.mark.parametrize("how", ["<&-", "2>&- </dev/null"])
def test_other_closed_streams_change_nothing(command: str, code: int, how: str, tmp_path: Path) -> None:
    done = _shell(f"TOOLSMELL {command} {how}", tmp_path)
    assert done.returncode == code
    assert "internal error" not in done.stderr


@pytest.mark.parametrize("command", ["scan tools.json", "scan .", "scan", "init", "rules"])
def test_a_working_directory_that_is_gone_is_said(command: str, tmp_path: Path) -> None:
    done = _shell(f"mkdir gone && cd gone && rmdir ../gone && TOOLSMELL {command}", tmp_path)
    assert done.returncode == 2
    assert "the working directory is gone" in done.stderr


@pytest.mark.parametrize("command", ["brief many.json", "scan many.json --format json", "dump many.json"])
def test_a_reader_that_goes_is_no_finding(command: str, tmp_path: Path) -> None:
    tools = [{"name": f"get_room_{n}", "description": "Gets a room.", "inputSchema": {}} for n in range(300)]
    (tmp_path / "many.json").write_text(json.dumps({"tools": tools}))
    done = _shell(f"(TOOLSMELL {command}; echo code $? >&2) | head -c 1", tmp_path)
    assert done.stderr.endswith("code 0\n")
    assert "Traceback" not in done.stderr
