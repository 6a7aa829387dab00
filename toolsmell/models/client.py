"""The values of a chat with a language model, whoever provides it: request, reply, usage, errors."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Literal, Protocol, TypeAlias

from toolsmell.errors import ExitCode, ToolsmellError
from toolsmell.model import Json

KEY_DIGITS = 64
"""The longest name of a request that some batch services accept."""
QUESTION_DIGITS = 40

Role: TypeAlias = Literal["system", "user", "assistant", "tool"]


class ModelError(ToolsmellError):
    """A model gave no usable answer, and asking again would not help."""

    exit_code = ExitCode.JUDGE_FAILED


class Unavailable(ModelError):
    """A model gave no answer this time: too many requests, or trouble at the server or in the network."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds that the server asks to wait, or None."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One tool call that a model asks for."""

    name: str
    arguments: str
    """The arguments as the model wrote them; they should be JSON."""
    id: str = ""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    role: Role
    content: str
    tool_calls: tuple[ToolCall, ...] = ()
    """Calls that an `assistant` message asks for."""
    tool_call_id: str = ""
    """The call that a `tool` message answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """Everything that determines an answer. Equal requests may share one cache entry."""

    model: str
    messages: tuple[ChatMessage, ...]
    tools: tuple[Json, ...] = ()
    """Functions offered, each as `{"name", "description", "parameters"}`."""
    tool_choice: Literal["auto", "required", "none"] = "auto"
    temperature: float | None = 0.0
    """None uses the model's own temperature: some accept no other."""
    max_tokens: int = 2048
    seed: int | None = None
    schema: Json = None
    """JSON Schema of the answer. A server that does not know the option is asked again without it."""
    prompt: str = ""
    """Fingerprint of the prompt that the messages were rendered from. It is not sent."""
    sample: int = 0
    """Number of the sample, if one question is asked several times. It is not sent."""
    subject: str = ""
    """Fingerprint of the subject of the messages. If set, it replaces
    the messages in `key`. It is not sent."""

    @property
    def question(self) -> str:
        """Return the hash of the question without the model: 40 hex digits."""
        fields = asdict(self)
        del fields["model"]
        if self.subject:
            del fields["messages"]
        return fingerprint(fields)[:QUESTION_DIGITS]

    @property
    def key(self) -> str:
        """Return the hash of this request in caches, recordings and batches: 64 hex digits.

        The first of them are the question's and the others the model's, so that recorded answers can be told
        apart by model. No credential is part of it.
        """
        return self.question + model_digits(self.model)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens and money that one answer consumed."""

    input_tokens: int
    output_tokens: int
    cached_tokens: int = 0
    """The part of the input tokens that the provider read from its cache."""
    cost: float | None = None
    """US dollars; None if neither the provider nor its library reports it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatReply:
    text: str
    """The raw text: never trimmed, repaired or parsed."""
    tool_calls: tuple[ToolCall, ...] = ()
    usage: Usage | None = None
    """None if the server does not report it."""
    finish: str = "stop"
    """`length` means that the answer was cut off."""
    model: str = ""
    """The model that answered, as the server names it."""
    cached: bool = False
    """True if the reply was read from a cache or a recording, so that it cost nothing now."""


class ChatModel(Protocol):
    """Answers requests. Implementations may be used from several threads at once."""

    def complete(self, request: ChatRequest) -> ChatReply:
        """Return the answer, or raise `ModelError`."""


class EmbeddingModel(Protocol):
    """Turns texts into vectors. Implementations may be used from several threads at once."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a vector for each text, or raise `ModelError`."""


def model_digits(model: str) -> str:
    """Return the last digits of the keys of all requests to `model`."""
    return fingerprint(model)[: KEY_DIGITS - QUESTION_DIGITS]


def fingerprint(value: Json) -> str:
    """Return the SHA-256 of `value` as canonical JSON."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(text.encode("ascii")).hexdigest()


def reply_to_json(reply: ChatReply) -> Json:
    """Return `reply` as caches and recordings store it."""
    stored = asdict(reply)
    del stored["cached"]
    return stored


def reply_from_json(stored: Json) -> ChatReply:
    """Return the reply that `reply_to_json` wrote, marked as cached. Raises TypeError, KeyError or ValueError."""
    fields: dict[str, Any] = dict(stored)
    usage = fields.pop("usage")
    calls = tuple(ToolCall(**call) for call in fields.pop("tool_calls"))
    return ChatReply(**fields, tool_calls=calls, usage=Usage(**usage) if usage else None, cached=True)
