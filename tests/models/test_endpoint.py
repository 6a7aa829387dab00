"""A model behind a real HTTP server: what is sent, what is read, and what goes wrong on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

pytest.importorskip("openai")

from tests.models.loopback import Answer, Loopback, Script, as_json, fails, loopback, page, says
from toolsmell.models.client import ChatMessage, ChatModel, ChatRequest, ModelError, ToolCall, Unavailable, Usage
from toolsmell.models.endpoint import Endpoint, openai_client

ASK = ChatRequest(model="m", messages=(ChatMessage("system", "be brief"), ChatMessage("user", "hello")))
SCHEMA = {"type": "object", "properties": {"level": {"type": "integer"}}}


@contextmanager
def served(
    *script: Answer | Script, timeout: float = 10, key: str | None = None
) -> Iterator[tuple[ChatModel, Loopback]]:
    with loopback(*script) as server, openai_client(server.url, key, timeout) as client:
        yield Endpoint(client, timeout=timeout), server


def test_a_question_and_its_answer() -> None:
    with served(says("hi", tokens=(12, 3))) as (model, server):
        reply = model.complete(ASK)
    assert (reply.text, reply.usage, reply.model, reply.cached) == ("hi", Usage(12, 3), "loopback-1", False)
    assert server.asked[0].path == "/v1/chat/completions"
    assert server.asked[0].body == {
        "model": "m",
        "messages": [{"role": "system", "content": "be brief"}, {"role": "user", "content": "hello"}],
        "temperature": 0.0,
        "max_tokens": 2048,
    }


def test_tools_are_offered_and_calls_come_back_as_written() -> None:
    tool = {"name": "find", "description": "Finds.", "parameters": {"type": "object"}}
    asked = replace(ASK, tools=(tool,), tool_choice="required", seed=7, temperature=None)
    with served(says("", calls=[("find", {"q": "x"}), ("lost", "{broken")])) as (model, server):
        reply = model.complete(asked)
    body = server.asked[0].body
    assert reply.tool_calls == (
        ToolCall("find", '{"q": "x"}', "call_0"),
        ToolCall("lost", "{broken", "call_1"),
    )
    assert body["tools"] == [{"type": "function", "function": tool}]
    assert (body["tool_choice"], body["seed"], "temperature" in body) == ("required", 7, False)


def test_a_conversation_with_calls_is_sent_whole() -> None:
    called = ChatMessage("assistant", "", (ToolCall("find", "{}", "c1"),))
    asked = replace(ASK, messages=(ChatMessage("user", "?"), called, ChatMessage("tool", "found", tool_call_id="c1")))
    with served(says("ok")) as (model, server):
        model.complete(asked)
    assert server.asked[0].body["messages"][1:] == [
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "find", "arguments": "{}"}}],
        },
        {"role": "tool", "content": "found", "tool_call_id": "c1"},
    ]


def test_text_that_is_no_utf_8_is_still_sent() -> None:
    tool = {"name": "t", "description": "bad \udfff end", "parameters": {}}
    asked = replace(ASK, messages=(ChatMessage("user", "a \ud800 b \U0001f600"),), tools=(tool,))
    with served(says("ok")) as (model, server):
        model.complete(asked)
    body = server.asked[0].body
    assert body["messages"][0]["content"] == "a \ufffd b \U0001f600"
    assert body["tools"][0]["function"]["description"] == "bad \ufffd end"


def test_a_schema_is_asked_for_and_left_out_where_the_server_refuses_it() -> None:
    refusal = fails(400, "response_format.type must be 'text'")
    with served(refusal, says("{}"), says("{}")) as (model, server):
        model.complete(replace(ASK, schema=SCHEMA))
        model.complete(replace(ASK, schema=SCHEMA, sample=1))
    sent = ["response_format" in asked.body for asked in server.asked]
    assert sent == [True, False, False]
    assert server.asked[0].body["response_format"]["json_schema"]["schema"] == SCHEMA


@pytest.mark.parametrize(
    ("refusal", "left_out"),
    [
        pytest.param("temperature does not support 0 with this model", "temperature", id="temperature"),
        pytest.param("unknown argument: seed", "seed", id="seed"),
        pytest.param("guided decoding is not available", "response_format", id="a schema, in other words"),
    ],
)
def test_an_option_that_a_model_does_not_take_is_left_out(refusal: str, left_out: str) -> None:
    asked = replace(ASK, schema=SCHEMA, seed=7)
    with served(fails(400, refusal), says("{}"), says("{}")) as (model, server):
        model.complete(asked)
        model.complete(asked)
    options = {"response_format", "seed", "temperature"}
    assert [options - set(a.body) for a in server.asked] == [set(), {left_out}, {left_out}]


def test_a_request_that_is_refused_whatever_is_left_out_says_why() -> None:
    with served(fails(400, "the context is too long")) as (model, server):
        with pytest.raises(ModelError, match="the context is too long"):
            model.complete(replace(ASK, schema=SCHEMA))
        model_was_asked = len(server.asked)
    assert model_was_asked == 2


@pytest.mark.parametrize(
    ("key", "sent"),
    [pytest.param(None, None, id="none"), pytest.param("k-123", "Bearer k-123", id="the user's")],
)
def test_only_the_named_key_leaves(monkeypatch: pytest.MonkeyPatch, key: str | None, sent: str | None) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("OPENAI_ADMIN_KEY", "sk-secret")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-secret")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "x-team: team-secret")
    with served(says("ok"), key=key) as (model, server):
        model.complete(ASK)
    assert server.asked[0].headers.get("authorization") == sent
    assert "secret" not in str(server.asked)


def test_a_redirect_is_not_followed() -> None:
    with loopback(says("stolen")) as other:
        moved = Answer(b"", 307, {"location": f"{other.url}/chat/completions"})
        with served(moved, key="k-123") as (model, _), pytest.raises(ModelError, match="307"):
            model.complete(ASK)
        assert other.asked == []


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        pytest.param(fails(429, "slow down"), "429: .*slow down", id="too many requests"),
        pytest.param(fails(503), "503", id="overloaded"),
        pytest.param(Answer(says("x" * 99).body, cut=40), "broke off", id="half answer"),
        pytest.param(Answer(b'{"choices": ['), "not JSON", id="half of a JSON text"),
        pytest.param(Answer(b""), "not JSON", id="nothing"),
        pytest.param(as_json({"choices": []}), "without a message", id="no choice"),
        pytest.param(as_json({"choices": [{"message": None}]}), "without a message", id="no message"),
        pytest.param(as_json([1, 2]), "without a message", id="a list"),
    ],
)
def test_passing_trouble_can_be_asked_again(answer: Answer, message: str) -> None:
    with served(answer) as (model, _), pytest.raises(Unavailable, match=message):
        model.complete(ASK)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        pytest.param(fails(401, "bad key"), "401.*check the key", id="key"),
        pytest.param(fails(404, "no such model"), "404.*no such model.*check the model's name", id="model"),
        pytest.param(fails(400, "too long"), "400.*too long", id="request"),
        pytest.param(fails(429, "no money", code="insufficient_quota"), "insufficient_quota", id="quota"),
        pytest.param(page(), "a web page: check the URL", id="web page"),
    ],
)
def test_lasting_trouble_cannot(answer: Answer, message: str) -> None:
    with served(answer) as (model, _), pytest.raises(ModelError, match=message) as caught:
        model.complete(ASK)
    assert not isinstance(caught.value, Unavailable)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Answer(b"", hang=True), id="hangs"),
        pytest.param(Answer(b"{}", drip=True), id="drips"),
    ],
)
def test_a_server_that_does_not_finish_is_left(answer: Answer) -> None:
    with served(answer, timeout=0.5) as (model, _), pytest.raises(Unavailable, match=r"within|too slowly"):
        model.complete(ASK)


def test_nobody_listens() -> None:
    with loopback(says("x")) as server:
        url = server.url
    with openai_client(url, None, 5) as client, pytest.raises(Unavailable, match="could not be reached"):
        Endpoint(client, timeout=5).complete(ASK)


def test_the_key_is_hidden_where_a_server_quotes_it() -> None:
    with (
        served(fails(401, "wrong key k-1234567"), key="k-1234567") as (model, _),
        pytest.raises(ModelError) as caught,
    ):
        model.complete(ASK)
    assert "k-1234567" not in str(caught.value)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("0.5", 0.5), ("-3", 0.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0), ("soon", None)],
)
def test_how_long_a_server_asks_to_wait(header: str, seconds: float | None) -> None:
    with served(fails(429, retry_after=header)) as (model, _), pytest.raises(Unavailable) as caught:
        model.complete(ASK)
    assert caught.value.retry_after == seconds
