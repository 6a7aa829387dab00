"""Asks one model about tools, until its budget is spent or it fails."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

from toolsmell.model import Json
from toolsmell.models.budget import BudgetExceeded
from toolsmell.models.client import ChatModel, ChatReply, ChatRequest, ModelError
from toolsmell.models.prompts import Prompt
from toolsmell.models.replay import NotRecorded
from toolsmell.models.replies import last_object

MOST_UNUSABLE: Final = 3
"""Unusable answers in a row after which a model is not asked again."""
_SHOWN: Final = 80
"""Characters of an unusable answer that are shown."""

T = TypeVar("T")


class UnusableError(ValueError):
    """A model's answer does not have the requested form. The text completes "the answer ..."."""


class RejectedError(UnusableError):
    """A model's answer has the requested form, but what it proposes is rejected. It may propose something else."""


class NothingLeftError(ValueError):
    """A model says that nothing is left to explore."""


class Asker:
    """One model, with what it was asked and why it is not asked any more."""

    def __init__(self, model: ChatModel, name: str, temperature: float | None = None) -> None:
        """`temperature` replaces that of the questions unless it is None."""
        self._model: Final = model
        self._temperature: Final = temperature
        self._here: Final = threading.local()
        self._lock: Final = threading.Lock()
        self.name: Final = name
        self.questions = 0
        """Questions asked in this run, answered from a cache or not."""
        self.unusable = 0
        """Answers without the requested form."""
        self._in_a_row = 0
        self.answered = 0
        """Questions that were answered, usably or not."""
        self.unrecorded = ""
        """Why a recording has no answer to some question; empty if it has all."""
        self.stopped: str | None = None
        """Why the model is not asked any more."""
        self.failed = False
        """True if the model is the reason, False if its budget is spent."""

    def ask(
        self,
        prompt: Prompt,
        request: ChatRequest,
        read: Callable[[ChatReply], T],
        tries: int = 2,
        *,
        optional: bool = False,
    ) -> T | None:
        """Return what `read` makes of the answer. After an unusable answer the model gets the reason and another try.

        Returns None after `tries` unusable answers, or if the model is not asked any more. Unusable answers to an
        `optional` question do not end the run.
        """
        for _ in range(tries):
            reply = self._complete(request)
            if reply is None:
                return None
            try:
                found = read(reply)
            except NothingLeftError:
                self._in_a_row = 0
                return None
            except UnusableError as fault:
                if not isinstance(fault, RejectedError):
                    self._count_unusable(f"{fault}{_beginning(reply)}", optional=optional)
                request = prompt.again(request, reply, str(fault))
            else:
                self._in_a_row = 0
                return found
        return None

    def _complete(self, request: ChatRequest) -> ChatReply | None:
        """Return the reply; None if there is none, and the reason is kept."""
        if self.stopped:
            return None
        self.questions += 1
        self._here.questions = self.questions_here + 1
        if self._temperature is not None:
            request = replace(request, temperature=self._temperature)
        try:
            reply = self._model.complete(request)
        except NotRecorded as error:
            # A recording has answers about some tools: the others are left as they are.
            self.unrecorded = self.unrecorded or str(error)
            return None
        except ModelError as error:
            self.stop(error)
            return None
        self.answered += 1
        return reply

    @property
    def questions_here(self) -> int:
        """Questions asked by this thread: a tool is worked on by one."""
        return getattr(self._here, "questions", 0)

    def stop(self, error: ModelError) -> None:
        """Ask nothing more, because of `error`."""
        self.stopped, self.failed = str(error), not isinstance(error, BudgetExceeded)

    def _count_unusable(self, fault: str, *, optional: bool) -> None:
        with self._lock:
            self.unusable += 1
            self._in_a_row += not optional
            if self._in_a_row >= MOST_UNUSABLE:
                self.stopped = f"{self._in_a_row} answers in a row were unusable; the last one {fault}"
                self.failed = True


def _beginning(reply: ChatReply) -> str:
    """Return the beginning of an answer as a quotation, so that a refusal is seen; empty without any text."""
    words = " ".join(reply.text[:400].split())
    return f": '{words[:_SHOWN]}{'…' if len(words) > _SHOWN else ''}'" if words else ""


def object_in(reply: ChatReply) -> dict[str, Json]:
    """Return the last JSON object of an answer, alone or in other text. Raises `UnusableError` if it has none."""
    value = last_object(reply.text)
    if value is not None:
        return value
    if not reply.text.strip():
        raise UnusableError("is empty")
    cut = " (it was cut at the limit of tokens)" if reply.finish == "length" else ""
    raise UnusableError(f"has no JSON object{cut}")
