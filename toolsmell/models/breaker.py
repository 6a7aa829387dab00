"""Stops asking a model that fails every time."""

import threading

from toolsmell.models.budget import BudgetExceeded
from toolsmell.models.client import ChatModel, ChatReply, ChatRequest, ModelError


class GivenUp(ModelError):
    """The question was not asked, because those before it had all failed."""


class Breaker:
    """`ChatModel` that asks another one until it fails several times in a row."""

    def __init__(self, model: ChatModel, *, after: int) -> None:
        """`after` is the number of failures in a row after which the model is not asked again."""
        self._model = model
        self._after = after
        self._lock = threading.Lock()
        self._failures = 0
        self._last = ""

    def complete(self, request: ChatRequest) -> ChatReply:
        with self._lock:
            if self._failures >= self._after:
                raise GivenUp(f"not asked, since {self._failures} questions in a row failed: {self._last}")
        try:
            reply = self._model.complete(request)
        except BudgetExceeded:
            raise
        except ModelError as error:
            with self._lock:
                self._failures += 1
                self._last = str(error)
            raise
        with self._lock:
            self._failures = 0
        return reply
