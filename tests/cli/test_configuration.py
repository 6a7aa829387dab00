"""The configuration file behind the options: what it changes, what it may not, and where each value comes from."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import RULE, SERVER, Done, findings, manifest, suppressed, tool, toolsmell

Scan = Callable[..., Done]


@pytest.fixture
def scan(tmp_path: Path) -> Scan:
    """Scan `rooms.json`, next to which a configuration may stand, from the folder above."""
    project = tmp_path / "project"
    project.mkdir()
    (project / "rooms.json").write_text(manifest(tool("book"), tool("release")))

    def run(*args: object, config: str = "") -> Done:
        (project / "toolsmell.toml").write_text(config)
        return toolsmell("scan", "project/rooms.json", "--format", "json", *args, cwd=tmp_path)

    return run


def ids(done: Done) -> set[str]:
    return {finding["id"] for finding in findings(done.report)}


def test_the_file_sets_what_was_not_typed(scan: Scan) -> None:
    config = f'select = ["{RULE}"]\nfail-on = "warning"\n'
    done = scan(config=config)
    assert (done.code, ids(done)) == (1, {RULE})
    assert scan("--fail-on", "error", config=config).code == 0, "what is typed comes first"
    assert scan("--isolated", config=config).code == 0
    assert ids(scan("--select", "smell", config=config)) == {"smelly-description"}


def test_a_file_that_is_named_is_the_only_one(tmp_path: Path, scan: Scan) -> None:
    other = tmp_path / "other.toml"
    other.write_text(f'select = ["{RULE}"]')
    assert ids(scan("--config", other, config='fail-on = "typo"')) == {RULE}
    done = scan("--config", "none.toml")
    assert (done.code, done.stderr) == (2, "toolsmell: none.toml: no such file\n")
    assert scan("--config", other, "--isolated").code == 2


def test_extend_select_adds_to_the_rules_that_run_anyway(scan: Scan) -> None:
    plain = ids(scan("--isolated"))
    more = ids(scan(config='extend-select = ["all"]'))
    assert plain < more


def test_rules_are_graver_lighter_off_and_have_options(scan: Scan) -> None:
    done = scan("--select", RULE, config=f'[rules.{RULE}]\nseverity = "error"\n')
    assert done.code == 1
    assert {f["severity"] for f in findings(done.report, RULE)} == {"error"}
    assert RULE not in ids(scan("--select", RULE, config=f'[rules.{RULE}]\nseverity = "off"\n'))
    over = scan("--select", "tool-over-budget", config="[rules.tool-over-budget]\nbudget = 10\n")
    (found,) = findings(over.report)
    assert len(found["members"]) == 2


def test_smells_are_off_or_more_severe_one_by_one(scan: Scan) -> None:
    def smells(config: str) -> set[tuple[str, str]]:
        done = scan("--select", "smell", config=config)
        return {(id_, f["severity"]) for f in findings(done.report, "smelly-description") for id_ in f["smells"]}

    assert ("missing-usage-guidance", "note") in smells("")
    assert "missing-usage-guidance" not in {
        id_ for id_, _ in smells('[rules.missing-usage-guidance]\nseverity = "off"\n')
    }
    assert {severity for _, severity in smells('[rules.missing-usage-guidance]\nseverity = "error"\n')} == {"error"}
    assert {severity for _, severity in smells('[rules.smelly-description]\nseverity = "warning"\n')} == {"warning"}
    assert scan(config='[rules.missing-usage-guidance]\nseverity = "error"\n').code == 1
    assert scan("--fail-on", "note", "--select", "smell").code == 0, "a smell of severity note fails no run"


def test_token_budgets(scan: Scan) -> None:
    select = ("--select", "cost")
    assert not findings(scan(*select).report, "tool-over-budget")
    (over,) = findings(scan(*select, config="tool-tokens = 10").report, "tool-over-budget")
    assert len(over["members"]) == 2
    assert len(findings(scan(*select, config="server-tokens = 10").report, "server-over-budget")) == 1


def test_one_tool_may_be_otherwise(scan: Scan) -> None:
    def of(done: Done, name: str) -> dict[str, str]:
        (found,) = [t for t in done.report["servers"][0]["tools"] if t["name"] == name]
        return {f["id"]: f["severity"] for f in found["findings"]}

    both = ("--select", RULE, "--select", "smell")
    done = scan(*both, config=f'[tools.book]\nignore = ["smell"]\n[tools.book.rules.{RULE}]\nseverity = "error"\n')
    assert of(done, "book") == {RULE: "error"}
    assert of(done, "release")[RULE] == "warning"
    assert "smelly-description" in of(done, "release")
    assert "smelly-description" not in of(done, "book")
    done = scan("--select", "cost", config="tool-tokens = 10\n[tools.book]\ntool-tokens = 1000\n")
    assert "tool-over-budget" not in of(done, "book")
    assert "tool-over-budget" in of(done, "release")
    done = scan(config="fail-under = 0\n[tools.book]\nfail-under = 99\n")
    assert done.code == 1
    assert "book: overall" in done.stderr
    assert "under its own fail-under, 99" in done.stderr
    assert scan(config="fail-under = 1\n[tools.book]\nfail-under = 0\n[tools.release]\nfail-under = 0\n").code == 0


def test_a_rule_that_is_off_for_one_tool_leaves_the_finding_of_the_others(scan: Scan) -> None:
    def off(*names: str) -> list[tuple[str, list[str]]]:
        config = "".join(f'[tools.{name}.rules.silent-result]\nseverity = "off"\n' for name in names)
        (server,) = scan("--select", "silent-result", config=config).report["servers"]
        return [
            (t["name"], [m["tool"] for f in t["findings"] for m in f["members"]])
            for t in server["tools"]
            if t["findings"]
        ]

    assert off() == [("book", ["book", "release"])]
    assert off("book") == [("release", ["release"])]
    assert off("release") == [("book", ["book"])]
    assert off("book", "release") == []


def test_a_tool_that_is_not_there_is_said(scan: Scan) -> None:
    done = scan(config='\n[tools.bok]\nignore = ["smell"]\n')
    assert "toolsmell.toml:2: no server here has a tool 'bok'" in done.stderr


@pytest.mark.parametrize(
    "config",
    [
        f"[rules.{RULE}x]\nseverity = 'off'\n",
        f"[tools.book.rules.{RULE}x]\nseverity = 'off'\n",
        f"[tools.book]\nignore = ['{RULE}x']\n",
        f"[[suppress]]\nreason = 'x'\nrule = '{RULE}x'\n",
    ],
)
def test_a_rule_that_is_not_there_is_refused_with_the_nearest(scan: Scan, config: str) -> None:
    done = scan(config=config)
    assert (done.code, done.stdout) == (2, "")
    assert f"no rule is called '{RULE}x'; did you mean '{RULE}'?" in done.stderr
    assert "toolsmell.toml:" in done.stderr


def test_show_config_says_where_each_value_comes_from(tmp_path: Path, scan: Scan) -> None:
    config = (
        'fail-on = "note"\nignore = ["cost", "smell"]\n[server]\ncommand = ["uvx", "rooms"]\n'
        f'[tools.book]\nfail-under = 3\n[rules.{RULE}]\nseverity = "off"\n'
        '[[suppress]]\nrule = "generic-tool-name"\nreason = "known"\ntool = "book"\n'
    )
    done = scan("--show-config", "--fail-under", "7", config=config)
    file = tmp_path / "project" / "toolsmell.toml"
    assert done.code == 0
    assert done.stdout.splitlines()[0] == f"configuration: {file}"
    for row in (
        "frame = effective  (default)",
        f"fail-on = note  ({file}:1)",
        f"ignore = cost, smell  ({file}:2)",
        "fail-under = 7.0  (command line)",
        "tool-tokens = 2000  (default)",
        f"server.command = uvx, rooms  ({file}:4)",
        f"tools.book.fail-under = 3  ({file}:6)",
        f"rules.{RULE}.severity = off  ({file}:8)",
        f"suppress generic-tool-name, tool book: known  ({file}:9)",
    ):
        assert row in done.stdout.splitlines()
    assert scan("--show-config", "--isolated", config=config).stdout.startswith("configuration: none found\n")


def test_a_server_is_started_with_leave_only(tmp_path: Path, scan: Scan) -> None:
    mark = tmp_path / "started"
    (tmp_path / "toolsmell.toml").write_text(f'[server]\ncommand = ["touch", {json.dumps(str(mark))}]\n')
    done = toolsmell("scan", cwd=tmp_path)
    assert done.code == 0, "it scans the folder instead"
    assert not mark.exists()
    done = toolsmell("scan", "project/rooms.json", cwd=tmp_path)
    assert not mark.exists()
    done = toolsmell("scan", "--run", cwd=tmp_path)
    assert done.code == 3, "touch is no server"
    assert done.stderr.startswith(f"starting touch {mark}\n"), "what is started is shown first"
    assert mark.exists()


def test_the_servers_variables_are_passed_by_name(tmp_path: Path) -> None:
    (tmp_path / "toolsmell.toml").write_text('[server]\ncommand = ["false"]\nenv = ["ROOMS_TOKEN"]\n')
    done = toolsmell("scan", "--run", cwd=tmp_path)
    assert done.code == 2
    assert "the server needs ROOMS_TOKEN: pass --env ROOMS_TOKEN" in done.stderr
    assert toolsmell("scan", "--run", "--env", "ROOMS_TOKEN=x", cwd=tmp_path).code == 3


def test_what_an_editor_has_not_saved_is_read_as_the_file_that_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "src"
    folder.mkdir()
    (folder / "toolsmell.toml").write_text(f'select = ["{RULE}"]')
    args = ("scan", "-", "--format", "json", "--stdin-filename")
    done = toolsmell(*args, "src/server.py", cwd=tmp_path, stdin=SERVER.encode())
    assert {f["location"]["file"] for f in findings(done.report)} == {"src/server.py"}
    assert suppressed(done.report) == [None] * 3
    done = toolsmell(*args, "src/rooms.json", cwd=tmp_path, stdin=manifest(tool("book")).encode())
    assert done.report["servers"][0]["key"] == "rooms"
    assert [f["location"]["file"] for f in findings(done.report)] == ["src/rooms.json"]
    done = toolsmell("scan", "x.json", "--stdin-filename", "a.py", cwd=tmp_path)
    assert (done.code, "no target is `-`" in done.stderr) == (2, True)
