"""Asks many questions at once."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from typing import TypeAlias, TypeVar

from toolsmell.models.client import ChatModel, ChatReply, ChatRequest, ModelError

T = TypeVar("T")
R = TypeVar("R")
Outcome: TypeAlias = ChatReply | ModelError
"""A failure is a value: one question without an answer does not end the others."""


def complete_all(
    model: ChatModel, requests: Iterable[ChatRequest], *, concurrency: int = 4
) -> Iterator[tuple[int, Outcome]]:
    """Ask all `requests`, `concurrency` at a time; yield each outcome and its request's position.

    A request is taken when a thread is free. To stop early, stop iterating: running requests are abandoned, which
    is why no executor is used (its threads delay the end of the process). Ctrl-C stops new requests but waits for
    running ones, because they are paid for; a second Ctrl-C does not wait.
    """
    # Executors join their threads at exit: https://bugs.python.org/issue39812
    work = _Shared(model, enumerate(requests))
    for _ in range(max(1, concurrency)):
        threading.Thread(target=work.run, daemon=True).start()
    working = max(1, concurrency)
    try:
        while working:
            try:
                done = work.done.get()
            except KeyboardInterrupt:
                work.stopped = True
                while working:
                    working -= work.done.get() is None
                raise
            if done is None:
                working -= 1
            elif isinstance(done, BaseException):
                raise done
            else:
                yield done
    finally:
        work.stopped = True


def in_order(
    items: Iterable[T], work: Callable[[T], R], *, ahead: int, stop: Callable[[], None] = lambda: None
) -> Iterator[R]:
    """Yield `work(item)` for each item, in order; `ahead` items are worked on at a time.

    Items are taken in the caller's thread, and no more of them than are worked on. The threads are abandoned if the
    iteration stops. Ctrl-C calls `stop` and waits for what is under way; a second Ctrl-C does not wait.
    """
    running: deque[SimpleQueue[R | BaseException]] = deque()
    try:
        for item in items:
            done: SimpleQueue[R | BaseException] = SimpleQueue()
            threading.Thread(target=_work, args=(work, item, done), daemon=True).start()
            running.append(done)
            if len(running) >= max(1, ahead):
                yield _result(running)
        while running:
            yield _result(running)
    except KeyboardInterrupt:
        stop()
        for done in running:
            done.get()
        raise


def _work(work: Callable[[T], R], item: T, done: "SimpleQueue[R | BaseException]") -> None:
    try:
        done.put(work(item))
    except BaseException as error:  # noqa: BLE001 - raised again in the thread that iterates
        done.put(error)


def _result(running: "deque[SimpleQueue[R | BaseException]]") -> R:
    """Wait for the first of what runs, and take it away."""
    found = running[0].get()
    running.popleft()
    if isinstance(found, BaseException):
        raise found
    return found


class _Shared:
    """State that the threads of one run share."""

    def __init__(self, model: ChatModel, requests: Iterator[tuple[int, ChatRequest]]) -> None:
        self.done: SimpleQueue[tuple[int, Outcome] | BaseException | None] = SimpleQueue()
        self.stopped = False
        self._model = model
        self._requests = requests
        self._drawing = threading.Lock()

    def run(self) -> None:
        try:
            while not self.stopped:
                with self._drawing:
                    index, request = next(self._requests)
                self.done.put((index, self._ask(request)))
        except StopIteration:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that iterates
            self.done.put(error)
        self.done.put(None)

    def _ask(self, request: ChatRequest) -> Outcome:
        try:
            return self._model.complete(request)
        except ModelError as error:
            return error
