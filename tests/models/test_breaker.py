"""A model that fails every time is left alone."""

import pytest

from toolsmell.models.breaker import Breaker, GivenUp
from toolsmell.models.budget import BudgetExceeded
from toolsmell.models.client import ChatMessage, ChatReply, ChatRequest, ModelError

ASK = ChatRequest(model="m", messages=(ChatMessage("user", "hello"),))


class Scripted:
    def __init__(self, *outcomes: ModelError | None) -> None:
        self.outcomes = list(outcomes)

    def complete(self, request: ChatRequest) -> ChatReply:
        if error := self.outcomes.pop(0):
            raise error
        return ChatReply(text="ok")


def test_it_gives_up_after_failures_in_a_row() -> None:
    wrong = ModelError("wrong key")
    model = Scripted(wrong, wrong, None, wrong, wrong, wrong)
    breaker = Breaker(model, after=3)
    for outcome in (wrong, wrong, None, wrong, wrong, wrong):
        if outcome is None:
            assert breaker.complete(ASK).text == "ok"
        else:
            with pytest.raises(ModelError, match="wrong key"):
                breaker.complete(ASK)
    with pytest.raises(GivenUp, match="3 questions in a row failed: wrong key"):
        breaker.complete(ASK)


def test_a_spent_budget_is_no_failure_of_the_model() -> None:
    breaker = Breaker(Scripted(BudgetExceeded("spent"), None), after=1)
    with pytest.raises(BudgetExceeded):
        breaker.complete(ASK)
    assert breaker.complete(ASK).text == "ok"
