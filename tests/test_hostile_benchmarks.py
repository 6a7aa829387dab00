"""A small part of the benchmarks about hostile input, with their seeds: nothing crashes, hangs or stays behind."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def _run(name: str, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "benchmarks" / name), *args]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=170)


def test_changed_files_never_give_an_internal_error() -> None:
    done = _run("fuzz.py", "--manifests", "120", "--sources", "120")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "120 lists of tools" in done.stdout
    assert "120 source files" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="a server is not started on Windows")
def test_hostile_servers_are_scanned_and_ended() -> None:
    done = _run("hostile.py", "--every", "11")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("9 hostile servers")


def test_time_grows_in_proportion() -> None:
    for word in ("'.' in a description", "required", "text lists"):
        done = _run("growth.py", "--only", word, "--size", "8000")
        assert done.returncode == 0, done.stdout
