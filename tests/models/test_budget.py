"""The budget of a run, and the record of its costs."""

import pytest

from toolsmell.models.budget import Budget, BudgetExceeded, Metered, Spent, prefill_equivalents
from toolsmell.models.client import ChatMessage, ChatReply, ChatRequest, ModelError, Usage

ASK = ChatRequest(model="m", messages=(ChatMessage("user", "x" * 300),), max_tokens=100)


def dollar_a_token(usage: Usage) -> float:
    return float(usage.input_tokens + usage.output_tokens)


class Answers:
    def __init__(self, usage: Usage | None) -> None:
        self.usage = usage

    def complete(self, request: ChatRequest) -> ChatReply:
        return ChatReply(text="ok", usage=self.usage)


class Fails:
    def complete(self, request: ChatRequest) -> ChatReply:
        raise ModelError("no")


def test_the_books() -> None:
    budget = Budget(pricing=dollar_a_token)
    model = Metered(Answers(Usage(10, 5)), budget)
    model.complete(ASK)
    model.complete(ASK)
    budget.count_cached()
    expected = Spent(calls=2, cached=1, input_tokens=20, output_tokens=10, prefill_equivalents=20.2, cost=30.0)
    assert budget.spent == expected


def test_what_writing_costs_next_to_reading() -> None:
    assert prefill_equivalents(Usage(1000, 0)) == 1000
    assert prefill_equivalents(Usage(1000, 100, cached_tokens=400)) == pytest.approx(600 + 0.002 * 1000 * 100)


def test_several_models_share_one_limit() -> None:
    shared = Budget(max_calls=2)
    first, second = (Budget(pricing=dollar_a_token, within=shared) for _ in range(2))
    Metered(Answers(Usage(10, 5, cached_tokens=4)), first).complete(ASK)
    Metered(Answers(Usage(1, 1)), second).complete(ASK)
    second.count_cached()
    with pytest.raises(BudgetExceeded, match="2 model calls"):
        Metered(Answers(None), first).complete(ASK)
    assert (first.spent.calls, second.spent.calls) == (1, 1)
    assert (shared.spent.calls, shared.spent.cached, shared.spent.cost) == (2, 1, 17.0)
    assert shared.spent.cached_tokens == 4


def test_calls_are_limited_and_a_failed_one_counts() -> None:
    budget = Budget(max_calls=1)
    with pytest.raises(ModelError, match="no"):
        Metered(Fails(), budget).complete(ASK)
    with pytest.raises(BudgetExceeded, match="1 model calls"):
        Metered(Answers(None), budget).complete(ASK)


def test_cost_is_checked_before_a_call_by_its_estimate() -> None:
    # The request is estimated at 100 tokens of input and 100 of output: 200 dollars.
    model = Metered(Answers(Usage(10, 5)), Budget(max_cost=214, pricing=dollar_a_token))
    model.complete(ASK)
    with pytest.raises(BudgetExceeded, match=r"could go over \$214"):
        model.complete(ASK)


@pytest.mark.parametrize(("told", "calls"), [(Usage(10, 5), 2), (None, 1)], ids=["said", "not said"])
def test_tokens_are_limited_by_what_was_taken_or_set_aside(told: Usage | None, calls: int) -> None:
    budget = Budget(max_tokens=229)
    model = Metered(Answers(told), budget)
    for _ in range(calls):
        model.complete(ASK)
    with pytest.raises(BudgetExceeded, match=r"could go over 229 tokens \(--max-tokens\)"):
        model.complete(ASK)
    assert budget.spent.calls == calls


def test_tokens_of_calls_under_way_are_set_aside() -> None:
    budget = Budget(max_tokens=399)
    reserved = budget.reserve(ASK)
    with pytest.raises(BudgetExceeded):
        budget.reserve(ASK)
    budget.settle(reserved, None)
    budget.reserve(ASK)


def test_calls_under_way_are_set_aside() -> None:
    budget = Budget(max_cost=399, pricing=dollar_a_token)
    reserved = budget.reserve(ASK)
    with pytest.raises(BudgetExceeded):
        budget.reserve(ASK)
    budget.settle(reserved, None)
    budget.reserve(ASK)


@pytest.mark.parametrize("pricing", [None, lambda usage: None], ids=["no table", "not in the table"])
def test_a_cost_limit_without_a_price_refuses_the_first_call(pricing: object) -> None:
    budget = Budget(max_cost=1, pricing=pricing)  # type: ignore[arg-type]
    with pytest.raises(BudgetExceeded, match="no price is known for m"):
        budget.reserve(ASK)


def test_what_a_server_does_not_tell_is_unknown_and_not_nothing() -> None:
    budget = Budget(pricing=dollar_a_token)
    Metered(Answers(None), budget).complete(ASK)
    assert budget.spent == Spent(calls=1, unmetered=1, cost=None)
