"""From options to a model: who is asked, with which key, and from where answers come."""

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("openai")

from tests.models.loopback import as_json, embeds, fails, loopback, page, says
from toolsmell.errors import UsageError
from toolsmell.models.budget import BudgetExceeded
from toolsmell.models.cache import NotCached
from toolsmell.models.client import ChatMessage, ChatRequest, ModelError, Unavailable
from toolsmell.models.connect import ModelOptions, connect, connect_embeddings

ASK = ChatRequest(model="m", messages=(ChatMessage("user", "hello"),))
OTHER = ChatRequest(model="m", messages=(ChatMessage("user", "something else"),))


def options(tmp_path: Path, **more: Any) -> ModelOptions:
    return ModelOptions(**{"model": "m", "cache": tmp_path / "answers", "env": {}, **more})


def test_trouble_is_asked_again_and_the_answer_kept(tmp_path: Path) -> None:
    with loopback(fails(429, retry_after="0"), fails(503, retry_after="0"), says("hi")) as server:
        with connect(options(tmp_path, url=server.url)) as connection:
            assert connection.model.complete(ASK).text == "hi"
            assert connection.model.complete(ASK).cached
            assert (connection.budget.spent.calls, connection.budget.spent.cached) == (3, 1)
        assert len(server.asked) == 3
        with connect(options(tmp_path, url=server.url, offline=True)) as connection:
            assert connection.model.complete(ASK).text == "hi"
            with pytest.raises(NotCached):
                connection.model.complete(OTHER)
        assert len(server.asked) == 3


def test_a_recording_needs_no_server(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with (
        loopback(says("hi")) as server,
        connect(options(tmp_path, url=server.url, record=path)) as connection,
    ):
        connection.model.complete(ASK)
    with connect(options(tmp_path, use_cache=False, replay=path)) as connection:
        assert connection.model.complete(ASK).text == "hi"


def test_calls_are_limited(tmp_path: Path) -> None:
    with (
        loopback(says("hi")) as server,
        connect(options(tmp_path, url=server.url, max_calls=1)) as connection,
    ):
        connection.model.complete(ASK)
        with pytest.raises(BudgetExceeded):
            connection.model.complete(OTHER)
        assert len(server.asked) == 1


def test_the_users_key_goes_to_the_users_server(tmp_path: Path) -> None:
    env = {"MY_KEY": "mine", "OPENAI_API_KEY": "theirs"}
    with loopback(says("hi")) as server:
        with connect(options(tmp_path, url=server.url, key_env="MY_KEY", env=env)) as connection:
            connection.model.complete(ASK)
        with connect(options(tmp_path, url=server.url, env=env)) as connection:
            connection.model.complete(OTHER)
        sent = [asked.headers.get("authorization") for asked in server.asked]
    assert sent[0] == "Bearer mine"
    assert "theirs" not in str(sent)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        pytest.param({}, "set OPENAI_API_KEY", id="no key for OpenAI"),
        pytest.param(
            {"key_env": "MY_KEY", "url": "http://127.0.0.1:1/v1"},
            "MY_KEY.* is not set",
            id="no such variable",
        ),
        pytest.param({"url": "file:///etc/passwd"}, "not the http", id="a file"),
        pytest.param({"url": "http://["}, "not the http", id="no URL"),
        pytest.param({"url": "http://me:secret@127.0.0.1/v1"}, "must not contain a key", id="key in the URL"),
        pytest.param({"offline": True, "use_cache": False}, "--offline", id="offline without cache"),
        pytest.param({"record": Path("a"), "replay": Path("a")}, "either records or replays", id="both"),
    ],
)
def test_what_cannot_be(tmp_path: Path, more: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught, connect(options(tmp_path, **more)):
        pass
    assert "secret" not in str(caught.value)


def test_embeddings_are_asked_for_once(tmp_path: Path) -> None:
    with loopback(fails(500, retry_after="0"), embeds([[1, 2], [3, 4]])) as server:
        with connect_embeddings(options(tmp_path, url=server.url)) as model:
            assert model.embed(["a", ""]) == [[1, 2], [3, 4]]
            assert model.embed(["", "a"]) == [[3, 4], [1, 2]]
        assert server.asked[-1].body["input"] == ["a", " "]
        assert len(server.asked) == 2
    with connect_embeddings(options(tmp_path, url=server.url, offline=True)) as model:
        assert model.embed(["a"]) == [[1, 2]]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        pytest.param(embeds([[1, 2]]), "1 vectors for 2 texts", id="too few"),
        pytest.param(as_json({"data": [{"index": 0}]}), "without vectors", id="no vectors"),
        pytest.param(page(), "without vectors", id="web page"),
    ],
)
def test_answers_that_are_no_embeddings(tmp_path: Path, answer: Any, message: str) -> None:
    with (
        loopback(answer) as server,
        connect_embeddings(options(tmp_path, url=server.url, attempts=1)) as model,
        pytest.raises((ModelError, Unavailable), match=message),
    ):
        model.embed(["a", "b"])
