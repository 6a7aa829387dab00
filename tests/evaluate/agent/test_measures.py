"""Measures of recorded runs, by hand."""

import json

import pytest

from tests.evaluate.tools import case
from toolsmell.evaluate.agent.measures import AgentMeasures, agent_measures, of_run, prefill_equivalents
from toolsmell.evaluate.agent.trajectory import AgentCall, CallOutcome, Step, Stop, Trajectory, from_json, to_json
from toolsmell.models.client import Usage
from toolsmell.models.prices import Price

PRICE = Price(input=1e6, output=1e6, cached_input=1e6, cache_write=1e6)  # a dollar a token
RIGHT = Trajectory(
    case("q", "a", answer="Oslo"),
    (
        Step(Usage(10, 2), (AgentCall("a", CallOutcome.OK, True), AgentCall("b", CallOutcome.OK, False)), seconds=1),
        Step(Usage(20, 3), text="It is in Oslo.", seconds=3),
    ),
)
WRONG = Trajectory(
    case("r", "a", answer=12.5),
    (
        Step(
            Usage(10, 5),
            (AgentCall("zzz", CallOutcome.UNKNOWN), AgentCall("a", CallOutcome.ARGUMENTS, True)),
            seconds=0.5,
        ),
        Step(Usage(10, 0), (AgentCall("a", CallOutcome.OK, True, seconds=1),), seconds=0.5),
    ),
    Stop.STEPS,
)


def test_two_runs() -> None:
    found = agent_measures([RIGHT, WRONG], PRICE)
    assert found.prefill_equivalents_per_task == pytest.approx((10 + 0.04 + 20 + 0.12 + 10 + 0.1 + 10) / 2)
    assert found._replace(prefill_equivalents_per_task=None) == AgentMeasures(
        tasks=2,
        judged=2,
        answer_accuracy=0.5,
        tool_selection_efficiency=(1 / 2 + 2 / 3) / 2,  # a of a and b, a and a of zzz, a and a
        parameter_accuracy=3 / 4,
        tokens_per_task=30,
        seconds_per_task=3,
        steps_per_task=2,
        prefill_equivalents_per_task=None,
        cost_of_pass=60,
        tool_productivity=0.2,
    )


def test_what_could_not_be_judged_is_neither_right_nor_wrong() -> None:
    found = agent_measures([RIGHT, WRONG._replace(case=case("r", "a"))], PRICE)
    assert (found.tasks, found.judged, found.answer_accuracy, found.cost_of_pass) == (2, 1, 1.0, 35)


def test_unknown_is_not_zero() -> None:
    assert agent_measures([]) == AgentMeasures(0, 0, *[None] * 9)
    assert agent_measures([WRONG], PRICE).cost_of_pass is None
    assert agent_measures([RIGHT]).cost_of_pass is None


def test_a_run_that_something_else_ended_is_not_measured() -> None:
    assert agent_measures([RIGHT, WRONG._replace(stop=Stop.SERVER)]) == agent_measures([RIGHT])


def test_trouble_of_the_harness_is_nobodys_fault() -> None:
    call = AgentCall("a", CallOutcome.HARNESS, True)
    run = WRONG._replace(steps=(Step(Usage(1, 1), (call,), seconds=1), Step(Usage(1, 1), text="no", seconds=1)))
    assert (run.success, run.calls, "selection" in of_run(run)) == (None, [], False)
    right = run._replace(steps=(*run.steps[:1], Step(Usage(1, 1), text="12.50", seconds=1)), stop=Stop.ANSWERED)
    assert right.success is True


@pytest.mark.parametrize(
    ("steps", "success", "selection"),
    [
        ((Step(None, text="Nothing fits."),), True, 1),
        ((Step(None, (AgentCall("a", CallOutcome.OK, False),)), Step(None, text="Done.")), False, 0),
    ],
)
def test_where_no_tool_fits_none_is_to_be_called(steps: tuple[Step, ...], success: bool, selection: float) -> None:
    run = Trajectory(case("r"), steps)
    assert run.success is success
    assert of_run(run)["selection"] == selection


def test_a_task_that_needs_a_tool_and_gets_no_call() -> None:
    assert of_run(Trajectory(case("r", "a"), (Step(None, text="I know that."),)))["selection"] == 0


def test_what_is_not_said_is_not_counted() -> None:
    run = RIGHT._replace(steps=(RIGHT.steps[0]._replace(usage=None), RIGHT.steps[1]._replace(seconds=None)))
    assert {"tokens", "prefill equivalents", "seconds"}.isdisjoint(of_run(run))
    found = agent_measures([run], PRICE)
    assert (found.tokens_per_task, found.seconds_per_task, found.cost_of_pass) == (None, None, None)


def test_late_tokens_cost_more() -> None:
    early = prefill_equivalents([Step(Usage(100, 50)), Step(Usage(1_000, 5))])
    late = prefill_equivalents([Step(Usage(100, 5)), Step(Usage(1_000, 50))])
    assert early is not None
    assert late is not None
    assert late > early


@pytest.mark.parametrize("run", [RIGHT, WRONG])
def test_a_run_is_stored_and_read(run: Trajectory) -> None:
    assert from_json(json.loads(json.dumps(to_json(run)))) == run
