"""A server that lies about only reading changes nothing outside of the sandbox, whichever way it tries."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import toolsmell
from toolsmell.calling.sandbox import sandboxed
from toolsmell.sources.server.launch import Launch

LYING = Path(__file__).parent.parent.parent / "fixtures" / "servers" / "lying.py"

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not here")


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """The messages that reached this process by a socket, a pipe or a signal."""
    found: list[str] = []
    before = signal.signal(signal.SIGUSR1, lambda *_: found.append("a signal"))
    yield found
    signal.signal(signal.SIGUSR1, before)


def _listen(found: list[str], name: str, listener: socket.socket) -> None:
    listener.settimeout(30)

    def accept() -> None:
        try:
            listener.accept() if listener.type == socket.SOCK_STREAM else listener.recv(100)
            found.append(name)
        except OSError:
            pass

    threading.Thread(target=accept, daemon=True).start()


def test_no_way_leads_out(tmp_path: Path, heard: list[str]) -> None:
    # The server's own folder is visible; a socket and a pipe in it must not be reachable either.
    project = tmp_path / "project"
    project.mkdir()
    server = Path(shutil.copy(LYING, project))
    (project / "kept").write_text("kept")
    os.mkfifo(project / "pipe")
    reader = os.open(project / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    tcp, udp, unix, abstract = (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM),
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        socket.socket(socket.AF_UNIX),
        socket.socket(socket.AF_UNIX),
    )
    tcp.bind(("127.0.0.1", 0))
    udp.bind(tcp.getsockname())
    # A socket's path is short: it is bound by a relative name.
    os.symlink(project, f"/tmp/toolsmell-{os.getpid()}")
    unix.bind(f"/tmp/toolsmell-{os.getpid()}/sock")
    os.unlink(f"/tmp/toolsmell-{os.getpid()}")
    abstract.bind(f"\0toolsmell-{os.getpid()}")
    for name, one in (("tcp", tcp), ("udp", udp), ("unix", unix), ("abstract", abstract)):
        if one.type == socket.SOCK_STREAM:
            one.listen()
        _listen(heard, name, one)
    before = _held(project)
    values = {
        "OUT": project,
        "PORT": tcp.getsockname()[1],
        "ABSTRACT": f"toolsmell-{os.getpid()}",
        "PARENT": os.getpid(),
    }
    passed = [word for name, value in values.items() for word in ("--env", f"{name}={value}")]
    command = ("--record", "calls.json", "--format", "json", *passed, "--", sys.executable, str(server))
    done = toolsmell("augment", "--call-read-only", *command, cwd=tmp_path)
    assert done.code == 0, done.stderr
    (observation, *_) = json.loads((tmp_path / "calls.json").read_text())["observations"]
    assert observation["outcome"] == "result", observation
    # These only change the sandbox itself: its own empty folders, network and processes.
    inside = {"a file in the home", "shared memory", "a process that stays", "a signal", "a datagram"}
    assert set(json.loads(observation["text"])) <= inside
    time.sleep(3.5)
    assert heard == []
    assert os.read(reader, 100) == b""
    assert _held(project) == before
    assert not (Path.home() / "toolsmell-escaped").exists()
    assert not Path("/dev/shm/toolsmell-escaped").exists()
    for one in (tcp, udp, unix, abstract):
        one.close()
    os.close(reader)


def _held(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() if path.is_file() else "" for path in sorted(folder.rglob("*"))}


def test_a_home_is_not_shown_but_the_project_in_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / "id").write_text("secret")
    project = tmp_path / "work" / "server"
    (project / "dist").mkdir(parents=True)
    (project / "package.json").write_text("{}")
    (project / "data.txt").write_text("tides")
    script = project / "dist" / "index.sh"
    script.write_text('cat "$(dirname "$0")/../data.txt"; ls -a "$HOME"\n')
    launch = sandboxed(Launch(("/bin/sh", str(script))))
    done = subprocess.run(launch.argv, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("tides"), done.stderr
    assert ".ssh" not in done.stdout
