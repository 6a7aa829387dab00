"""Asks a model from within an event loop, which servers need and models do not."""

import asyncio
import threading
from concurrent.futures import Future
from typing import Final

from toolsmell.models.client import ChatModel, ChatReply, ChatRequest


class AskerInThreads:
    """Asks a model in its own threads.

    A task that waits for an answer may be interrupted. The question continues, because it is paid for, and `finish`
    waits for its answer to be stored. No executor is used, because it would delay the end of the process.
    """

    def __init__(self, model: ChatModel) -> None:
        self._model: Final = model
        self._under_way: Final[set[threading.Thread]] = set()

    async def ask(self, request: ChatRequest) -> ChatReply:
        """Return the answer, or raise `ModelError`."""
        future: Future[ChatReply] = Future()
        future.set_running_or_notify_cancel()
        thread = threading.Thread(target=self._answer, args=(request, future), daemon=True)
        self._under_way.add(thread)
        thread.start()
        return await asyncio.wrap_future(future)

    def finish(self) -> None:
        """Wait for the answers to all running questions."""
        for thread in list(self._under_way):
            thread.join()

    def _answer(self, request: ChatRequest, future: "Future[ChatReply]") -> None:
        try:
            future.set_result(self._model.complete(request))
        except BaseException as error:  # noqa: BLE001 - raised again in the task that asked
            future.set_exception(error)
        finally:
            self._under_way.discard(threading.current_thread())
