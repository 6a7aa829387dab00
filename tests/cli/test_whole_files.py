"""Files are written whole or not at all, and links, devices and full disks are what they are."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commands import SERVER, manifest, tool, toolsmell
from toolsmell import app
from toolsmell.cli.options import fixes
from toolsmell.cli.whole_files import FileInPlace, replace_file
from toolsmell.errors import UsageError
from toolsmell.rules.selection import rule_set
from toolsmell.scoring import rubric
from toolsmell.sources.options import TargetOptions
from toolsmell.sources.targets import manifests

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc and /dev are Linux's")


def test_a_new_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new.json"
    file = FileInPlace(path)
    file.stream.write("half")
    assert not path.exists()
    file.close()
    assert list(tmp_path.iterdir()) == []
    replace_file(path, "whole\r\n\ud800")
    assert path.read_bytes() == b"whole\r\n\\ud800"
    assert list(tmp_path.iterdir()) == [path]


def test_the_mode_stays_and_a_new_file_has_the_usual_one(tmp_path: Path) -> None:
    path = tmp_path / "script"
    replace_file(path, "a")
    (tmp_path / "other").write_text("a")
    assert path.stat().st_mode == (tmp_path / "other").stat().st_mode
    path.chmod(0o750)
    replace_file(path, "b")
    assert path.stat().st_mode & 0o7777 == 0o750


def test_a_link_is_replaced_and_never_written_through(tmp_path: Path) -> None:
    outside, link = tmp_path / "outside", tmp_path / "link"
    outside.write_text("mine")
    link.symlink_to(outside)
    replace_file(link, "new")
    assert (outside.read_text(), link.read_text(), link.is_symlink()) == ("mine", "new", False)


@pytest.mark.parametrize("name", ["nowhere/file", ".", "a\0b", "x" * 300])
def test_what_cannot_be_written_is_a_message(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        replace_file(tmp_path / name, "text")
    assert list(tmp_path.iterdir()) == []


@needs_linux
def test_a_read_only_folder_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "rooms.json").write_text(manifest(tool("book")))
    # /proc takes no new files, also not from root.
    for command in (["baseline", "rooms.json", "-o"], ["lock", "rooms.json", "-o"]):
        done = toolsmell(*command, "/proc/toolsmell.json", cwd=tmp_path)
        assert done.code == 2
        assert "toolsmell: /proc/toolsmell.json: cannot be written: " in done.stderr
    done = toolsmell("scan", "rooms.json", "--output", "json=/proc/toolsmell.json", cwd=tmp_path)
    assert (done.code, done.stdout) == (2, "")


@needs_linux
def test_a_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    (tmp_path / "rooms.json").write_text(manifest(tool("book")))
    done = toolsmell("scan", "rooms.json", "--output", "json=/dev/null", cwd=tmp_path)
    assert done.code in (0, 1), done.stderr
    assert Path(os.devnull).is_char_device()
    done = toolsmell("scan", "rooms.json", "--quiet", "--output", "json=/dev/stderr", cwd=tmp_path)
    assert json.loads(done.stderr)["summary"]["tools"] == 1


@needs_linux
@pytest.mark.parametrize(
    "command",
    [
        ["baseline", "rooms.json", "-o", "out"],
        ["lock", "rooms.json", "-o", "out"],
        ["scan", "rooms.json", "--output", "json=out"],
    ],
)
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "rooms.json").write_text(manifest(*(tool(f"book_{i}") for i in range(200))))
    (tmp_path / "out").write_text("old")
    done = toolsmell(*command, cwd=tmp_path, file_size=4_096)
    assert done.code == 2, done.stderr
    assert "out: cannot be written: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "rooms.json"]


EMPTY_LINES = "\n" * 40
"""`wasted-white-space` has a safe fix for these."""


def fixable(folder: Path) -> Path:
    path = folder / "rooms.json"
    path.write_text(manifest(tool("book", f"Books a room for an hour.{EMPTY_LINES}Ask first.")))
    return path


def safe_fixes(path: Path) -> Any:
    """Return the manifest of a file that has a safe fix, and how to scan it."""
    shipped = rubric.load()
    (read,) = manifests([str(path)], TargetOptions())
    return read, app.ScanOptions(shipped, *rule_set(["all"], (), shipped))


def test_a_file_that_changes_during_the_run_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = fixable(tmp_path)
    read, options = safe_fixes(path)
    changed = path.read_text().replace("an hour", "a day")
    path.write_text(changed)
    assert fixes.apply(read, options) is read
    assert path.read_text() == changed
    assert "changed while it was read" in capsys.readouterr().err


def test_source_code_that_changes_during_the_run_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "server.py"
    path.write_text(SERVER.replace("Book a room for some hours.", f"Books a room for an hour.{EMPTY_LINES}Ask first."))
    read, options = safe_fixes(path)
    changed = path.read_text().replace("first", "then")
    path.write_text(changed)
    assert fixes.apply(read, options) is read
    assert path.read_text() == changed
    assert "changed while it was read" in capsys.readouterr().err


def test_a_link_is_not_fixed(tmp_path: Path) -> None:
    path = fixable(tmp_path)
    link = tmp_path / "link.json"
    link.symlink_to(path)
    before = path.read_text()
    done = toolsmell("scan", "link.json", "--select", "all", "--fix", cwd=tmp_path)
    assert "not fixed: link.json is a link" in done.stderr
    assert (path.read_text(), link.is_symlink()) == (before, True)
    assert toolsmell("scan", "rooms.json", "--select", "all", "--fix", cwd=tmp_path).stderr.startswith("fixed ")
    assert path.read_text() != before


def test_stdin_is_not_fixed(tmp_path: Path) -> None:
    done = toolsmell("scan", "-", "--fix", cwd=tmp_path, stdin=b"{}")
    assert (done.code, done.stderr) == (2, "toolsmell: --fix: stdin cannot be written to; --diff shows the fixes\n")


@pytest.mark.parametrize("name", ["loop.json", "loop.py"])
def test_a_link_to_itself_is_a_message(tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to(tmp_path / name)
    done = toolsmell("scan", name, cwd=tmp_path)
    assert done.code == 3
    assert f"{name}: cannot be read: Too many levels of symbolic links" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("line", ["::error::x", "\t::add-mask::x", "a ##[error]x", "\x1b[0m::error::x"])
def test_no_message_is_a_command_of_a_runner(tmp_path: Path, line: str) -> None:
    """Names of files and the stderr of servers are shown inert."""
    (tmp_path / "other.json").write_text("{}")
    code = f"import sys; print({line!r}, file=sys.stderr); sys.exit(1)"
    for done in (
        toolsmell("scan", line, "--skip-unrecognised", cwd=tmp_path),
        toolsmell("scan", "other.json", "--config", line, cwd=tmp_path),
        toolsmell("scan", "--", sys.executable, "-c", code, cwd=tmp_path),
    ):
        assert "error" in done.stderr or "mask" in done.stderr
        for said in done.stderr.splitlines():
            assert not said.lstrip().startswith("::")
            assert "##[" not in said
            assert "\x1b" not in said
