"""What a model is shown of a tool, and what is read out of its answers."""

import json
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from toolsmell.calling.outcomes import Observation, merged
from toolsmell.evidence.claims import Citation, Claim, Rewrite
from toolsmell.model import Component, Json
from toolsmell.models.budget import BudgetExceeded
from toolsmell.models.client import ChatModel, ChatReply, ChatRequest, ModelError
from toolsmell.models.prompts import Prompt
from toolsmell.models.replies import last_object
from toolsmell.reading.context import ToolContext
from toolsmell.safety.masking import masked_json
from toolsmell.tokens import compact_json

_SHOWN: Final = 20
_LONGEST: Final = 30_000

T = TypeVar("T")


class UnusableError(ValueError):
    """A model's answer is not what was asked for. The text says why, for the model."""


class NothingLeftError(ValueError):
    """A model says that there is nothing more to ask for."""


class Asker:
    """Asks one model until its budget is spent or it fails; then nothing more, and the rest is done without it."""

    def __init__(self, model: ChatModel, name: str) -> None:
        self._model: Final = model
        self.name: Final = name
        self.stopped: str | None = None
        """Why nothing more is asked."""
        self.failed = False
        """Whether that is the model's fault, not the end of its budget."""

    def ask(self, prompt: Prompt, request: ChatRequest, read: Callable[[ChatReply], T], tries: int) -> T | None:
        """Return what `read` makes of the answer; after one that it cannot use the model is told why, and asked again.

        None after so many tries, or when nothing more is asked.
        """
        for _ in range(tries):
            if self.stopped:
                return None
            try:
                reply = self._model.complete(request)
                return read(reply)
            except ModelError as error:
                self.stop(error)
                return None
            except UnusableError as fault:
                request = prompt.again(request, reply, str(fault))
            except NothingLeftError:
                return None
        return None

    def stop(self, error: ModelError) -> None:
        """Ask nothing more, because of `error`."""
        self.stopped, self.failed = str(error), not isinstance(error, BudgetExceeded)


def shown_tool(tool: ToolContext) -> str:
    """Return a tool as a model is shown it: as it was sent, with the names of its siblings."""
    siblings = [name for name in tool.server.by_name if name != tool.tool.name][:100]
    return compact_json(masked_json({"tool": tool.tool.raw, "other tools": siblings}, prose=True))[:_LONGEST]


def shown_observations(observations: Sequence[Observation]) -> str:
    """Return what was observed, a line an outcome: calls that ended alike stand together."""
    lines = []
    for group in merged(observations):
        numbers = ", ".join(str(o.number) for o in group)
        calls = " or ".join(dict.fromkeys(json.dumps(o.trial.arguments) for o in group))
        lines.append(f"{numbers}. {calls[:2000]} -> {group[0].outcome}: {group[0].text[:800]}")
    return "\n".join(lines[-_SHOWN:]) or "none"


def shown_claims(claims: Sequence[Claim]) -> str:
    lines = [f"- {c.parameter or 'description'}: {c.text} ({', '.join(map(str, c.cites))})" for c in claims]
    return "\n".join(lines) or "none"


def object_in(reply: ChatReply) -> dict[str, Json]:
    """Return the last JSON object of an answer. Raises `UnusableError` if it has none."""
    value = last_object(reply.text)
    if value is None:
        raise UnusableError("it has no JSON object")
    return value


def rewrite_in(reply: ChatReply) -> Rewrite:
    """Return the texts of an answer with their claims. Raises `UnusableError` for what is none."""
    value = object_in(reply)
    description, parameters = value.get("description"), value.get("parameters") or {}
    if not isinstance(description, str) or not description.strip():
        raise UnusableError("`description` is not a text")
    if not isinstance(parameters, dict) or not all(isinstance(t, str) for t in parameters.values()):
        raise UnusableError("`parameters` is not an object of texts")
    return Rewrite(description.strip(), parameters, claims_in(value))


def claims_in(value: dict[str, Json]) -> tuple[Claim, ...]:
    """Return the claims of an answer; what is none is dropped. Raises `UnusableError` where there is no list."""
    claims = value.get("claims")
    if not isinstance(claims, list):
        raise UnusableError("`claims` is not a list")
    return tuple(c for c in map(_claim, claims) if c)


def _claim(value: Any) -> Claim | None:
    if not isinstance(value, dict) or not isinstance(value.get("text"), str) or not value["text"].strip():
        return None
    listed = value.get("cites")
    cites = [Citation.parse(c) for c in listed if isinstance(c, str)] if isinstance(listed, list) else []
    named, parameter = value.get("component"), value.get("parameter")
    component = Component(named) if named in [c.value for c in Component] else Component.COMPLETENESS
    told = parameter if isinstance(parameter, str) else None
    return Claim(value["text"].strip(), component, tuple(c for c in cites if c), told)
