"""`toolsmell scan --judge`: what a verdict changes in the report, and what is asked to get it."""

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("openai")

from tests.judge.conftest import Scan
from tests.judge.models import GOOD, POOR, frames, judging, quote, shown, verdict
from tests.models.loopback import Answer, Asked, loopback, says
from tests.rubrics import COMPONENTS
from toolsmell.data.shipped import shipped as shipped_file

MIDDLING = dict.fromkeys(COMPONENTS, 3)


def variants(count: int) -> list[dict[str, Any]]:
    return [{**GOOD, "name": f"find_berth_{i}"} for i in range(count)]


def test_a_verdict_stands_in_the_scores_and_smells(scan: Scan) -> None:
    levels = {**MIDDLING, "usage": 2, "purpose": 4}
    with loopback(judging(lambda _: levels)) as server:
        run = scan(server)
    scores = run.tool["scores"]
    assert {name: score["value"] for name, score in scores.items()} == levels
    assert {name: score["prose"] for name, score in scores.items()} == levels
    assert {score["origin"] for score in scores.values()} == {"judge"}
    assert run.tool["overall"] == 50.0
    smells = [finding for finding in run.tool["findings"] if finding["kind"] == "smell"]
    assert [(smell["id"], smell["smells"], smell["next"]) for smell in smells] == [
        ("smelly-description", ["missing-usage-guidance"], "Say more.")
    ]
    (verdict_,) = run.tool["judge"]["verdicts"]
    assert run.tool["judge"]["standing"] == "used"
    assert (verdict_["model"], verdict_["sample"], verdict_["cached"]) == ("m", 0, False)
    assert json.loads(verdict_["raw"])["usage"]["prose"] == 2
    assert len(verdict_["prompt"]) == 16


def test_usage_is_counted_and_said(scan: Scan) -> None:
    with loopback(judging(lambda _: 3)) as server:
        run = scan(server, tools=variants(3))
    expected = {"calls": 3, "cached": 0, "input_tokens": 2700, "cached_tokens": 0, "output_tokens": 900}
    assert {key: run.usage[key] for key in expected} == expected
    assert run.usage["prefill_token_equivalents"] == pytest.approx(3 * (900 + 0.002 * 900 * 300))
    assert run.usage["cost"] is None
    assert [entry["model"] for entry in run.usage["models"]] == ["m"]
    assert "3 questions, 3 calls, 0 from the cache, 2,700 + 900 tokens, cost unknown" in run.stderr


def test_a_known_price_is_added_up(scan: Scan) -> None:
    with loopback(judging(lambda _: 3)) as server:
        run = scan(server, judges=["openai/gpt-4.1-mini"])
    assert run.usage["cost"] > 0


@pytest.mark.parametrize(("frame", "asked_for"), [("prose", ["prose"]), ("effective", ["prose", "effective"])])
def test_levels_are_asked_for_in_the_frames_of_the_run(scan: Scan, frame: str, asked_for: list[str]) -> None:
    with loopback(judging(lambda _: 3)) as server:
        run = scan(server, "--frame", frame)
    (asked,) = server.asked
    assert frames(asked) == asked_for
    # For prose the model sees what the published rubric showed its jurors: names and description.
    assert ("inputSchema" in shown(asked)) is (frame == "effective")
    assert set(run.tool["judge"]["verdicts"][0]["opinions"]["purpose"]["levels"]) == set(asked_for)


def test_a_tool_without_parameters_keeps_them_unscored(scan: Scan) -> None:
    bare = {**GOOD, "inputSchema": {"type": "object"}}
    with loopback(judging(lambda _: 3)) as server:
        score = scan(server, tools=[bare]).tool["scores"]["parameters"]
    assert (score["value"], score["prose"], score["reason"]) == (None, 3, "it takes no parameters")


def test_a_jury_takes_the_median_and_marks_disputes(scan: Scan) -> None:
    by_model = {"a": {**MIDDLING, "usage": 2}, "b": {**MIDDLING, "usage": 4}, "c": MIDDLING}

    def script(asked: Asked) -> Answer:
        return says(verdict(by_model[asked.body["model"]], quote(shown(asked)), frames(asked)))

    with loopback(script) as server:
        run = scan(server, judges=["openai/a", "openai/b", "c"])
    assert run.tool["scores"]["usage"]["value"] == 3
    assert run.tool["judge"]["disputed"] == ["usage"]
    assert [v["model"] for v in run.tool["judge"]["verdicts"]] == ["a", "b", "c"]
    assert [entry["calls"] for entry in run.usage["models"]] == [1, 1, 1]


def test_between_two_jurors_the_scorecard_decides(scan: Scan) -> None:
    levels = {"a": 3, "b": 2}

    def script(asked: Asked) -> Answer:
        return says(verdict(levels[asked.body["model"]], quote(shown(asked)), frames(asked)))

    with loopback(script) as server:
        scores = scan(server, judges=["openai/a", "openai/b"]).tool["scores"]
    assert {score["origin"] for score in scores.values()} == {"both"}
    # The scorecard finds much in this description, so of 2 and 3 it takes 3.
    assert scores["purpose"]["value"] == 3


def test_samples_are_asked_for_with_a_seed_each(scan: Scan) -> None:
    with loopback(judging(lambda _: 3)) as server:
        run = scan(server, "--samples", "3", "--judge-temperature", "0.7", "--concurrency", "1")
    assert [(a.body["seed"], a.body["temperature"]) for a in server.asked] == [(0, 0.7), (1, 0.7), (2, 0.7)]
    assert [v["sample"] for v in run.tool["judge"]["verdicts"]] == [0, 1, 2]


def test_nobody_is_asked_where_the_scorecard_is_sure(scan: Scan) -> None:
    with loopback(judging(lambda _: 3)) as server:
        run = scan(server, tools=[POOR], everything=False)
        assert server.asked == []
        assert run.tool["judge"]["standing"] == "spared"
        assert {score["origin"] for score in run.tool["scores"].values()} == {"scorecard"}
        scan(server, tools=[POOR])
        assert len(server.asked) == 1


def test_a_script_that_the_scorecard_cannot_read_is_asked_about(scan: Scan) -> None:
    text = "潮位観測所の名前を受け取り、指定された日の満潮と干潮の時刻をメートル単位の潮位とともに返します。"
    japanese = {
        "name": "tide",
        "description": f"{text}港の深さを調べるときには使わず、代わりに別の道具を使ってください。",
    }
    with loopback(judging(lambda _: 3)) as server:
        run = scan(server, tools=[japanese], everything=False)
    assert run.tool["scores"]["purpose"]["value"] == 3
    assert run.tool["judge"]["standing"] == "used"


def test_what_has_no_text_to_judge_is_not_asked_about(scan: Scan) -> None:
    with loopback(judging(lambda _: 3)) as server:
        run = scan(server, tools=[7, {"name": "t", "description": ["a"]}, GOOD])
        assert len(server.asked) == 1
    assert ["judge" in tool for tool in run.tools] == [False, False, True]
    assert run.tools[0]["scores"]["purpose"]["reason"] == "it is not a tool"


def test_a_larger_model_is_asked_where_the_first_leaves_doubt(scan: Scan) -> None:
    def script(asked: Asked) -> Answer:
        if asked.body["model"] == "small" and "0" in shown(asked)["name"]:
            return says("I would rather not say.")
        return says(verdict(4 if asked.body["model"] == "large" else 3, quote(shown(asked)), frames(asked)))

    with loopback(script) as server:
        doubted, clear = (
            scan(server, "--escalate", "openai/large", tools=tools, judges=["openai/small"]).tool
            for tools in (variants(1), [GOOD])
        )
    assert doubted["scores"]["purpose"]["value"] == 4
    assert [v["model"] for v in doubted["judge"]["verdicts"]] == ["large"]
    assert [v["model"] for v in doubted["judge"]["earlier"]] == ["small"]
    assert (clear["scores"]["purpose"]["value"], clear["judge"]["earlier"]) == (3, [])


def test_a_server_without_schemas_is_asked_in_words(scan: Scan) -> None:
    def script(asked: Asked) -> Answer:
        if "response_format" in asked.body:
            return Answer(b'{"error": {"message": "unsupported"}}', 400, {"content-type": "application/json"})
        answer = verdict(3, quote(shown(asked)), ["prose", "effective"])
        return says(f"Let me think.\n```json\n{answer}\n```\nThat is my verdict.")

    with loopback(script) as server:
        run = scan(server, tools=variants(2), judges=["openai/m"])
    assert [tool["judge"]["standing"] for tool in run.tools] == ["used", "used"]


def test_a_second_run_asks_nothing(scan: Scan) -> None:
    with loopback(judging(lambda _: 3)) as server:
        first = scan(server, tools=variants(3))
        second = scan(server, tools=variants(3))
        assert len(server.asked) == 3
        scan(server, tools=[*variants(3), {**GOOD, "description": GOOD["description"] + " It is slow."}])
        assert len(server.asked) == 3 + 4, "a new sibling is part of every question"
    assert (second.usage["calls"], second.usage["cached"]) == (0, 3)
    assert [t["scores"] for t in first.tools] == [t["scores"] for t in second.tools]
    assert second.tools[0]["judge"]["verdicts"][0]["cached"]


def test_a_run_is_replayed_without_a_server(scan: Scan, tmp_path: Path) -> None:
    record = tmp_path / "run.jsonl"
    by_model = {"a": 3, "b": 4}

    def script(asked: Asked) -> Answer:
        return says(verdict(by_model[asked.body["model"]], quote(shown(asked)), frames(asked)))

    with loopback(script) as server:
        first = scan(server, "--record", record, judges=["openai/a", "openai/b"])
    replayed = scan(None, "--no-cache", judges=[f"replay:{record}"])
    assert replayed.tool["scores"] == first.tool["scores"]
    assert [v["model"] for v in replayed.tool["judge"]["verdicts"]] == ["a", "b"]
    assert (replayed.usage["calls"], replayed.usage["cached"]) == (0, 2)
    assert "go to" not in replayed.stderr  # nothing leaves this machine


def test_a_user_s_prompt_and_what_it_shows(scan: Scan, tmp_path: Path) -> None:
    folder = tmp_path / "prompts"
    folder.mkdir()
    (folder / "judge.j2").write_text(
        "{% block system %}Rate {% for c in components %}{{ c.id }} {% endfor %}{% endblock %}"
        "{% block user %}<<<{{ mark }}\n{{ tool }}\n{{ mark }}>>>{% endblock %}{% block again %}{{ fault }}{% endblock %}"
    )
    with loopback(judging(lambda _: 3)) as server:
        scan(server, "--prompts", folder)
        scan(server, "--prompts", folder)
    (asked,) = server.asked
    assert asked.body["messages"][0]["content"].startswith("Rate purpose usage")
    with loopback(judging(lambda _: 3)) as server:
        scan(server)
        assert len(server.asked) == 1  # another prompt is another question, also for the cache


def test_another_rubric_is_another_judge(scan: Scan, tmp_path: Path) -> None:
    mine = tmp_path / "mine.json"
    data = json.loads(Path(shipped_file("six-components.json")).read_text(encoding="utf-8"))
    data["components"]["usage"]["levels"]["3"] = "Somebody could guess the occasion."
    mine.write_text(json.dumps({key: value for key, value in data.items() if key != "fingerprint"}))
    with loopback(judging(lambda _: 3)) as server:
        run = scan(server, "--rubric", mine)
        scan(server)
        first, second = server.asked
    assert "Somebody could guess the occasion." in first.body["messages"][0]["content"]
    assert "Somebody could guess the occasion." not in second.body["messages"][0]["content"]
    assert run.report["rubric"]["fingerprint"] != data["fingerprint"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(["--escalate", "x"], "--escalate needs a judge", id="escalate"),
        pytest.param(["--model-url", "http://127.0.0.1:1/v1"], "--model-url needs a judge", id="url"),
        pytest.param(["--require-judge"], "--require-judge needs a judge", id="require"),
        pytest.param(["--judge", "openai/m", "--escalate", "m"], "m is named twice", id="twins"),
        pytest.param(["--judge", "m"], "set OPENAI_API_KEY", id="no key"),
        pytest.param(
            ["--judge", "Qwen/Qwen3", "--model-url", "http://127.0.0.1:1/v1"],
            "write --judge openai/Qwen/Qwen3",
            id="a URL that serves nobody",
        ),
        pytest.param(
            ["--judge", "anthropic/a", "--judge", "gemini/b", "--model-key-env", "K"],
            "one key to several providers",
            id="one key for two",
        ),
        pytest.param(["--judge", "replay:missing.jsonl"], "cannot read the recording missing.jsonl", id="no recording"),
        pytest.param(["--judge", "m", "--diff"], "leave out --diff", id="diff"),
    ],
)
def test_what_does_not_fit_together_is_refused(scan: Scan, args: list[str], message: str) -> None:
    run = scan(None, *args, judges=[], everything=False)
    assert message in run.stderr
    assert run.code in (2, 3)
    assert run.report == {}
