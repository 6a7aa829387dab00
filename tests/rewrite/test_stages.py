"""What a model does before it writes: it suggests calls that differ, and claims that rest on something."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.models.loopback import Answer, Asked, Loopback, embeds, fails, loopback, says
from toolsmell.calling.diversity import ALIKE, likeness
from toolsmell.calling.outcomes import Observation, Outcome, Trial, merged

ROOT = Path(__file__).parent.parent.parent
ACTING = str(ROOT / "fixtures" / "servers" / "acting.py")
NOTHING = says(json.dumps({"claims": []}))
STOP = says(json.dumps({"query": "", "arguments": None}))
TEXT = "Lists free berths of a pier. Needs the pier's name."
TOOL = {
    "name": "list_berths",
    "description": TEXT,
    "inputSchema": {
        "type": "object",
        "properties": {"pier": {"type": "string"}, "limit": {"type": "integer", "maximum": 50}},
        "required": ["pier"],
    },
}
LIMIT = "Returns at most 50 berths, by `limit`."
SOUND = {
    "text": LIMIT,
    "component": "limitations",
    "parameter": None,
    "cites": ["schema:/inputSchema/properties/limit/maximum"],
}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a server is not started on Windows")


def _augment(model: Loopback | None, cwd: Path, *args: str) -> subprocess.CompletedProcess[str]:
    named = ("--model", "scripted", "--model-url", model.url, "--no-cache") if model else ()
    command = [sys.executable, "-m", "toolsmell", "augment", "--format", "json", *named, *args]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def _by_stage(
    explore: Callable[[str], Answer] = lambda _: STOP, analyse: Answer = NOTHING, write: Answer = NOTHING
) -> Callable[[Asked], Answer]:
    """Answer by what is asked for: a call, an analysis or a text."""

    def script(asked: Asked) -> Answer:
        if asked.path.endswith("/embeddings"):
            return embeds([[1.0, 0.0] for _ in asked.body["input"]])
        system, user = (m["content"] for m in asked.body["messages"][:2])
        if "You explore one tool" in system:
            return explore(asked.body["messages"][-1]["content"] if len(asked.body["messages"]) > 2 else user)
        return analyse if "You compare the description" in system else write

    return script


def _asked_for(model: Loopback, stage: str) -> list[str]:
    """Return the last words of each question of one stage."""
    bodies = (a.body for a in model.asked if not a.path.endswith("/embeddings"))
    return [b["messages"][-1]["content"] for b in bodies if stage in b["messages"][0]["content"]]


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    (tmp_path / "tools.json").write_text(json.dumps({"tools": [TOOL]}), encoding="utf-8")
    return tmp_path


def _tool(done: subprocess.CompletedProcess[str], name: str = "list_berths") -> Any:
    assert done.stdout, done.stderr
    return next(t for t in json.loads(done.stdout)["servers"][0]["tools"] if t["name"] == name)


def test_a_claim_that_rests_on_nothing_is_dropped_and_the_others_are_written(tools: Path) -> None:
    hearsay = {**SOUND, "text": "Returns the captain's name.", "cites": ["observation:4"]}
    bare = {**SOUND, "text": "Berths are wet.", "cites": []}
    analysis = says(json.dumps({"claims": [SOUND, hearsay, bare]}))
    with loopback(_by_stage(analyse=analysis)) as model:
        tool = _tool(_augment(model, tools, "tools.json", "--full"))
        (question, *_) = _asked_for(model, "You improve the description")
    dropped = {v["sentence"] for v in tool["refused"] if v["violation"] == "uncited-claim"}
    assert {"Returns the captain's name.", "Berths are wet."} <= dropped
    texts = [v for v in tool["variants"] if v["by"] == "model"]
    assert {v["description"] for v in texts} == {f"{TEXT} {LIMIT}"}
    # Whoever writes is told what may be said, and of nothing that was dropped.
    assert LIMIT in question
    assert "captain" not in question


def test_a_token_budget_stops_the_model_and_not_the_run(tools: Path) -> None:
    with loopback(_by_stage()) as model:
        done = _augment(model, tools, "tools.json", "--max-tokens", "100")
        assert model.asked == []
    assert done.returncode == 0, done.stderr
    assert "the model was asked no more" in done.stderr
    assert "--max-tokens" in json.loads(done.stdout)["usage"]["stopped"]


def test_a_dead_model_leaves_what_templates_say_and_its_exit_code(tools: Path) -> None:
    alone = _augment(None, tools, "tools.json")
    with loopback(fails(401, "the key has expired")) as model:
        done = _augment(model, tools, "tools.json")
        assert len(model.asked) == 1
    assert (alone.returncode, done.returncode) == (0, 4)
    assert done.stderr.count("toolsmell: the model failed: ") == 1
    assert "the key has expired" in done.stderr
    assert _tool(done)["proposed"] == _tool(alone)["proposed"]
    assert _tool(done)["proposed"]["by"] == "templates"


def test_a_dead_embedding_model_leaves_what_was_written(tools: Path) -> None:
    answer = _by_stage(write=says(json.dumps({"description": f"{TEXT} {LIMIT}", "claims": [SOUND]})))

    def script(asked: Asked) -> Answer:
        return fails(401, "the key has expired") if asked.path.endswith("/embeddings") else answer(asked)

    with loopback(script) as model:
        done = _augment(model, tools, "tools.json", "--embeddings", "scripted")
    assert done.returncode == 4
    assert "toolsmell: the model failed: " in done.stderr
    assert f"{TEXT} {LIMIT}" in [v["description"] for v in _tool(done)["variants"] if v["by"] == "model"]


def test_answers_are_recorded_and_replayed_without_a_model(tools: Path) -> None:
    analysis = says(json.dumps({"claims": [SOUND]}))
    with loopback(_by_stage(analyse=analysis)) as model:
        made = _augment(model, tools, "tools.json", "--full", "--record", "run.json")
    assert made.returncode == 0, made.stderr
    (tools / "tools.json").unlink()
    again = _augment(None, tools, "--replay", "run.json", "--full")
    assert again.returncode == 0, again.stderr
    assert _tool(again)["variants"] == _tool(made)["variants"]


@pytest.mark.parametrize("name", ["scripted", "openai/scripted", "replay:run.json"])
def test_a_model_is_named_as_a_judge_is(tools: Path, name: str) -> None:
    with loopback(_by_stage(analyse=says(json.dumps({"claims": [SOUND]})))) as model:
        made = _augment(model, tools, "tools.json", "--full", "--record", "run.json")
        url = ("--model-url", model.url) if not name.startswith("replay:") else ()
        named = _augment(None, tools, "tools.json", "--full", "--model", name, *url, "--no-cache")
        asked = {a.body["model"] for a in model.asked}
    assert _tool(named)["variants"] == _tool(made)["variants"]
    assert asked == {"scripted"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("anthropic/claude", "serves no model of another provider", id="of another provider"),
        pytest.param("replay:tools.json", "is no recording", id="what is no recording"),
        pytest.param("replay:missing.json", "missing.json", id="a file that there is not"),
    ],
)
def test_a_name_that_cannot_be_is_refused(tools: Path, name: str, words: str) -> None:
    done = _augment(None, tools, "tools.json", "--model", name, "--model-url", "http://127.0.0.1:9/v1")
    assert done.returncode in (2, 3)
    assert words in done.stderr


def test_a_recording_that_does_not_fit_says_so(tools: Path) -> None:
    with loopback(_by_stage()) as model:
        assert _augment(model, tools, "tools.json", "--record", "run.json").returncode == 0
    stored = json.loads((tools / "run.json").read_text(encoding="utf-8"))
    stored["answers"]["replies"] = {}
    (tools / "run.json").write_text(json.dumps(stored), encoding="utf-8")
    done = _augment(None, tools, "--replay", "run.json")
    assert done.returncode == 4
    assert "holds no answer of scripted" in done.stderr


CALLS = ("--call", "get_boat", "--calls-per-tool", "8", "--call-seconds", "30", "--max-questions", "40")


def _exploring(cwd: Path, explore: Callable[[str], Answer], *args: str) -> tuple[list[str], Any]:
    """Return the questions for calls, and what became of the tool."""
    with loopback(_by_stage(explore)) as model:
        done = _augment(model, cwd, *CALLS, *args, "--", sys.executable, ACTING)
        assert done.returncode in (0, 5), done.stderr
        return _asked_for(model, "You explore one tool"), _tool(done, "get_boat")


def test_what_is_left_is_part_of_the_question(tmp_path: Path) -> None:
    (question, *_), _ = _exploring(tmp_path, lambda _: STOP)
    left = question.rpartition("Left: ")[2]
    for words in ("calls of this tool", "calls in all", "seconds", "bytes of answers", "40 questions to you"):
        assert words in left


def _same(_: str) -> Answer:
    return says(json.dumps({"query": "What boat is that?", "arguments": {"boat_id": "example"}}))


def test_a_call_like_one_before_is_tried_three_times_and_dropped(tmp_path: Path) -> None:
    questions, tool = _exploring(tmp_path, _same)
    assert len(questions) == 3
    assert "hardly differs" in questions[1]
    _, without = _exploring(tmp_path, lambda _: STOP)
    assert tool["calls"]["made"] == without["calls"]["made"]


def _others() -> Callable[[str], Answer]:
    """Return what asks for another boat each time."""
    boats = iter(("Albatross of Oslo", "the ferry to Ghent", "b99", "a raft without a name", "QE2", "nr. 7", "x", "y"))

    def explore(_: str) -> Answer:
        boat = next(boats)
        return says(json.dumps({"query": f"Where does {boat} lie?", "arguments": {"boat_id": boat}}))

    return explore


@pytest.mark.parametrize(("args", "more"), [((), True), (("--embeddings", "scripted"), False)])
def test_an_embedding_model_tells_calls_apart_where_there_is_one(
    tmp_path: Path, args: tuple[str, ...], more: bool
) -> None:
    # Its vectors are all the same here, so that no call is another one to it.
    _, without = _exploring(tmp_path, lambda _: STOP)
    _, tool = _exploring(tmp_path, _others(), *args)
    assert (tool["calls"]["made"] > without["calls"]["made"]) is more


def test_texts_that_share_most_are_alike() -> None:
    long = "Lists the free berths of the northern pier for a boat of eleven metres, the cheapest first."
    assert likeness(long, long) > ALIKE
    assert likeness(long, "Shows who was at the gate last night and when the lamps were lit.") < ALIKE


def test_calls_that_ended_alike_are_one_thing() -> None:
    def made(number: int, text: str, outcome: Outcome = Outcome.RESULT) -> Observation:
        return Observation(number, Trial("tide", {"n": number}, "x"), outcome, text, 1, 1)

    groups = merged([made(1, "high"), made(2, "low"), made(3, "high"), made(4, "high", Outcome.ARGUMENT_ERROR)])
    assert [[o.number for o in group] for group in groups] == [[1, 3], [2], [4]]
