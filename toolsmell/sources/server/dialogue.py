"""The few questions a scan asks a server, in both eras of the protocol, over any transport.

Answers are handed on as sent. The SDK's session checks a list against its protocol version and returns nothing if
one tool is malformed or the answer to `initialize` has a small mistake. A linter has to read those too.
Up to 2025-11-25 a connection begins with a handshake; from 2026-07-28 on there is none, and each request
names its protocol version in `_meta`.
"""

from collections.abc import AsyncIterator, Mapping
from typing import NamedTuple, Protocol

import anyio

from toolsmell.escape import shown
from toolsmell.model import Json, Pointer
from toolsmell.safety.masking import masked
from toolsmell.version import __version__

# A test holds these equal to the SDK's.
MODERN_VERSION = "2026-07-28"
HANDSHAKE_VERSIONS = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")
META = "io.modelcontextprotocol/"
METHOD_NOT_FOUND = -32601
UNSUPPORTED_VERSION = -32022

_CLIENT = {"name": "toolsmell", "version": __version__}
_LONGEST_EXCERPT = 300
_LONGEST_ERROR = 20_000


class Message(NamedTuple):
    """A message from a channel: any JSON."""

    value: Json
    repeated: tuple[Pointer, ...] = ()
    """Pointers whose key stands more than once in its object."""


class Answer(NamedTuple):
    """The result of a request, as sent."""

    result: dict[str, Json]
    repeated: tuple[Pointer, ...] = ()
    """Pointers into `result` whose key stands more than once in its object."""


class Channel(Protocol):
    """Carries JSON-RPC messages."""

    async def send(self, message: dict[str, Json], headers: Mapping[str, str]) -> None:
        """Send one message; `headers` are for transports over HTTP."""

    async def receive(self) -> Message:
        """Return the next message, whatever it is. Raises `DialogueError`."""


class DialogueError(Exception):
    """A server's doing, or undoing, that ends the dialogue. The text says what, for people."""


class ClosedError(DialogueError):
    """The server has gone."""


class MalformedError(DialogueError):
    """The server answered with something that is no answer."""


class RefusedError(DialogueError):
    """The server answered a request with an error."""

    def __init__(self, method: str, error: Json) -> None:
        fields = error if isinstance(error, dict) else {}
        self.method = method
        self.code = fields.get("code")
        self.message = shown(masked(str(fields.get("message", error))[:_LONGEST_ERROR]), _LONGEST_EXCERPT)
        self.data = fields.get("data")
        super().__init__(f"{method} was refused: {self.message} (code {self.code!r:.20})")


class Hello(NamedTuple):
    """The answer in which a server introduced itself."""

    version: str | None
    """The protocol version that is spoken."""
    answer: dict[str, Json]
    """To `server/discover` or `initialize`, as sent."""


class Dialogue:
    """Requests and their answers, one at a time."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._last_id = 0
        self._version: str | None = None
        self._answers: dict[int, Message] = {}
        self.asking: str | None = None
        """The method whose answer is awaited."""

    async def greet(self, *, patience: float, handshake_only: bool = False) -> Hello:
        """Find the era that the server speaks and introduce toolsmell in it.

        A server that refuses `server/discover`, or leaves it unanswered for `patience` seconds, gets the
        handshake: the specification warns against relying on any one refusal.
        """
        if handshake_only:
            return await self._shake_hands()
        probe = self._last_id + 1
        with anyio.move_on_after(patience):
            try:
                return await self._discover()
            except (RefusedError, MalformedError) as error:
                _check_common_version(error)
        try:
            return await self._shake_hands()
        except RefusedError as refusal:
            # A server of the new era that only started slowly answers the first question late, and then
            # refuses the handshake.
            if probe in self._answers and "result" in self._answers[probe].value:
                return self._introduced(_answer("server/discover", self._answers[probe]))
            if refusal.code == UNSUPPORTED_VERSION:
                return await self._discover()
            raise

    async def pages(self, method: str, *, most: int) -> AsyncIterator[Answer]:
        """Yield the answers to a list request, page after page, at most `most`."""
        cursor: Json = None
        seen: set[str] = set()
        for _ in range(most):
            page = await self.request(method, {} if cursor is None else {"cursor": cursor})
            yield page
            # An empty text is a cursor like any other; only its absence ends the list.
            # https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/pagination
            cursor = page.result.get("nextCursor")
            if cursor is None:
                return
            if not isinstance(cursor, str):
                raise MalformedError(f"the cursor that {method} gave is not a text")
            if cursor in seen:
                raise MalformedError(f"{method} gave the same cursor twice: its list does not end")
            seen.add(cursor)
        raise MalformedError(f"{method} has more than {most} pages")

    async def request(self, method: str, params: dict[str, Json]) -> Answer:
        """Return the result of `method`. Raises `RefusedError` for an error, `MalformedError` for neither."""
        self._last_id = number = self._last_id + 1
        self.asking = method
        if self._version == MODERN_VERSION:
            params = {**params, "_meta": _about_client()}
        message = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        await self._channel.send(message, self._headers(method))
        return _answer(method, await self._await(number))

    async def _discover(self) -> Hello:
        self._version = MODERN_VERSION
        return self._introduced(await self.request("server/discover", {}))

    def _introduced(self, answer: Answer) -> Hello:
        self._version = MODERN_VERSION
        supported = answer.result.get("supportedVersions")
        if not isinstance(supported, list) or MODERN_VERSION not in supported:
            raise MalformedError(_no_common_version(supported))
        return Hello(MODERN_VERSION, answer.result)

    async def _shake_hands(self) -> Hello:
        self._version = None
        offer = {"protocolVersion": HANDSHAKE_VERSIONS[-1], "capabilities": {}, "clientInfo": _CLIENT}
        answer = (await self.request("initialize", offer)).result
        version = answer.get("protocolVersion")
        # An unknown version is kept: the list can still be read, and a rule reports the version.
        self._version = version if isinstance(version, str) else None
        note: dict[str, Json] = {"jsonrpc": "2.0", "method": "notifications/initialized"}
        await self._channel.send(note, self._headers("notifications/initialized"))
        return Hello(self._version, answer)

    async def _await(self, number: int) -> Message:
        while number not in self._answers:
            received = await self._channel.receive()
            # 2025-03-26 allowed a batch; 2025-06-18 removed it.
            # https://modelcontextprotocol.io/specification/2025-06-18/changelog
            batch = [Message(value) for value in received.value] if isinstance(received.value, list) else [received]
            for message in batch:
                await self._take(message, number)
        return self._answers.pop(number)

    async def _take(self, message: Message, awaited: int) -> None:
        value = message.value
        if not isinstance(value, dict):
            return
        if "method" in value:
            await self._reply(value)
        elif "result" in value or "error" in value:
            # Some servers send numbers back as text; an error about an unreadable message has no number.
            # https://www.jsonrpc.org/specification#response_object
            number = awaited if value.get("id") is None else _number(value["id"])
            if number is not None and number <= self._last_id:
                self._answers[number] = message

    async def _reply(self, message: dict[str, Json]) -> None:
        """Answer what a server asks of its client: toolsmell offers nothing."""
        if message.get("id") is None:
            return
        reply: dict[str, Json] = {"jsonrpc": "2.0", "id": message["id"]}
        if message["method"] == "ping":
            reply["result"] = {}
        else:
            reply["error"] = {"code": METHOD_NOT_FOUND, "message": "toolsmell only reads lists"}
        await self._channel.send(reply, {})

    def _headers(self, method: str) -> dict[str, str]:
        if self._version is None or not self._version.isascii() or not self._version.isprintable():
            return {}
        version = {"mcp-protocol-version": self._version}
        return {**version, "mcp-method": method} if self._version == MODERN_VERSION else version


def _about_client() -> dict[str, Json]:
    return {
        f"{META}protocolVersion": MODERN_VERSION,
        f"{META}clientInfo": _CLIENT,
        f"{META}clientCapabilities": {},
    }


def _answer(method: str, message: Message) -> Answer:
    if message.value.get("error") is not None:
        raise RefusedError(method, message.value["error"])
    result = message.value.get("result")
    if not isinstance(result, dict):
        raise MalformedError(f"{method} was answered with something other than an object")
    inside = tuple(at.removeprefix("/result") for at in message.repeated if at.startswith("/result/"))
    return Answer(result, inside)


def _number(value: Json) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _check_common_version(error: Exception) -> None:
    """Raise `error` if it says that the server speaks neither era's versions."""
    if not isinstance(error, RefusedError) or error.code != UNSUPPORTED_VERSION:
        return
    supported = error.data.get("supported") if isinstance(error.data, dict) else None
    if isinstance(supported, list) and not any(version in HANDSHAKE_VERSIONS for version in supported):
        raise MalformedError(_no_common_version(supported)) from error


def _no_common_version(supported: Json) -> str:
    versions = shown(repr(supported), _LONGEST_EXCERPT)
    return f"it speaks no version of the protocol that toolsmell knows, but {versions}"
