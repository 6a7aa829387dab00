"""Recordings: written by one run, read by another, whatever happened to the first."""

from pathlib import Path

import pytest

from toolsmell.errors import ToolsmellError
from toolsmell.llm.client import ChatReply, ChatRequest, Message, ToolCall, Usage
from toolsmell.llm.replay import NotRecorded, Replay, recording


class Echo:
    def complete(self, request: ChatRequest) -> ChatReply:
        calls = (ToolCall("find", "{", "c"),)
        return ChatReply(text=request.messages[0].content, tool_calls=calls, usage=Usage(3, 4, 1, 0.5))


def ask(text: str) -> ChatRequest:
    return ChatRequest(model="m", messages=(Message("user", text),))


def record(path: Path, *texts: str) -> None:
    with recording(Echo(), path) as model:
        for text in texts:
            model.complete(ask(text))


def test_what_was_recorded_is_replayed(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    record(path, "one", "t\ud800wo\n", "one")
    reply = Replay(path).complete(ask("t\ud800wo\n"))
    assert (reply.text, reply.cached, reply.usage) == ("t\ud800wo\n", True, Usage(3, 4, 1, 0.5))
    assert reply.tool_calls == (ToolCall("find", "{", "c"),)
    assert path.read_text().count("\n") == 2


def test_an_unrecorded_question_is_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    record(path, "one")
    with pytest.raises(NotRecorded, match=r"run\.jsonl holds no answer of m"):
        Replay(path).complete(ask("two"))


def test_a_run_that_was_killed_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    record(path, "one", "two")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(NotRecorded):
        Replay(path).complete(ask("two"))
    record(path, "one", "two", "three")
    assert [Replay(path).complete(ask(t)).text for t in ("one", "two", "three")] == ["one", "two", "three"]
    assert path.read_text().count("\n") == 3


@pytest.mark.parametrize("line", ["not json", "{}", "[]", '{"key": "k", "reply": {"text": "x"}}'])
def test_a_line_that_is_no_recording_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "run.jsonl"
    record(path, "one")
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(ToolsmellError, match=r"run\.jsonl:2 is not a line of a recording"):
        Replay(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ToolsmellError, match="cannot read the recording"):
        Replay(tmp_path / "none.jsonl")
    with pytest.raises(ToolsmellError, match="cannot write the recording"):
        record(tmp_path / "no" / "folder.jsonl", "one")
