"""DRAFT's explorer and rewriter through a model, without their faults: what a model says is a proposal to be verified.

A model may suggest calls, which the schema and the policy are held against, and texts, of which each sentence must
cite a place that says it. A text that does not verify goes back with the reasons, at most `ROUNDS` times.
"""

import json
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from toolsmell.context import ToolContext
from toolsmell.judge.prompt import Prompt, templates
from toolsmell.llm.client import ChatModel, ChatReply, fingerprint
from toolsmell.model import Component, Json
from toolsmell.rewrite.claims import Citation, Claim, Rewrite, Violation
from toolsmell.rewrite.evidence import Evidence
from toolsmell.rewrite.explore import likeness
from toolsmell.rewrite.measure import Bench
from toolsmell.rewrite.observe import Observation, Trial
from toolsmell.rewrite.stop import settled
from toolsmell.rewrite.verify import verify
from toolsmell.tokens import compact_json
from toolsmell.values import violation

ROUNDS: Final = 5
TRIES: Final = 3
"""Calls that a model may suggest in place of one that was refused; the last is dropped, not made."""
ALIKE: Final = 0.9
_SHOWN: Final = 20
_LONGEST: Final = 30_000

_ANSWER: Final = {
    "type": "object",
    "properties": {
        "description": {"type": "string"},
        "parameters": {"type": "object", "additionalProperties": {"type": "string"}},
        "claims": {"type": "array", "items": {"type": "object"}},
    },
    "required": ["description", "claims"],
}
_CALL: Final = {
    "type": "object",
    "properties": {"query": {"type": "string"}, "arguments": {"type": ["object", "null"]}},
    "required": ["query", "arguments"],
}


class Written(NamedTuple):
    """What a model made of one tool."""

    rewrite: Rewrite | None
    """The last text that verified; None where none did."""
    refused: tuple[Violation, ...]
    rounds: int


class UnusableError(ValueError):
    """A model's answer is not what was asked for. The text says why, for the model."""


class ModelWriter:
    """Asks one model about tools."""

    def __init__(self, model: ChatModel, name: str) -> None:
        self._model: Final = model
        self._name: Final = name
        self._rewrite: Final = Prompt(templates("rewrite"), {}, _ANSWER)
        self._explore: Final = Prompt(templates("explore"), {}, _CALL)

    def write(self, evidence: Evidence, observations: Sequence[Observation], bench: Bench) -> Written:
        """Ask for a text until it verifies and no longer changes, at most `ROUNDS` times."""
        best: Rewrite | None = None
        refused: list[Violation] = []
        found: tuple[Violation, ...] = ()
        worth = bench.measured(evidence.tool).worth
        for round_ in range(1, ROUNDS + 1):
            rewrite = self._ask(evidence, observations, found)
            if rewrite is None:
                return Written(best, tuple(refused), round_)
            found = verify(evidence, rewrite, bench)
            refused += found
            if found:
                continue
            now = bench.measured(bench.tried(evidence.tool, rewrite)).worth
            before = best.description if best else evidence.tool.text.raw
            done = settled(before, rewrite.description, worth, now)
            best, worth = rewrite, now
            if done:
                return Written(best, tuple(refused), round_)
        return Written(best, tuple(refused), ROUNDS)

    def trial(self, tool: ToolContext, observations: Sequence[Observation], left: int) -> Trial | None:
        """Ask for one more call: one that fits the schema and differs from all before it; None where there is none."""
        shown = _observations(observations)
        told = _tool(tool)
        subject = fingerprint([told, shown, left])
        request = self._explore.request(self._name, subject, tool=told, observations=shown, left=str(left))
        for _ in range(TRIES):
            reply = self._model.complete(request)
            try:
                return _trial(tool, reply, observations)
            except UnusableError as fault:
                if not str(fault):
                    return None
                request = self._explore.again(request, reply, str(fault))
        return None

    def _ask(
        self, evidence: Evidence, observations: Sequence[Observation], found: Sequence[Violation]
    ) -> Rewrite | None:
        told, shown = _tool(evidence.tool), _observations([o for o in observations if o.speaks])
        reasons = "\n".join(f"- {v.objection}: {v.detail}{f' ({v.sentence})' if v.sentence else ''}" for v in found)
        subject = fingerprint([told, shown, reasons])
        request = self._rewrite.request(self._name, subject, tool=told, observations=shown, refused=reasons)
        for _ in range(2):
            reply = self._model.complete(request)
            try:
                return _rewrite(reply)
            except UnusableError as fault:
                request = self._rewrite.again(request, reply, str(fault))
        return None


def _tool(tool: ToolContext) -> str:
    siblings = [name for name in tool.server.by_name if name != tool.tool.name][:100]
    return compact_json({"tool": tool.tool.raw, "other tools": siblings})[:_LONGEST]


def _observations(observations: Sequence[Observation]) -> str:
    lines = [f"{o.number}. {json.dumps(o.trial.arguments)} -> {o.outcome}: {o.text[:800]}" for o in observations]
    return "\n".join(lines[-_SHOWN:]) or "none"


def _object(reply: ChatReply) -> dict[str, Json]:
    text = reply.text.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError):
        raise UnusableError("it is not one JSON object") from None
    if not isinstance(value, dict):
        raise UnusableError("it is not a JSON object")
    return value


def _rewrite(reply: ChatReply) -> Rewrite:
    value = _object(reply)
    description, parameters, claims = value.get("description"), value.get("parameters") or {}, value.get("claims")
    if not isinstance(description, str) or not description.strip():
        raise UnusableError("`description` is not a text")
    if not isinstance(parameters, dict) or not all(isinstance(t, str) for t in parameters.values()):
        raise UnusableError("`parameters` is not an object of texts")
    if not isinstance(claims, list):
        raise UnusableError("`claims` is not a list")
    return Rewrite(description.strip(), parameters, tuple(c for c in map(_claim, claims) if c))


def _claim(value: Any) -> Claim | None:
    """Read one claim; one without a citation that can be read is dropped, and its sentence is then uncited."""
    if not isinstance(value, dict) or not isinstance(value.get("text"), str) or not value["text"].strip():
        return None
    listed = value.get("cites")
    cites = [Citation.parse(c) for c in listed if isinstance(c, str)] if isinstance(listed, list) else []
    named, parameter = value.get("component"), value.get("parameter")
    component = Component(named) if named in [c.value for c in Component] else Component.COMPLETENESS
    found = tuple(c for c in cites if c)
    return Claim(value["text"], component, found, parameter if isinstance(parameter, str) else None) if found else None


def _trial(tool: ToolContext, reply: ChatReply, observations: Sequence[Observation]) -> Trial:
    value = _object(reply)
    arguments, query = value.get("arguments"), value.get("query")
    if arguments is None:
        raise UnusableError
    if not isinstance(arguments, dict) or not isinstance(query, str):
        raise UnusableError("`arguments` is not an object, or `query` not a text")
    schema = tool.tool.input_schema or {}
    if broken := violation(arguments, schema, schema):
        raise UnusableError(f"its arguments do not fit the schema: the object {broken}")
    text = json.dumps(arguments, sort_keys=True)
    before = [json.dumps(o.trial.arguments, sort_keys=True) for o in observations]
    if text in before or any(likeness(text, b) >= ALIKE for b in before if len(b) > 200):
        raise UnusableError("it hardly differs from a call before")
    return Trial(tool.tool.name or "", arguments, query[:200] or "a suggested call")
