"""Measures of recorded runs, by hand."""

import pytest

from tests.evaluate.tools import case
from toolsmell.evaluate.agent import (
    AgentMeasures,
    Call,
    CallOutcome,
    Step,
    Trajectory,
    agent_measures,
    prefill_equivalents,
)
from toolsmell.evaluate.prices import Price
from toolsmell.llm.client import Usage

PRICE = Price(input=1e6, output=1e6, cached_input=1e6, cache_write=1e6)  # a dollar a token
RIGHT = Trajectory(
    case("q", "a"),
    (Step(Usage(10, 2), (Call("a", CallOutcome.OK, True), Call("b", CallOutcome.OK, False))), Step(Usage(20, 3))),
    success=True,
    seconds=4,
)
WRONG = Trajectory(
    case("r", "a"),
    (
        Step(Usage(10, 5), (Call("zzz", CallOutcome.UNKNOWN), Call("a", CallOutcome.ARGUMENTS, True))),
        Step(Usage(10, 0), (Call("a", CallOutcome.HARNESS, True),)),
    ),
    success=False,
    seconds=2,
)


def test_two_runs() -> None:
    found = agent_measures([RIGHT, WRONG], PRICE)
    assert found.prefill_equivalents_per_task == pytest.approx((10 + 0.24 + 20 + 0.69 + 10 + 0.75 + 10) / 2)
    assert found._replace(prefill_equivalents_per_task=None) == AgentMeasures(
        tasks=2,
        judged=2,
        answer_accuracy=0.5,
        tool_selection_efficiency=0.5,  # a and a of a, b, zzz, a; trouble of the harness counts for nobody
        parameter_accuracy=2 / 3,
        tokens_per_task=30,
        seconds_per_task=3,
        steps_per_task=2,
        prefill_equivalents_per_task=None,
        cost_of_pass=60,
        tool_productivity=0.25,
    )


def test_what_could_not_be_judged_is_neither_right_nor_wrong() -> None:
    found = agent_measures([RIGHT, WRONG._replace(success=None)], PRICE)
    assert (found.tasks, found.judged, found.answer_accuracy, found.cost_of_pass) == (2, 1, 1.0, 35)


def test_unknown_is_not_zero() -> None:
    assert agent_measures([]) == AgentMeasures(0, 0, *[None] * 9)
    assert agent_measures([WRONG], PRICE).cost_of_pass is None
    assert agent_measures([RIGHT]).cost_of_pass is None


def test_late_tokens_cost_more() -> None:
    early = [Step(Usage(100, 50)), Step(Usage(1_000, 5))]
    late = [Step(Usage(100, 5)), Step(Usage(1_000, 50))]
    assert prefill_equivalents(late) > prefill_equivalents(early)
