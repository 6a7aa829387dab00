"""A judge over a rubric with components of its own: its words, its prompt, and what the answers change."""

import json
from pathlib import Path

import pytest

pytest.importorskip("openai")

from tests.judge.conftest import Scan
from tests.judge.models import GOOD, POOR, quote, shown
from tests.models.loopback import Answer, Asked, loopback, says
from tests.rubrics import SMALL, small
from toolsmell.data.shipped import shipped as shipped_file
from toolsmell.errors import ExitCode
from toolsmell.scoring import rubric


def opinion(prose: int, effective: int, quotation: str) -> dict[str, object]:
    quotations = dict.fromkeys(("prose_quotation", "effective_quotation"), quotation)
    return {**quotations, "prose": prose, "effective": effective, "improvement": None}


def answering(**levels: int) -> dict[str, object]:
    opinions = {component: opinion(level, level, quote(GOOD)) for component, level in levels.items()}
    return {**opinions, "defects": []}


def test_a_model_is_asked_for_its_components_and_their_levels_stand_in_the_report(scan: Scan, tmp_path: Path) -> None:
    with loopback(lambda _: says(json.dumps(answering(clarity=4, inputs=2)))) as server:
        run = scan(server, "--rubric", small(tmp_path))
    (asked,) = server.asked
    system = asked.body["messages"][0]["content"]
    assert "clarity: Can a stranger tell what it does?" in system
    assert "5  All are with an example." in system
    assert "purpose:" not in system
    schema = asked.body["response_format"]["json_schema"]["schema"]
    assert schema["required"] == ["clarity", "inputs", "defects"]
    assert {name: score["value"] for name, score in run.tool["scores"].items()} == {"clarity": 4, "inputs": 2}
    assert run.tool["overall"] == 62.5, "clarity weighs three times as much"
    assert [finding["smells"] for finding in run.tool["findings"] if finding["kind"] == "smell"] == [["mute-inputs"]]


def test_an_answer_about_other_components_is_no_verdict(scan: Scan, tmp_path: Path) -> None:
    with loopback(lambda _: says(json.dumps(answering(purpose=4, usage=2)))) as server:
        run = scan(server, "--rubric", small(tmp_path))
    assert run.tool["judge"]["standing"] == "unscored"
    assert "`clarity`" in run.tool["judge"]["reason"]


def test_a_component_without_a_measured_band_is_always_asked_about(scan: Scan, tmp_path: Path) -> None:
    def script(asked: Asked) -> Answer:
        shown(asked)
        return says(json.dumps(answering(clarity=4, inputs=3)))

    with loopback(script) as server:
        run = scan(server, "--rubric", small(tmp_path), everything=False)
    assert len(server.asked) == 1
    assert run.tool["judge"]["standing"] == "used"


def test_a_rubric_brings_its_own_prompt(scan: Scan, tmp_path: Path) -> None:
    prompts = tmp_path / "own"
    prompts.mkdir()
    template = Path(shipped_file("prompts/judge.j2")).read_text(encoding="utf-8")
    (prompts / "judge.j2").write_text(template.replace("You assess", "As harbour master, you assess"), encoding="utf-8")
    path = tmp_path / "small.yaml"
    path.write_text(SMALL.replace("calibration: null", "calibration: null\nprompts: own"), encoding="utf-8")
    with loopback(lambda _: says(json.dumps(answering(clarity=4, inputs=3)))) as server:
        scan(server, "--rubric", path)
    assert server.asked[0].body["messages"][0]["content"].startswith("As harbour master, you assess")


def test_a_prompt_that_is_missing_is_an_error_with_its_path(scan: Scan, tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL.replace("calibration: null", "calibration: null\nprompts: nowhere"), encoding="utf-8")
    with loopback(lambda _: says("{}")) as server:
        run = scan(server, "--rubric", path)
    assert run.code == ExitCode.USAGE
    assert "nowhere" in run.stderr
    assert not server.asked


def test_the_estimate_of_tdqs_asks_its_own_questions_and_scores_the_server(scan: Scan) -> None:
    tools = [{**GOOD, "outputSchema": {"type": "object", "properties": {"berth": {"type": "string"}}}}, POOR]
    names = rubric.load("tdqs").components

    def script(asked: Asked) -> Answer:
        return says(json.dumps(dict.fromkeys(names, opinion(3, 4, quote(shown(asked))))))

    with loopback(script) as server:
        run = scan(server, "--rubric", "tdqs", tools=tools)
    asked = next(asked for asked in server.asked if shown(asked)["name"] == "find_berth")
    assert "purpose_clarity: Does the description state what the tool does" in asked.body["messages"][0]["content"]
    assert "would also fit one of them is not told apart" in asked.body["messages"][0]["content"]
    assert list(shown(asked)["siblings"]) == ["get_data"]
    assert run.tools[0]["overall"] == 75.0
    assert run.report["servers"][0]["score"]["title"] == "TDQS estimate"
