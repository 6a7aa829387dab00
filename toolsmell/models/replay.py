"""Records the answers of a run as JSON Lines, and replays them without a model.

The answers to a batch (`toolsmell.models.batch`) can be replayed as well.
"""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from toolsmell.errors import UsageError
from toolsmell.models.batch import answer_of
from toolsmell.models.client import (
    QUESTION_DIGITS,
    ChatModel,
    ChatReply,
    ChatRequest,
    ModelError,
    reply_from_json,
    reply_to_json,
)


class NotRecorded(ModelError):
    """The recording has no answer to this question."""


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """One answer of a recording."""

    key: str
    model: str
    """The model that was asked; for a batch, the model that answered."""
    answer: ChatReply | ModelError


class RecordedModel:
    """`ChatModel` that answers only from a recording."""

    def __init__(self, path: Path) -> None:
        """Read `path`. Raises `UsageError` with the number of a line that is not part of a recording; a last line that
        was cut off when the run was killed is ignored."""
        self._path = path
        recorded = list(read(path))
        self._answers = {entry.key: entry.answer for entry in recorded}
        self.models = {entry.key[QUESTION_DIGITS:]: entry.model for entry in recorded}
        """The models that answered, by the last digits of their keys, in order of appearance."""

    def complete(self, request: ChatRequest) -> ChatReply:
        return self.answer(request.key, request.model)

    def answer(self, key: str, model: str) -> ChatReply:
        """Return the answer recorded under `key`, or raise the recorded `ModelError`."""
        found = self._answers.get(key)
        if found is None:
            raise NotRecorded(
                f"{self._path} has no answer of {model} to this question: "
                "the tools, the cases or the prompt have changed since it was recorded"
            )
        if isinstance(found, ModelError):
            raise found
        return found


class ReplayOf:
    """`ChatModel` that answers as one model of a recording did, whatever name the request has."""

    def __init__(self, replay: RecordedModel, digits: str) -> None:
        """`digits` is a key of `Replay.models`."""
        self._replay = replay
        self._digits = digits

    def complete(self, request: ChatRequest) -> ChatReply:
        return self._replay.answer(request.question + self._digits, request.model)


class AnswerRecorder:
    """`ChatModel` that writes the questions and answers of another one to a file, each question once."""

    def __init__(self, model: ChatModel, descriptor: int, known: set[str]) -> None:
        self._model = model
        self._descriptor = descriptor
        self._written = known
        self._lock = threading.Lock()

    def complete(self, request: ChatRequest) -> ChatReply:
        reply = self._model.complete(request)
        with self._lock:
            if request.key not in self._written:
                self._written.add(request.key)
                entry = {"key": request.key, "request": asdict(request), "reply": reply_to_json(reply)}
                # One write of a whole line to a file opened for appending: lines of two runs do not mix.
                os.write(self._descriptor, json.dumps(entry).encode("ascii") + b"\n")
        return reply


@contextmanager
def recording(model: ChatModel, path: Path) -> Iterator[AnswerRecorder]:
    """Yield a recorder that appends to `path`. A last line that a killed run left incomplete is removed first."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        raise UsageError(f"cannot write the recording {path}: {error.strerror}") from None
    try:
        os.ftruncate(descriptor, _end_of_lines(path))
        yield AnswerRecorder(model, descriptor, {entry.key for entry in read(path)})
    finally:
        os.close(descriptor)


def read(path: Path) -> Iterator[RecordedAnswer]:
    """Yield the answers of a recording or of an answered batch, without a last line that was cut off."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read the recording {path}: {error.strerror}") from None
    lines = data.split(b"\n")
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _entry(path, number, line)
            except UsageError:
                if number < len(lines):
                    raise


def _entry(path: Path, number: int, line: bytes) -> RecordedAnswer:
    try:
        entry = json.loads(line)
        if "custom_id" in entry:
            answer = answer_of(entry)
            model = answer.model if isinstance(answer, ChatReply) else ""
            return RecordedAnswer(str(entry["custom_id"]), model, answer)
        asked = entry.get("request") or {}
        reply = reply_from_json(entry["reply"])
        return RecordedAnswer(str(entry["key"]), str(asked.get("model") or reply.model), reply)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(f"{path}:{number} is not a line of a recording") from None


def _end_of_lines(path: Path) -> int:
    return path.read_bytes().rfind(b"\n") + 1
