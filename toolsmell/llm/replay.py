"""Recordings: the answers of a run as JSON Lines, to be kept in a repository and replayed without a model."""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from toolsmell.errors import ToolsmellError
from toolsmell.llm.client import ChatModel, ChatReply, ChatRequest, ModelError, reply_from_json, reply_to_json


class NotRecorded(ModelError):
    """The recording holds no answer to this question."""


class Replay:
    """`ChatModel` that answers from a recording alone."""

    def __init__(self, path: Path) -> None:
        """Read `path`. A line that is no recording is an error with its number, but for a last one that
        was cut off when the recording run was killed."""
        self._path = path
        self._replies = dict(_entries(path))

    def complete(self, request: ChatRequest) -> ChatReply:
        try:
            return self._replies[request.key]
        except KeyError:
            raise NotRecorded(
                f"{self._path} holds no answer of {request.model} to this question: "
                "the tools, the cases or the prompt have changed since it was recorded"
            ) from None


class Recorder:
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
def recording(model: ChatModel, path: Path) -> Iterator[Recorder]:
    """Give a recorder that appends to `path`; a line cut off by a run that was killed is removed first."""
    known = {key for key, _ in _entries(path)} if path.exists() else set()
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        raise ToolsmellError(f"cannot write the recording {path}: {error.strerror}") from None
    try:
        os.ftruncate(descriptor, _end_of_lines(path))
        yield Recorder(model, descriptor, known)
    finally:
        os.close(descriptor)


def _entries(path: Path) -> Iterator[tuple[str, ChatReply]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ToolsmellError(f"cannot read the recording {path}: {error.strerror}") from None
    lines = data.split(b"\n")
    for number, line in enumerate(lines[:-1], 1):
        if line.strip():
            yield _entry(path, number, line)


def _entry(path: Path, number: int, line: bytes) -> tuple[str, ChatReply]:
    try:
        entry = json.loads(line)
        return str(entry["key"]), reply_from_json(entry["reply"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ToolsmellError(f"{path}:{number} is not a line of a recording") from None


def _end_of_lines(path: Path) -> int:
    return path.read_bytes().rfind(b"\n") + 1
