"""What `--help` prints: paragraphs that fill their lines, and examples that can be copied."""

import re
from pathlib import Path

import pytest

from tests.commands import toolsmell

COMMANDS = ("scan", "dump", "augment", "baseline", "lock", "judge export", "eval run", "eval compare", "eval init")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_reads_servers_says_what_a_target_is(command: str, tmp_path: Path) -> None:
    done = toolsmell(*command.split(), "--help", cwd=tmp_path)
    about = done.stdout.partition("Options:")[0]
    assert "A target is a file" in about
    lines = about.splitlines()[1:]
    assert not [line for line in lines if re.match(r" {3,}\S", line) and not line.lstrip().startswith("--")]
    assert any(line.startswith(f"  toolsmell {command} ") for line in lines)
