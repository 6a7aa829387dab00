"""JSON-RPC over a child's stdin and stdout, one message a line."""

import json
from collections import deque
from collections.abc import Mapping

from toolsmell.errors import SourceError
from toolsmell.model import Json
from toolsmell.sources.server.dialogue import ClosedError, MalformedError, Message
from toolsmell.sources.server.limits import ByteBudget
from toolsmell.sources.server.process import Child
from toolsmell.sources.server.received import Wire, read_message


class StdioChannel:
    """The channel to a child. Lines that are no JSON are counted in `wire` and passed over, as clients do."""

    def __init__(self, child: Child, wire: Wire, budget: ByteBudget) -> None:
        self._child = child
        self._wire = wire
        self._budget = budget
        self._lines: deque[bytes] = deque()
        self._begun: list[bytes] = []
        self._ended = False

    async def send(self, message: dict[str, Json], headers: Mapping[str, str]) -> None:  # noqa: ARG002
        try:
            await self._child.write(json.dumps(message).encode() + b"\n")
        except OSError:
            raise ClosedError from None

    async def receive(self) -> Message:
        while True:
            line = await self._line()
            try:
                return read_message(line)
            except SourceError as error:
                if b'"jsonrpc"' in line:
                    raise MalformedError(str(error)) from None
                self._wire.add_stray(line)

    async def _line(self) -> bytes:
        """Return the next line that is not blank."""
        while True:
            while self._lines:
                if line := self._lines.popleft().strip():
                    return line
            if self._ended:
                raise ClosedError
            await self._read()

    async def _read(self) -> None:
        try:
            chunk = await self._child.read()
        except OSError:
            raise ClosedError from None
        self._budget.spend(len(chunk))
        self._ended = not chunk
        # The last line of a server that stops may lack its end.
        first, *rest = chunk.split(b"\n") if chunk else (b"", b"")
        self._begun.append(first)
        if rest:
            self._lines.append(b"".join(self._begun))
            self._lines.extend(rest[:-1])
            self._begun = [rest[-1]]
