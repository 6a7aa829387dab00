"""Retries of a question to a model: their number and the pauses between them."""

import pytest

from toolsmell.models.client import ChatReply, ChatRequest, ModelError, Unavailable
from toolsmell.models.retry import Patience, Retrying

ASK = ChatRequest(model="m", messages=())


class Scripted:
    """A model that raises what it is given, in turn, and then answers."""

    def __init__(self, *errors: ModelError) -> None:
        self.errors = list(errors)
        self.asked = 0

    def complete(self, request: ChatRequest) -> ChatReply:
        self.asked += 1
        if self.errors:
            raise self.errors.pop(0)
        return ChatReply(text="ok")


def test_pauses_double_from_the_first_one() -> None:
    pauses: list[float] = []
    model = Scripted(*[Unavailable("busy")] * 3)
    patience = Patience(first_pause=1, sleep=pauses.append)
    assert Retrying(model, patience).complete(ASK).text == "ok"
    assert [1 <= pauses[0] <= 1.5, 2 <= pauses[1] <= 3, 4 <= pauses[2] <= 6] == [True] * 3


def test_the_server_says_how_long() -> None:
    pauses: list[float] = []
    model = Scripted(Unavailable("busy", retry_after=30))
    Retrying(model, Patience(sleep=pauses.append)).complete(ASK)
    assert len(pauses) == 1
    assert 15 < pauses[0] <= 30  # less what the machine took until it was asked


def test_all_threads_leave_a_server_alone_that_asked_one_to_wait() -> None:
    pauses: list[float] = []
    patience = Patience(sleep=pauses.append)
    Retrying(Scripted(Unavailable("busy", retry_after=30)), patience).complete(ASK)
    Retrying(Scripted(), patience).complete(ASK)
    assert len(pauses) == 2


def test_it_gives_up() -> None:
    model = Scripted(*[Unavailable("busy")] * 9)
    with pytest.raises(Unavailable, match="busy; gave up after 3 attempts"):
        Retrying(model, Patience(attempts=3, sleep=lambda _: None)).complete(ASK)
    assert model.asked == 3


def test_a_wait_without_end_is_not_waited_for() -> None:
    pauses: list[float] = []
    model = Scripted(Unavailable("busy", retry_after=86_400))
    with pytest.raises(Unavailable, match="asks to wait 86400 s"):
        Retrying(model, Patience(sleep=pauses.append)).complete(ASK)
    assert pauses == []


def test_lasting_trouble_is_not_asked_again() -> None:
    model = Scripted(ModelError("bad key"))
    with pytest.raises(ModelError, match="bad key"):
        Retrying(model, Patience(sleep=lambda _: None)).complete(ASK)
    assert model.asked == 1
