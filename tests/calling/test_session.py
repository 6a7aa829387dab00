"""Calls of a real server that counts them: nothing happens that was not allowed, and nothing of trouble is learned."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from toolsmell.calling import recording
from toolsmell.calling.classify import Outcome
from toolsmell.calling.outcomes import Observation
from toolsmell.calling.policy import Policy, decide
from toolsmell.calling.session import CallBudget, explore
from toolsmell.model import Manifest
from toolsmell.reading.context import ServerContext
from toolsmell.sources.server import live
from toolsmell.sources.server.launch import Launch

ROOT = Path(__file__).parent.parent.parent
ACTING = str(ROOT / "fixtures" / "servers" / "acting.py")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a server is not started on Windows")


@pytest.fixture
def count(tmp_path: Path) -> Path:
    return tmp_path / "count.jsonl"


def _launch(count: Path) -> Launch:
    return Launch((sys.executable, ACTING), env={"COUNT_FILE": str(count)})


def _lines(count: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in count.read_text(encoding="utf-8").splitlines()] if count.exists() else []


def _called(count: Path) -> Counter[str]:
    return Counter(line["name"] for line in _lines(count))


def _explored(count: Path, *names: str, **budget: Any) -> tuple[Manifest, tuple[Observation, ...]]:
    launch = _launch(count)
    manifest = live.fetch(launch)
    server = ServerContext(manifest)
    explored = explore(launch, server, decide(server, Policy(names)), CallBudget(**budget))
    return manifest, explored.observations


def _augment(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "toolsmell", "augment", *args]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


NAMES = [tool["name"] for tool in json.loads(
    subprocess.run(
        [sys.executable, "-c", f"import runpy, json; print(json.dumps(runpy.run_path({ACTING!r})['TOOLS']))"],
        capture_output=True, text=True, check=True,
    ).stdout
)]  # fmt: skip


@pytest.mark.parametrize("name", [n for n in NAMES if n != "hang"])
def test_only_the_tool_that_was_named_is_called(count: Path, name: str) -> None:
    _, observations = _explored(count, name)
    assert set(_called(count)) == {name}
    assert len(observations) == sum(_called(count).values())


def test_without_leave_no_process_is_started_for_calls(count: Path) -> None:
    manifest = live.fetch(_launch(count))
    server = ServerContext(manifest)
    # A command that cannot run shows that none is.
    explored = explore(Launch(("/nowhere/at/all",)), server, decide(server, Policy()), CallBudget())
    assert explored.observations == ()
    assert _lines(count) == []


def test_a_glob_calls_nothing_that_destroys(count: Path) -> None:
    _explored(count, "get*", "show_tide")
    assert set(_called(count)) == {"get_boat", "show_tide"}


def test_the_server_sees_an_empty_folder_and_no_secrets(count: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_SECRET_TOKEN", "do-not-pass-this-on")
    _explored(count, "list_boats")
    for line in _lines(count):
        assert line["cwd"] == []
        assert "MY_SECRET_TOKEN" not in line["env"]


def test_budgets_hold(count: Path) -> None:
    _explored(count, "show_tide", "get_boat", "list_boats", by_tool=2, calls=3)
    assert sum(_called(count).values()) == 3
    assert max(_called(count).values()) <= 2


def test_a_server_that_sends_too_much_is_asked_no_more(count: Path) -> None:
    _, observations = _explored(count, "show_tide", "get_boat", "list_boats", max_bytes=700)
    assert 0 < len(observations) == sum(_called(count).values())
    assert not any(o.trial.tool == "show_tide" for o in observations)


def test_a_tool_that_hangs_costs_its_time_and_the_others_are_called(count: Path) -> None:
    _, observations = _explored(count, "hang", "show_tide", by_tool=1, call_seconds=2)
    assert {o.trial.tool: o.outcome for o in observations} == {"hang": Outcome.TIME, "show_tide": Outcome.RESULT}


def test_trouble_is_told_from_behaviour(count: Path) -> None:
    _, observations = _explored(
        count, "show_weather", "show_forecast", "show_map", "get_boat", "list_boats", "show_news", by_tool=3
    )
    seen: dict[str, set[Outcome]] = {}
    for one in observations:
        seen.setdefault(one.trial.tool, set()).add(one.outcome)
    assert seen["show_weather"] == {Outcome.QUOTA}
    assert seen["show_forecast"] == {Outcome.NETWORK}
    assert seen["show_map"] == {Outcome.QUOTA}
    assert seen["get_boat"] <= {Outcome.RESULT, Outcome.REJECTED, Outcome.INVALID_ARGUMENTS}
    assert len(seen["get_boat"]) > 1
    assert seen["show_news"] == {Outcome.RESULT}


def test_a_secret_is_masked_before_it_is_kept(count: Path, tmp_path: Path) -> None:
    manifest, observations = _explored(count, "show_owner")
    stored = json.dumps(recording.to_json(manifest, (), observations))
    assert "a1B2c3D4" not in stored
    assert "[an API key]" in stored


def test_what_one_tool_returns_is_what_another_is_asked_for(count: Path) -> None:
    _explored(count, "get_boat", "list_boats")
    asked = [line["arguments"].get("boat_id") for line in _lines(count) if line["name"] == "get_boat"]
    assert "b7" in asked


def test_a_recording_replays_without_the_server(count: Path, tmp_path: Path) -> None:
    call = ("--call", "list_boats,get_boat,show_*", "--env", f"COUNT_FILE={count}", "--record", "calls.json")
    made = _augment(*call, "--format", "json", "--full", "--", sys.executable, ACTING, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    calls = sum(_called(count).values())
    again = _augment("--replay", "calls.json", "--format", "json", "--full", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert sum(_called(count).values()) == calls
    assert _texts(made.stdout) == _texts(again.stdout)


def _texts(output: str) -> dict[str, Any]:
    tools = json.loads(output)["servers"][0]["tools"]
    return {tool["name"]: tool["proposed"] and tool["proposed"]["description"] for tool in tools}


def test_nothing_of_trouble_orders_or_secrets_gets_into_a_text(count: Path, tmp_path: Path) -> None:
    call = ("--call", "list_boats,get_boat,show_*", "--env", f"COUNT_FILE={count}")
    made = _augment(*call, "--format", "json", "--full", "--", sys.executable, ACTING, cwd=tmp_path)
    text = " ".join(str(t) for t in _texts(made.stdout).values()).lower()
    for word in ("quota", "timed out", "subscri", "ignore", "instructions", "a1b2c3d4", "delete_boat"):
        assert word not in text
    tide = next(t for t in json.loads(made.stdout)["servers"][0]["tools"] if t["name"] == "show_tide")
    # It answers differently each time.
    assert not any("`high`" in c["text"] for v in tide["variants"] for c in v["claims"])


def test_what_is_allowed_is_said_before_the_first_call(count: Path, tmp_path: Path) -> None:
    made = _augment("--call", "list_boats", "--env", f"COUNT_FILE={count}", "--", sys.executable, ACTING, cwd=tmp_path)
    lines = made.stderr.splitlines()
    assert "may call list_boats: named" in lines
    assert "not called: delete_boat: not named" in lines
    assert lines.index("may call list_boats: named") < next(
        i for i, line in enumerate(lines) if line.endswith("result")
    )


@pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not here")
def test_a_tool_that_lies_about_reading_cannot_write_in_the_sandbox(count: Path, tmp_path: Path) -> None:
    made = _augment(
        "--call-read-only",
        "--env",
        f"COUNT_FILE={count}",
        "--call-seconds",
        "20",
        "--",
        sys.executable,
        ACTING,
        cwd=tmp_path,
    )
    assert made.returncode == 0, made.stderr
    assert "may call count_boats" in made.stderr
    assert "not called: get_and_delete" in made.stderr
    assert _lines(count) == []


def test_read_only_calls_are_refused_without_a_sandbox(count: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": str(tmp_path)}
    command = [
        sys.executable,
        "-m",
        "toolsmell",
        "augment",
        "--call-read-only",
        "--env",
        f"COUNT_FILE={count}",
        "--",
        sys.executable,
        ACTING,
    ]
    made = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert made.returncode == 2
    assert "bubblewrap" in made.stderr
    assert _lines(count) == []


def test_a_server_that_cannot_be_asked_is_said(count: Path, tmp_path: Path) -> None:
    # It lists its tools once, and then never again: the process for the calls is another.
    once = tmp_path / "once.py"
    once.write_text(
        "import pathlib, runpy, sys\n"
        f"mark = pathlib.Path({str(tmp_path / 'started')!r})\n"
        "if mark.exists(): sys.exit('no second time')\n"
        "mark.touch()\n"
        f"runpy.run_path({ACTING!r}, run_name='__main__')\n"
    )
    made = _augment("--call", "list_boats", "--", sys.executable, str(once), cwd=tmp_path)
    assert "0 calls: none" in made.stderr
    assert "did not answer before the first call" in made.stderr
    assert "no second time" in made.stderr


def test_a_killed_run_leaves_no_process_and_no_half_file(count: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable,
        "-m",
        "toolsmell",
        "augment",
        "--call",
        "hang",
        "--record",
        "calls.json",
        "--env",
        f"COUNT_FILE={count}",
    ]
    with subprocess.Popen(
        [*command, "--", sys.executable, ACTING], cwd=tmp_path, env=env, stderr=subprocess.DEVNULL
    ) as run:
        while "hang" not in _called(count):
            time.sleep(0.05)
        if sys.platform == "linux":
            assert _processes_with(f"COUNT_FILE={count}")
        run.send_signal(signal.SIGTERM)
        assert run.wait(30) == 130
    assert [p.name for p in tmp_path.iterdir()] == [count.name]
    assert not _processes_with(f"COUNT_FILE={count}")


def _processes_with(variable: str) -> list[str]:
    """Return the processes that have a variable, or an empty list if the system has no /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if variable.encode() in entry.read_bytes().split(b"\0"):
                found.append(entry.parent.name)
    return found
