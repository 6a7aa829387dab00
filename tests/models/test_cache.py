"""The cache: shared by processes, safe against being killed, and silent about credentials."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from toolsmell.errors import ToolsmellError
from toolsmell.models.budget import Budget
from toolsmell.models.cache import Cached, CachedEmbeddings, NotCached, opened
from toolsmell.models.client import ChatMessage, ChatReply, ChatRequest, ToolCall, Usage

ASK = ChatRequest(model="m", messages=(ChatMessage("user", "hello \ud800"),))


class Counting:
    """A model that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def complete(self, request: ChatRequest) -> ChatReply:
        self.asked += 1
        return ChatReply(text=f"answer {self.asked}", tool_calls=(ToolCall("t", "{}"),), usage=Usage(1, 2))

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        self.asked += len(texts)
        return [[float(len(text))] for text in texts]


def test_a_question_is_paid_for_once(tmp_path: Path) -> None:
    model, budget = Counting(), Budget()
    with opened(tmp_path / "c" / "answers") as store:
        first = Cached(model, store, budget).complete(ASK)
    with opened(tmp_path / "c" / "answers") as store:
        again = Cached(None, store, budget).complete(ASK)
    assert (first.text, again.text, again.tool_calls, again.usage) == ("answer 1", "answer 1", *_parts(first))
    assert (first.cached, again.cached, model.asked, budget.spent.cached) == (False, True, 1, 1)


def _parts(reply: ChatReply) -> tuple[object, object]:
    return reply.tool_calls, reply.usage


@pytest.mark.parametrize(
    "other",
    [
        ChatRequest(model="n", messages=ASK.messages),
        ChatRequest(model="m", messages=(ChatMessage("user", "hello"),)),
        ChatRequest(model="m", messages=ASK.messages, temperature=0.5),
        ChatRequest(model="m", messages=ASK.messages, prompt="prompt of another version"),
        ChatRequest(model="m", messages=ASK.messages, sample=1),
        ChatRequest(model="m", messages=ASK.messages, tools=({"name": "t"},)),
    ],
    ids=["model", "message", "temperature", "prompt", "sample", "tools"],
)
def test_whatever_decides_the_answer_is_part_of_the_question(tmp_path: Path, other: ChatRequest) -> None:
    with opened(tmp_path / "answers") as store:
        Cached(Counting(), store, Budget()).complete(ASK)
        with pytest.raises(NotCached, match="offline"):
            Cached(None, store, Budget()).complete(other)


def test_two_servers_may_call_different_models_by_one_name(tmp_path: Path) -> None:
    with opened(tmp_path / "answers") as store:
        Cached(Counting(), store, Budget(), server="http://a/v1").complete(ASK)
        with pytest.raises(NotCached):
            Cached(None, store, Budget(), server="http://b/v1").complete(ASK)


def test_texts_are_embedded_once(tmp_path: Path) -> None:
    model = Counting()
    with opened(tmp_path / "answers") as store:
        embeddings = CachedEmbeddings(model, store, name="e")
        assert embeddings.embed(["a", "bb"]) == [[1.0], [2.0]]
        assert embeddings.embed(["bb", "ccc", "ccc"]) == [[2.0], [3.0], [3.0]]
        assert model.asked == 3
        with pytest.raises(NotCached, match="1 of the texts"):
            CachedEmbeddings(None, store, name="e").embed(["a", "dddd"])


def test_the_first_of_two_answers_stays(tmp_path: Path) -> None:
    with opened(tmp_path / "answers") as store:
        store.put("key", "first")
        store.put("key", "second")
        assert store.get("key") == "first"


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    with opened(tmp_path / "answers"):
        assert stat.S_IMODE((tmp_path / "answers").stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", ["text", "folder"])
def test_an_unusable_cache_says_what_to_do(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "answers"
    if damage == "text":
        path.write_text("this is no database, but a text that is long enough to be looked at" * 50)
    else:
        path.mkdir()
    with pytest.raises(ToolsmellError, match=r"answers cannot be used .*--no-cache"), opened(path):
        pass


WRITER = """
import sys
from collections.abc import Sequence
from pathlib import Path
from toolsmell.models.cache import AnswerStore
store = AnswerStore(Path(sys.argv[1]))
for i in range(int(sys.argv[3])):
    store.put(f"{sys.argv[2]}-{i}", {"text": "x" * 500})
    print(i, flush=True)
"""


def test_processes_share_it(tmp_path: Path) -> None:
    path = tmp_path / "answers"
    command = [sys.executable, "-c", WRITER, str(path)]
    writers = [subprocess.Popen([*command, name, "40"], stdout=subprocess.DEVNULL) for name in "abc"]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    with opened(path) as store:
        assert all(store.get(f"{name}-{i}") for name in "abc" for i in range(40))


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
def test_what_was_answered_before_a_kill_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "answers"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), "k", "100000"], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    for line in writer.stdout:
        if line.strip() == "50":
            break
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    with opened(path) as store:
        assert all(store.get(f"k-{i}") for i in range(51))
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()
