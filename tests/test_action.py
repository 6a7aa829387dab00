"""The GitHub Action, its steps run as the runner would."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import RULE, SERVER, copied, findings, manifest, tool
from tests.composite import Job, Outcome, run

ROOT = Path(__file__).parent.parent
ACTION = ROOT / "action.yml"
Scan = Callable[..., Outcome]


@pytest.fixture
def job(tmp_path: Path) -> Job:
    workspace, temp = tmp_path / "workspace", tmp_path / "temp"
    workspace.mkdir()
    (temp / "toolsmell" / "bin").mkdir(parents=True)
    # In the place of what the step before installs.
    command = temp / "toolsmell" / "bin" / "toolsmell"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m toolsmell "$@"\n')
    command.chmod(0o755)
    (workspace / "rooms.json").write_text(manifest(tool("book"), tool("release")))
    return Job(workspace, temp)


@pytest.fixture
def scan(job: Job, monkeypatch: pytest.MonkeyPatch) -> Scan:
    def scanned(*, event: str = "pull_request", **inputs: str) -> Outcome:
        given = {"targets": "rooms.json", "select": RULE, **inputs}
        named = {name.replace("_", "-"): value for name, value in given.items()}
        return run(ACTION, job._replace(event=event), named, skip=("Install toolsmell",))

    return scanned


def test_findings_become_annotations_summary_and_report(scan: Scan) -> None:
    done = scan()
    assert done.code == 0, done.log
    assert done.log.count("::warning file=rooms.json,line=9,") == 1
    assert RULE in done.summary
    assert done.outputs["exit-code"] == "0"
    report = json.loads(Path(done.outputs["report"]).read_text())
    assert len(findings(report, RULE)) == 2


def test_it_fails_where_it_is_told_to(scan: Scan) -> None:
    done = scan(fail_on="warning")
    assert (done.code, done.outputs["exit-code"]) == (1, "1")
    assert scan(fail_under="99").code == 1
    assert scan(fail_on="warning", ignore=RULE, select="all\n").code in (0, 1)
    assert scan(fail_on="sometimes").code == 2


def test_sarif_and_comment_are_files(job: Job, scan: Scan) -> None:
    done = scan(sarif="out.sarif", comment="comment.md")
    assert done.outputs["sarif"] == "out.sarif"
    sarif = json.loads((job.workspace / "out.sarif").read_text())
    assert len(sarif["runs"][0]["results"]) == 2
    assert RULE in (job.workspace / "comment.md").read_text()


def test_with_a_base_new_findings_fail_and_old_ones_do_not(job: Job, scan: Scan) -> None:
    base = scan(fail_on="never").outputs["report"]
    again = scan(fail_on="warning", base=base, comment="comment.md")
    assert again.code == 0, again.log
    assert again.outputs["report"] != base, "the base stays what it was"
    (job.workspace / "rooms.json").write_text(manifest(tool("swap"), tool("book"), tool("release")))
    done = scan(fail_on="warning", base=base, comment="comment.md")
    assert done.code == 1
    assert "swap" in (job.workspace / "comment.md").read_text()


def _in_git(job: Job) -> str:
    """Commit what the workspace has, and return the commit."""
    who = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    for args in (["init", "-q", "-b", "trunk"], ["add", "-A"], [*who, "commit", "-qm", "x"]):
        subprocess.run(["git", *args], cwd=job.workspace, check=True)
    return subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=job.workspace, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_a_base_revision_shows_changed_descriptions_with_their_words(job: Job, scan: Scan) -> None:
    base = _in_git(job)
    (job.workspace / "rooms.json").write_text(manifest(tool("book", "Books <img src=x> for days."), tool("swap")))
    done = scan(base_revision=base)
    assert done.code == 0, done.log
    assert "### Changed descriptions" in done.summary
    assert "<del>a room</del>" in done.summary
    assert "<ins>&#60;img src=x&#62;</ins>" in done.summary
    assert "<code>release</code> removed" in done.summary
    assert "<code>swap</code> added" in done.summary
    assert "<img" not in done.summary
    report = json.loads(Path(done.outputs["report"]).read_text())
    assert report["summary"]["changes"]["base"].startswith(base)
    assert scan(base_revision=base, base=done.outputs["report"]).code == 2


def test_verify_fails_for_what_was_lost(job: Job, scan: Scan) -> None:
    (job.workspace / "rooms.json").write_text(manifest(tool("book", "Books a room. At most 12 rooms in a call.")))
    base = _in_git(job)
    (job.workspace / "rooms.json").write_text(manifest(tool("book", "Books a room.")))
    assert scan(base_revision=base).code == 0
    done = scan(base_revision=base, verify="true")
    assert (done.code, done.outputs["exit-code"]) == (1, "1")
    # A stranger's file that has the name of the revision does not stand for it.
    (job.workspace / "main").write_text("{}")
    subprocess.run(["git", "branch", "main", base], cwd=job.workspace, check=True)
    assert scan(base_revision="main", verify="true").code == 1
    assert scan(verify="true").code == 2


def test_scores_have_gates_of_their_own(job: Job, scan: Scan) -> None:
    assert scan(max_smelly="1").code == 1
    assert scan(max_smelly="2").code == 0
    assert scan(max_smelly="some").code == 2
    computed = SERVER.replace("@mcp.tool()\ndef book", "@mcp.tool(description=load())\ndef book")
    (job.workspace / "server.py").write_text(computed)
    given = {"targets": "server.py", "fail_under": "0.1", "allow_partial": "true"}
    unscored = "1 tool has no overall score"
    assert unscored in scan(**given).log
    assert unscored not in scan(**given, allow_unscored="true").log


def test_nothing_to_scan_is_a_failure(job: Job, scan: Scan) -> None:
    (job.workspace / "empty").mkdir()
    done = scan(targets="empty")
    assert (done.code, done.outputs["exit-code"]) == (3, "3")
    assert "no tools found" in done.log


@pytest.mark.parametrize("event", ["pull_request", "pull_request_target", "push"])
def test_a_server_is_started_where_that_was_asked_for_and_is_safe(job: Job, scan: Scan, event: str) -> None:
    mark = job.workspace / "started"
    servers = {"mcpServers": {"rooms": {"command": "touch", "args": [str(mark)]}}}
    (job.workspace / ".mcp.json").write_text(json.dumps(servers))
    assert scan(event=event, targets=".mcp.json").code == 0
    assert not mark.exists()
    done = scan(event=event, targets=".mcp.json", run="true")
    assert mark.exists() is (event != "pull_request_target")
    if event == "pull_request_target":
        assert done.code == 2
        assert "no server is started on pull_request_target" in done.log
    assert scan(event=event, run="yes").code == 2


def test_an_address_is_a_server_too(scan: Scan) -> None:
    done = scan(targets="http://127.0.0.1:9/mcp")
    assert done.code == 2
    assert "connecting to it needs run: true" in done.log


@pytest.mark.parametrize(
    "name", ["targets", "select", "ignore", "fail_on", "sarif", "base", "base_revision", "max_smelly"]
)
def test_an_input_is_a_value_and_never_an_option_or_a_command(job: Job, scan: Scan, name: str) -> None:
    for value in ("--config=/etc/passwd", "$(touch pwned)", "`touch pwned`", "; touch pwned", "--run"):
        done = scan(**{name: value})
        assert done.code in (0, 2, 3), done.log
        assert "Traceback" not in done.log
    assert not (job.workspace / "pwned").exists()


def test_several_targets_stand_on_lines_of_their_own(job: Job, scan: Scan) -> None:
    (job.workspace / "more rooms.json").write_text(manifest(tool("swap")))
    done = scan(targets="rooms.json\n  more rooms.json\n")
    assert len(findings(json.loads(Path(done.outputs["report"]).read_text()), RULE)) == 3


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("uv") is None, reason="needs uv")
@pytest.mark.timeout(600)
def test_all_steps_in_a_repository_that_sets_traps(job: Job, tmp_path: Path) -> None:
    """Modules of the names that the steps import lie in the repository; none of them may be imported."""
    shutil.rmtree(job.temp / "toolsmell")
    for name in ("venv", "pip", "ensurepip", "toolsmell", "click", "json", "tomllib", "sitecustomize"):
        (job.workspace / f"{name}.py").write_text("open('pwned', 'w')\nraise SystemExit('imported')\n")
    (job.workspace / "pip.conf").write_text("[global]\nindex-url = http://127.0.0.1:9/\n")
    (job.workspace / "uv.toml").write_text('[[index]]\nurl = "http://127.0.0.1:9/"\ndefault = true\n')
    (job.workspace / ".python-version").write_text("2.7\n")
    source = tmp_path / "action"
    copied(source, "toolsmell", "rubrics", "action.yml", "pyproject.toml", "README.md", "LICENSE")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    done = run(source / "action.yml", job, {"targets": "rooms.json", "select": RULE, "python-version": version})
    assert done.code == 0, done.log
    assert not (job.workspace / "pwned").exists()
    assert len(findings(json.loads(Path(done.outputs["report"]).read_text()), RULE)) == 2


def test_without_targets_the_whole_repository_is_read(job: Job, scan: Scan) -> None:
    done = scan(targets="")
    assert len(findings(json.loads(Path(done.outputs["report"]).read_text()), RULE)) == 2
    (job.workspace / "other").mkdir()
    (job.workspace / "other" / "tools.json").write_text(manifest(tool("swap")))
    (job.workspace / "toolsmell.toml").write_text('targets = ["other"]\nfail-on = "warning"\n')
    done = scan(targets="")
    assert len(findings(json.loads(Path(done.outputs["report"]).read_text()), RULE)) == 1
    assert done.code == 1, "what the configuration says holds without an input"


def test_a_server_is_started_by_its_command_and_shown_in_the_source(job: Job, scan: Scan) -> None:
    server = ROOT / "fixtures" / "servers" / "stdio.py"
    done = scan(targets="", server=f"{sys.executable} '{server}' modern", source=str(server.parent), select="all")
    assert done.code in (0, 1), done.log
    assert f"starting {sys.executable}" in done.log
    done = scan(event="pull_request_target", targets="", server="touch started")
    assert done.code == 2
    assert not (job.workspace / "started").exists()
    assert scan(targets="", server="'unclosed").code == 2


def test_findings_of_a_baseline_do_not_fail(job: Job, scan: Scan) -> None:
    (job.workspace / "old.json").write_text(Path(scan(fail_on="never").outputs["report"]).read_text())
    assert scan(fail_on="warning", baseline="old.json").code == 0


def test_the_summary_lists_the_smelly_tools_and_the_findings(job: Job, scan: Scan) -> None:
    done = scan(select="all")
    for words in ("book", "release", RULE, "smelly"):
        assert words in done.summary


def test_annotations_are_the_worst_ten_of_a_kind_and_a_count(job: Job, scan: Scan) -> None:
    nameless = [{"description": "Books.", "inputSchema": {"type": "object", "properties": {}}} for _ in range(15)]
    (job.workspace / "rooms.json").write_text(manifest(*nameless, *(tool(f"book{i}") for i in range(15))))
    done = scan(select="all")
    assert done.log.count("::error ") == 10
    assert done.log.count("::warning ") <= 10
    assert "are not annotated" in done.log


def test_tools_that_could_not_be_read_fail_the_action(job: Job, scan: Scan) -> None:
    code = "import os\n" + SERVER.replace("@mcp.tool()\ndef book", "@mcp.tool(description=os.environ['T'])\ndef book")
    (job.workspace / "server.py").write_text(code)
    done = scan(targets="server.py")
    assert (done.code, done.outputs["exit-code"]) == (3, "3")
    assert "1 description (book) could not be read from the code" in done.log
    assert scan(targets="server.py", allow_partial="true").code == 0
    assert scan(targets="server.py", allow_partial="maybe").code == 2
