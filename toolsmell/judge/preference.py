"""Asks which of two descriptions is better, in both orders, because models prefer one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from toolsmell.escape import shown
from toolsmell.judge.address import speaks_to_evaluator
from toolsmell.judge.judge_reply import Malformed, answer_in
from toolsmell.judge.panel import Juror
from toolsmell.judge.prompt import components_of
from toolsmell.judge.subject import Subject
from toolsmell.model import Json
from toolsmell.models.client import ChatReply, ChatRequest, fingerprint
from toolsmell.models.parallel import Outcome, complete_all
from toolsmell.models.prompts import Prompt, templates
from toolsmell.reading.context import ToolContext
from toolsmell.scoring.weights import Rubric


class Winner(StrEnum):
    FIRST = "first"
    SECOND = "second"
    TIE = "tie"
    """Neither is better, or the answer changed with the order."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A description that takes part in a comparison."""

    tool: ToolContext
    subject: Subject


@dataclass(frozen=True, slots=True)
class TextComparison:
    """The result of comparing two descriptions."""

    winner: Winner | None
    """None if there is no answer; `reason` says why."""
    consistent: bool
    """True if both orders gave the same winner."""
    reason: str = ""
    raw: tuple[str, ...] = ()
    """The replies to both orders."""
    reasons: tuple[str, ...] = ()
    """The answers of the model for the first text and for the second, once for each order."""


class Comparer:
    """Compares descriptions with one model."""

    def __init__(self, juror: Juror, rubric: Rubric, folder: Path | None = None, *, concurrency: int = 4) -> None:
        """Fill the template of `folder`, or toolsmell's own, from `rubric`."""
        self._juror = juror
        self._concurrency = concurrency
        self._prompt = Prompt(templates("compare", folder), {"components": components_of(rubric)}, _SCHEMA)

    def pairs(self, pairs: Sequence[tuple[Contender, Contender]]) -> list[TextComparison]:
        """Compare the two of each pair. A pair with a text that speaks to the assessor is not sent."""
        fair = [(i, a, b) for i, (a, b) in enumerate(pairs) if not (_foul(a) or _foul(b))]
        requests = [self._request(x, y) for _, a, b in fair for x, y in ((a, b), (b, a))]
        heard = self._answers(requests)
        found = {i: _decide(heard[2 * n], heard[2 * n + 1]) for n, (i, _, _) in enumerate(fair)}
        return [found.get(i) or _refused(a, b) for i, (a, b) in enumerate(pairs)]

    def _request(self, first: Contender, second: Contender) -> ChatRequest:
        about = fingerprint([first.subject.shown, second.subject.shown])
        return self._prompt.request(self._juror.name, about, first=first.subject.shown, second=second.subject.shown)

    def _answers(self, requests: Sequence[ChatRequest]) -> list["_Heard"]:
        heard = [_read(outcome) for outcome in self._complete(requests)]
        faulty = [i for i, answer in enumerate(heard) if answer.fault and answer.reply]
        again = [self._prompt.again(requests[i], heard[i].reply or _NOTHING, heard[i].fault) for i in faulty]
        for i, outcome in zip(faulty, self._complete(again), strict=True):
            heard[i] = _read(outcome)
        return heard

    def _complete(self, requests: Sequence[ChatRequest]) -> list[Outcome]:
        outcomes = dict(complete_all(self._juror.model, requests, concurrency=self._concurrency))
        return [outcomes[i] for i in range(len(requests))]


@dataclass(frozen=True, slots=True)
class _Heard:
    """The answer to one order."""

    choice: Winner | None = None
    fault: str = ""
    """The reason if there is no choice."""
    says: tuple[str, str] = ("", "")
    """The answers of the model about the text that it saw first, and about the other."""
    reply: ChatReply | None = None


_NOTHING = ChatReply(text="")
_TEXT = {"type": "string"}
_SCHEMA: Json = {
    "type": "object",
    "properties": {"first": _TEXT, "second": _TEXT, "better": {"enum": [w.value for w in Winner]}},
    "required": ["first", "second", "better"],
    "additionalProperties": False,
}


def _read(outcome: Outcome) -> _Heard:
    if not isinstance(outcome, ChatReply):
        return _Heard(fault=str(outcome))
    try:
        answer = answer_in(outcome, ("better",))
        says = str(answer.get("first") or ""), str(answer.get("second") or "")
        return _Heard(Winner(answer["better"]), reply=outcome, says=says)
    except Malformed as fault:
        return _Heard(fault=str(fault), reply=outcome)
    except ValueError:
        return _Heard(fault="`better` must be first, second or tie", reply=outcome)


def _decide(forward: _Heard, backward: _Heard) -> TextComparison:
    raw = tuple(heard.reply.text for heard in (forward, backward) if heard.reply)
    if fault := forward.fault or backward.fault:
        return TextComparison(None, consistent=False, reason=fault, raw=raw)
    turned = {Winner.FIRST: Winner.SECOND, Winner.SECOND: Winner.FIRST, Winner.TIE: Winner.TIE}
    consistent = forward.choice is turned[backward.choice or Winner.TIE]
    reason = "" if consistent else "the answer changed with the order of the two"
    winner = forward.choice if consistent else Winner.TIE
    return TextComparison(winner, consistent, reason, raw, (*forward.says, *reversed(backward.says)))


def _foul(contender: Contender) -> str | None:
    return speaks_to_evaluator(contender.tool)


def _refused(first: Contender, second: Contender) -> TextComparison:
    words = _foul(first) or _foul(second) or ""
    return TextComparison(None, consistent=False, reason=f"a text speaks to the assessor ('{shown(words)}')")
