"""Scans many servers in several processes; reports come in the order of the servers, and little is kept in memory.

Each worker process has a pipe of its own. If a worker dies, the servers that it had are scanned one by one in fresh
processes: the one that ends its process gets a failed report, the others are reported as usual.
"""

import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Final, cast

from toolsmell.app import Scanner, ScanOptions, located
from toolsmell.model import Manifest, ServerReport, Status

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_CHUNK_TOOLS = 64
"""A worker gets about this many tools at once: some 50 ms of work."""
_AHEAD = 3
"""Chunks for each worker that are read ahead and kept in memory."""

Scanned = tuple[Manifest, ServerReport]


def scan(servers: Iterable[Manifest], options: ScanOptions, count: int) -> Iterator[Scanned]:
    """Yield each server with its report, in order, by `count` processes.

    Servers of one client configuration are scanned in this process, because each must be seen next to the others.
    A worker has one chunk at a time, so that no two processes wait for each other.
    """
    scanner = Scanner(options)
    workers = [Worker(options) for _ in range(count)]
    ahead: deque[_Chunk] = deque()
    try:
        for servers_of_chunk in _chunks(servers):
            chunk = _Chunk(servers_of_chunk)
            ahead.append(chunk)
            if servers_of_chunk[0].group is not None:
                chunk.reports = [scanner.scan(server) for server in servers_of_chunk]
            else:
                _idle(workers, options).start(chunk)
            while ahead and (ahead[0].reports is not None or len(ahead) > count * _AHEAD):
                yield from _finished(ahead.popleft(), workers, options)
        while ahead:
            yield from _finished(ahead.popleft(), workers, options)
    finally:
        for worker in workers:
            worker.stop()


def _idle(workers: list["Worker"], options: ScanOptions) -> "Worker":
    """Return a worker without a chunk, after waiting for one if all are busy."""
    while not (free := [worker for worker in workers if worker.chunk is None]):
        _collect(workers, options)
    return free[0]


def _collect(workers: list["Worker"], options: ScanOptions) -> None:
    """Wait until a busy worker answers or dies, and keep its reports with the chunk."""
    busy = {worker.pipe: worker for worker in workers if worker.chunk is not None}
    for pipe in wait(list(busy)):
        worker = busy[cast("Connection", pipe)]
        chunk = worker.chunk
        reports = worker.receive()
        if chunk is not None:
            chunk.reports = reports if reports is not None else list(_one_by_one(chunk.servers, options))
        if reports is None:
            worker.stop()
            workers[workers.index(worker)] = Worker(options)


def _finished(chunk: "_Chunk", workers: list["Worker"], options: ScanOptions) -> Iterator[Scanned]:
    while chunk.reports is None:
        _collect(workers, options)
    for server, report in zip(chunk.servers, chunk.reports, strict=True):
        yield server, located(report, server)


def is_possible(options: ScanOptions) -> bool:
    """Return True if worker processes can get the options: by a copy of this process, or pickled."""
    if _forks():
        return True
    import pickle

    try:
        pickle.dumps(options)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True


def _forks() -> bool:
    """Return True if this process can be copied: safe only while no other thread runs."""
    return sys.platform == "linux" and threading.active_count() == 1


def _chunks(servers: Iterable[Manifest]) -> Iterator[tuple[Manifest, ...]]:
    """Yield servers in chunks; those of a client configuration are apart from the others."""
    chunk: list[Manifest] = []
    tools = 0
    for server in servers:
        if chunk and (tools >= _CHUNK_TOOLS or server.group != chunk[0].group):
            yield tuple(chunk)
            chunk, tools = [], 0
        chunk.append(server)
        tools += len(server.tools) + 1
    if chunk:
        yield tuple(chunk)


def _one_by_one(servers: tuple[Manifest, ...], options: ScanOptions) -> Iterator[ServerReport]:
    """Yield the reports of servers, each scanned in a process of its own, because one of them ends its process."""
    for server in servers:
        worker = Worker(options)
        worker.start(_Chunk((server,)))
        reports = worker.receive()
        worker.stop()
        yield reports[0] if reports else crashed(server)


def crashed(server: Manifest) -> ServerReport:
    """Return the report of a server whose scan ended its process."""
    error = f"{server.key}: the scan of this server ended its process; the other servers are scanned"
    return ServerReport(
        server.key, server.name, server.source, server.provenance, Status.FAILED, error, None, (), (), server.notes
    )


class _Chunk:
    """Servers that are scanned together, and their reports once they are known."""

    def __init__(self, servers: tuple[Manifest, ...]) -> None:
        self.servers: Final = servers
        self.reports: list[ServerReport] | None = None


class Worker:
    """A process that scans one chunk at a time."""

    def __init__(self, options: ScanOptions) -> None:
        context: Any = get_context("fork" if _forks() else "spawn")
        self.pipe, theirs = context.Pipe()
        self.chunk: _Chunk | None = None
        """The chunk that it scans, or None if it is idle."""
        self._process: BaseProcess = context.Process(target=_work, args=(theirs, options), daemon=True)
        self._process.start()
        theirs.close()

    def start(self, chunk: _Chunk) -> None:
        """Give a chunk to the worker. A worker that has died shows that when it is asked for the reports."""
        self.chunk = chunk
        with suppress(BrokenPipeError, ConnectionError):
            self.pipe.send([server._replace(locator=None) for server in chunk.servers])

    def receive(self) -> list[ServerReport] | None:
        """Return the reports of the chunk, or None if the process has died; the worker is idle then."""
        self.chunk = None
        try:
            return cast("list[ServerReport]", self.pipe.recv())
        except (EOFError, ConnectionError):
            return None

    def stop(self) -> None:
        """End the process."""
        self.pipe.close()
        self._process.join(0.2)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _work(pipe: Connection, options: ScanOptions) -> None:
    """Scan chunks until the pipe is closed."""
    import signal

    from toolsmell.sources.server import descendants

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers
    if sys.platform.startswith("linux"):
        # A parent that is killed ends nobody, and a worker holds both ends of its pipe.
        descendants.die_with_parent()
    scanner = Scanner(options)
    while True:
        try:
            servers: list[Manifest] = pipe.recv()
            pipe.send([scanner.scan(server) for server in servers])
        except (EOFError, OSError):
            return
