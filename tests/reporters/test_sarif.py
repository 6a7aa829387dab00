"""SARIF: GitHub accepts it, and the validator of the format's authors too if it is installed."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolsmell.model import Related, ServerReport, Severity, Summary
from toolsmell.reporters.formats import sarif
from toolsmell.reporters.parts.stored import StoredReport

Render = Callable[..., str]

FOLDERS = os.environ.get("TOOLSMELL_NODE_MODULES", "no-node-modules").split(os.pathsep)
MULTITOOLS = [Path(folder, "@microsoft/sarif-multitool-linux/Sarif.Multitool") for folder in FOLDERS]
MULTITOOL = next((path for path in MULTITOOLS if path.exists()), MULTITOOLS[0])


def run_of(render: Render, report: StoredReport) -> Any:
    (run,) = json.loads(render("sarif", report))["runs"]
    return run


def one_server(samples: Any, *tools: Any) -> StoredReport:
    return StoredReport(samples.RUN, (samples.server("weather", *tools),), (), Summary(servers=1))


@pytest.mark.node
@pytest.mark.parametrize("run", ["plain_run", "hostile_run"])
def test_validator_has_no_complaint(run: str, render: Render, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if not MULTITOOL.exists():
        pytest.skip("npm's @microsoft/sarif-multitool is not in TOOLSMELL_NODE_MODULES")
    file, log = tmp_path / "report.sarif", tmp_path / "validation.sarif"
    file.write_text(render("sarif", request.getfixturevalue(run)), encoding="utf-8")
    command = [str(MULTITOOL), "validate", str(file), "--rule-kind", "Sarif;Ghas", "-o", str(log)]
    subprocess.run(command, check=False, capture_output=True)
    (validation,) = json.loads(log.read_text(encoding="utf-8-sig"))["runs"]
    serious = [r for r in validation["results"] if r.get("level", "warning") in ("error", "warning")]
    # The address of the documentation is that of the installed package, which a checkout need not have.
    assert [r for r in serious if "nformationUri" not in r["message"]["id"]] == []


def test_results_are_where_the_repository_has_them(samples: Any, render: Render, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "src").mkdir()
    os.chdir(tmp_path / "src")
    places = [
        "a b.json",
        str(tmp_path / "src" / "abs.json"),
        "../up.json",
        "/etc/passwd",
        "../../x.json",
        "<stdin>",
    ]
    found = [
        samples.finding(f"r{i}", Severity.ERROR, "is wrong", location=samples.at(3, 7, place))
        for i, place in enumerate([*places, "last.json"])
    ]
    nowhere = samples.finding("live", Severity.ERROR, "is wrong")
    run = run_of(render, one_server(samples, samples.tool(0, "t", [4] * 6, *found, nowhere)))
    uris = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]]
    assert uris == ["src/a%20b.json", "src/abs.json", "up.json", "src/last.json"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert "4 findings have no place in a file of this repository" in notification["message"]["text"]


def test_fingerprints_survive_moved_lines_and_reordered_tools(samples: Any, render: Render) -> None:
    def prints(order: list[int], line: int) -> dict[str, list[str]]:
        hit = samples.finding("name-restated", Severity.NOTE, "restates its name", location=samples.at(line, 3))
        tools = [samples.tool(at, f"t{i}", [4] * 6, hit, hit) for at, i in enumerate(order)]
        found: dict[str, list[str]] = {}
        for result in run_of(render, one_server(samples, *tools))["results"]:
            name = result["locations"][0]["logicalLocations"][0]["name"]
            found.setdefault(name, []).append(result["partialFingerprints"]["primaryLocationLineHash"])
        return found

    before = prints([0, 1, 2], 5)
    assert before == prints([2, 0, 1], 50)
    assert len({print_ for prints_ in before.values() for print_ in prints_}) == 6


def test_of_too_many_results_the_gravest_are_kept(
    samples: Any, render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif, "RESULTS", 5)
    severities = [Severity.NOTE] * 4 + [Severity.WARNING] * 4 + [Severity.ERROR] * 3
    found = [samples.finding("r", severity, f"{i}", location=samples.at(1, 1)) for i, severity in enumerate(severities)]
    run = run_of(render, one_server(samples, samples.tool(0, "t", [4] * 6, *found)))
    assert [r["level"] for r in run["results"]] == ["error"] * 3 + ["warning"] * 2
    text = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert "6 are over the 5 that GitHub takes" in text


def test_rules_explain_themselves(plain_run: StoredReport, render: Render) -> None:
    run = run_of(render, plain_run)
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert "## Why it matters" in rules["undescribed-parameter"]["help"]["markdown"]
    assert rules["smelly-description"]["properties"]["precision"] == "medium"
    assert [run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] for r in run["results"]] == [
        r["ruleId"] for r in run["results"]
    ]


def test_a_failed_server_and_a_suppressed_finding_are_said(plain_run: StoredReport, render: Render) -> None:
    run = run_of(render, plain_run)
    assert run["invocations"][0]["executionSuccessful"] is False
    assert "API_KEY is not set" in json.dumps(run["invocations"])
    (silent,) = (r for r in run["results"] if "suppressions" in r)
    assert silent["suppressions"][0]["justification"] == "generated"


def test_brackets_in_a_message_are_no_link(samples: Any, render: Render) -> None:
    hit = samples.finding("r", Severity.ERROR, "see [this](https://x.example)", location=samples.at(1, 1))
    run = run_of(render, one_server(samples, samples.tool(0, "t", [4] * 6, hit)))
    assert run["results"][0]["message"]["text"] == r"t: see \[this\](https://x.example)."


def test_a_rule_of_another_version_is_named(samples: Any, render: Render) -> None:
    hit = samples.finding("no-such-rule", Severity.ERROR, "is wrong", location=samples.at(1, 1))
    report: ServerReport = samples.server("s", samples.tool(0, "t", [4] * 6, hit))
    run = run_of(render, StoredReport(samples.RUN, (report,), (), Summary()))
    assert run["tool"]["driver"]["rules"][0]["id"] == "no-such-rule"


def test_the_other_place_of_a_finding_is_a_related_location(samples: Any, render: Render, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    os.chdir(tmp_path)
    other = (
        Related(samples.at(8, 1, "api.py"), "the check that rejects it"),
        Related(samples.at(8, 1, "../out.py"), "not here"),
    )
    finding = samples.finding("r", Severity.ERROR, "is wrong", location=samples.at(3, 7, "server.py"), related=other)
    (result,) = run_of(render, one_server(samples, samples.tool(0, "t", [4] * 6, finding)))["results"]
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "api.py"
    assert related["message"]["text"] == "the check that rejects it."
