"""Measures recorded trajectories of an agent.

The five measures are those of MCP-RADAR (arXiv 2505.16700), in the words of its first version: answer accuracy, tool
selection efficiency, computational resource efficiency, parameter construction accuracy and execution speed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from toolsmell.evaluate.agent.trajectory import AgentCall, CallOutcome, Step, Trajectory
from toolsmell.models.budget import prefill_equivalents as equivalents
from toolsmell.models.prices import Price
from toolsmell.models.prices import cost as price_of


class AgentMeasures(NamedTuple):
    """Means over the runs that the agent itself ended; None if nothing could be counted."""

    tasks: int
    judged: int
    """Tasks whose answer could be graded."""
    answer_accuracy: float | None
    tool_selection_efficiency: float | None
    """Share of a task's calls that went to a tool that the task needed, or looked up what such a tool takes."""
    parameter_accuracy: float | None
    """Share of a task's calls to existing tools whose arguments were accepted."""
    tokens_per_task: float | None
    """MCP-RADAR's computational resource efficiency: less is better."""
    seconds_per_task: float | None
    """MCP-RADAR's execution speed: less is better."""
    steps_per_task: float | None
    prefill_equivalents_per_task: float | None
    cost_of_pass: float | None
    """US dollars for each right answer: the cost of all tasks by the number of right answers, or None without one."""
    tool_productivity: float | None
    """Right answers for each call made (arXiv 2504.14870)."""


def agent_measures(trajectories: Iterable[Trajectory], price: Price | None = None) -> AgentMeasures:
    """Measure recorded runs. `price` is needed only for the cost of a pass."""
    runs = [run for run in trajectories if run.finished]
    judged = [run for run in runs if run.success is not None]
    right = sum(run.success is True for run in judged)
    by_run = [of_run(run) for run in runs]
    return AgentMeasures(
        tasks=len(runs),
        judged=len(judged),
        answer_accuracy=_share(right, len(judged)),
        tool_selection_efficiency=_mean(found.get("selection") for found in by_run),
        parameter_accuracy=_mean(found.get("arguments") for found in by_run),
        tokens_per_task=_mean(run.tokens for run in runs),
        seconds_per_task=_mean(run.seconds for run in runs),
        steps_per_task=_mean(len(run.steps) for run in runs),
        prefill_equivalents_per_task=_mean(prefill_equivalents(run.steps) for run in runs),
        cost_of_pass=_cost_of_pass(judged, right, price) if price else None,
        tool_productivity=_share(right, sum(len(run.calls) for run in judged)),
    )


def of_run(run: Trajectory) -> Mapping[str, float]:
    """Return the measures of one run that the agent itself ended, by name.

    `selection` of a task that needs a tool is 0 if the agent called none.
    """
    calls = run.calls
    nothing = None if run.case.tools and _troubled(run) else float(not run.case.tools)
    found = {
        "answer": None if run.success is None else float(run.success),
        "selection": _useful(calls) if calls else nothing,
        "arguments": _taken(calls),
        "tokens": run.tokens,
        "prefill equivalents": prefill_equivalents(run.steps),
        "steps": len(run.steps),
        "calls": len(calls),
        "seconds": run.seconds,
    }
    return {name: float(value) for name, value in found.items() if value is not None}


def prefill_equivalents(steps: Sequence[Step]) -> float | None:
    """Return the prefill-token equivalents of a run (arXiv 2604.05404); None if its tokens are unknown.

    Each step reads its whole context again, because a tool call outlives the provider's key-value cache. The weight
    of writing depends on model and hardware, but rarely changes the rank of two runs.
    """
    if any(step.usage is None for step in steps):
        return None
    return sum(equivalents(replace(step.usage, cached_tokens=0)) for step in steps if step.usage is not None)


def _useful(calls: Sequence[AgentCall]) -> float | None:
    told = [call for call in calls if call.useful is not None or call.outcome is CallOutcome.UNKNOWN]
    return _share(sum(call.useful is True and call.outcome is not CallOutcome.UNKNOWN for call in told), len(told))


def _taken(calls: Sequence[AgentCall]) -> float | None:
    known = [call for call in calls if call.outcome is not CallOutcome.UNKNOWN]
    return _share(sum(call.outcome is not CallOutcome.ARGUMENTS for call in known), len(known))


def _troubled(run: Trajectory) -> bool:
    return any(step.calls for step in run.steps)


def _cost_of_pass(judged: Sequence[Trajectory], right: int, price: Price) -> float | None:
    used = [step.usage for run in judged for step in run.steps]
    return None if None in used else _share(sum(price_of(price, usage) for usage in used if usage is not None), right)


def _mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of the known values, or None if there are none."""
    known = [value for value in values if value is not None]
    return _share(sum(known), len(known))


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
