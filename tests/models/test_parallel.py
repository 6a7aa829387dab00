"""Many questions at once."""

import threading
from collections.abc import Iterator

import pytest

from toolsmell.models.client import ChatMessage, ChatReply, ChatRequest, ModelError
from toolsmell.models.parallel import complete_all


def asks(count: int) -> Iterator[ChatRequest]:
    return (ChatRequest(model="m", messages=(ChatMessage("user", str(i)),)) for i in range(count))


class Echo:
    def complete(self, request: ChatRequest) -> ChatReply:
        text = request.messages[0].content
        if text == "3":
            raise ModelError("three")
        return ChatReply(text=text)


def test_every_question_has_one_outcome_and_a_failure_is_one() -> None:
    outcomes = dict(complete_all(Echo(), asks(50), concurrency=4))
    assert sorted(outcomes) == list(range(50))
    assert [o.text for i, o in sorted(outcomes.items()) if isinstance(o, ChatReply)] == [
        str(i) for i in range(50) if i != 3
    ]
    assert str(outcomes[3]) == "three"


def test_as_many_at_once_as_allowed() -> None:
    together = threading.Barrier(3)

    class Meets:
        def complete(self, request: ChatRequest) -> ChatReply:
            together.wait(timeout=30)
            return ChatReply(text="met")

    assert len(list(complete_all(Meets(), asks(6), concurrency=3))) == 6


def test_who_stops_listening_stops_the_asking() -> None:
    drawn: list[int] = []

    def endless() -> Iterator[ChatRequest]:
        for i, request in enumerate(asks(100_000)):
            drawn.append(i)
            yield request

    outcomes = complete_all(Echo(), endless(), concurrency=2)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert len(drawn) < 100_000


def test_a_fault_in_drawing_is_not_swallowed() -> None:
    def broken() -> Iterator[ChatRequest]:
        yield from asks(2)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(complete_all(Echo(), broken(), concurrency=2))
