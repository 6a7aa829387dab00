"""What an agent's run was worth: measures of recorded trajectories.

The five measures are those of MCP-RADAR (arXiv 2505.16700), in the words of its first version: answer accuracy, tool
selection efficiency, computational resource efficiency, parameter construction accuracy and execution speed.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from toolsmell.evaluate.datasets import Case
from toolsmell.evaluate.prices import Price
from toolsmell.evaluate.prices import cost as price_of
from toolsmell.llm.client import Usage

DECODE_WEIGHT = 0.01
"""Prefill tokens that one decoded token costs for each token before it: what prefill-token equivalents turn on.

It depends on the model and the hardware (2 x layers x width x operations a byte / parameters). The rank of two
trajectories hardly does, so compare at one weight and do not read the number alone.
"""


class CallOutcome(StrEnum):
    """What came of a call."""

    OK = "ok"
    ARGUMENTS = "argument error"
    """The server, or the tool's schema, refused the arguments."""
    TOOL = "tool error"
    UNKNOWN = "unknown tool"
    HARNESS = "harness"
    """Trouble on the way: authorisation, quota, network, time. It says nothing about tool or agent."""


class Call(NamedTuple):
    tool: str
    outcome: CallOutcome
    useful: bool | None = None
    """Whether the task needed this tool; None where that is not known."""


class Step(NamedTuple):
    """One answer of the model, and the calls that it asked for."""

    usage: Usage
    calls: tuple[Call, ...] = ()


class Trajectory(NamedTuple):
    """One run of an agent at one task."""

    case: Case
    steps: tuple[Step, ...]
    success: bool | None
    """Whether the answer was right; None where that could not be told, which counts as neither."""
    seconds: float

    @property
    def calls(self) -> list[Call]:
        return [call for step in self.steps for call in step.calls if call.outcome is not CallOutcome.HARNESS]


class AgentMeasures(NamedTuple):
    """Means over trajectories; None where nothing could be counted."""

    tasks: int
    judged: int
    """Tasks whose answer could be told right or wrong."""
    answer_accuracy: float | None
    tool_selection_efficiency: float | None
    """Share of the calls that went to a tool which the task needed, and which exists."""
    parameter_accuracy: float | None
    """Share of the calls to existing tools whose arguments were taken."""
    tokens_per_task: float | None
    """MCP-RADAR's computational resource efficiency: less is better."""
    seconds_per_task: float | None
    """MCP-RADAR's execution speed: less is better."""
    steps_per_task: float | None
    prefill_equivalents_per_task: float | None
    cost_of_pass: float | None
    """US dollars for one right answer: the cost of all tasks over the number of right ones; None without one."""
    tool_productivity: float | None
    """Right answers for each call made (arXiv 2504.14870)."""


def agent_measures(trajectories: Iterable[Trajectory], price: Price | None = None) -> AgentMeasures:
    """Measure recorded runs; `price` is needed for the cost of a pass only."""
    runs = list(trajectories)
    judged = [run for run in runs if run.success is not None]
    right = sum(run.success is True for run in judged)
    calls = [call for run in runs for call in run.calls]
    known = [call for call in calls if call.outcome is not CallOutcome.UNKNOWN]
    told = [call for call in calls if call.useful is not None or call.outcome is CallOutcome.UNKNOWN]
    return AgentMeasures(
        tasks=len(runs),
        judged=len(judged),
        answer_accuracy=_share(right, len(judged)),
        tool_selection_efficiency=_share(
            sum(call.useful is True and call.outcome is not CallOutcome.UNKNOWN for call in told), len(told)
        ),
        parameter_accuracy=_share(sum(call.outcome is not CallOutcome.ARGUMENTS for call in known), len(known)),
        tokens_per_task=_share(sum(_tokens(run) for run in runs), len(runs)),
        seconds_per_task=_share(sum(run.seconds for run in runs), len(runs)),
        steps_per_task=_share(sum(len(run.steps) for run in runs), len(runs)),
        prefill_equivalents_per_task=_share(sum(prefill_equivalents(run.steps) for run in runs), len(runs)),
        cost_of_pass=_share(sum(_dollars(run, price) for run in judged), right) if price else None,
        tool_productivity=_share(right, sum(len(run.calls) for run in judged)),
    )


def prefill_equivalents(steps: Sequence[Step], weight: float = DECODE_WEIGHT) -> float:
    """Return the prefill-token equivalents of a run (arXiv 2604.05404).

    Each step reads its whole context anew, because a tool call outlives the provider's key-value cache, and each
    token it writes costs in proportion to all that stands before it.
    """
    total = 0.0
    for step in steps:
        read, written = step.usage.input_tokens, step.usage.output_tokens
        total += read + weight * (read + written) * written
    return total


def _tokens(run: Trajectory) -> int:
    return sum(step.usage.input_tokens + step.usage.output_tokens for step in run.steps)


def _dollars(run: Trajectory, price: Price) -> float:
    return sum(price_of(price, step.usage) for step in run.steps)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
