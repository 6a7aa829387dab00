"""`--rubric FILE` with components of its own: scored, reported, read back, explained, judged and calibrated."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.commands import Done, findings, toolsmell
from tests.judge.models import GOOD, POOR
from tests.models.loopback import loopback
from tests.rewrite.scripted import by_stage
from tests.rubrics import SMALL, small
from toolsmell import reporters
from toolsmell.errors import ExitCode

SCHEMA = json.loads(Path(reporters.__path__[0], "parts", "report-v1.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    small(tmp_path)
    (tmp_path / "tools.json").write_text(json.dumps({"tools": [GOOD, POOR]}), encoding="utf-8")
    return tmp_path


def scan(folder: Path, *args: object) -> Done:
    done = toolsmell("scan", "tools.json", "--rubric", "small.yaml", "--isolated", *args, cwd=folder)
    assert done.code == ExitCode.CLEAN, done.stderr
    return done


def test_a_tool_has_scores_smells_and_an_overall_by_its_components(folder: Path) -> None:
    report = scan(folder, "--format", "json").report
    jsonschema.validate(report, SCHEMA)
    assert report["rubric"]["id"] == "two-questions"
    good, poor = report["servers"][0]["tools"]
    assert list(good["scores"]) == list(poor["scores"]) == ["clarity", "inputs"]
    assert {signal["id"] for signal in good["scores"]["clarity"]["signals"]} == {"detail", "says-when"}
    assert good["overall"] > 75
    assert poor["overall"] < 40
    levels = [_expected(score) for score in poor["scores"].values()]
    assert poor["overall"] == pytest.approx(25 * ((3 * levels[0] + levels[1]) / 4 - 1), abs=0.06)
    assert {tool["percentile"] for tool in (good, poor)} == {None}, "the shipped distribution is of another rubric"
    (smell,) = [finding for finding in findings(report) if finding["kind"] == "smell"]
    assert smell["smells"] == ["mute-inputs", "murky-purpose"], "the lowest level comes first"
    assert {finding["component"] for finding in findings(report)} <= {None, "clarity", "inputs"}


def _expected(score: dict[str, Any]) -> float:
    shares: list[float] = score["distribution"]["effective"]
    return sum(level * share for level, share in enumerate(shares, start=1))


def test_prose_names_the_signals_as_the_rubric_does_and_leaves_out_those_without_weight(folder: Path) -> None:
    report = scan(folder, "--frame", "prose", "--format", "json").report
    signals = report["servers"][0]["tools"][0]["scores"]["clarity"]["signals"]
    assert {signal["id"] for signal in signals} == {"words", "sentences"}


def test_a_component_that_needs_parameters_is_unscored_without(folder: Path) -> None:
    bare = {**GOOD, "inputSchema": {"type": "object"}}
    (folder / "tools.json").write_text(json.dumps({"tools": [bare]}), encoding="utf-8")
    (tool,) = scan(folder, "--format", "json").report["servers"][0]["tools"]
    assert (tool["scores"]["inputs"]["value"], tool["scores"]["inputs"]["reason"]) == (None, "it takes no parameters")
    assert tool["overall"] == pytest.approx(25 * (_expected(tool["scores"]["clarity"]) - 1), abs=0.06)


@pytest.mark.parametrize(
    "format_", ["text", "markdown", "html", "agent", "concise", "sarif", "gitlab", "junit", "rdjson"]
)
def test_every_format_tells_of_its_smells_and_of_no_others(folder: Path, format_: str) -> None:
    scan(folder, "--output", "json=report.json", "--output", f"{format_}=out")
    again = toolsmell("report", "report.json", "--format", format_, cwd=folder)
    assert again.code == ExitCode.CLEAN, again.stderr
    for text in ((folder / "out").read_text(encoding="utf-8"), again.stdout):
        assert ("mute inputs, murky purpose" if format_ == "junit" else "which values it takes") in text
        for word in ("opaque parameters", "opaque-parameters", "limitations", "of 100 public tools"):
            assert word not in text, word
        if format_ in ("html", "markdown"):
            assert all(component in text for component in ("clarity", "inputs"))


def test_a_badge_has_the_overall_if_there_is_no_percentile(folder: Path) -> None:
    overall = scan(folder, "--format", "json").report["summary"]["overall"]
    badge = scan(folder, "--format", "badge").report
    assert badge["message"].startswith(f"{overall:.0f} of 100 (")
    assert "two-questions" in badge["message"]


def test_the_table_has_its_components(folder: Path) -> None:
    text = scan(folder, "--verbose").stdout
    heads = next(line for line in text.splitlines() if "clari" in line)
    assert "input" in heads
    assert "purpo" not in heads


def test_a_stored_report_is_read_back_as_it_was(folder: Path) -> None:
    report = scan(folder, "--format", "json", "--output", "json=report.json").report
    again = toolsmell("report", "report.json", "--format", "json", cwd=folder)
    assert again.report == report


@pytest.mark.parametrize("name", ["Clarity", "cl arity", "<b>", "", "a" * 41, "\u001b[31m"])
def test_a_stored_report_with_a_component_of_another_form_is_damaged(folder: Path, name: str) -> None:
    report = scan(folder, "--format", "json").report
    scores = report["servers"][0]["tools"][0]["scores"]
    scores[name] = scores.pop("clarity")
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
    done = toolsmell("report", "report.json", cwd=folder)
    assert done.code == ExitCode.NOT_LINTED, done.stdout
    assert "no id" in done.stderr
    assert "\u001b" not in done.stderr


def test_the_explanation_has_its_components(folder: Path) -> None:
    text = scan(folder, "--why", "get_data").stdout
    assert [line.split()[0] for line in text.splitlines() if line.endswith("smell")] == ["clarity", "inputs"]


def test_its_smells_can_be_selected_and_ignored(folder: Path) -> None:
    def smells(*args: str) -> list[str]:
        report = scan(folder, "--format", "json", *args).report
        return [smell for finding in findings(report) for smell in finding.get("smells", [])]

    assert smells("--select", "mute-inputs") == ["mute-inputs"]
    assert smells("--ignore", "mute-inputs") == ["murky-purpose"]
    done = toolsmell("scan", "tools.json", "--rubric", "small.yaml", "--select", "opaque-parameters", cwd=folder)
    assert done.code == ExitCode.USAGE
    assert "opaque-parameters" in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("smell: mute-inputs", "smell: secret-in-text", "cannot be a smell", id="the id of a rule"),
        pytest.param("smell: mute-inputs", "smell: murky-purpose", "several have the smell", id="one smell twice"),
        pytest.param("smell: mute-inputs", "smell: Mute", "components.inputs.smell: must be", id="not an id"),
        pytest.param("  inputs:", "  <b>:", "components: must be", id="a component that is no id"),
        pytest.param("measure: information", "measure: magic", "no signal is called 'magic'", id="an unknown signal"),
        pytest.param("fewest: 1", "fewest: 3", "a whole number from 1 to 2", id="more components than there are"),
        pytest.param("weight: 3\n", "weight: 0\n", "must be over 0", id="a component without weight"),
        pytest.param("needs: parameters", "needs: luck", "must be 'parameters'", id="an unknown need"),
        pytest.param("[0.4, 0.6]", "[0.6, 0.4]", "must not fall", id="a band that falls"),
        pytest.param("[-1, 0, 1, 2]", "[-1, 0, 0, 2]", "must rise", id="cut points that do not rise"),
        pytest.param("calibration: null", "calibration: null\nprompts: ../up", "below that of", id="prompts elsewhere"),
        pytest.param("calibration: null", "calibration: null\nextra: 1", "does not know extra", id="an unknown key"),
    ],
)
def test_a_rubric_that_cannot_be_used_is_rejected_with_the_place(folder: Path, old: str, new: str, said: str) -> None:
    assert old in SMALL
    (folder / "small.yaml").write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    done = toolsmell("scan", "tools.json", "--rubric", "small.yaml", cwd=folder)
    assert done.code == ExitCode.USAGE, done.stdout
    assert said in done.stderr


def test_a_survey_has_levels_and_smells_of_its_components(folder: Path) -> None:
    row = {"server": "port", "tools": [GOOD, POOR]}
    (folder / "servers.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    done = toolsmell("survey", "servers.jsonl", "--rubric", "small.yaml", "-o", "out", "--format", "jsonl", cwd=folder)
    assert done.code == ExitCode.CLEAN, done.stderr
    rows = [json.loads(line) for path in (folder / "out" / "tools").iterdir() for line in path.read_text().splitlines()]
    assert [set(json.loads(row["levels"])) for row in rows] == [{"clarity", "inputs"}] * 2
    assert sorted(smell for row in rows for smell in row["smells"]) == ["murky-purpose", "mute-inputs"]


def test_a_calibration_fits_its_components_and_keeps_candidates_without_weight(folder: Path) -> None:
    pytest.importorskip("scipy")
    rows = [_labelled(server, thing) for server in range(8) for thing in range(6)]
    (folder / "labels.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    done = toolsmell("calibrate", "labels.jsonl", "--rubric", "small.yaml", "-o", "fitted.yaml", cwd=folder)
    assert done.code == ExitCode.CLEAN, done.stderr
    assert [line.split()[1] for line in done.stdout.splitlines()[2:]] == ["clarity", "inputs", "mean"]
    text = (folder / "fitted.yaml").read_text(encoding="utf-8")
    assert text.startswith("# Comments stay.\n")
    assert "order: {weight: 0.0" in text
    assert "measure: information}" in text
    report = toolsmell("scan", "tools.json", "--rubric", "fitted.yaml", "--format", "json", cwd=folder).report
    assert list(report["servers"][0]["tools"][0]["scores"]) == ["clarity", "inputs"]
    wrong = toolsmell("calibrate", "labels.jsonl", cwd=folder)
    assert wrong.code == ExitCode.USAGE
    assert "'clarity' is no component" in wrong.stderr


def _labelled(server: int, thing: int) -> dict[str, Any]:
    """Make a tool whose clarity grows with its sentences, and whose inputs are explained in every second one."""
    words = (
        "Finds a berth.",
        "It reads the register of the port.",
        "Returns depth and hours.",
        "Ships at sea are not in it.",
    )
    count, explained = 1 + (server + thing) % 4, thing % 2
    text = " ".join(words[:count]) + ("\n\nship: the name that is painted on the bow of the ship." if explained else "")
    scores = {"clarity": [count, min(5, count + 1)], "inputs": [1 + 2 * explained, 1 + 3 * explained]}
    return {"server": f"port-{server}", "name": f"find_{thing}", "description": text, "scores": scores}


def test_a_shipped_rubric_is_loaded_by_its_name_and_tells_of_the_server(folder: Path) -> None:
    report = toolsmell("scan", "tools.json", "--rubric", "tdqs", "--format", "json", cwd=folder).report
    jsonschema.validate(report, SCHEMA)
    assert report["rubric"]["id"] == "tdqs-estimate"
    (server,) = report["servers"]
    assert set(server["score"]["aspects"]) == {"disambiguation", "naming", "tool-count"}
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
    assert toolsmell("report", "report.json", "--format", "json", cwd=folder).report == report
    said = f"TDQS estimate {server['score']['level']:.1f} of 5, {server['score']['grade']}"
    for format_ in ("text", "agent", "markdown", "html"):
        done = toolsmell("report", "report.json", "--format", format_, cwd=folder)
        assert said in done.stdout, format_
    badge = toolsmell("report", "report.json", "--format", "badge", cwd=folder).report
    assert badge["message"].startswith(f"TDQS estimate {server['score']['level']:.1f} of 5 (")
    assert toolsmell("explain", "no-usage-guidelines", cwd=folder).stdout.startswith("# no-usage-guidelines")


def test_a_part_of_the_tools_has_no_score_of_the_server(folder: Path) -> None:
    done = toolsmell("scan", "tools.json", "--rubric", "tdqs", "--tool", "get_data", "--format", "json", cwd=folder)
    assert "score" not in done.report["servers"][0]


def test_the_six_components_do_not_score_servers(folder: Path) -> None:
    assert "score" not in toolsmell("scan", "tools.json", "--format", "json", cwd=folder).report["servers"][0]


@pytest.mark.parametrize("command", [("brief", "tools.json"), ("augment", "tools.json"), ("verify", "tools.json", "tools.json")])  # fmt: skip
def test_commands_for_texts_measure_by_the_rubric(folder: Path, command: tuple[str, ...]) -> None:
    done = toolsmell(*command, "--rubric", "small.yaml", "--format", "json", cwd=folder)
    assert done.code == ExitCode.CLEAN, done.stderr
    if command[0] == "brief":
        (server,) = json.loads(done.stdout)["servers"]
        assert {component for brief in server["briefs"] for component in brief["levels"]} == {"clarity", "inputs"}
    if command[0] == "augment":
        (server,) = json.loads(done.stdout)["servers"]
        assert set(server["tools"][0]["original"]["scores"]) == {"clarity", "inputs"}
    missing = toolsmell(*command, "--rubric", "no.yaml", cwd=folder)
    assert missing.code == ExitCode.USAGE
    assert "no.yaml: the rubric cannot be read" in missing.stderr


def test_a_writer_is_asked_by_the_components_of_the_rubric(folder: Path) -> None:
    with loopback(by_stage()) as model:
        connection = ("--model", "openai/scripted", "--model-url", model.url, "--no-cache")
        done = toolsmell("augment", "tools.json", "--rubric", "small.yaml", *connection, cwd=folder)
        assert done.code == ExitCode.CLEAN, done.stderr
        asked = "\n".join(one.body["messages"][0]["content"] for one in model.asked)
    assert '"component" (one of clarity, inputs)' in asked
    assert "limitations" not in asked
