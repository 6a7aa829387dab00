"""DRAFT's explorer, analyser and rewriter through a model, without their faults: what a model says is a proposal.

A model may suggest calls, which the schema and the policy are held against; claims, of which those without a valid
citation are dropped; and texts, of which each sentence must cite a place that says it. A text that does not verify
goes back with the reasons, at most `ROUNDS` times.
"""

import json
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from toolsmell.calling.diversity import ALIKE, Similar, likeness
from toolsmell.calling.outcomes import Left, Observation, Trial
from toolsmell.evidence.citations import Evidence
from toolsmell.evidence.claims import Claim, Objection, Rewrite, Violation
from toolsmell.model import Json
from toolsmell.models.client import ChatModel, ChatReply, ModelError, fingerprint
from toolsmell.models.prompts import Prompt, templates
from toolsmell.reading.context import ToolContext
from toolsmell.rewrite.measure import Bench
from toolsmell.rewrite.model_answers import (
    Asker,
    NothingLeftError,
    UnusableError,
    claims_in,
    object_in,
    rewrite_in,
    shown_claims,
    shown_observations,
    shown_tool,
)
from toolsmell.rewrite.stop import settled
from toolsmell.rewrite.verify import verify
from toolsmell.schema.fit import violation

ROUNDS: Final = 5
TRIES: Final = 3
"""Calls that a model may suggest in place of one that was refused; the last is dropped, not made."""

_CLAIMS: Final[Json] = {"type": "array", "items": {"type": "object"}}
_FOUND: Final[Json] = {"type": "object", "properties": {"claims": _CLAIMS}, "required": ["claims"]}
_ANSWER: Final[Json] = {
    "type": "object",
    "properties": {
        "description": {"type": "string"},
        "parameters": {"type": "object", "additionalProperties": {"type": "string"}},
        "claims": _CLAIMS,
    },
    "required": ["description", "claims"],
}
_CALL: Final[Json] = {
    "type": "object",
    "properties": {"query": {"type": "string"}, "arguments": {"type": ["object", "null"]}},
    "required": ["query", "arguments"],
}


class Analysed(NamedTuple):
    """What a model says that may be added."""

    claims: tuple[Claim, ...] = ()
    dropped: tuple[Violation, ...] = ()
    """Claims that rest on nothing."""


class Written(NamedTuple):
    """What a model made of one tool."""

    rewrite: Rewrite | None
    """The last text that verified; None where none did."""
    refused: tuple[Violation, ...]
    rounds: int


class ModelWriter:
    """Asks one model about tools."""

    def __init__(
        self, model: ChatModel, name: str, *, similar: Similar = likeness, left: Callable[[], str] = str
    ) -> None:
        """`similar` tells how like two calls are; `left` what is left of the model's own budget, in words."""
        self._asker: Final = Asker(model, name)
        self._similar: Final = similar
        self._left: Final = left
        self._explore: Final = Prompt(templates("explore"), {}, _CALL)
        self._analyse: Final = Prompt(templates("analyse"), {}, _FOUND)
        self._rewrite: Final = Prompt(templates("rewrite"), {}, _ANSWER)

    @property
    def stopped(self) -> str | None:
        """Why the model is asked nothing more: a budget is spent, or it failed."""
        return self._asker.stopped

    @property
    def failed(self) -> bool:
        """Whether the model gave no answer though it might be asked."""
        return self._asker.failed

    def trial(self, tool: ToolContext, observations: Sequence[Observation], left: Left) -> Trial | None:
        """Ask for one more call: one that fits the schema and differs from all before it; None where there is none."""
        told, shown = shown_tool(tool), shown_observations(observations)
        words = ", ".join(w for w in (str(left), self._left()) if w)
        # What is left changes with the clock: it is not part of what is asked.
        subject = fingerprint([told, shown, left.of_tool])
        request = self._explore.request(self._asker.name, subject, tool=told, observations=shown, left=words)
        return self._asker.ask(self._explore, request, lambda r: self._trial(tool, r, observations), TRIES)

    def analyse(self, evidence: Evidence, observations: Sequence[Observation]) -> Analysed:
        """Ask what may be said that is not said yet; claims without a citation that carries them are dropped."""
        told, shown = shown_tool(evidence.tool), shown_observations([o for o in observations if o.speaks])
        request = self._analyse.request(self._asker.name, fingerprint([told, shown]), tool=told, observations=shown)
        found = self._asker.ask(self._analyse, request, lambda reply: claims_in(object_in(reply)), 2) or ()
        reasons = {claim: evidence.unsupported(claim) for claim in found}
        dropped = (Violation(Objection.UNCITED, why, claim.text) for claim, why in reasons.items() if why)
        return Analysed(tuple(claim for claim, why in reasons.items() if not why), tuple(dropped))

    def write(
        self, evidence: Evidence, observations: Sequence[Observation], bench: Bench, claims: Sequence[Claim] = ()
    ) -> Written:
        """Ask for a text until it verifies and no longer changes, at most `ROUNDS` times."""
        best: Rewrite | None = None
        refused: list[Violation] = []
        found: tuple[Violation, ...] = ()
        worth = bench.original(evidence.tool).worth
        for round_ in range(1, ROUNDS + 1):
            rewrite = self._ask(evidence, observations, claims, found)
            if rewrite is None:
                return Written(best, tuple(refused), round_)
            found = verify(evidence, rewrite, bench)
            refused += found
            if found:
                continue
            now = bench.measured(bench.tried(evidence.tool, rewrite)).worth
            before = best.description if best else evidence.tool.text.raw
            try:
                done = settled(before, rewrite.description, worth, now, self._similar)
            except ModelError as error:  # an embedding model tells how like they are
                self._asker.stop(error)
                done = True
            best, worth = rewrite, now
            if done:
                return Written(best, tuple(refused), round_)
        return Written(best, tuple(refused), ROUNDS)

    def _ask(
        self,
        evidence: Evidence,
        observations: Sequence[Observation],
        claims: Sequence[Claim],
        found: Sequence[Violation],
    ) -> Rewrite | None:
        told, shown = shown_tool(evidence.tool), shown_observations([o for o in observations if o.speaks])
        reasons = "\n".join(f"- {v.objection}: {v.detail}{f' ({v.sentence})' if v.sentence else ''}" for v in found)
        may = shown_claims(claims)
        request = self._rewrite.request(
            self._asker.name,
            fingerprint([told, shown, may, reasons]),
            tool=told,
            observations=shown,
            claims=may,
            refused=reasons,
        )
        return self._asker.ask(self._rewrite, request, rewrite_in, 2)

    def _trial(self, tool: ToolContext, reply: ChatReply, observations: Sequence[Observation]) -> Trial:
        value = object_in(reply)
        arguments, query = value.get("arguments"), value.get("query")
        if arguments is None:
            raise NothingLeftError
        if not isinstance(arguments, dict) or not isinstance(query, str):
            raise UnusableError("`arguments` is not an object, or `query` not a text")
        schema = tool.tool.input_schema or {}
        if broken := violation(arguments, schema, schema):
            raise UnusableError(f"its arguments do not fit the schema: the object {broken}")
        trial = Trial(tool.tool.name or "", arguments, query[:200] or "a suggested call")
        made = [o.trial for o in observations]
        if any(m.arguments == arguments or self._similar(_text(m), _text(trial)) >= ALIKE for m in made):
            raise UnusableError("it hardly differs from a call before")
        return trial


def _text(trial: Trial) -> str:
    """Return what makes a call another one: what is asked for, and with what."""
    return f"{trial.why}\n{json.dumps(trial.arguments, sort_keys=True)}"
