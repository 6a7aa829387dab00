"""Stores observations and a model's answers with the server's tools: a replay needs no server and no model."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from toolsmell.calling import outcomes as observe
from toolsmell.calling.outcomes import Observation
from toolsmell.calling.policy import Decision
from toolsmell.errors import SourceError
from toolsmell.model import Json, Manifest
from toolsmell.models.client import ChatModel, ChatReply, ChatRequest, reply_from_json, reply_to_json
from toolsmell.models.replay import NotRecorded
from toolsmell.safety.masking import masked_json
from toolsmell.sources.json import snapshot

SCHEMA = "toolsmell.recording/v1"


class Answers(NamedTuple):
    """What a model answered."""

    model: str
    """Its name, as it was asked for."""
    replies: Mapping[str, ChatReply]
    """By the key of the question."""


class Recording(NamedTuple):
    """The calls of one server."""

    manifest: Manifest
    decisions: tuple[Decision, ...]
    observations: tuple[Observation, ...]
    answers: Answers | None = None
    """None if no model was asked."""


class Recorder:
    """`ChatModel` that records the answers of another one."""

    def __init__(self, model: ChatModel, name: str) -> None:
        self._model: Final = model
        self._name: Final = name
        self._replies: Final[dict[str, ChatReply]] = {}

    def complete(self, request: ChatRequest) -> ChatReply:
        reply = self._model.complete(request)
        self._replies[request.key] = reply
        return reply

    @property
    def answers(self) -> Answers:
        return Answers(self._name, dict(self._replies))


class Replay:
    """`ChatModel` that answers from a recording only."""

    def __init__(self, answers: Answers) -> None:
        self._answers: Final = answers

    def complete(self, request: ChatRequest) -> ChatReply:
        reply = self._answers.replies.get(request.key)
        if reply is None:
            raise NotRecorded(
                f"the recording holds no answer of {self._answers.model} to this question: the tools, the options or"
                " the prompts have changed since"
            )
        return reply


def to_json(
    manifest: Manifest,
    decisions: Iterable[Decision],
    observations: Iterable[Observation],
    answers: Answers | None = None,
) -> dict[str, Json]:
    return {
        "schema": SCHEMA,
        "server": masked_json(snapshot.to_json(manifest), prose=True),
        "decisions": [d._asdict() for d in decisions],
        "observations": [observe.to_json(o) for o in observations],
        **({"answers": _answers_to_json(answers)} if answers else {}),
    }


def _answers_to_json(answers: Answers) -> Json:
    replies = {key: reply_to_json(reply) for key, reply in answers.replies.items()}
    return {"model": answers.model, "replies": replies}


def _answers_from_json(value: Json, file: str) -> Answers | None:
    if value is None:
        return None
    try:
        replies = {str(key): reply_from_json(reply) for key, reply in value["replies"].items()}
        return Answers(str(value["model"]), replies)
    except (TypeError, KeyError, ValueError, AttributeError):
        raise SourceError(f"{file}: `answers` of a recording must be a model and its replies") from None


def from_json(value: Json, file: str) -> Recording:
    """Read a recording. Raises `SourceError` if the value is not one."""
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise SourceError(f"{file}: is no recording ({SCHEMA})")
    manifest = snapshot.from_json(value.get("server"), source=file)
    listed = value.get("observations")
    decided = value.get("decisions")
    if not isinstance(listed, list) or not isinstance(decided, list):
        raise SourceError(f"{file}: `observations` and `decisions` of a recording must be lists")
    try:
        decisions = tuple(Decision(**d) for d in decided)
    except TypeError as error:
        raise SourceError(f"{file}: not a decision: {error}") from None
    observations = tuple(observe.from_json(o) for o in listed)
    return Recording(manifest, decisions, observations, _answers_from_json(value.get("answers"), file))
