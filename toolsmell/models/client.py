"""What a language model is asked and what it answers, whoever provides it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Literal, Protocol, TypeAlias

from toolsmell.errors import ExitCode, ToolsmellError
from toolsmell.model import Json

KEY_DIGITS = 64
"""What some batch services allow for the name of a request."""
QUESTION_DIGITS = 40

Role: TypeAlias = Literal["system", "user", "assistant", "tool"]


class ModelError(ToolsmellError):
    """A model gave no usable answer, and asking again would not help."""

    exit_code = ExitCode.JUDGE_FAILED


class Unavailable(ModelError):
    """A model gave no answer this time: too many requests, trouble at the server, or on the way."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds that the server asks to wait; None where it does not say."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One call that a model wants made."""

    name: str
    arguments: str
    """As the model wrote it: JSON, or whatever it took for JSON."""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    role: Role
    content: str
    tool_calls: tuple[ToolCall, ...] = ()
    """Of an `assistant` message."""
    tool_call_id: str = ""
    """Of a `tool` message: the call that it answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """Everything that decides an answer. Two equal requests may be answered from one cache entry."""

    model: str
    messages: tuple[Message, ...]
    tools: tuple[Json, ...] = ()
    """Functions offered, each as `{"name", "description", "parameters"}`."""
    tool_choice: Literal["auto", "required", "none"] = "auto"
    temperature: float | None = 0.0
    """None leaves it to the model: some accept no other than their own."""
    max_tokens: int = 2048
    seed: int | None = None
    schema: Json = None
    """JSON Schema of the answer. A server that does not know the option is asked again without it."""
    prompt: str = ""
    """Fingerprint of the prompt that the messages were rendered from; not sent."""
    sample: int = 0
    """Number of the draw, where one question is asked several times; not sent."""
    subject: str = ""
    """Fingerprint of what the messages are about, where they hold something drawn by lot: it then stands for
    them in `key`. Not sent."""

    @property
    def question(self) -> str:
        """Return the hash of what is asked, whoever is asked: 40 hex digits."""
        fields = asdict(self)
        del fields["model"]
        if self.subject:
            del fields["messages"]
        return fingerprint(fields)[:QUESTION_DIGITS]

    @property
    def key(self) -> str:
        """Return the hash that the cache, recordings and batches know this request by: 64 hex digits.

        The first of them are the question's and the others the model's, so that recorded answers can be told
        apart by model. No credential is part of it.
        """
        return self.question + model_digits(self.model)


@dataclass(frozen=True, slots=True)
class Usage:
    """What one answer consumed."""

    input_tokens: int
    output_tokens: int
    cached_tokens: int = 0
    """Of the input tokens, those that the provider read from its cache."""
    cost: float | None = None
    """US dollars, where the provider or its library says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatReply:
    text: str
    """Raw: never trimmed, repaired or parsed."""
    tool_calls: tuple[ToolCall, ...] = ()
    usage: Usage | None = None
    """None where the server does not say."""
    finish: str = "stop"
    """`length` means that the answer was cut off."""
    model: str = ""
    """What answered, by its own account."""
    cached: bool = False
    """Read from a cache or a recording, so it cost nothing now."""


class ChatModel(Protocol):
    """Whatever answers a request. Implementations may be used from several threads at once."""

    def complete(self, request: ChatRequest) -> ChatReply:
        """Return the answer, or raise `ModelError`."""


class EmbeddingModel(Protocol):
    """Whatever turns texts into vectors. Implementations may be used from several threads at once."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a vector for each text, or raise `ModelError`."""


def model_digits(model: str) -> str:
    """Return the end of the keys of all requests to `model`."""
    return fingerprint(model)[: KEY_DIGITS - QUESTION_DIGITS]


def fingerprint(value: Json) -> str:
    """Return the SHA-256 of `value` as canonical JSON."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(text.encode("ascii")).hexdigest()


def reply_to_json(reply: ChatReply) -> Json:
    """Return `reply` as the cache and recordings keep it."""
    stored = asdict(reply)
    del stored["cached"]
    return stored


def reply_from_json(stored: Json) -> ChatReply:
    """Read what `reply_to_json` made, marked as cached; else raise TypeError, KeyError or ValueError."""
    fields: dict[str, Any] = dict(stored)
    usage = fields.pop("usage")
    calls = tuple(ToolCall(**call) for call in fields.pop("tool_calls"))
    return ChatReply(**fields, tool_calls=calls, usage=Usage(**usage) if usage else None, cached=True)
