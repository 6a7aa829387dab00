"""A server on this machine that speaks OpenAI's protocol and answers what a test tells it to."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Answer:
    """One HTTP response."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: bool = False
    """Send nothing until the server is closed."""
    drip: bool = False
    """Send the headers, then a space every tenth of a second until the server is closed."""
    cut: int | None = None
    """Announce the whole body, send this many bytes of it and hang up."""


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]
    body: Any


Script: TypeAlias = Callable[[Asked], Answer]


def says(
    text: str,
    *,
    tokens: tuple[int, int] = (10, 5),
    calls: Sequence[tuple[str, Any]] = (),
    finish: str = "stop",
) -> Answer:
    """Answer with `text` and with calls of tools, each a name and its arguments."""
    message: dict[str, Any] = {"role": "assistant", "content": text}
    if calls:
        message["tool_calls"] = [
            {
                "id": f"call_{i}",
                "type": "function",
                "function": {"name": name, "arguments": args if isinstance(args, str) else json.dumps(args)},
            }
            for i, (name, args) in enumerate(calls)
        ]
    return as_json(
        {
            "id": "x",
            "object": "chat.completion",
            "created": 0,
            "model": "loopback-1",
            "choices": [{"index": 0, "finish_reason": finish, "message": message}],
            "usage": {
                "prompt_tokens": tokens[0],
                "completion_tokens": tokens[1],
                "total_tokens": sum(tokens),
            },
        }
    )


def fails(status: int, message: str = "no", *, code: str | None = None, **headers: str) -> Answer:
    """Answer with an error. Headers are given as `retry_after="3"`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return as_json({"error": {"message": message, "type": "error", "code": code}}, status, named)


def page(html: str = "<!doctype html><title>Sign in</title>") -> Answer:
    return Answer(html.encode(), headers={"content-type": "text/html"})


def embeds(vectors: Sequence[Sequence[float]]) -> Answer:
    data = [{"object": "embedding", "index": i, "embedding": list(vector)} for i, vector in enumerate(vectors)]
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    return as_json({"object": "list", "model": "loopback-1", "data": data, "usage": usage})


def as_json(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(json.dumps(value).encode(), status, {"content-type": "application/json", **(headers or {})})


def in_turn(*answers: Answer) -> Script:
    """Give the answers one after the other; the last one again and again."""
    left = list(answers)
    lock = threading.Lock()

    def script(asked: Asked) -> Answer:
        with lock:
            return left.pop(0) if len(left) > 1 else left[0]

    return script


class Loopback:
    """The server. `url` is what a user would pass; `asked` holds every request in order."""

    def __init__(self, script: Script) -> None:
        self.asked: list[Asked] = []
        self.script = script
        self.closing = threading.Event()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def loopback(*script: Answer | Script) -> Iterator[Loopback]:
    """Serve answers in turn, or whatever one function makes of each request."""
    first = script[0]
    server = Loopback(in_turn(*[a for a in script if isinstance(a, Answer)]) if isinstance(first, Answer) else first)
    try:
        yield server
    finally:
        server.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, owner: Loopback) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.owner = owner


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        body = self.rfile.read(length)
        asked = Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, json.loads(body) if body else None)
        owner = self.server.owner
        owner.asked.append(asked)
        answer = owner.script(asked)
        if answer.hang:
            owner.closing.wait()
            self.close_connection = True
            return
        self._send(answer, owner)

    def do_GET(self) -> None:
        self.do_POST()

    def _send(self, answer: Answer, owner: Loopback) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(answer.body) if not answer.drip else 10**6))
        self.end_headers()
        try:
            while answer.drip and not owner.closing.wait(0.1):
                self.wfile.write(b" ")
            self.wfile.write(answer.body[: answer.cut])
        except OSError:
            self.close_connection = True
        if answer.cut is not None or answer.drip:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        pass
