"""Batches: questions out, answers in, and a scan that asks nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("openai")

from tests.judge.conftest import Scan
from tests.judge.models import GOOD, POOR, frames, quote, shown, verdict
from tests.models.loopback import Asked
from toolsmell import cli


def exported(tmp_path: Path, capsys: pytest.CaptureFixture[str], *args: str, tools: list[Any]) -> list[dict[str, Any]]:
    target = tmp_path / "tools.json"
    target.write_text(json.dumps({"tools": tools}))
    capsys.readouterr()
    assert cli.run(["judge", "export", str(target), "--isolated", "--judge", "gpt-4.1-mini", *args]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def answered(lines: list[dict[str, Any]], results: Path, level: int = 3) -> None:
    """Do what a batch service does with the lines."""
    done = []
    for line in lines:
        asked = Asked(line["url"], {}, line["body"])
        text = verdict(level, quote(shown(asked)), frames(asked))
        body = {
            "model": "gpt-4.1-mini-2025-04-14",
            "choices": [{"message": {"content": text}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 900, "completion_tokens": 300},
        }
        done.append({"custom_id": line["custom_id"], "response": {"status_code": 200, "body": body}, "error": None})
    results.write_text("".join(json.dumps(line) + "\n" for line in done))


def test_a_batch_in_the_format_of_openai(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = exported(tmp_path, capsys, "--judge-all", tools=[GOOD, {**GOOD, "name": "other"}])
    assert [(line["method"], line["url"]) for line in lines] == [("POST", "/v1/chat/completions")] * 2
    assert len({line["custom_id"] for line in lines}) == 2
    body = lines[0]["body"]
    assert (body["model"], body["temperature"], body["seed"]) == ("gpt-4.1-mini", 0.0, 0)
    assert body["response_format"]["json_schema"]["strict"] is True
    assert "max_completion_tokens" in body


def test_only_what_the_scorecard_is_unsure_of_is_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(tmp_path, capsys, tools=[POOR]) == []


def test_answers_are_taken_into_the_cache(scan: Scan, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = tmp_path / "results.jsonl"
    answered(exported(tmp_path, capsys, "--judge-all", tools=[GOOD]), results)
    assert cli.run(["judge", "import", str(results), "--cache", str(tmp_path / "cache")]) == 0
    assert "1 answers are in the cache" in capsys.readouterr().err
    run = scan(None, "--offline", tools=[GOOD], judges=["gpt-4.1-mini"])
    assert run.tool["judge"]["standing"] == "used"
    assert (run.usage["calls"], run.usage["cached"]) == (0, 1)


def test_answers_are_replayed_from_the_file(scan: Scan, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = tmp_path / "results.jsonl"
    answered(exported(tmp_path, capsys, "--judge-all", tools=[GOOD]), results)
    run = scan(None, tools=[GOOD], judges=[f"replay:{results}"])
    assert run.tool["judge"]["standing"] == "used"
    assert run.tool["judge"]["verdicts"][0]["model"] == "gpt-4.1-mini-2025-04-14"
    other = scan(None, tools=[{**GOOD, "description": "Something else."}], judges=[f"replay:{results}"])
    assert "has no answer" in other.tool["judge"]["reason"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--judge", "a", "--judge", "b"], "a batch is for one model"),
        (["--judge", "a", "--escalate", "b"], "a batch is for one model"),
        ([], "a batch is for one model"),
        (["--judge", "anthropic/a"], "needs a model of OpenAI"),
    ],
)
def test_a_batch_is_for_one_model_that_takes_it(
    capsys: pytest.CaptureFixture[str], args: list[str], message: str
) -> None:
    assert cli.run(["judge", "export", "tools.json", "--isolated", *args]) == 2
    assert message in capsys.readouterr().err


def test_an_import_says_what_has_no_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = tmp_path / "results.jsonl"
    results.write_text(json.dumps({"custom_id": "c" * 64, "response": None, "error": {"code": "batch_expired"}}))
    assert cli.run(["judge", "import", str(results), "--cache", str(tmp_path / "cache")]) == 3
    assert "batch_expired" in capsys.readouterr().err
    results.write_text("not json\n{}\n")
    assert cli.run(["judge", "import", str(results), "--cache", str(tmp_path / "cache")]) == 2
    assert "results.jsonl:1" in capsys.readouterr().err
