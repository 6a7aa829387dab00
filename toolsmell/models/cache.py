"""Caches answers on disk: no question is paid for twice, and an interrupted run resumes."""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from toolsmell.data.shipped import user_cache
from toolsmell.errors import ToolsmellError
from toolsmell.model import Json
from toolsmell.models.budget import Budget
from toolsmell.models.client import (
    ChatModel,
    ChatReply,
    ChatRequest,
    EmbeddingModel,
    ModelError,
    fingerprint,
    reply_from_json,
    reply_to_json,
)

_CREATE = "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL, at REAL NOT NULL)"
_BUSY_SECONDS = 60


class NotCached(ModelError):
    """The run may not ask models (`--offline`), and this question is not in the cache."""


class AnswerStore:
    """Stores answers by key in one SQLite file. Several processes may share it, and it survives being killed.

    It stores answers under hashes of questions: no credential and no address. The file may contain parts of
    a server's descriptions, so only its owner may read it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            self._db = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None)
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            raise self._unusable(error) from None

    def get(self, key: str) -> Json:
        """Return the answer stored under `key`, or None."""
        row = self._run("SELECT answer FROM answers WHERE key = ?", key)
        return json.loads(row[0]) if row else None

    def put(self, key: str, answer: Json) -> None:
        """Store `answer`; it is on disk when this returns. The first of two answers to one question stays."""
        self._run("INSERT OR IGNORE INTO answers VALUES (?, ?, ?)", key, json.dumps(answer), time.time())

    def close(self) -> None:
        self._db.close()

    def _prepare(self) -> None:
        # Readers do not wait for the one writer, and never see a half-written page (https://sqlite.org/wal.html).
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute(_CREATE)

    def _run(self, statement: str, *values: object) -> tuple[str, ...] | None:
        try:
            with self._lock:
                return cast("tuple[str, ...] | None", self._db.execute(statement, values).fetchone())
        except sqlite3.Error as error:
            raise self._unusable(error) from None

    def _unusable(self, error: Exception) -> ToolsmellError:
        return ToolsmellError(f"the cache {self._path} cannot be used ({error}): delete it, or pass --no-cache")


def default_path() -> Path:
    """Return the user's own cache file."""
    return user_cache("answers.sqlite3")


@contextmanager
def opened(path: Path | None = None) -> Iterator[AnswerStore]:
    """Yield the store at `path`, or the user's own."""
    store = AnswerStore(path or default_path())
    try:
        yield store
    finally:
        store.close()


class Cached:
    """`ChatModel` that asks another one only what the store cannot answer."""

    def __init__(self, model: ChatModel | None, store: AnswerStore, budget: Budget, *, server: str = "") -> None:
        """`model` is None for offline runs. `server` distinguishes two servers with the same model name."""
        self._model = model
        self._store = store
        self._budget = budget
        self._server = server

    def complete(self, request: ChatRequest) -> ChatReply:
        key = stored_key(request.key, self._server)
        stored = self._store.get(key)
        if stored is not None:
            self._budget.count_cached()
            return reply_from_json(stored)
        if self._model is None:
            raise NotCached(f"offline, and {request.model} has not answered this question before")
        reply = self._model.complete(request)
        self._store.put(key, reply_to_json(reply))
        return reply


def stored_key(key: str, server: str) -> str:
    """Return the key of a request in the store, for a server or, without one, for the model's provider."""
    return fingerprint([server, key]) if server else key


class CachedEmbeddings:
    """`EmbeddingModel` that asks another one only for texts without a vector in the store."""

    def __init__(self, model: EmbeddingModel | None, store: AnswerStore, *, name: str) -> None:
        """`model` is None for offline runs. `name` names the model and its server."""
        self._model = model
        self._store = store
        self._name = name

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        keys = {text: fingerprint(["embedding", self._name, text]) for text in texts}
        vectors = {text: self._store.get(key) for text, key in keys.items()}
        missing = [text for text, vector in vectors.items() if vector is None]
        if missing:
            if self._model is None:
                raise NotCached(f"offline, and {self._name} has not embedded {len(missing)} of the texts before")
            for text, vector in zip(missing, self._model.embed(missing), strict=True):
                self._store.put(keys[text], vector)
                vectors[text] = vector
        return [cast("list[float]", vectors[text]) for text in texts]
