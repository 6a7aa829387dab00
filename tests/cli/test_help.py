"""The output of `--help`: paragraphs that fill their lines, and examples that can be copied."""

import re
from pathlib import Path

import pytest

from tests.commands import toolsmell

COMMANDS = ("scan", "dump", "augment", "baseline", "lock", "judge export", "eval run", "eval compare", "eval init")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_reads_servers_says_what_a_target_is(command: str, tmp_path: Path) -> None:
    done = toolsmell(*command.split(), "--help", cwd=tmp_path)
    about = re.split(r"^(?:Common options|Options):$", done.stdout, maxsplit=1, flags=re.MULTILINE)[0]
    assert "A target is a file" in about
    lines = about.splitlines()[1:]
    assert not [line for line in lines if re.match(r" {3,}\S", line) and not line.lstrip().startswith("--")]
    assert any(line.startswith(f"  toolsmell {command} ") for line in lines)


def test_scan_shows_ten_common_options_first_and_groups_under_headings(tmp_path: Path) -> None:
    shown = toolsmell("scan", "--help", cwd=tmp_path).stdout
    sections = re.split(r"^(\S.*):$", shown, flags=re.MULTILINE)
    headings, bodies = sections[1::2], sections[2::2]
    assert headings[0] == "Common options"
    assert len(re.findall(r"^  --(?!help)", bodies[0], re.MULTILINE)) == 10
    assert {"Rules and scores", "When to fail", "Report", "Servers and files", "Judge", "Models"} <= set(headings)
    assert "Options" not in headings


@pytest.mark.parametrize("former", ["--judge-url", "--judge-key-env", "--judge-timeout", "--judge-attempts"])
def test_a_former_name_of_a_model_option_is_accepted_and_not_shown(former: str, tmp_path: Path) -> None:
    shown = toolsmell("scan", "--help", cwd=tmp_path).stdout
    assert former not in shown
    value = "3" if former in ("--judge-timeout", "--judge-attempts") else "http://127.0.0.1:1/v1"
    (tmp_path / "tools.json").write_text('{"tools": [{"name": "t", "inputSchema": {"type": "object"}}]}')
    done = toolsmell("scan", "tools.json", former, value, cwd=tmp_path)
    assert "No such option" not in done.stderr
    if former in ("--judge-url", "--judge-key-env"):
        assert former.replace("--judge", "--model") in done.stderr, "a message names the option as it is called now"
