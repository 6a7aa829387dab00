"""`toolsmell eval agent`, from the command line: a real server, and a model that is scripted."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("bm25s")
pytest.importorskip("openai")

from tests.models.loopback import Answer, Asked, Loopback, fails, loopback, says

ACTING = str(Path(__file__).parents[2] / "fixtures" / "servers" / "acting.py")
CASES = [
    {"query": "At which berth is boat b7?", "tools": ["get_boat"], "answer": "north 3"},
    {"query": "What is the capital of Peru?", "tools": []},
    {"query": "Take boat b7 away", "tools": ["delete_boat"]},
]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a server is not started on Windows")


class Shell:
    """Runs the command in a folder, against a server that counts its calls."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = folder / "count.jsonl"
        self.cases(*CASES)

    def cases(self, *cases: Any) -> None:
        self.file("cases.jsonl", "".join(json.dumps(case) + "\n" for case in cases))

    def file(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    @property
    def called(self) -> list[str]:
        lines = self.count.read_text(encoding="utf-8").splitlines() if self.count.exists() else []
        return [json.loads(line)["name"] for line in lines]

    def command(self, server: Loopback, *args: str) -> list[str]:
        model = ("--cases", "cases.jsonl", "--model", "m", "--model-url", server.url)
        env = ("--env", f"COUNT_FILE={self.count}")
        return [*_toolsmell(), *model, *env, *args, "--", sys.executable, ACTING]

    def __call__(self, server: Loopback, *args: str) -> subprocess.CompletedProcess[str]:
        return self.plain(*self.command(server, *args))

    def plain(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, timeout=120)

    def json(self, server: Loopback, *args: str) -> Any:
        done = self(server, *args, "--format", "json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def _toolsmell() -> list[str]:
    return [sys.executable, "-m", "toolsmell", "eval", "agent"]


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Shell(tmp_path)


def sailor(asked: Asked) -> Answer:
    """Look up boat b7 if the user asks for a berth, and report the result."""
    *_, last = asked.body["messages"]
    if last["role"] == "user":
        berth = "berth" in last["content"]
        return says("", calls=[("get_boat", {"boat_id": "b7"})]) if berth else says("None of the tools can do that.")
    return says(f"I found {last['content']}")


def test_tasks_are_done_and_measured(shell: Shell) -> None:
    with loopback(sailor) as server:
        done = shell(server, "--call", "get_boat")
    assert done.returncode == 0, done.stderr
    assert shell.called == ["get_boat"]
    assert "may call get_boat: named\n" in done.stderr
    assert f"what tools return, secrets masked, go to m (at {server.url}, with no key)\n" in done.stderr
    assert "not called: delete_boat: not named\n" in done.stderr
    assert "13 tools, 2 cases, m\n" in done.stdout
    assert "  line 3 needs delete_boat, which may not be called: it is left out\n" in done.stdout
    assert "\nanswer accuracy                   1.000\n" in done.stdout
    assert "after: calls: 1 ok\n" in done.stdout
    assert "model: 3 calls" in done.stdout


def test_the_report_is_a_stable_interface_and_replays_without_server_and_model(shell: Shell) -> None:
    with loopback(sailor) as server:
        found = shell.json(server, "--call", "get_boat", "--record", "runs.jsonl")
    assert (found["schema"], found["missing"], found["usage"]["calls"]) == ("toolsmell.eval.agent/v1", 0, 3)
    (version,) = found["versions"]
    assert set(version["measures"]) == {
        *("tasks", "judged", "answer_accuracy", "tool_selection_efficiency", "parameter_accuracy", "tokens_per_task"),
        *("seconds_per_task", "steps_per_task", "prefill_equivalents_per_task", "cost_of_pass", "tool_productivity"),
    }
    again = shell.plain(*_toolsmell(), "--replay", "runs.jsonl", "--format", "json")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout) == {**found, "usage": None}


def test_a_price_table_gives_the_cost_of_a_pass(shell: Shell) -> None:
    row = {"input": 1_000_000, "output": 1_000_000}
    table = {"schema": "toolsmell.prices/v1", "currency": "USD", "per_tokens": 1_000_000, "read": "2026-11-01"}
    shell.file("prices.json", json.dumps({**table, "source": "x", "models": {"m": row}}))
    with loopback(sailor) as server:
        found = shell.json(server, "--call", "get_boat", "--prices", "prices.json")
    assert found["versions"][0]["measures"]["cost_of_pass"] == 3 * 15 / 2


def test_what_is_asked_again_is_in_the_cache(shell: Shell) -> None:
    with loopback(sailor) as server:
        shell.json(server, "--call", "get_boat")
        again = shell.json(server, "--call", "get_boat", "--offline")
        assert len(server.asked) == 3
    assert (again["usage"]["calls"], again["usage"]["cached"]) == (0, 3)
    assert again["versions"][0]["measures"]["seconds_per_task"] is None


def playing(asked: Asked) -> Answer:
    """Play the agent if `m` is asked, and the server if `p` is: a boat that was taken away is gone."""
    if asked.body["model"] != "p":
        *_, last = asked.body["messages"]
        if last["role"] == "user" and "away" in last["content"]:
            calls = [("delete_boat", {"boat_id": "b7"}), ("get_boat", {"boat_id": "b7"})]
            return says("", calls=calls)
        return sailor(asked)
    text = asked.body["messages"][1]["content"]
    before, _, call = text.partition("THE CALL\n")
    gone = "delete_boat" in before.partition("CALLS SO FAR")[2]
    if "delete_boat" in call:
        return says(json.dumps({"error": False, "result": "taken away"}))
    return says(json.dumps({"error": gone, "result": "no boat b7" if gone else "It lies at north 3."}))


def _simulated(shell: Shell, server: Loopback, *args: str) -> subprocess.CompletedProcess[str]:
    tools = [
        {"name": name, "inputSchema": {"type": "object", "properties": {"boat_id": {"type": "string"}}}}
        for name in ("get_boat", "delete_boat")
    ]
    shell.file("tools.json", json.dumps({"tools": tools}))
    model = ("--cases", "cases.jsonl", "--model", "m", "--model-url", server.url)
    return shell.plain(*_toolsmell(), *model, "--simulate", "p", *args, "tools.json")


def test_a_model_plays_the_server(shell: Shell) -> None:
    with loopback(playing) as server:
        done = _simulated(shell, server, "--format", "json", "--record", "runs.jsonl")
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        shown = _simulated(shell, server, "--offline").stdout
    assert shell.called == [], "no server is started"
    assert "what the tools return is made up, and no evidence" in done.stderr
    assert found["simulated"] == "p"
    assert "simulated: p played the server; what its tools return is made up" in shown
    tasks = {task["query"]: task for task in found["versions"][0]["tasks"]}
    assert tasks["At which berth is boat b7?"]["success"] is True
    away = [(call["tool"], call["outcome"]) for call in tasks["Take boat b7 away"]["calls"]]
    assert away == [("delete_boat", "ok"), ("get_boat", "argument error")], "the deletion is remembered"
    again = shell.plain(*_toolsmell(), "--replay", "runs.jsonl", "--format", "json")
    assert json.loads(again.stdout)["simulated"] == "p"
    augment = [sys.executable, "-m", "toolsmell", "augment", "tools.json", "--replay", "runs.jsonl"]
    refused = shell.plain(*augment)
    assert refused.returncode != 0, "a simulation is no evidence for a rewrite"


def test_a_player_that_answers_nonsense_ends_the_task(shell: Shell) -> None:
    def script(asked: Asked) -> Answer:
        return says("as you like") if asked.body["model"] == "p" else sailor(asked)

    with loopback(script) as server:
        done = _simulated(shell, server, "--format", "json")
        refused = _simulated(shell, server, "--call", "get_boat")
    stops = {task["query"]: task["reason"] for task in json.loads(done.stdout)["versions"][0]["tasks"]}
    assert "has no JSON object with `result`" in stops["At which berth is boat b7?"]
    assert refused.returncode == 2
    assert "--simulate calls no tool" in refused.stderr


WORDS = [f"{a}{b}" for a in ("moon", "rain", "book") for b in ("stone", "field", "house", "river")]


def by_description(asked: Asked) -> Answer:
    """Call the tool that says the query's last word; if none does, the first."""
    *_, last = asked.body["messages"]
    if last["role"] == "tool":
        return says(last["content"])
    word = last["content"].split()[-1]
    tools = [t["function"] for t in asked.body["tools"]]
    named = [t["name"] for t in tools if word in t["description"]]
    return says("", calls=[(named[0] if named else "list_boats", {})])


def test_other_texts_are_compared(shell: Shell) -> None:
    shell.cases(*({"query": f"the {word}", "tools": ["count_boats"], "answer": "count_boats"} for word in WORDS))
    texts = {"count_boats": {"description": f"Knows {' '.join(WORDS)}.", "parameters": {}}, "gone": {}}
    shell.file("new.json", json.dumps({"schema": "toolsmell.overrides/v1", "servers": {"x": {"tools": texts}}}))
    args = ("--call", "count_boats,list_boats", "--gate", "--record", "runs.jsonl")
    with loopback(by_description) as server:
        better = shell(server, *args, "--after", "new.json")
        worse = shell(server, *args, "--before", "new.json")
    assert better.returncode == 0, better.stderr
    assert "new.json: the server has no gone; their texts are not used" in better.stderr
    assert "answer 12 0.000 1.000 +1 (+1 to +1) 0.001 better" in " ".join(better.stdout.split())
    assert "\nverdict: better (of answer, selection, arguments; the others are shown, not tested)" in better.stdout
    assert (worse.returncode, "\nverdict: worse" in worse.stdout) == (1, True)
    gate = shell.plain(*_toolsmell(), "--replay", "runs.jsonl", "--gate")
    assert (gate.returncode, gate.stdout.split("\n\nmodel:")[0]) == (1, worse.stdout.split("\n\nmodel:")[0] + "\n")


def test_a_model_that_refuses_fails_the_run(shell: Shell) -> None:
    with loopback(fails(401, "who are you")) as server:
        done = shell(server, "--call", "get_boat")
    assert done.returncode == 4
    assert "not measured: 'At which berth is boat b7?' (model: the model's server answered 401" in done.stdout
    assert "missing: 2 runs" in done.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        pytest.param(("--max-questions", "1"), "the limit of 1 model calls is reached", id="questions"),
        pytest.param(("--max-tokens", "100"), "could go over 100 tokens", id="tokens"),
        pytest.param(("--max-cost", "0.01"), "no price is known for m", id="money"),
    ],
)
def test_budgets_end_the_run_and_say_so(shell: Shell, args: tuple[str, ...], words: str) -> None:
    with loopback(sailor) as server:
        done = shell(server, "--call", "get_boat", "--concurrency", "1", *args)
        assert len(server.asked) <= 1
    assert done.returncode == 4
    assert words in done.stdout
    assert "missing: " in done.stderr


def test_a_server_that_no_longer_starts_fails_the_run(shell: Shell) -> None:
    once = shell.folder / "once.py"
    shell.file(
        "once.py",
        f"import runpy, pathlib; pathlib.Path(__file__).unlink(); runpy.run_path({ACTING!r}, run_name='__main__')",
    )
    with loopback(sailor) as server:
        done = shell.plain(*shell.command(server, "--call", "get_boat")[:-1], str(once))
    assert done.returncode == 3, done.stderr
    assert "(server: the server could not be asked" in done.stdout


def test_an_interrupted_run_ends_its_servers_and_goes_on(shell: Shell) -> None:
    hangs = {"query": "hang", "tools": ["hang"]}
    shell.cases(CASES[1], hangs)

    patient = threading.Event()

    def script(asked: Asked) -> Answer:
        hang = asked.body["messages"][-1]["content"] == "hang" and not patient.is_set()
        return says("", calls=[("hang", {})]) if hang else sailor(asked)

    with loopback(script) as server:
        args = ("--call", "hang", "--record", "runs.jsonl", "--concurrency", "1", "--no-cache")
        process = subprocess.Popen(
            shell.command(server, *args), cwd=shell.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        while shell.called != ["hang"]:
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
        assert process.returncode == 130
        assert stderr.endswith(b"toolsmell: interrupted\n")
        assert not _running(f"COUNT_FILE={shell.count}")
        asked = len(server.asked)
        patient.set()
        done = shell(server, *args)
        assert len(server.asked) == asked + 1
    assert done.returncode == 0, done.stderr
    recorded = [json.loads(line) for line in (shell.folder / "runs.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["case"]["query"] for line in recorded if "case" in line] == [CASES[1]["query"], "hang"]


def _running(variable: str) -> list[str]:
    """Return the processes that have a variable in their environment."""
    found = []
    for entry in Path("/proc").iterdir() if sys.platform == "linux" else ():
        try:
            if entry.name.isdigit() and variable.encode() in (entry / "environ").read_bytes().split(b"\0"):
                found.append(entry.name)
        except OSError:
            continue
    return found


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        pytest.param((), 2, "name them with --model and --cases", id="nothing"),
        pytest.param(("--model", "m"), 2, "name them with --model and --cases", id="no cases"),
        pytest.param(("--model", "m", "--cases", "cases.jsonl"), 2, "say with --call", id="no leave"),
        pytest.param(("--model", "m", "--cases", "cases.jsonl", "--call", "fly"), 2, "no tool has this name", id="no tool"),
        pytest.param(("--model", "m", "--cases", "none", "--call", "get_boat"), 2, "cannot read the cases", id="no file"),
        pytest.param(("--model", "m", "--cases", "one.jsonl", "--call", "list_boats"), 3, "no case can be run", id="no case"),
        pytest.param(
            ("--model", "m", "--cases", "cases.jsonl", "--call", "get_boat", "--after", "none"), 3, "none", id="no texts"
        ),
        pytest.param(
            ("--model", "m", "--cases", "cases.jsonl", "--call", "get_boat", "--after", "same.json"),
            2,
            "changes no text",
            id="same texts",
        ),
        pytest.param(
            ("--model", "m", "--cases", "cases.jsonl", "--call", "get_boat"), 2, "OPENAI_API_KEY", id="no key"
        ),
        pytest.param(("--gate",), 2, "--gate compares", id="gate alone"),
        pytest.param(("--replay", "runs.jsonl"), 2, "--replay measures what is recorded", id="replay of a server"),
    ],
)  # fmt: skip
def test_what_cannot_be(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], code: int, message: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "")
    shell.file("one.jsonl", json.dumps(CASES[0]))
    shell.file("same.json", json.dumps({"schema": "toolsmell.overrides/v1", "servers": {"x": {"tools": {}}}}))
    done = shell.plain(*_toolsmell(), *args, "--", sys.executable, ACTING)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert message in done.stderr


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("--replay", "none"), 2, "cannot read the recording none"),
        (("--replay", "cases.jsonl"), 2, "cases.jsonl:1 is not a line of a recording"),
        (("cases.jsonl", "--model", "m", "--cases", "cases.jsonl", "--call", "x"), 2, "give its command after `--`"),
    ],
)
def test_what_is_no_server_and_no_recording(shell: Shell, args: tuple[str, ...], code: int, message: str) -> None:
    done = shell.plain(*_toolsmell(), *args)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
