"""Processes: what a server starts is ended, however the server, the scan or the user ends it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from toolsmell.sources.server.launch import Launch
from toolsmell.sources.server.live import fetch, fetch_all
from toolsmell.sources.server.process import Tail, environment

Serve = Callable[..., Launch]

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="what left the process group is found through /proc"
)


def family(folder: Path) -> list[int]:
    return [int(pid) for pid in (folder / "pids").read_text().split()]


def running(pid: int) -> bool:
    """Return True if a process exists and is not a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture(autouse=True)
def no_family_is_left(tmp_path: Path) -> Iterator[None]:
    yield
    left = [pid for pid in family(tmp_path) if running(pid)] if (tmp_path / "pids").exists() else []
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left


def test_ends_all_that_a_server_started_after_it_answered(serve: Serve, tmp_path: Path) -> None:
    assert len(fetch(serve("family-then-list", tmp_path)).tools) == 2
    assert len(family(tmp_path)) == 4


def test_ends_what_a_server_left_behind_when_it_exited(serve: Serve, tmp_path: Path) -> None:
    manifest = fetch(serve("family-then-exit", tmp_path))
    assert manifest.error == "the server exited with status 4 before it answered initialize"
    assert family(tmp_path)


def test_ends_all_that_a_server_started_when_time_is_up(serve: Serve, tmp_path: Path) -> None:
    manifest = fetch(serve("family-then-hang", tmp_path), timeout=1.5)
    assert manifest.error == "no answer to initialize within 1.5 s (--timeout)"
    assert family(tmp_path)


def test_ends_all_servers_when_the_caller_takes_no_more(serve: Serve, tmp_path: Path) -> None:
    manifests = fetch_all([(None, serve("modern")), (None, serve("family-then-hang", tmp_path))])
    assert next(manifests).status == "complete"
    _wait_for(tmp_path / "pids")
    manifests.close()  # type: ignore[attr-defined]


def test_ends_all_that_a_server_started_when_interrupted(serve: Serve, tmp_path: Path) -> None:
    code = f"from toolsmell.sources.server.live import *; fetch({serve('family-then-hang', tmp_path)!r})"
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True) as scan:
        _wait_for(tmp_path / "pids")
        scan.send_signal(signal.SIGINT)
        assert "KeyboardInterrupt" in scan.communicate()[1]


def _wait_for(path: Path) -> None:
    while not path.exists():
        time.sleep(0.01)


def test_a_tail_keeps_the_end_in_bounded_memory() -> None:
    tail = Tail(10)
    for number in range(1000):
        tail.add(b"%d " % number)
    assert tail.text == "7 998 999 "


def test_an_exported_function_is_no_variable() -> None:
    user = {"PATH": "/bin", "SHELL": "() { :; }", "SECRET": "x"}
    assert environment(Launch(("a",), {"B": "c"}), user) == {"PATH": "/bin", "B": "c"}
