"""Starts servers or connects to them, asks for their lists, and ends what it started.

The lists are linted as they were sent. Over HTTP the SDK's transports carry the messages (sessions, event
streams, redirects within the host), and each answer is read from the bytes that passed; over stdio
`sources.process` does. Either way `sources.dialogue` asks.
"""

import logging
import sys
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import islice
from typing import TYPE_CHECKING

import anyio
from anyio.from_thread import start_blocking_portal

from toolsmell.errors import UsageError
from toolsmell.escape import shown
from toolsmell.model import Json, Manifest
from toolsmell.sources.json.manifest import DEFAULT_MAX_BYTES
from toolsmell.sources.server.dialogue import ClosedError, Dialogue, DialogueError, MalformedError, Message
from toolsmell.sources.server.launch import Launch, Remote, Target, hide
from toolsmell.sources.server.limits import ByteBudget, Limits
from toolsmell.sources.server.listing import explain, read_lists
from toolsmell.sources.server.process import NotStartedError, running
from toolsmell.sources.server.received import Wire, manifest, stderr_excerpt
from toolsmell.sources.server.stdio import StdioChannel

if TYPE_CHECKING:
    from mcp.client._transport import TransportStreams

    from toolsmell.sources.server.http import WireRecorder

_PARTING = 2.0
"""Seconds for an HTTP server to take leave of."""


def fetch(
    target: Target, *, key: str | None = None, timeout: float = 60.0, max_bytes: int = DEFAULT_MAX_BYTES
) -> Manifest:
    """Ask one server for what it offers. `timeout` is in seconds; ending the server may take five more.

    A server that fails, at whatever point, gives a manifest that says so, with what came before. Raises
    `UsageError` for a target that cannot be one: no command, an address that is none.
    """
    check(target)
    (manifest,) = fetch_all([(key, target)], timeout=timeout, max_bytes=max_bytes)
    return manifest


def fetch_all(
    targets: Iterable[tuple[str | None, Target]],
    *,
    timeout: float = 60.0,
    max_bytes: int = DEFAULT_MAX_BYTES,
    jobs: int = 4,
) -> Iterator[Manifest]:
    """Ask servers, each with its key, `jobs` at a time, and yield their manifests in the order of `targets`.

    Each fails alone. When the iterator is closed, or interrupted, every server is ended before it returns.
    """
    limits = Limits(timeout=timeout, max_bytes=max_bytes)
    # Without a handler, Python prints what the SDK logs about a misbehaving server.
    # https://docs.python.org/3/library/logging.html#logging.lastResort
    logging.getLogger("mcp").addHandler(logging.NullHandler())
    waiting = iter(targets)
    with start_blocking_portal() as portal:
        running = deque(portal.start_task_soon(_fetch, *target, limits) for target in islice(waiting, jobs))
        while running:
            yield running.popleft().result()
            running.extend(portal.start_task_soon(_fetch, *target, limits) for target in islice(waiting, 1))


def check(target: Target) -> None:
    """Raise `UsageError` for a target that cannot be started or connected to as it stands."""
    if isinstance(target, Remote):
        from toolsmell.sources.server import http

        http.check(target)
    elif not target.argv or not target.argv[0]:
        raise UsageError("no command to start")
    elif sys.platform == "win32":
        raise UsageError("a server is not started on Windows: give the URL of a running one, or a file")


async def _fetch(key: str | None, target: Target, limits: Limits) -> Manifest:
    hidden = target.hidden()
    try:
        check(target)
        read = _launched(target, limits) if isinstance(target, Launch) else _remote(target, limits)
        wire, error = await read
    except UsageError as mistake:
        wire, error = Wire(), str(mistake)
    found = manifest(wire, key=key, source=target.display(), error=hide(error, hidden))
    return found._replace(notes=tuple(hide(note, hidden) for note in found.notes))


async def _launched(launch: Launch, limits: Limits) -> tuple[Wire, str]:
    """Return the answers of a server over stdio, and why they are incomplete, if they are."""
    deadline = anyio.current_time() + limits.timeout
    for handshake_only in (False, True):
        wire = Wire()
        try:
            async with running(launch) as child:
                dialogue = Dialogue(StdioChannel(child, wire, ByteBudget(limits.max_bytes)))
                trouble = await _read(dialogue, wire, limits, deadline, handshake_only=handshake_only)
        except NotStartedError as error:
            return wire, str(error)
        # Servers built on older Rust SDKs exit if the first message is not `initialize`.
        # https://github.com/0xMassi/webclaw/issues/107
        if not child.exited or wire.hello or dialogue.asking != "server/discover":
            break
    words = explain(trouble, asking=dialogue.asking, timeout=limits.timeout, fate=child.fate)
    if wire.strays and not wire.hello:
        words += f"; its stdout has text that is not JSON-RPC: {wire.first_stray}"
    excerpt = stderr_excerpt(hide(child.stderr, launch.hidden()))
    return wire, f"{words}; its stderr ends: {excerpt}" if excerpt else words


async def _remote(remote: Remote, limits: Limits) -> tuple[Wire, str]:
    """Return the answers of a server over HTTP, and why they are incomplete, if they are."""
    from toolsmell.sources.server import http

    wire, asking = Wire(), None
    recorder = http.WireRecorder(remote, ByteBudget(limits.max_bytes))
    # Before the clock starts: the SDK takes a second to import.
    connection = _connection(remote, recorder)
    trouble: Exception | None = TimeoutError()
    deadline = anyio.current_time() + limits.timeout
    with anyio.CancelScope(deadline=deadline + _PARTING) as scope:
        try:
            async with connection as streams:
                dialogue = Dialogue(HttpChannel(streams, recorder))
                trouble = await _read(dialogue, wire, limits, deadline)
                asking = dialogue.asking
                scope.deadline = anyio.current_time() + _PARTING
        except Exception as error:  # noqa: BLE001 - whatever the SDK makes of a hostile server
            trouble = http.root(error)
    return wire, recorder.explain(trouble) or explain(trouble, asking=asking, timeout=limits.timeout)


async def _read(
    dialogue: Dialogue, wire: Wire, limits: Limits, deadline: float, *, handshake_only: bool = False
) -> Exception | None:
    """Fill `wire`; return what ended that early."""
    with anyio.CancelScope(deadline=deadline):
        try:
            await read_lists(dialogue, wire, limits, handshake_only=handshake_only)
        except DialogueError as trouble:
            return trouble
        return None
    return TimeoutError()


def _connection(remote: Remote, recorder: "WireRecorder") -> AbstractAsyncContextManager["TransportStreams"]:
    from mcp.client.sse import sse_client
    from mcp.client.streamable_http import streamable_http_client

    from toolsmell.sources.server import http

    factory = http.client_factory(remote, recorder)
    if remote.transport == "sse":
        return sse_client(remote.url, httpx_client_factory=factory)

    @asynccontextmanager
    async def streamable() -> AsyncIterator["TransportStreams"]:
        async with (
            factory() as client,
            # Unbounded: the recorder counts all bytes.
            streamable_http_client(remote.url, http_client=client, max_sse_event_size=None) as streams,
        ):
            yield streams

    return streamable()


class HttpChannel:
    """The channel to the SDK's transports."""

    def __init__(self, streams: "TransportStreams", recorder: "WireRecorder") -> None:
        self._read, self._write = streams
        self._recorder = recorder

    async def send(self, message: dict[str, Json], headers: Mapping[str, str]) -> None:
        from mcp.shared.message import ClientMessageMetadata, SessionMessage
        from mcp_types import jsonrpc_message_adapter

        typed = jsonrpc_message_adapter.validate_python(message, by_name=False)
        try:
            await self._write.send(SessionMessage(typed, ClientMessageMetadata(headers=dict(headers))))
        except (anyio.ClosedResourceError, anyio.BrokenResourceError):
            raise ClosedError from None

    async def receive(self) -> Message:
        try:
            item = await self._read.receive()
        except (anyio.EndOfStream, anyio.ClosedResourceError, anyio.BrokenResourceError):
            raise ClosedError from None
        if isinstance(item, Exception):
            raise MalformedError(f"an answer cannot be read: {shown(str(item), 200)}")
        message = item.message.model_dump(by_alias=True, exclude_unset=True)
        # The SDK sends an error of its own for JSON that its parser rejects, such as a lone surrogate.
        # https://github.com/pydantic/pydantic-core/issues/1363
        sent = None if "method" in message else self._recorder.answer(message.get("id"))
        return sent or Message(message)
