"""Repeats requests that a model's server rejects for the moment."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from toolsmell.models.client import ChatModel, ChatReply, ChatRequest, EmbeddingModel, Unavailable
from toolsmell.text import counted

T = TypeVar("T")


class Patience:
    """Repeats a call with pauses. All threads that ask one server share it.

    The pause is that of `Retry-After`, or doubles from `first_pause` plus up to a half at random.
    If a server asks one thread to wait, all threads wait. The call fails if it asks for more than
    `longest_pause` seconds.
    """

    def __init__(
        self,
        *,
        attempts: int = 5,
        first_pause: float = 1.0,
        longest_pause: float = 120.0,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._attempts = max(1, attempts)
        self._first_pause = first_pause
        self._longest_pause = longest_pause
        self._sleep = sleep
        self._lock = threading.Lock()
        self._closed_until = 0.0

    def run(self, call: Callable[[], T]) -> T:
        """Return the result of `call`, which is called up to `attempts` times while it raises `Unavailable`."""
        attempt = 1
        while True:
            self._wait_for_all()
            try:
                return call()
            except Unavailable as error:
                if attempt == self._attempts:
                    raise Unavailable(
                        f"{error}; gave up after {counted(attempt, 'attempt')}", error.retry_after
                    ) from None
                self._pause(error, attempt)
            attempt += 1

    def _pause(self, error: Unavailable, attempt: int) -> None:
        if error.retry_after is None:
            pause = self._first_pause * 2 ** (attempt - 1)
            self._sleep(min(self._longest_pause, pause * random.uniform(1, 1.5)))  # noqa: S311 - spreads the load
            return
        if error.retry_after > self._longest_pause:
            raise Unavailable(f"{error}; it asks to wait {error.retry_after:.0f} s", error.retry_after) from None
        with self._lock:
            self._closed_until = max(self._closed_until, time.monotonic() + error.retry_after)

    def _wait_for_all(self) -> None:
        with self._lock:
            pause = self._closed_until - time.monotonic()
        if pause > 0:
            self._sleep(pause)


class Retrying:
    """`ChatModel` that repeats rejected requests to another one."""

    def __init__(self, model: ChatModel, patience: Patience) -> None:
        self._model = model
        self._patience = patience

    def complete(self, request: ChatRequest) -> ChatReply:
        return self._patience.run(lambda: self._model.complete(request))


class RetryingEmbeddings:
    """`EmbeddingModel` that repeats rejected requests to another one."""

    def __init__(self, model: EmbeddingModel, patience: Patience) -> None:
        self._model = model
        self._patience = patience

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return self._patience.run(lambda: self._model.embed(texts))
