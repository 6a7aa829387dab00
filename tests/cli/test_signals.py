"""Nothing that a server started outlives the command line, whatever it does to hide and whatever ends the run."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="orphans are adopted on Linux only")

DAEMON = """
import os, signal, sys, time
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
    signal.signal(number, signal.SIG_IGN)
if os.fork():
    os._exit(0)
os.setsid()
if os.fork():
    os._exit(0)
code = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()} '); time.sleep(3600)"
os.execve(sys.executable, [sys.executable, "-c", code, sys.argv[1]], {})
"""
SERVER = """
import json, subprocess, sys, time
subprocess.run([sys.executable, "-c", sys.argv[2], sys.argv[1]])
if sys.argv[3] == "hang":
    open("server", "w").write(f"{__import__('os').getpid()}")
    open(sys.argv[1], "a").write(f"{__import__('os').getpid()} ")
    time.sleep(3600)
for line in sys.stdin:
    message = json.loads(line)
    if message.get("method") == "initialize":
        result = {"protocolVersion": "2025-06-18", "serverInfo": {"name": "s", "version": "1"}, "capabilities": {"tools": {}}}
    elif message.get("method") == "tools/list":
        result = {"tools": [{"name": "get_room", "description": "Gets a room.", "inputSchema": {"type": "object"}}]}
    elif "id" in message:
        print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "error": {"code": -32601, "message": "no"}}), flush=True)
        continue
    else:
        continue
    print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)
"""


def _start(folder: Path, how: str) -> subprocess.Popen[str]:
    server = [sys.executable, "-c", SERVER, str(folder / "pids"), DAEMON, how]
    command = [sys.executable, "-m", "toolsmell", "scan", "--", *server]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _pids(folder: Path, count: int) -> list[int]:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        path = folder / "pids"
        found = [int(pid) for pid in path.read_text().split()] if path.exists() else []
        if len(found) >= count:
            return found
        time.sleep(0.02)
    pytest.fail("the server did not start its daemon")


def _running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _left(pids: list[int]) -> list[int]:
    """Return what still runs after a moment, and end it."""
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline and any(map(_running, pids)):
        time.sleep(0.02)
    left = [pid for pid in pids if _running(pid)]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    return left


def test_a_daemon_with_an_empty_environment_ends_with_the_run(tmp_path: Path) -> None:
    with _start(tmp_path, "list") as run:
        out, err = run.communicate(timeout=60)
    assert "get_room" in out, err
    assert _left(_pids(tmp_path, 1)) == []


@pytest.mark.parametrize(
    "signals",
    [
        [signal.SIGINT],
        [signal.SIGTERM],
        [signal.SIGHUP],
        [signal.SIGQUIT],
        [signal.SIGINT] * 3,
        [signal.SIGTERM, signal.SIGHUP, signal.SIGINT],
        [signal.SIGQUIT, signal.SIGTERM, signal.SIGTERM],
    ],
    ids=lambda signals: "-".join(one.name for one in signals),
)
def test_no_signal_leaves_a_process(signals: list[signal.Signals], tmp_path: Path) -> None:
    if any(signal.getsignal(one) is signal.SIG_IGN for one in signals):
        pytest.skip("the shell that runs the tests ignores this signal, as nohup does, and so do all child processes")
    with _start(tmp_path, "hang") as run:
        pids = _pids(tmp_path, 2)
        for one in signals:
            run.send_signal(one)
            time.sleep(0.05)
        _, err = run.communicate(timeout=60)
    assert run.returncode == 130, err
    assert _left(pids) == []


def test_a_server_dies_with_a_run_that_is_killed(tmp_path: Path) -> None:
    with _start(tmp_path, "hang") as run:
        pids = _pids(tmp_path, 2)
        server = int((tmp_path / "server").read_text())
        run.kill()
        run.communicate(timeout=60)
    # Nobody is left to end the daemon; the test does.
    assert server not in _left(pids)
