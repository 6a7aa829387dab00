"""Keeps what passed over HTTP: bodies as sent, within a budget, and the meaning of a status for the user."""

import json
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import cast

import httpx2

from toolsmell.errors import SourceError, UsageError
from toolsmell.escape import shown
from toolsmell.model import Json
from toolsmell.sources.server.dialogue import DialogueError, MalformedError, Message, RefusedError
from toolsmell.sources.server.launch import Remote
from toolsmell.sources.server.limits import ByteBudget
from toolsmell.sources.server.received import read_message

_EVENTS = "text/event-stream"
_KINDS = frozenset(("application/json", _EVENTS))
_OLD = "a server of the older HTTP+SSE kind needs `--transport sse`"
_HINTS = {
    401: "it wants to know who asks: pass --header 'Authorization: Bearer ...'",
    403: "it does not let in who sent this; are the --header values right?",
    404: f"there is nothing at this path (many servers answer at /mcp); {_OLD}",
    405: f"it takes no POST at this path; {_OLD}",
    407: "a proxy on the way wants to know who asks",
    429: "it was asked too often: try later",
}
_NOT_OLD = frozenset((400, 404, 405, 406))
"""What servers of the newer kind answer to a GET in the words of the older one."""
_NEW = "it does not speak the older HTTP+SSE at this path: try without `--transport sse`"
_HOPELESS = frozenset((401, 403, 407, 429))
"""Asking again in the words of the older protocol changes nothing about these."""
_STAND_INS = frozenset(("Not Found", "Session terminated", "Server returned an error response"))
"""The SDK says these instead of the status of a response.

https://github.com/modelcontextprotocol/python-sdk/blob/main/src/mcp/client/streamable_http.py
"""


class HttpError(DialogueError):
    """The server, or something before it, does not speak MCP with us. The text says what it did."""


@dataclass
class Exchange:
    """One response, as it arrives."""

    code: int
    status: str
    """Code and phrase."""
    kind: str
    """The media type."""
    body: bytearray = field(default_factory=bytearray)


class WireRecorder:
    """Keeps the bytes of answers by the number of their request, and stops at what is no answer."""

    def __init__(self, remote: Remote, budget: ByteBudget) -> None:
        self._host = httpx2.URL(remote.url).netloc.decode()
        # The old transport opens its stream of answers with a GET; the new one may answer a GET with 405.
        # https://modelcontextprotocol.io/specification/2025-11-25/basic/transports
        self._methods = {"GET", "POST"} if remote.transport == "sse" else {"POST"}
        self._hints = _HINTS | dict.fromkeys(_NOT_OLD, _NEW) if remote.transport == "sse" else _HINTS
        self._budget = budget
        self._exchanges: dict[Json, Exchange] = {}
        self._last: Exchange | None = None

    async def on_response(self, response: httpx2.Response) -> None:
        """Look at a response before its body is read. Raises `HttpError`."""
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        exchange = Exchange(response.status_code, f"{response.status_code} {response.reason_phrase}", kind)
        if response.request.method in self._methods:
            self._last = exchange
            self._refuse(response, exchange)
            self._exchanges[_number(await response.request.aread())] = exchange
        response.stream = _Tee(cast("httpx2.AsyncByteStream", response.stream), exchange, self._budget)

    def answer(self, number: Json) -> Message | None:
        """Return the answer to a request as sent, or None if none was kept. Raises `MalformedError`."""
        exchange = self._exchanges.pop(number, None)
        for data in _texts(exchange) if exchange and exchange.kind in _KINDS else ():
            try:
                message = read_message(data)
            except SourceError as error:
                raise MalformedError(str(error)) from None
            batch = message.value if isinstance(message.value, list) else [message.value]
            if any(isinstance(one, dict) and "method" not in one and one.get("id") in (number, None) for one in batch):
                return message
        return None

    def explain(self, trouble: Exception | None) -> str | None:
        """Return an explanation of `trouble` if HTTP knows more about it than the dialogue."""
        if isinstance(trouble, HttpError):
            return str(trouble)
        if self._budget.spent:
            # The SDK reads on as if the event stream had ended, so `trouble` does not say it.
            return self._budget.complaint
        if trouble and self._last and self._last.code >= 300:
            said = trouble.message if isinstance(trouble, RefusedError) and trouble.message not in _STAND_INS else ""
            return self._status(self._last) + (f" ({said})" if said else "")
        if trouble is None or isinstance(trouble, DialogueError | TimeoutError):
            return None
        return self._no_connection(trouble)

    def _refuse(self, response: httpx2.Response, exchange: Exchange) -> None:
        if exchange.code in _HOPELESS:
            raise HttpError(self._status(exchange))
        if response.headers.get("content-encoding", "identity") != "identity":
            raise HttpError("the server compresses its answers, though it was asked not to")
        if exchange.code == 200 and exchange.kind not in _KINDS:
            what = "a web page" if exchange.kind == "text/html" else exchange.kind or "something without a content type"
            raise HttpError(f"the server answered with {shown(what)}, not with MCP: is this the right address?")

    def _status(self, exchange: Exchange) -> str:
        hint = self._hints.get(exchange.code)
        return f"the server answered {shown(exchange.status)}" + (f": {hint}" if hint else "")

    def _no_connection(self, error: Exception) -> str:
        cause = _cause(error)
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"the certificate of {self._host} is not trusted: {cause.verify_message}"
        if isinstance(cause, ConnectionRefusedError):
            return f"cannot connect to {self._host}: connection refused"
        words = shown(str(cause) or type(cause).__name__, 200)
        if isinstance(cause, httpx2.HTTPError | OSError):
            return f"no connection to {self._host}: {words}"
        return f"the exchange with {self._host} failed: {type(cause).__name__}: {words}"


class _Tee(httpx2.AsyncByteStream):
    """A body that is kept while it is read."""

    def __init__(self, stream: httpx2.AsyncByteStream, exchange: Exchange, budget: ByteBudget) -> None:
        self._stream = stream
        self._exchange = exchange
        self._budget = budget

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            self._budget.spend(len(chunk))
            self._exchange.body += chunk
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


def check(remote: Remote) -> None:
    """Raise `UsageError` for an address or headers that cannot be sent."""
    try:
        url = httpx2.URL(remote.url)
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise UsageError(f"{remote.display()}: not a URL: {error}") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise UsageError(f"{remote.display()}: a server's address begins with https:// or http:// and a host")
    for name, value in remote.headers.items():
        if not name.isascii() or not name.isprintable() or not value.isprintable() or not value.isascii():
            raise UsageError(f"header {shown(name)}: it has characters that HTTP does not allow")


def client_factory(remote: Remote, recorder: WireRecorder) -> Callable[..., httpx2.AsyncClient]:
    """Return a factory of clients for one server; the settings of the SDK are ignored.

    The client follows no redirect, and asks for answers that are not compressed: those can be bombs.
    """

    def client(**_: object) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(
            headers={"accept-encoding": "identity", **remote.headers},
            timeout=None,
            event_hooks={"response": [recorder.on_response]},
        )

    return client


def root(error: Exception) -> Exception:
    """Return the first error of a group of groups."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


def _cause(error: BaseException) -> BaseException:
    while cause := error.__cause__ or error.__context__:
        error = cause.exceptions[0] if isinstance(cause, BaseExceptionGroup) else cause
    return error


def _number(request: bytes) -> Json:
    return json.loads(request).get("id") if request else None


def _texts(exchange: Exchange) -> list[bytes]:
    if exchange.kind != _EVENTS:
        return [bytes(exchange.body)]
    whole = httpx2.Request("POST", "http://stored")
    stored = httpx2.Response(200, headers={"content-type": _EVENTS}, content=bytes(exchange.body), request=whole)
    return [event.data.encode() for event in httpx2.EventSource(stored, max_event_size=None) if event.data]
