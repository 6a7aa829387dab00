"""A server's process: started without a shell, read within bounds, and ended with all that it started.

The SDK's own stdio client keeps the process to itself. It leaves alone what a server that exits by itself has
started, has no bound on a line, hands on none that its JSON reader rejects, and cannot start from a cleared
environment; a linter of strangers' servers needs all four.
"""

# The SDK's client left processes behind and could wait for ever:
# https://github.com/modelcontextprotocol/python-sdk/pull/2773

import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import anyio

from toolsmell.sources.server import descendants
from toolsmell.sources.server.launch import Launch

INHERITED = ("HOME", "LOGNAME", "PATH", "SHELL", "TERM", "USER")
"""The part that a server gets of the user's environment: the set that the reference clients pass on."""
INHERITED_WHEN_CLEARED = ("HOME", "PATH")
"""Without these npx, uvx and docker find neither themselves nor their caches."""

MARK = "TOOLSMELL_SERVER"
"""A variable with a value of its own for each server, by which what it started is found again."""

_CHUNK = 65536
_TAIL_BYTES = 8192
_AFTER_OUTPUT = 0.5
_AFTER_INPUT = 1.0
_AFTER_TERM = 1.0
_AFTER_KILL = 2.0
_POLL = 0.01
_EXEC = 0.03
"""A process that is just being replaced by another program has no environment, so that its mark is not seen."""
_SILENCE = 1.0


class NotStartedError(Exception):
    """The command could not be run. The text says why."""


class Child:
    """A running server. Its stderr is read all the time, and only its end is kept."""

    def __init__(self, process: subprocess.Popen[bytes], mark: str) -> None:
        if not (process.stdin and process.stdout and process.stderr):
            raise ValueError("a child is spoken to over three pipes")
        self._process = process
        self._stdin, self._stdout, self._stderr = process.stdin, process.stdout, process.stderr
        for pipe in (self._stdin, self._stdout, self._stderr):
            os.set_blocking(pipe.fileno(), False)
        self._mark = mark
        self._family: frozenset[descendants.Process] = frozenset()
        self._errors = Tail(_TAIL_BYTES)
        self._output_ended = False
        self.exited = False
        """Whether the process exited by itself, before it was ended."""
        self.fate: str | None = None
        """A phrase for what the process did by itself: `exited with status 1`."""

    @property
    def stderr(self) -> str:
        """The end of what the server wrote to stderr."""
        return self._errors.text

    async def write(self, data: bytes) -> None:
        """Write to the server's stdin; raise OSError if it has gone."""
        fd = self._stdin.fileno()
        while data:
            await anyio.wait_writable(fd)
            with suppress(BlockingIOError):
                data = data[os.write(fd, data) :]

    async def read(self) -> bytes:
        """Return the server's output on stdout, at least a byte. An empty result means that it has ended.

        Raises OSError if it cannot be read.
        """
        chunk = None
        while chunk is None:
            with anyio.move_on_after(_SILENCE):
                chunk = await _read(self._stdout.fileno())
            # A process that the server left behind may keep its stdout open for ever.
            if chunk is None and self._has_exited():
                chunk = b""
        self._output_ended = not chunk
        return chunk

    async def collect_stderr(self) -> None:
        """Read stderr to its end."""
        with suppress(OSError):
            while chunk := await _read(self._stderr.fileno()):
                self._errors.add(chunk)

    async def end(self) -> None:
        """End the server and everything that it started: stdin closed, then SIGTERM, then SIGKILL."""
        self._look()
        if self._output_ended:
            await _until(self._has_exited, _AFTER_OUTPUT)
        self.exited = self._has_exited()
        with suppress(OSError):
            self._stdin.close()
        await _until(self._has_exited, _AFTER_INPUT)
        if not self._all_gone():
            self._signal(signal.SIGTERM)
            await _until(self._all_gone, _AFTER_TERM)
        # Even if nothing seems to be left.
        await anyio.sleep(_EXEC)
        deadline = anyio.current_time() + _AFTER_KILL
        while True:
            # Again and again: what starts processes faster than it is ended must not win.
            self._signal(signal.SIGKILL)
            await _until(self._all_gone, 10 * _POLL)
            if self._all_gone() or anyio.current_time() > deadline:
                break
        self._process.poll()
        if self.exited or self._output_ended:
            self.fate = _fate(self._process.returncode) if self.exited else "closed its stdout"

    def close(self) -> None:
        """Keep the last of stderr and release the pipes."""
        with suppress(BlockingIOError):
            # Bounded: a process that escaped may still be writing.
            for _ in range(64):
                if not (chunk := os.read(self._stderr.fileno(), _CHUNK)):
                    break
                self._errors.add(chunk)
        self._stdout.close()
        self._stderr.close()

    def _has_exited(self) -> bool:
        # Not poll(): it frees the process id, which is also that of the group that is still to be signalled.
        # WNOWAIT keeps it: https://docs.python.org/3/library/os.html#os.waitid
        if not hasattr(os, "waitid"):
            return self._process.poll() is not None
        try:
            state = os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return True
        return state is not None

    def _all_gone(self) -> bool:
        return self._has_exited() and not self._survivors()

    def _look(self) -> None:
        """Take note of what is below the server now: a daemon is below nobody when its parent has gone."""
        self._family |= descendants.below(self._process.pid)

    def _survivors(self) -> list[int]:
        self._look()
        found = marked_processes(self._mark, group=self._process.pid)
        return [*found, *(pid for pid in descendants.alive(self._family) if pid not in found)]

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)
        # Those that left the group: a daemon starts a session of its own.
        for pid in self._survivors():
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, number)


class Tail:
    """The end of a stream of bytes, in bounded memory."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held = 0
        self._chunks: deque[bytes] = deque()

    def add(self, chunk: bytes) -> None:
        self._chunks.append(chunk)
        self._held += len(chunk)
        while self._held - len(self._chunks[0]) >= self._size:
            self._held -= len(self._chunks.popleft())

    @property
    def text(self) -> str:
        return b"".join(self._chunks)[-self._size :].decode("utf-8", "replace")


@asynccontextmanager
async def running(launch: Launch) -> AsyncIterator[Child]:
    """Start the server; when the block is left, in whatever way, end it and all that it started."""
    with _folder(launch) as folder:
        child = _start(launch, folder)
        try:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(child.collect_stderr)
                try:
                    yield child
                finally:
                    with anyio.CancelScope(shield=True):
                        await child.end()
                    tasks.cancel_scope.cancel()
        finally:
            child.close()


def environment(launch: Launch, user: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the server: a part of the user's, and the variables that are passed to it."""
    names = (*(INHERITED_WHEN_CLEARED if launch.clear_env else INHERITED), *launch.keep)
    # A value that begins like this is a function that an old bash exported, and would run again.
    # https://nvd.nist.gov/vuln/detail/CVE-2014-6271
    kept = {name: user[name] for name in names if name in user and not user[name].startswith("()")}
    return {**kept, **launch.env}


def marked_processes(mark: str, *, group: int) -> list[int]:
    """Return the processes of `group` and those that carry `mark`. Without /proc (macOS) there are none."""
    if not sys.platform.startswith("linux"):
        return []
    needle = f"{MARK}={mark}\0".encode()
    return [
        int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _belongs(entry, needle, group)
    ]


def _belongs(entry: Path, needle: bytes, group: int) -> bool:
    try:
        # State, parent, group. The name before them may contain spaces and parentheses.
        # https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
        state, _, its_group = (entry / "stat").read_bytes().rpartition(b")")[2].split()[:3]
        if state in {b"Z", b"X"}:
            return False
        return int(its_group) == group or needle in (entry / "environ").read_bytes()
    except (OSError, ValueError):
        return False


def _folder(launch: Launch) -> AbstractContextManager[str | None]:
    if launch.empty_folder:
        return TemporaryDirectory(prefix="toolsmell-", ignore_cleanup_errors=True)
    return nullcontext(launch.cwd)


def _start(launch: Launch, folder: str | None) -> Child:
    mark = uuid4().hex
    descendants.adopt_orphans()
    # Loaded before the fork: preexec_fn may deadlock with threads, so it makes one call of the C library and no more.
    # https://docs.python.org/3/library/subprocess.html#subprocess.Popen
    dying = descendants.die_with_parent if sys.platform.startswith("linux") and descendants.libc() else None
    try:
        process = subprocess.Popen(
            launch.argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            cwd=folder,
            env={**environment(launch, os.environ), MARK: mark},
            start_new_session=True,
            preexec_fn=dying,  # noqa: PLW1509 - see above
        )
    except FileNotFoundError as error:
        what = "folder" if folder is not None and error.filename == folder else "command"
        raise NotStartedError(f"{what} not found: {error.filename}") from None
    except (OSError, ValueError) as error:
        raise NotStartedError(f"the command cannot be run: {error}") from None
    return Child(process, mark)


async def _read(fd: int) -> bytes:
    while True:
        # Waits even if bytes are there: a flood must leave the other tasks their turn.
        await anyio.wait_readable(fd)
        with suppress(BlockingIOError):
            return os.read(fd, _CHUNK)


async def _until(done: Callable[[], bool], seconds: float) -> None:
    deadline = anyio.current_time() + seconds
    while not done() and anyio.current_time() < deadline:
        await anyio.sleep(_POLL)


def _fate(returncode: int | None) -> str:
    if returncode is None:
        return "exited"
    if returncode >= 0:
        return f"exited with status {returncode}"
    try:
        return f"was ended by {signal.Signals(-returncode).name}"
    except ValueError:
        return f"was ended by signal {-returncode}"
