"""The values of one run of an agent: calls, steps, and how it ended."""

from enum import StrEnum
from typing import NamedTuple

from toolsmell.evaluate.agent.answer_check import gradable, holds
from toolsmell.evaluate.datasets import Case, parse_case
from toolsmell.evaluate.datasets import to_json as case_to_json
from toolsmell.model import Json
from toolsmell.models.client import Usage


class CallOutcome(StrEnum):
    """The result of a call."""

    OK = "ok"
    ARGUMENTS = "argument error"
    """The arguments do not fit the schema, so the call was not made; or the server rejected them."""
    TOOL = "tool error"
    UNKNOWN = "unknown tool"
    FORBIDDEN = "not allowed"
    """The policy does not allow this tool, so the call was not made."""
    HARNESS = "harness"
    """Trouble of the environment: authorisation, quota, network, timeout, a dead server."""


class Stop(StrEnum):
    """Why a run ended."""

    ANSWERED = "answered"
    STEPS = "steps"
    """The agent used up its steps while it was still calling tools."""
    CALLS = "calls"
    """The agent used up its calls."""
    TIME = "time"
    """The time of the task was over."""
    SERVER = "server"
    """The server could not be started, or died again and again."""
    MODEL = "model"
    """The model gave no answer."""
    BUDGET = "budget"
    """The budget of the whole run was spent."""


FINISHED = frozenset((Stop.ANSWERED, Stop.STEPS, Stop.CALLS))
"""Ends that the agent caused. A run that ended otherwise is not measured, and is repeated."""


class AgentCall(NamedTuple):
    """One call that an agent asked for."""

    tool: str
    outcome: CallOutcome
    useful: bool | None = None
    """True if the task needed this tool, or None if that is unknown."""
    arguments: Json = None
    """The arguments as an object, or as text if they are not a JSON object."""
    result: str = ""
    """The result that the agent saw, masked and cut."""
    seconds: float = 0.0


class Step(NamedTuple):
    """One answer of the model, and the calls that it asked for."""

    usage: Usage | None
    """The usage, or None if the model's server does not report it."""
    calls: tuple[AgentCall, ...] = ()
    text: str = ""
    seconds: float | None = None
    """Seconds that the model took; None if the answer came from a cache."""


class Trajectory(NamedTuple):
    """One run of an agent at one task."""

    case: Case
    steps: tuple[Step, ...]
    stop: Stop = Stop.ANSWERED
    reason: str = ""
    """The event that ended the run, if it was not the agent."""

    @property
    def finished(self) -> bool:
        return self.stop in FINISHED

    @property
    def answer(self) -> str | None:
        """The last words of the agent, or None if it did not finish."""
        return self.steps[-1].text if self.stop is Stop.ANSWERED and self.steps else None

    @property
    def calls(self) -> list[AgentCall]:
        return [call for step in self.steps for call in step.calls if call.outcome is not CallOutcome.HARNESS]

    @property
    def success(self) -> bool | None:
        """True if the answer was right; None if it cannot be graded, which counts as neither.

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
        """Tokens read and written; None if the model's server does not report them."""
        used = [step.usage for step in self.steps]
        return None if None in used else sum(u.input_tokens + u.output_tokens for u in used if u is not None)

    @property
    def seconds(self) -> float | None:
        """Seconds that model and tools took, without the start of the server; None if an answer was cached."""
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
    """Return a recorded run. Raises TypeError, KeyError or ValueError if `value` is not one."""
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
