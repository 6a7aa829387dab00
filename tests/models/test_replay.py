"""Recordings: written by one run, read by another, whatever happened to the first."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from toolsmell.errors import ToolsmellError
from toolsmell.models.batch import line_of
from toolsmell.models.client import ChatMessage, ChatReply, ChatRequest, ModelError, ToolCall, Usage
from toolsmell.models.replay import NotRecorded, RecordedModel, ReplayOf, recording


class Echo:
    def complete(self, request: ChatRequest) -> ChatReply:
        calls = (ToolCall("find", "{", "c"),)
        return ChatReply(text=request.messages[0].content, tool_calls=calls, usage=Usage(3, 4, 1, 0.5))


def ask(text: str) -> ChatRequest:
    return ChatRequest(model="m", messages=(ChatMessage("user", text),))


def record(path: Path, *texts: str) -> None:
    with recording(Echo(), path) as model:
        for text in texts:
            model.complete(ask(text))


def test_what_was_recorded_is_replayed(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    record(path, "one", "t\ud800wo\n", "one")
    reply = RecordedModel(path).complete(ask("t\ud800wo\n"))
    assert (reply.text, reply.cached, reply.usage) == ("t\ud800wo\n", True, Usage(3, 4, 1, 0.5))
    assert reply.tool_calls == (ToolCall("find", "{", "c"),)
    assert path.read_text().count("\n") == 2


def test_an_unrecorded_question_is_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    record(path, "one")
    with pytest.raises(NotRecorded, match=r"run\.jsonl has no answer of m"):
        RecordedModel(path).complete(ask("two"))


def test_a_run_that_was_killed_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    record(path, "one", "two")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(NotRecorded):
        RecordedModel(path).complete(ask("two"))
    record(path, "one", "two", "three")
    assert [RecordedModel(path).complete(ask(t)).text for t in ("one", "two", "three")] == ["one", "two", "three"]
    assert path.read_text().count("\n") == 3


@pytest.mark.parametrize("line", ["not json", "{}", "[]", '{"key": "k", "reply": {"text": "x"}}'])
def test_a_line_that_is_no_recording_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "run.jsonl"
    record(path, "one")
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(ToolsmellError, match=r"run\.jsonl:2 is not a line of a recording"):
        RecordedModel(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ToolsmellError, match="cannot read the recording"):
        RecordedModel(tmp_path / "none.jsonl")
    with pytest.raises(ToolsmellError, match="cannot write the recording"):
        record(tmp_path / "no" / "folder.jsonl", "one")


def test_the_models_of_a_recording_answer_for_themselves(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"

    class Named:
        def complete(self, request: ChatRequest) -> ChatReply:
            return ChatReply(text=f"{request.model} says")

    with recording(Named(), path) as model:
        for name in ("large", "small"):
            model.complete(replace(ask("one"), model=name))
    replay = RecordedModel(path)
    assert list(replay.models.values()) == ["large", "small"]
    answers = [ReplayOf(replay, digits).complete(ask("one")).text for digits in replay.models]
    assert answers == ["large says", "small says"]


def test_what_a_fence_draws_by_lot_does_not_change_the_question() -> None:
    first, second = (replace(ask(mark), subject="a tool") for mark in ("<<<1f", "<<<9c"))
    assert first.key == second.key != replace(first, subject="another tool").key
    assert first.key != ask("<<<1f").key


def answered(request: ChatRequest, body: object, status: int = 200) -> str:
    line = {"id": "b", "custom_id": request.key, "response": {"status_code": status, "body": body}, "error": None}
    return json.dumps(line)


def test_the_answers_to_a_batch_are_a_recording(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    body = {
        "model": "m-2026-01-01",
        "choices": [{"message": {"content": "hi"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 2},
    }
    expired = json.dumps({"custom_id": ask("three").key, "response": None, "error": {"code": "batch_expired"}})
    lines = [answered(ask("one"), body), answered(ask("two"), {"error": {"message": "too long"}}, 400), expired]
    path.write_text("\n".join(lines))  # some services end the file without a line break
    replay = RecordedModel(path)
    reply = replay.complete(ask("one"))
    assert (reply.text, reply.usage, reply.cached, reply.model) == ("hi", Usage(7, 2), True, "m-2026-01-01")
    with pytest.raises(ModelError, match="400: too long"):
        replay.complete(ask("two"))
    with pytest.raises(ModelError, match="batch_expired"):
        replay.complete(ask("three"))


def test_a_batch_holds_what_would_be_sent() -> None:
    line = line_of(replace(ask("one"), model="openai/m", seed=3), official=True)
    assert (line["method"], line["url"], line["custom_id"]) == ("POST", "/v1/chat/completions", line["custom_id"])
    assert len(line["custom_id"]) == 64
    assert line["body"] == {
        "model": "m",
        "messages": [{"role": "user", "content": "one"}],
        "temperature": 0.0,
        "seed": 3,
        "max_completion_tokens": 2048,
    }
