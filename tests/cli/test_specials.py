"""Pipes and devices are rejected at once wherever a file is expected, and several files are written all or none."""

import os
from pathlib import Path

import pytest

from tests.commands import toolsmell
from toolsmell.cli.whole_files import replace_files
from toolsmell.errors import UsageError

TOOLS = '{"tools": [{"name": "get_room", "description": "Gets a room.", "inputSchema": {"type": "object"}}]}'

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tools.json").write_text(TOOLS)
    (tmp_path / "cases.jsonl").write_text('{"query": "a room", "tools": ["get_room"]}\n')
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "pipe.json")
    os.mkfifo(tmp_path / "pipe.py")
    os.mkfifo(tmp_path / "rubric.json")
    (tmp_path / "prompts").mkdir()
    os.mkfifo(tmp_path / "prompts" / "judge.j2")
    return tmp_path


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("scan", "pipe"), 3),
        (("scan", "pipe.json"), 3),
        (("scan", "pipe.py"), 3),
        (("scan", "/dev/zero"), 3),
        (("scan", "/dev/tty"), 3),
        (("scan", "tools.json", "--baseline", "pipe"), 2),
        (("scan", "tools.json", "--baseline", "/dev/zero"), 2),
        (("scan", "tools.json", "--config", "pipe"), 2),
        (("scan", "tools.json", "--locked", "pipe"), 2),
        (("scan", "tools.json", "--rubric", "rubric.json"), 2),
        (("report", "pipe"), 3),
        (("augment", "--replay", "pipe"), 2),
        (("augment", "tools.json", "--cases", "pipe"), 2),
        (("augment", "tools.json", "--cases", "/dev/zero"), 2),
        (("augment", "tools.json", "--example", "@pipe", "--call", "get_room"), 2),
        (("eval", "run", "tools.json", "--cases", "pipe"), 2),
        (("eval", "run", "tools.json", "--cases", "/dev/zero"), 2),
        (("eval", "agent", "--cases", "pipe", "--model", "m", "--call", "a", "--", "true"), 2),
        (("scan", "tools.json", "--judge", "--model", "m", "--prompts", "prompts"), 2),
        (("eval", "run", "tools.json", "--cases", "cases.jsonl", "--prices", "pipe"), 2),
        (("verify", "tools.json", "tools.json", "--document", "pipe"), 2),
        (("verify", "tools.json", "tools.json", "--document", "/dev/zero"), 2),
        (("calibrate", "pipe"), 2),
        (("calibrate", "/dev/zero"), 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_a_pipe_or_a_device_is_rejected_at_once(args: tuple[str, ...], code: int, folder: Path) -> None:
    done = toolsmell(*args, cwd=folder)
    assert done.code == code, done.stderr
    said = " ".join((done.stdout + done.stderr).split())
    assert "internal error" not in said
    assert any(
        words in said for words in ("it is a pipe", "it is a device", "no such", "cannot be read", "is a pipe")
    ), said


def test_a_folder_with_pipes_is_read_without_them(folder: Path) -> None:
    done = toolsmell("scan", ".", cwd=folder)
    assert done.code in (0, 1, 3)
    assert "internal error" not in done.stderr


def test_several_files_are_written_together(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    replace_files({str(tmp_path / "a"): b"2", str(tmp_path / "b"): b"3"})
    assert ((tmp_path / "a").read_text(), (tmp_path / "b").read_text()) == ("2", "3")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_if_one_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    with pytest.raises(UsageError):
        replace_files({str(tmp_path / "a"): b"2", str(tmp_path / "missing" / "b"): b"3"})
    assert (tmp_path / "a").read_text() == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("error", [OSError("lost"), KeyboardInterrupt()])
def test_if_the_last_step_fails_all_are_restored(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        (tmp_path / name).write_text(name)
    real, done = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        done.append(target)
        if len(done) == 3:
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises((UsageError, KeyboardInterrupt)):
        replace_files({str(tmp_path / name): b"new" for name in "abcd"})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "a", "b": "b", "c": "c"}
