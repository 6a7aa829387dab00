"""A model's texts: proposed where they verify, refused with reasons where not, and never applied unread."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.models.loopback import Answer, Loopback, loopback, says

ROOT = Path(__file__).parent.parent.parent
TEXT = "Lists free berths of a pier. Needs the pier's name."
TOOL = {
    "name": "list_berths",
    "description": TEXT,
    "inputSchema": {
        "type": "object",
        "properties": {"pier": {"type": "string"}, "limit": {"type": "integer", "maximum": 50}},
        "required": ["pier"],
    },
    "annotations": {"readOnlyHint": True},
}
LIMIT = "Returns free berths, at most 50 by `limit`."


def _claim(text: str, *cites: str, parameter: str | None = None) -> dict[str, Any]:
    return {"text": text, "component": "limitations", "parameter": parameter, "cites": list(cites)}


def _answer(description: str, *claims: dict[str, Any], **parameters: str) -> Answer:
    return says(json.dumps({"description": description, "parameters": parameters, "claims": claims}))


SOUND = _answer(f"{TEXT} {LIMIT}", _claim(LIMIT, "schema:/inputSchema/properties/limit/maximum"))
LEAK = _answer(f"{TEXT} A subscription is required.", _claim("A subscription is required.", "original:0-20"))


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    path = tmp_path / "tools.json"
    path.write_text(json.dumps({"tools": [TOOL]}, indent=2), encoding="utf-8")
    return path


def _augment(model: Loopback, cwd: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "toolsmell",
        "augment",
        "tools.json",
        "--model",
        "scripted",
        "--model-url",
        model.url,
    ]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*command, "--no-cache", *args], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )


def _tool(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.stdout, done.stderr
    tool: dict[str, Any] = json.loads(done.stdout)["servers"][0]["tools"][0]
    return tool


def test_a_text_that_verifies_is_proposed_with_its_claims(tools: Path) -> None:
    with loopback(SOUND) as model:
        done = _augment(model, tools.parent, "--format", "json", "--full")
    tool = _tool(done)
    assert any(v["description"] == f"{TEXT} {LIMIT}" and not v["violations"] for v in tool["variants"])
    assert json.loads(done.stdout)["usage"]["questions"] >= 1


def test_a_text_that_states_trouble_of_the_trial_is_refused_and_sent_back(tools: Path) -> None:
    with loopback(LEAK) as model:
        done = _augment(model, tools.parent, "--format", "json")
        asked = [a.body["messages"][1]["content"] for a in model.asked]
    assert done.returncode == 5, done.stderr
    assert "harness-trouble" in {v["violation"] for v in _tool(done)["refused"]}
    assert "subscription" not in json.dumps([v["description"] for v in _tool(done)["variants"]])
    # The analysis, and five rounds.
    assert len(asked) == 6
    assert "harness-trouble" in asked[2]


def test_a_sentence_without_a_valid_citation_is_refused(tools: Path) -> None:
    made_up = _answer(f"{TEXT} {LIMIT}", _claim(LIMIT, "observation:7"), {"text": LIMIT, "cites": ["hearsay:1"]})
    with loopback(made_up) as model:
        done = _augment(model, tools.parent, "--format", "json")
    assert "uncited-claim" in {v["violation"] for v in _tool(done)["refused"]}


@pytest.mark.parametrize(
    "text", ["I cannot do that.", "[]", '{"description": 7, "claims": []}', '{"claims": []}', "{" * 9_000]
)
def test_an_answer_that_is_none_leaves_the_tool_alone(tools: Path, text: str) -> None:
    with loopback(says(text)) as model:
        done = _augment(model, tools.parent, "--format", "json")
    assert done.returncode in (0, 5), done.stderr
    assert not any(v["by"] == "model" for v in _tool(done)["variants"])


def test_a_model_s_text_is_written_with_leave_only(tools: Path) -> None:
    # Without annotations the templates have nothing to say, so that the model's text is the better one.
    tools.write_text(json.dumps({"tools": [{k: v for k, v in TOOL.items() if k != "annotations"}]}), encoding="utf-8")
    before = tools.read_bytes()
    with loopback(SOUND) as model:
        done = _augment(model, tools.parent, "--apply", "--full", "--format", "json")
        assert _tool(done)["unsafe"]
        assert done.returncode == 2
        assert tools.read_bytes() == before
        assert _augment(model, tools.parent, "--apply", "--unsafe", "--full").returncode == 0
    assert LIMIT.encode() in tools.read_bytes()


def test_the_tool_stands_between_marks_and_a_failing_model_is_said(tools: Path) -> None:
    with loopback(Answer(b"{}", status=401)) as model:
        done = _augment(model, tools.parent)
        content = model.asked[0].body["messages"][1]["content"]
    assert done.returncode == 4
    assert content.startswith("<<<")
    assert TEXT in content
