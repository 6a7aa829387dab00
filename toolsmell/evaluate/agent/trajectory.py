"""One run of an agent at one task, as it is recorded, measured and replayed."""

from enum import StrEnum
from typing import NamedTuple

from toolsmell.evaluate.agent.answers import gradable, holds
from toolsmell.evaluate.datasets import Case, parse_case
from toolsmell.evaluate.datasets import to_json as case_to_json
from toolsmell.model import Json
from toolsmell.models.client import Usage


class CallOutcome(StrEnum):
    """What came of a call."""

    OK = "ok"
    ARGUMENTS = "argument error"
    """The tool's schema refused the arguments, and the call was not made; or the server did."""
    TOOL = "tool error"
    UNKNOWN = "unknown tool"
    FORBIDDEN = "not allowed"
    """The policy does not allow this tool, so the call was not made."""
    HARNESS = "harness"
    """Trouble on the way: authorisation, quota, network, time, a server that died. It says nothing about tool or
    agent."""


class Stop(StrEnum):
    """Why a run ended."""

    ANSWERED = "answered"
    STEPS = "steps"
    """The agent was still calling tools when its steps were used up."""
    CALLS = "calls"
    """Or its calls."""
    TIME = "time"
    """The seconds of the task were over."""
    SERVER = "server"
    """The server could not be started, or died again and again."""
    MODEL = "model"
    """The model gave no answer."""
    BUDGET = "budget"
    """What the whole run may cost was spent."""


FINISHED = frozenset((Stop.ANSWERED, Stop.STEPS, Stop.CALLS))
"""Ends that are the agent's doing. A run that ended otherwise is not measured, and is made again."""


class AgentCall(NamedTuple):
    """One call that an agent asked for."""

    tool: str
    outcome: CallOutcome
    useful: bool | None = None
    """Whether the task needed this tool; None where that is not known."""
    arguments: Json = None
    """As an object; what was no JSON object, as text."""
    result: str = ""
    """What the agent was told, masked and cut."""
    seconds: float = 0.0


class Step(NamedTuple):
    """One answer of the model, and the calls that it asked for."""

    usage: Usage | None
    """None where the model's server does not say."""
    calls: tuple[AgentCall, ...] = ()
    text: str = ""
    seconds: float | None = None
    """How long the model took; None where the answer came from a cache."""


class Trajectory(NamedTuple):
    """One run of an agent at one task."""

    case: Case
    steps: tuple[Step, ...]
    stop: Stop = Stop.ANSWERED
    reason: str = ""
    """What happened, where the end was not the agent's doing."""

    @property
    def finished(self) -> bool:
        return self.stop in FINISHED

    @property
    def answer(self) -> str | None:
        """What the agent said at last; None where it did not come to that."""
        return self.steps[-1].text if self.stop is Stop.ANSWERED and self.steps else None

    @property
    def calls(self) -> list[AgentCall]:
        return [call for step in self.steps for call in step.calls if call.outcome is not CallOutcome.HARNESS]

    @property
    def success(self) -> bool | None:
        """Whether the answer was right; None where that could not be told, which counts as neither.

        Where no tool fits and the case gives no answer, the right thing is to call nothing. A wrong answer after
        trouble of the harness is nobody's fault.
        """
        if not self.finished:
            return None
        if not gradable(self.case.answer):
            asked = any(step.calls for step in self.steps)
            return None if self.case.tools else self.stop is Stop.ANSWERED and not asked
        right = self.answer is not None and holds(self.answer, self.case.answer)
        troubled = any(call.outcome is CallOutcome.HARNESS for step in self.steps for call in step.calls)
        return None if troubled and not right else right

    @property
    def tokens(self) -> int | None:
        """Tokens read and written; None where the model's server does not say."""
        used = [step.usage for step in self.steps]
        return None if None in used else sum(u.input_tokens + u.output_tokens for u in used if u is not None)

    @property
    def seconds(self) -> float | None:
        """Time that model and tools took, without the start of the server; None where an answer was cached."""
        thought = [step.seconds for step in self.steps]
        called = sum(call.seconds for step in self.steps for call in step.calls)
        return None if None in thought else called + sum(s for s in thought if s is not None)


def to_json(run: Trajectory) -> dict[str, Json]:
    return {
        "case": case_to_json(run.case),
        "line": run.case.line,
        "stop": run.stop.value,
        "reason": run.reason,
        "steps": [_step_json(step) for step in run.steps],
    }


def from_json(value: Json) -> Trajectory:
    """Read a recorded run. Raises TypeError, KeyError or ValueError for what is none."""
    return Trajectory(
        case=parse_case(value["case"], int(value["line"])),
        steps=tuple(_step(step) for step in value["steps"]),
        stop=Stop(value["stop"]),
        reason=str(value["reason"]),
    )


def _step_json(step: Step) -> dict[str, Json]:
    usage = step.usage
    return {
        "usage": {name: getattr(usage, name) for name in usage.__slots__} if usage else None,
        "text": step.text,
        "seconds": step.seconds,
        "calls": [{**call._asdict(), "outcome": call.outcome.value} for call in step.calls],
    }


def _step(value: Json) -> Step:
    usage, seconds = value["usage"], value["seconds"]
    return Step(
        usage=None if usage is None else Usage(**usage),
        calls=tuple(AgentCall(**{**call, "outcome": CallOutcome(call["outcome"])}) for call in value["calls"]),
        text=str(value["text"]),
        seconds=None if seconds is None else float(seconds),
    )
