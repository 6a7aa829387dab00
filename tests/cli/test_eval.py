"""`toolsmell eval`, from the command line."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("bm25s")
pytest.importorskip("openai")

from tests.evaluate.tools import tool
from tests.models.loopback import Answer, Asked, embeds, fails, loopback, says

WORDS = [f"{a}{b}" for a in ("moon", "rain", "book", "lamp") for b in ("stone", "field", "house", "river", "glass")]
GOOD = [tool(f"t{i}", f"Serves requests about {word}.") for i, word in enumerate(WORDS)]
POOR = [tool(f"t{i}", "Serves requests.") for i in range(len(WORDS))]
CASES = [{"query": f"tell me of {word}", "tools": [f"t{i}"]} for i, word in enumerate(WORDS)]


class Shell:
    """Runs toolsmell in a folder with its own cache."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file("good.json", json.dumps({"tools": GOOD}))
        self.file("poor.json", json.dumps({"tools": POOR}))
        self.file("cases.jsonl", "".join(json.dumps(case) + "\n" for case in CASES))

    def file(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def __call__(self, *args: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "XDG_CACHE_HOME": str(self.folder / "cache"), "OPENAI_API_KEY": ""}
        command = [sys.executable, "-m", "toolsmell", "eval", *args]
        return subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, check=False)

    def json(self, *args: str) -> Any:
        done = self("run", *args, "--format", "json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    return Shell(tmp_path)


def test_better_and_worse(shell: Shell) -> None:
    better = shell("run", "good.json", "--before", "poor.json", "--cases", "cases.jsonl", "--gate")
    assert better.returncode == 0, better.stderr
    assert "\nverdict: better\n" in better.stdout
    worse = shell("run", "poor.json", "--before", "good.json", "--cases", "cases.jsonl", "--gate")
    assert worse.returncode == 1
    assert "\nverdict: worse\n" in worse.stdout
    assert "\nqueries that go to the wrong tool\n" in worse.stdout
    same = shell("run", "good.json", "--before", "good.json", "--cases", "cases.jsonl", "--gate")
    assert same.returncode == 0
    assert "\nverdict: no difference found\n  20 cases show differences of about 0.30 and more\n" in same.stdout


def test_new_texts_alone(shell: Shell) -> None:
    texts = {tool["name"]: {"description": tool["description"], "parameters": {}} for tool in GOOD}
    overrides = {"schema": "toolsmell.overrides/v1", "servers": {"any": {"tools": texts}}}
    shell.file("overrides.json", json.dumps(overrides))
    found = shell.json("poor.json", "--after", "overrides.json", "--cases", "cases.jsonl")
    listed = shell.json("poor.json", "--after", "good.json", "--cases", "cases.jsonl")
    assert found == listed == shell.json("good.json", "--before", "poor.json", "--cases", "cases.jsonl")
    same = shell("run", "good.json", "--after", "good.json", "--cases", "cases.jsonl", "--gate")
    assert (same.returncode, "changes no text of this server" in same.stderr) == (2, True)


def test_the_report_is_a_stable_interface(shell: Shell) -> None:
    found = shell.json("good.json", "--before", "poor.json", "--cases", "cases.jsonl")
    assert (found["schema"], found["comparison"]["verdict"]) == ("toolsmell.eval/v1", "better")
    assert [version["name"] for version in found["versions"]] == ["before", "after"]
    row = found["comparison"]["rows"][0]
    assert set(row) == {
        *("variant", "setup", "measure", "cases", "before", "after", "delta", "interval", "p", "adjusted_p"),
        *("test", "improved", "worsened", "detectable", "verdict"),
    }
    assert (row["setup"], row["measure"], row["test"], row["improved"]) == ("full/bm25", "recall@1", "McNemar", 20)
    means = found["versions"][1]["measured"][0]["means"]
    assert {"mrr", "recall@1", "precision@5", "ndcg@10", "completeness@5", "sufficiency@10"} <= set(means)
    assert found["usage"] is None
    assert [row["after"]["client"] for row in found["cost"]] == ["openai", "claude-code"]


def test_one_version_alone(shell: Shell) -> None:
    done = shell("run", "good.json", "--cases", "cases.jsonl", "--form", "description", "--analyser", "plain")
    assert done.returncode == 0
    assert "description/bm25-plain  20 cases  recall@1 1.000" in done.stdout


def test_what_is_wrong_with_cases_is_said(shell: Shell) -> None:
    shell.file(
        "cases.jsonl",
        '{"query": "moonstone", "tools": ["t0"]}\n{"query": " ", "tools": ["t0"]}\n'
        '{"query": "moonfield", "tools": ["\\u001b[31mgone"]}\n{"query": "Moonstone", "tools": ["t0"]}\n',
    )
    done = shell("run", "good.json", "--cases", "cases.jsonl")
    assert "20 tools, 2 cases\n" in done.stdout
    assert "  empty-query: 1\n    line 2 has no query" in done.stdout
    assert "  unknown-tool: 1\n    line 3 wants " in done.stdout
    assert "  duplicate: 1\n    line 4 repeats the case in line 1" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        pytest.param(("run", "good.json", "--cases", "cases.jsonl", "--gate"), 2, "--before", id="gate alone"),
        pytest.param(("run", "good.json"), 2, "--cases", id="no cases"),
        pytest.param(("run", "good.json", "--cases", "gone.jsonl"), 2, "cannot read the cases", id="no case file"),
        pytest.param(("run", "none.json", "--cases", "cases.jsonl"), 3, "none.json", id="no tools file"),
        pytest.param(("run", "good.json", "--before", "none.json", "--cases", "cases.jsonl"), 3, "none.json", id="before"),
        pytest.param(("run", "good.json", "--cases", "empty.jsonl"), 3, "no case can be measured", id="no case"),
        pytest.param(("run", "good.json", "--cases", "bad.jsonl"), 2, "bad.jsonl:1: not JSON", id="bad case"),
        pytest.param(("run", "good.json", "--cases", "none.jsonl"), 3, "a search is measured by cases that", id="no gold"),
        pytest.param(
            ("run", "good.json", "--cases", "cases.jsonl", "--plots", "cases.jsonl/x"), 2, "cannot be made", id="plots"
        ),
        pytest.param(("run", "good.json", "--cases", "cases.jsonl", "--method", "dense"), 2, "embedding model", id="dense"),
        pytest.param(("run", "good.json", "--cases", "cases.jsonl", "--model", "x"), 2, "OPENAI_API_KEY", id="no key"),
        pytest.param(("cost", "good.json", "--price-of", "zzz"), 2, "the price table has no zzz", id="price"),
        pytest.param(("cost", "good.json", "--prices", "cases.jsonl"), 2, "cannot use the price table", id="prices"),
    ],
)  # fmt: skip
def test_what_cannot_be(shell: Shell, args: tuple[str, ...], code: int, message: str) -> None:
    shell.file("empty.jsonl", '{"query": "", "tools": []}\n')
    shell.file("bad.jsonl", "{\n")
    shell.file("none.jsonl", '{"query": "what is the capital of Peru?", "tools": []}\n')
    done = shell(*args)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr


def picks_by_description(asked: Asked) -> Answer:
    """Call the tool whose description has the last word of the query, if there is one."""
    word = asked.body["messages"][-1]["content"].split()[-1]
    named = [t["function"]["name"] for t in asked.body["tools"] if word in t["function"]["description"]]
    return says("", calls=[(named[0], {})]) if named else says("nothing fits")


def test_a_model_selects(shell: Shell) -> None:
    with loopback(picks_by_description) as server:
        args = (
            "good.json",
            "--before",
            "poor.json",
            "--cases",
            "cases.jsonl",
            "--model",
            "m",
            "--model-url",
            server.url,
        )
        found = shell.json(*args, "--mode", "single", "--mode", "none")
        asked = len(server.asked)
        again = shell.json(*args, "--mode", "single", "--mode", "none", "--offline")
        assert len(server.asked) == asked
    rows = {row["setup"]: row for row in found["comparison"]["rows"] if row["measure"] == "correct"}
    assert (rows["select/single"]["before"], rows["select/single"]["after"]) == (0, 1)
    assert rows["select/single"]["verdict"] == "better"
    assert rows["select/none"]["verdict"] == "no difference found"
    assert found["versions"][1]["selection"]["single"]["choices"] == {"right": 20}
    assert (found["usage"]["calls"], again["usage"]["calls"], again["usage"]["cached"]) == (asked, 0, asked)
    assert again["comparison"] == found["comparison"]


def test_a_model_writes_what_documents_add(shell: Shell) -> None:
    def script(asked: Asked) -> Answer:
        if "tools" in asked.body:
            return says("")
        number = asked.body["messages"][1]["content"].split("\n")[1].removeprefix("t")
        return says(json.dumps({"questions": [f"tell me of {WORDS[int(number)]}"]}))

    args = ("poor.json", "--cases", "cases.jsonl", "--form", "toolshed", "--mode", "single")
    with loopback(script) as server:
        found = shell.json(*args, "--expand", "--model", "m", "--model-url", server.url)
    (measured, _) = found["versions"][0]["measured"]
    assert (measured["setup"], measured["cases"], measured["means"]["recall@1"]) == ("toolshed/bm25", 20, 1)
    alone = shell("run", *args[:-2], "--expand")
    assert (alone.returncode, "--model" in alone.stderr) == (2, True)


def test_a_missing_extra_is_named(shell: Shell) -> None:
    block = "import sys; sys.modules['bm25s'] = None; from toolsmell.cli import run; sys.exit(run(sys.argv[1:]))"
    args = ["eval", "run", "good.json", "--cases", "cases.jsonl"]
    command = [sys.executable, "-c", block, *args]
    done = subprocess.run(command, cwd=shell.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "the extra `eval` (bm25s is missing): pip install 'toolsmell[eval]'" in done.stderr


def test_vectors_from_a_server(shell: Shell) -> None:
    def script(asked: Asked) -> Answer:
        return embeds([[text.lower().count(chr(97 + i)) + 0.01 for i in range(26)] for text in asked.body["input"]])

    args = ("good.json", "--cases", "cases.jsonl", "--form", "description", "--method", "dense", "--method", "hybrid")
    with loopback(script) as server:
        found = shell.json(*args, "--embeddings", "e", "--embeddings-url", server.url)
        count = len(server.asked)
        again = shell.json(*args, "--embeddings", "e", "--embeddings-url", server.url, "--offline")
        assert len(server.asked) == count
    means = {row["setup"]: row["means"] for row in found["versions"][0]["measured"]}
    assert set(means) == {"description/dense", "description/hybrid"}
    assert means["description/hybrid"]["recall@5"] > 0.9
    assert again["versions"] == found["versions"]


def test_a_recording_replays(shell: Shell) -> None:
    with loopback(picks_by_description) as server:
        args = ("run", "good.json", "--cases", "cases.jsonl", "--model", "m", "--mode", "single")
        done = shell(*args, "--model-url", server.url, "--record", "run.jsonl", "--no-cache")
    assert done.returncode == 0, done.stderr
    assert "after single: 20 of 20 correct (20 right)" in done.stdout
    assert f"cases and the tools as they are go to m (at {server.url}, with no key)\n" in done.stderr
    again = shell(*args, "--replay", "run.jsonl")
    assert again.returncode == 0, again.stderr
    assert "after single: 20 of 20 correct (20 right)" in again.stdout
    other = shell(*args[:1], "poor.json", *args[2:], "--replay", "run.jsonl")
    assert other.returncode == 4
    assert "20 questions have no answer" in other.stderr


def test_a_model_that_refuses_fails_the_run(shell: Shell) -> None:
    with loopback(fails(401, "who are you")) as server:
        args = ("run", "good.json", "--cases", "cases.jsonl", "--model", "m", "--model-url", server.url)
        done = shell(*args, "--mode", "single", "--max-questions", "3")
    assert done.returncode == 4
    assert "no answer: the model's server answered 401" in done.stdout
    assert "no answer: the limit of 3 model calls is reached" in done.stdout
    assert len(server.asked) == 3


@pytest.mark.skipif(os.name != "posix", reason="interrupts a process")
def test_an_interrupted_run_goes_on(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(shell.folder / "cache"))
    halfway = threading.Event()

    def script(asked: Asked) -> Answer:
        if halfway.is_set() or "glass" not in asked.body["messages"][-1]["content"]:
            return picks_by_description(asked)
        halfway.set()
        return Answer(b"", hang=True)

    with loopback(script) as server:
        args = ("run", "good.json", "--cases", "cases.jsonl", "--model", "m", "--model-url", server.url)
        command = [sys.executable, "-m", "toolsmell", "eval", *args, "--mode", "single", "--concurrency", "1"]
        process = subprocess.Popen(command, cwd=shell.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert halfway.wait(60)
        # The first waits for the answer under way, which is paid for; this one never comes.
        process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            process.communicate(timeout=3)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
        assert process.returncode == 130
        assert stderr.endswith(b"toolsmell: interrupted\n")
        first = len(server.asked)
        done = shell(*args, "--mode", "single")
        assert "20 of 20 correct" in done.stdout
        assert len(server.asked) == first + 20 - (first - 1)


def test_a_case_file_to_fill_in(shell: Shell) -> None:
    done = shell("init", "good.json", "--each", "2")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 2 * len(GOOD) + 2
    assert rows[0] == {
        "query": "",
        "tools": ["t0"],
        "hint": "what would a user say who needs: Serves requests about moonstone.",
    }
    assert rows[-1]["tools"] == []


def test_a_case_file_that_a_model_writes(shell: Shell) -> None:
    def script(asked: Asked) -> Answer:
        word = next(word for word in WORDS if word in asked.body["messages"][1]["content"])
        return says(json.dumps({"questions": [f"what of {word}?", f"what of {word}?", "what is there?"]}))

    with loopback(script) as server:
        done = shell("init", "good.json", "--model", "m", "--model-url", server.url)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"query": "what of moonstone?", "tools": ["t0"]} in rows
    assert len(rows) == len(WORDS)
    assert "left out: duplicate" in done.stderr
    assert "left out: two-golds: one question was written for t0 and t1 and" in done.stderr


def test_what_a_list_costs(shell: Shell) -> None:
    done = shell("cost", "good.json", "--price-of", "gpt-4.1", "--client", "openai", "--format", "json")
    (row,) = json.loads(done.stdout)["clients"]
    assert row["conversations"]["gpt-4.1"]["requests"] == 20
    assert row["conversations"]["gpt-4.1"]["cached"] < row["conversations"]["gpt-4.1"]["uncached"]
    text = shell("cost", "good.json", "--price-of", "gpt-4.1")
    assert "prices as read on" in text.stdout


def test_plots_are_drawn(shell: Shell) -> None:
    pytest.importorskip("matplotlib")
    done = shell("run", "good.json", "--before", "poor.json", "--cases", "cases.jsonl", "--plots", "pictures")
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (shell.folder / "pictures").iterdir()}
    assert names == {"differences.svg", "confusion.svg", "tokens.svg"}
