"""Finds and ends the processes that servers started, also those that left their session and cleared their environment.

The command line makes itself the reaper of its orphans (Linux, `prctl(2)`), so that every process that a server started
stays below it, whatever it does. When it ends, nothing below it is left. A program that uses toolsmell as a library is
not touched.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Any, Final, NamedTuple

from toolsmell.sources import server

_SET_CHILD_SUBREAPER: Final = 36
_SET_PDEATHSIG: Final = 1
_SECONDS: Final = 3.0


class Process(NamedTuple):
    """A process; its number alone may be given to another one later."""

    pid: int
    started: int
    """Clock ticks after the system started."""


class _Owner:
    """The children that this process had before it started a server; None before that, and in other programs."""

    before: frozenset[Process] | None = None


def adopt_orphans() -> None:
    """Become the reaper of orphans, once, if the process is toolsmell's own."""
    if server.is_own_process and _Owner.before is None and sys.platform.startswith("linux"):
        _Owner.before = frozenset(_below(os.getpid()))
        _prctl(_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """Have the system end this process if the one that started it dies: called between fork and exec."""
    _prctl(_SET_PDEATHSIG, signal.SIGKILL)


def below(pid: int) -> frozenset[Process]:
    """Return all processes below one; none on a system without /proc."""
    return frozenset(_below(pid)) if sys.platform.startswith("linux") else frozenset()


def alive(processes: Iterable[Process]) -> list[int]:
    """Return the process ids that still belong to the same process."""
    return [one.pid for one in processes if (now := _stat(one.pid)) and now[1] == one.started]


def end_all() -> None:
    """End every process below this one, except those that were there before the first server, and reap them."""
    if _Owner.before is None:
        return
    deadline = time.monotonic() + _SECONDS
    while left := alive(below(os.getpid()) - _Owner.before):
        for pid in left:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        for pid in left:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        if time.monotonic() > deadline:
            return
        time.sleep(0.01)


def _below(pid: int) -> set[Process]:
    children: dict[int, list[Process]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit() and (found := _stat(int(name))):
            children.setdefault(found[0], []).append(Process(int(name), found[1]))
    seen: set[Process] = set()
    waiting = [pid]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in seen:
                seen.add(child)
                waiting.append(child.pid)
    return seen


def _stat(pid: int) -> tuple[int, int] | None:
    """Return the parent of a process and when it started; None if it is gone, or a zombie of somebody else."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            # The name may contain spaces and parentheses, so fields are counted after the last one.
            # https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
            fields = file.read().rpartition(b")")[2].split()
        parent = int(fields[1])
        ours = parent == os.getpid()
        return (parent, int(fields[19])) if fields[0] not in (b"Z", b"X") or ours else None
    except (OSError, ValueError, IndexError):
        return None


@cache
def libc() -> Any:
    """Return the C library. It is loaded before a fork, because nothing should be imported after one."""
    import ctypes

    return ctypes.CDLL(None)


def _prctl(option: int, value: int) -> None:
    with suppress(OSError, AttributeError):
        libc().prctl(option, value, 0, 0, 0)
