"""A failure of a model leaves the tools of that question without a verdict, and changes nothing else."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("openai")

from tests.judge.conftest import Scan
from tests.judge.models import GOOD, frames, judging, quote, shown, verdict
from tests.models.loopback import Answer, Asked, Loopback, as_json, fails, loopback, page, says
from toolsmell.errors import ExitCode

BAD_LEVEL = verdict(3, "Looks a ship up", ["prose", "effective"]).replace('"prose": 3', '"prose": 9', 1)
MIDDLING = judging(lambda _: 3)


def variants(count: int) -> list[dict[str, Any]]:
    return [{**GOOD, "name": f"find_berth_{i}"} for i in range(count)]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(fails(401, "bad key"), "401: .*check the key", id="wrong key"),
        pytest.param(fails(404, "no such model"), "404: .*no such model", id="no such model"),
        pytest.param(fails(500, "oops"), "500: .*oops", id="error at the server"),
        pytest.param(fails(429, "slow down", retry_after="0"), "429: .*slow down", id="too many requests"),
        pytest.param(Answer(says("x" * 99).body, cut=40), "broke off", id="half an answer"),
        pytest.param(Answer(b'{"choices": ['), "not JSON", id="half of a JSON text"),
        pytest.param(page(), "a web page: check the URL", id="HTML"),
        pytest.param(as_json({"choices": []}), "without a message", id="no choice"),
        pytest.param(says(""), "malformed answer: it is empty", id="an empty answer"),
        pytest.param(says("It is a fine tool."), "malformed answer: it has no JSON object", id="ignores the schema"),
        pytest.param(says(BAD_LEVEL), "purpose.prose` is 9", id="out of range"),
        pytest.param(says(BAD_LEVEL[:200], finish="length"), "cut off", id="cut off by its length"),
        pytest.param(Answer(b"", hang=True), "no answer within 0.5 s", id="no answer in time"),
    ],
)
def test_a_failure_is_unscored_with_its_reason(scan: Scan, answer: Answer, reason: str) -> None:
    # Short only if the test waits for it: a busy machine may need longer for the others.
    timeout = ("--model-timeout", "0.5" if answer.hang else "60")
    with loopback(answer) as server:
        run = scan(server, *timeout, "--fail-on", "never")
        required = scan(server, *timeout, "--require-judge", "--no-cache")
    judge = run.tool["judge"]
    assert (judge["standing"], run.code) == ("unscored", ExitCode.CLEAN)
    assert re.search(reason, judge["reason"])
    assert {score["origin"] for score in run.tool["scores"].values()} == {"scorecard"}
    assert "gave no verdict on 'find_berth'" in run.report["servers"][0]["notes"][0]
    assert "the judge gave no verdict on 1 tool: the notes of the report say why" in run.stderr
    assert required.code == ExitCode.JUDGE_FAILED


def test_nobody_listens(scan: Scan) -> None:
    with loopback(MIDDLING) as server:
        pass
    run = scan(server, "--require-judge")
    assert "could not be reached" in run.tool["judge"]["reason"]
    assert run.code == ExitCode.JUDGE_FAILED


def test_a_required_judge_comes_after_a_target_that_was_not_read(scan: Scan) -> None:
    with loopback(fails(401)) as server:
        run = scan(server, "--require-judge", "missing.json")
    assert run.code == ExitCode.NOT_LINTED


def test_one_tool_in_a_hundred_costs_no_other(scan: Scan) -> None:
    def script(asked: Asked) -> Answer:
        return fails(400, "content filter") if shown(asked)["name"].endswith("_57") else MIDDLING(asked)

    with loopback(script) as server:
        run = scan(server, "--require-judge", tools=variants(100))
    assert [t["index"] for t in run.tools if t["judge"]["standing"] != "used"] == [57]
    assert "content filter" in run.tools[57]["judge"]["reason"]
    assert run.code == ExitCode.JUDGE_FAILED


def test_a_model_that_fails_every_time_is_not_asked_a_thousand_times(scan: Scan) -> None:
    with loopback(fails(401, "bad key")) as server:
        run = scan(server, "--concurrency", "1", tools=variants(50))
        assert len(server.asked) == 5
    assert {t["judge"]["standing"] for t in run.tools} == {"unscored"}
    assert "not asked, since 5 questions in a row failed" in run.tools[-1]["judge"]["reason"]


def test_a_faulty_answer_is_asked_for_once_more_with_what_is_wrong(scan: Scan) -> None:
    def script(asked: Asked) -> Answer:
        return says(BAD_LEVEL) if len(asked.body["messages"]) == 2 else MIDDLING(asked)

    with loopback(script) as server:
        run = scan(server)
    first, second = server.asked
    assert run.tool["judge"]["standing"] == "used"
    assert second.body["messages"][:2] == first.body["messages"]
    assert second.body["messages"][2] == {"role": "assistant", "content": BAD_LEVEL}
    assert "`purpose.prose` is 9 and must be one of 1, 2, 3, 4, 5" in second.body["messages"][3]["content"]


def test_calls_are_limited_and_what_was_answered_stands(scan: Scan) -> None:
    with loopback(MIDDLING) as server:
        run = scan(server, "--max-questions", "2", tools=variants(4))
        assert len(server.asked) == 2
        assert sorted(t["judge"]["standing"] for t in run.tools) == ["unscored", "unscored", "used", "used"]
        assert "limit of 2 model calls" in run.report["servers"][0]["notes"][0]
        again = scan(server, "--max-questions", "2", tools=variants(4))
        assert {t["judge"]["standing"] for t in again.tools} == {"used"}
        assert len(server.asked) == 4


def test_several_models_share_the_limit(scan: Scan) -> None:
    with loopback(MIDDLING) as server:
        scan(server, "--max-questions", "3", tools=variants(2), judges=["openai/a", "openai/b"])
        assert len(server.asked) == 3


def test_a_price_that_is_not_known_keeps_no_limit(scan: Scan) -> None:
    with loopback(MIDDLING) as server:
        run = scan(server, "--max-cost", "1")
        assert server.asked == []
    assert "no price is known for m" in run.tool["judge"]["reason"]


def test_money_is_limited(scan: Scan) -> None:
    with loopback(MIDDLING) as server:
        run = scan(server, "--max-cost", "0.05", "--concurrency", "1", tools=variants(9), judges=["openai/gpt-4.1"])
        assert 0 < len(server.asked) < 9
    assert run.usage["cost"] <= 0.04


def scanning(server: Loopback, tmp_path: Path, tools: Sequence[Any]) -> subprocess.Popen[bytes]:
    target = tmp_path / "tools.json"
    target.write_text(json.dumps({"tools": list(tools)}))
    command = [sys.executable, "-m", "toolsmell", "scan", str(target), "--isolated", "--judge-all"]
    command += ["--judge", "openai/m", "--model-url", server.url, "--concurrency", "1", "--format", "json"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "home"), "HOME": str(tmp_path)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


def asked_for(server: Loopback, count: int) -> None:
    for _ in range(2400):
        if len(server.asked) >= count:
            return
        time.sleep(0.05)
    raise AssertionError(f"asked {len(server.asked)} of {count} questions")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_what_was_paid_for_is_kept(tmp_path: Path, how: signal.Signals) -> None:
    sent = threading.Event()

    def script(asked: Asked) -> Answer:
        if len(server.asked) >= 3:
            sent.wait(60)  # so that the signal comes while an answer is under way
        return MIDDLING(asked)

    with loopback(script) as server:
        with scanning(server, tmp_path, variants(6)) as first:
            asked_for(server, 3)
            first.send_signal(how)
            sent.set()
            _, stderr = first.communicate(timeout=60)
        if how is signal.SIGINT:
            assert first.returncode == ExitCode.INTERRUPTED
            assert b"interrupted" in stderr
        paid = len(server.asked)
        with scanning(server, tmp_path, variants(6)) as second:
            out, _ = second.communicate(timeout=60)
        report = json.loads(out)
        # A killed process loses at most the answer that was under way; Ctrl-C waits for it.
        lost = 0 if how is signal.SIGINT else 1
        assert len(server.asked) - paid <= 6 - paid + lost
        assert {t["judge"]["standing"] for t in report["servers"][0]["tools"]} == {"used"}


def test_two_runs_at_once_share_a_cache(tmp_path: Path) -> None:
    with loopback(MIDDLING) as server:
        with scanning(server, tmp_path, variants(8)) as one, scanning(server, tmp_path, variants(8)) as two:
            reports = [json.loads(run.communicate(timeout=120)[0]) for run in (one, two)]
        with scanning(server, tmp_path, variants(8)) as third:
            asked = len(server.asked)
            third.communicate(timeout=60)
        assert len(server.asked) == asked
    standings = [t["judge"]["standing"] for report in reports for t in report["servers"][0]["tools"]]
    assert standings == ["used"] * 16


def test_half_a_verdict_is_none(scan: Scan) -> None:
    def script(asked: Asked) -> Answer:
        whole = json.loads(verdict(3, quote(shown(asked)), frames(asked)))
        del whole["examples"]
        return says(json.dumps(whole))

    with loopback(script) as server:
        run = scan(server)
    assert "`examples` is missing" in run.tool["judge"]["reason"]
