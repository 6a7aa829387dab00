"""A model behind a server that speaks OpenAI's protocol: OpenAI itself, vLLM, llama.cpp, Ollama and more."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn, TypeVar

from toolsmell.errors import UsageError
from toolsmell.model import Json
from toolsmell.models.client import ChatReply, ChatRequest, ModelError, Unavailable
from toolsmell.models.protocol import body_of, reply_of
from toolsmell.sources.server.launch import hide

T = TypeVar("T")

OPENAI_URL = "https://api.openai.com/v1"
MAX_REPLY_BYTES = 16 * 2**20
_RETRYABLE = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 529))
_DISPENSABLE = ("response_format", "seed", "temperature")
"""Options that some servers and models reject. An answer without them is still useful."""
_NOTHING: Mapping[str, Any] = {}
# OpenAI's variables (organisation, project, further headers) configure its client for any address. To another
# address than OpenAI's nothing but these is sent.
_HEADERS_SENT = frozenset(
    (
        "host",
        "connection",
        "accept",
        "accept-encoding",
        "user-agent",
        "content-type",
        "content-length",
        "transfer-encoding",
        "x-stainless-raw-response",  # tells the library to return the answer unread
    )
)


@contextmanager
def openai_client(url: str, key: str | None, timeout: float) -> Iterator[Any]:
    """Yield an `openai.OpenAI` that sends `key` to `url` only, follows no redirect and never retries."""
    try:
        import openai
    except ImportError:
        raise UsageError("asking a model needs the extra `llm`: pip install 'toolsmell[llm]'") from None

    keep = _HEADERS_SENT | ({"authorization"} if key else set())

    def strip(request: Any) -> None:
        for name in [n for n in request.headers if n.lower() not in keep]:
            del request.headers[name]

    hooks: dict[str, list[Callable[..., Any]]] = {} if url == OPENAI_URL else {"request": [strip]}
    http = openai.DefaultHttpxClient(follow_redirects=False, timeout=timeout, event_hooks=hooks)
    with openai.OpenAI(base_url=url, api_key=key or "none", max_retries=0, http_client=http) as client:
        yield client


class Endpoint:
    """`ChatModel` over an `openai.OpenAI` client."""

    def __init__(self, client: Any, *, timeout: float, official: bool = False) -> None:
        """`timeout` is for a whole answer, in seconds; `official` says that the server is OpenAI's own."""
        self._client = client
        self._timeout = timeout
        # OpenAI's reasoning models reject the old name of the limit; other servers know only that one.
        # https://github.com/openai/openai-python/issues/2046
        self._limit = "max_completion_tokens" if official else "max_tokens"
        self._prefix = "openai/" if official else ""
        self._refused: set[str] = set()

    def complete(self, request: ChatRequest) -> ChatReply:
        body = {**body_of(request), self._limit: request.max_tokens}
        body["model"] = request.model.removeprefix(self._prefix)
        return reply_of(without_refused(body, self._refused, self._post))

    def _post(self, body: dict[str, Any]) -> Json:
        with provider_errors(self._timeout, key=self._client.api_key, body=body):
            create = self._client.chat.completions.with_streaming_response.create
            deadline = time.monotonic() + self._timeout
            with create(**body) as response:
                return _json(_read(response, deadline), response.headers.get("content-type", ""))


class OptionRefused(ModelError):
    """The server rejects an option of the request, which can be sent without it."""

    def __init__(self, message: str, option: str) -> None:
        super().__init__(message)
        self.option = option


def without_refused(body: dict[str, Any], refused: set[str], send: Callable[[dict[str, Any]], T]) -> T:
    """Send `body` without the options in `refused`, and add those that the server rejects."""
    body = {name: value for name, value in body.items() if name not in refused}
    dropped: set[str] = set()
    while True:
        try:
            answer = send(body)
        except OptionRefused as error:
            dropped.add(error.option)
            body = {name: value for name, value in body.items() if name != error.option}
        else:
            refused.update(dropped)
            return answer


@contextmanager
def provider_errors(timeout: float, *, key: str | None, body: Mapping[str, Any] = _NOTHING) -> Iterator[None]:
    """Turn what the `openai` library raises (litellm's errors derive from it) into this package's errors.

    `key` is hidden in what is said: a server may quote what it was sent. `body` is what was asked.
    """
    import openai

    try:
        yield
    except openai.APIStatusError as error:
        _raise_status(error.status_code, error.response.headers, _said(error, key), body)
    except openai.APITimeoutError:
        raise Unavailable(f"the model gave no answer within {timeout:g} s") from None
    except openai.APIError as error:
        raise Unavailable(f"the model could not be reached: {_said(error, key)}") from None


def _raise_status(status: int, headers: Mapping[str, str], said: str, body: Mapping[str, Any]) -> NoReturn:
    message = f"the model's server answered {status}: {said}"
    if status in _RETRYABLE and "insufficient_quota" not in said:
        raise Unavailable(message, retry_after(headers))
    if status in (400, 422) and (option := _refused_option(said, body)):
        raise OptionRefused(message, option)
    hints = {401: "check the key", 403: "check the key", 404: "check the model's name and the URL"}
    raise ModelError(message + (f" ({hints[status]})" if status in hints else ""))


def _refused_option(said: str, body: Mapping[str, Any]) -> str | None:
    """Return the option that an error names; if it names none, the schema of the answer is the likeliest."""
    named = (option for option in _DISPENSABLE if option in body and option in said)
    return next(named, "response_format" if "response_format" in body else None)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that `Retry-After` (a number or a date) asks for; None if there is no such header."""
    value = headers.get("retry-after", "")
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None


def _read(response: Any, deadline: float) -> bytes:
    """Read a whole answer within the timeout. The client's own timeout applies to each chunk, not to the answer."""
    received = bytearray()
    for chunk in _chunks(response):
        received += chunk
        if len(received) > MAX_REPLY_BYTES:
            raise ModelError(f"the model's server sent more than {MAX_REPLY_BYTES} bytes")
        if time.monotonic() > deadline:
            raise Unavailable("the model's server sends its answer too slowly")
    return bytes(received)


def _chunks(response: Any) -> Iterator[bytes]:
    try:
        yield from response.iter_bytes()
    # The library does not wrap the errors of httpx (or httpx2) while it streams an answer.
    except Exception as error:  # noqa: BLE001
        raise Unavailable(f"the model's answer broke off: {str(error)[:200]}") from None


def _json(body: bytes, content_type: str) -> Json:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        pass
    if "html" in content_type or body.lstrip()[:1] == b"<":
        raise ModelError("the model's server answered with a web page: check the URL (most end in /v1)")
    raise Unavailable(f"the model's server sent an answer that is not JSON: {body[:80]!a}")


def _said(error: Exception, key: str | None) -> str:
    """Return the error message of the server or the library, on one line of at most 300 characters."""
    cause = error.__cause__ if type(error).__name__ == "APIConnectionError" and error.__cause__ else error
    words = " ".join(hide(str(cause), {"key": key or ""}).split())[:300]
    code = getattr(error, "code", None)  # openai 3 no longer repeats it in its message
    return words if not code or str(code) in words else f"{words} ({str(code)[:60]})"
