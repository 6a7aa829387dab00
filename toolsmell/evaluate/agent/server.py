"""Calls the tools of a live server for one task: in its own process and an empty folder, without the user's variables.

The process is started at the first call, so that no task sees what another one changed and a task without calls costs
nothing. Whatever happens, it and all that it started are ended (`sources.process`).
"""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final, NamedTuple, Protocol

import anyio

from toolsmell.calling.outcomes import Observation, Trial, observed
from toolsmell.calling.session import NotAllowedError
from toolsmell.evaluate.agent.guard import Permitted
from toolsmell.model import Json
from toolsmell.sources.server.dialogue import Dialogue, DialogueError, RefusedError
from toolsmell.sources.server.launch import Launch
from toolsmell.sources.server.limits import ByteBudget, OverrunError
from toolsmell.sources.server.process import Child, NotStartedError, running
from toolsmell.sources.server.received import Wire, stderr_excerpt
from toolsmell.sources.server.stdio import StdioChannel

_STARTS: Final = 3
"""Restarts of a server that dies or hangs, in one task."""
_PATIENCE: Final = 10.0
"""Seconds to wait for the first answer: an older server does not know the question."""


class ServerError(Exception):
    """The server cannot be reached any more. The text says why."""


class ServerAnswer(NamedTuple):
    """The result of a call."""

    observation: Observation
    arrived: bool
    """True if the server answered, even with an error."""


class Serving(NamedTuple):
    """The start of a server, and its limits."""

    launch: Launch
    """Made by `calling.session.alone`, perhaps in a sandbox."""
    allowed: frozenset[str]
    private: tuple[str, ...] = ()
    """Private texts of this machine. They are removed from results."""
    start_seconds: float = 60.0
    call_seconds: float = 30.0
    result_chars: int = 20_000
    max_bytes: int = 16 * 1024 * 1024
    """The most bytes that one process may send."""


class Calling(Protocol):
    """Calls the tools of one task."""

    async def call(self, permitted: Permitted) -> ServerAnswer: ...


class Tools:
    """Calls tools. Use it through `tools_of`."""

    def __init__(self, serving: Serving, stack: AsyncExitStack) -> None:
        self._serving: Final = serving
        self._stack: Final = stack
        self._starts = 0
        self._made = 0
        self._older = False
        self._child: Child | None = None
        self._dialogue: Dialogue | None = None

    async def call(self, permitted: Permitted) -> ServerAnswer:
        """Make a call. Raises `ServerError` if the server cannot be reached, not if the call fails."""
        if permitted.name not in self._serving.allowed:
            raise NotAllowedError(permitted.name)
        dialogue = self._dialogue or await self._started()
        self._made += 1
        begun = time.monotonic()
        answer, failed, arrived = None, None, True
        try:
            with anyio.fail_after(self._serving.call_seconds):
                answer = await self._asked(dialogue, permitted)
        except RefusedError as refusal:
            failed = refusal.message
        except TimeoutError:
            failed, arrived = f"The call timed out after {self._serving.call_seconds:g} s.", False
        except OverrunError:
            failed, arrived = "The server sent more than it may.", False
        except DialogueError:
            failed, arrived = "The server went away during the call.", False
        milliseconds = round(1000 * (time.monotonic() - begun))
        if not arrived:
            await self._end()
        return ServerAnswer(self._observed(permitted, answer, failed, milliseconds), arrived)

    @staticmethod
    async def _asked(dialogue: Dialogue, permitted: Permitted) -> Json:
        params: dict[str, Json] = {"name": permitted.name, "arguments": permitted.arguments}
        return (await dialogue.request("tools/call", params)).result

    def _observed(self, permitted: Permitted, answer: Json, failed: str | None, milliseconds: int) -> Observation:
        serving = self._serving
        return observed(
            self._made,
            Trial(permitted.name, permitted.arguments, "asked by the agent"),
            answer,
            failed=failed,
            milliseconds=milliseconds,
            private=serving.private,
            longest=serving.result_chars,
        )

    async def _started(self) -> Dialogue:
        """Start the server. It is started once more if it exits at a first question other than `initialize`."""
        trouble = ""
        for handshake_only in (True,) if self._older else (False, True):
            self._starts += 1
            if self._starts > _STARTS:
                raise ServerError(f"the server hung or went away {_STARTS} times{trouble}")
            try:
                self._dialogue = await self._greeted(handshake_only=handshake_only)
            except (DialogueError, TimeoutError) as error:
                words = str(error) or ("it did not answer" if isinstance(error, TimeoutError) else "it went away")
                child = self._child
                await self._end()
                excerpt = stderr_excerpt(child.stderr) if child else ""
                trouble = f": {words}" + (f"; its stderr ends: {excerpt}" if excerpt else "")
            except NotStartedError as error:
                raise ServerError(f"the server could not be started: {error}") from None
            else:
                self._older = handshake_only
                return self._dialogue
        raise ServerError(f"the server could not be asked{trouble}")

    async def _greeted(self, *, handshake_only: bool) -> Dialogue:
        self._child = await self._stack.enter_async_context(running(self._serving.launch))
        dialogue = Dialogue(StdioChannel(self._child, Wire(), ByteBudget(self._serving.max_bytes)))
        seconds = self._serving.start_seconds
        with anyio.fail_after(seconds):
            await dialogue.greet(patience=min(_PATIENCE, seconds / 4), handshake_only=handshake_only)
        return dialogue

    async def _end(self) -> None:
        self._dialogue = self._child = None
        await self._stack.pop_all().aclose()


@asynccontextmanager
async def tools_of(serving: Serving) -> AsyncIterator[Tools]:
    """Yield the tools of a server that is started at the first call and ended with the block.

    Set time limits around this block, not within it, and let no error leave it: the task group that reads
    the server's stderr would wrap it.
    """
    async with AsyncExitStack() as stack:
        yield Tools(serving, stack)
