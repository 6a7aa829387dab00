"""Gates on scores and smells: what fails a run, and the words that say so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import Done, findings, manifest, tool, toolsmell

Scan = Callable[..., Done]


@pytest.fixture
def scan(tmp_path: Path) -> Scan:
    """Return a function that scans two tools: one that is smelly, and one that has no text to score."""
    unscored = {**tool("cancel"), "description": 5}
    (tmp_path / "rooms.json").write_text(manifest(tool("book"), unscored))
    (tmp_path / "one.json").write_text(manifest(tool("book")))

    def run(*args: object, file: str = "rooms.json") -> Done:
        return toolsmell("scan", file, "--select", "smell", *args, cwd=tmp_path)

    return run


def test_smells_and_unscored_tools_are_counted_apart(scan: Scan) -> None:
    report = scan("--format", "json").report
    counts = report["summary"]
    assert (counts["smells"], counts["unscored"], counts["findings"], counts["tools"]) == (1, 1, 0, 2)
    (found,) = findings(report)
    assert (found["id"], found["kind"], found["severity"]) == ("smelly-description", "smell", "note")
    assert found["smells"]
    assert found["next"].startswith(("say ", "show ", "give "))


def test_a_smell_fails_no_run_by_itself(scan: Scan) -> None:
    assert scan("--fail-on", "note").code == 0


def test_an_unscored_tool_fails_fail_under_unless_it_is_allowed(scan: Scan) -> None:
    done = scan("--fail-under", "1")
    assert done.code == 1
    assert "1 tool has no overall score" in done.stderr
    assert "--allow-unscored" in done.stderr
    assert scan("--fail-under", "1", "--allow-unscored").code == 0
    assert scan("--fail-under", "0").code == 0
    assert scan("--fail-under", "99", file="one.json").code == 1


def test_a_tool_with_its_own_threshold_must_be_scored_too(scan: Scan, tmp_path: Path) -> None:
    (tmp_path / "toolsmell.toml").write_text("[tools.cancel]\nfail-under = 5\n")
    done = scan()
    assert done.code == 1
    assert "cancel: no overall score, and its own fail-under is 5" in done.stderr
    assert scan("--allow-unscored").code == 0


def test_the_verdict_and_the_last_line_count_the_same_smelly_tools_whatever_rules_are_selected(tmp_path: Path) -> None:
    (tmp_path / "rooms.json").write_text(manifest(tool("book")))
    for selected in ("smell", "protocol"):
        done = toolsmell("scan", "rooms.json", "--select", selected, cwd=tmp_path)
        assert done.stdout.count("1 smelly tool") == 2


def test_max_smelly_counts_tools(scan: Scan, tmp_path: Path) -> None:
    assert scan("--max-smelly", "1").code == 0
    done = scan("--max-smelly", "0")
    assert done.code == 1
    assert "smelly tools: 1, and at most 0 may be (max-smelly)" in done.stderr
    (tmp_path / "toolsmell.toml").write_text("max-smelly = 0\n")
    assert scan().code == 1
    assert scan("--max-smelly", "-1").code == 2
    assert scan("--max-smelly", "many").code == 2


def test_one_smell_or_the_finding_can_be_accepted(scan: Scan, tmp_path: Path) -> None:
    row = '[[suppress]]\nrule = "{}"\nreason = "short on purpose"\n'
    (tmp_path / "toolsmell.toml").write_text(row.format("exemplar-issues"))
    (found,) = findings(scan("--format", "json").report)
    assert found["suppressed"] is None
    assert "exemplar-issues" not in found["smells"]
    assert len(found["smells"]) > 1
    every = [*found["smells"], "exemplar-issues"]
    for text in (row.format("smelly-description"), "".join(map(row.format, every))):
        (tmp_path / "toolsmell.toml").write_text(text)
        report = scan("--format", "json").report
        (found,) = findings(report)
        assert found["suppressed"]["reason"] == "short on purpose"
        assert report["summary"]["smells"] == 0


def test_rules_are_selected_by_lists_with_commas(tmp_path: Path) -> None:
    (tmp_path / "rooms.json").write_text(manifest(tool("book")))
    both = toolsmell("scan", "rooms.json", "--format", "json", "--select", "smell, untyped-parameter", cwd=tmp_path)
    assert {found["id"] for found in findings(both.report)} == {"smelly-description", "untyped-parameter"}
    one = toolsmell("scan", "rooms.json", "--format", "json", "--select", "smell,all", "--ignore", "all,", cwd=tmp_path)
    assert not findings(one.report)
    wrong = toolsmell("scan", "rooms.json", "--select", "smell,nothing", cwd=tmp_path)
    assert wrong.code == 2
    assert "'nothing'" in wrong.stderr
