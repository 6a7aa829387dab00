"""The cache of source code among several runs, users and folders that are not as they should be."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import SERVER, toolsmell

POSIX = hasattr(os, "geteuid")
ROOT = POSIX and os.geteuid() == 0
SOMEBODY = 54_321
"""A user without a name, as in a container."""

WRITER = """\
import sys
from pathlib import Path
from toolsmell.sources.code.source_cache import SourceCache

folder, own = Path(sys.argv[1]), sys.argv[2]
said = []
store = SourceCache(folder, said.append, most=400_000)
for turn in range(60):
    key, text = f"{own}-{turn}", own * (1 + turn * 997)
    name = f"shared{turn % 3}"
    store.put(name, key, text)
    assert store.get(name, key) in (None, text), "an entry of another run"
print(*said, sep="\\n")
"""

ORDINARY = """\
import os, sys
from pathlib import Path
from toolsmell.sources.code import scan_directory
from toolsmell.sources.code.source_cache import SourceCache

project, cache, other = map(Path, sys.argv[1:])

def read(store):
    return [repr(manifest._replace(locator=None)) for manifest in scan_directory(project, store=store)]

anew = read(SourceCache(other))
assert "release" in anew[0]
if os.geteuid() == 0:
    os.seteuid(SOMEBODY)  # root may do everything
said = []
assert read(SourceCache(cache, said.append)) == anew
print(*said, sep="\\n")
""".replace("SOMEBODY", str(SOMEBODY))


@pytest.fixture
def place() -> Iterator[Path]:
    """Return a folder that every user may enter, with a project."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    (folder / "project").mkdir()
    (folder / "project/server.py").write_text(SERVER, encoding="utf-8")
    yield folder
    shutil.rmtree(folder)


def python(code: str, *args: object) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, args)], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if line]


def entry(folder: Path) -> Path:
    (found,) = folder.rglob("*.cache")
    return found


def test_runs_that_write_at_once_never_mix_their_entries(place: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(place / "cache")]
    runs = [
        subprocess.Popen([*command, own], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for own in "abc"
    ]
    results = [(*run.communicate(timeout=300), run.returncode) for run in runs]
    assert [(error, code) for _, error, code in results] == [("", 0)] * 3
    assert {path.suffix for path in (place / "cache").iterdir()} == {".cache"}


def test_scans_of_one_folder_at_once_report_the_same(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(place / "caches"))
    monkeypatch.delenv("TOOLSMELL_SOURCE_CACHE")
    command = [sys.executable, "-m", "toolsmell", "scan", "--format", "json", str(place / "project")]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    results = {(*run.communicate(timeout=300), run.returncode) for run in runs}
    assert len(results) == 1
    assert "release" in next(iter(results))[0]
    assert entry(place / "caches").is_file()


@pytest.mark.skipif(not POSIX, reason="needs the permissions of POSIX")
@pytest.mark.parametrize("mode", [0o666, 0o620, 0o602])
def test_an_entry_that_others_may_write_is_not_believed(place: Path, mode: int) -> None:
    _scanned(place)
    entry(place / "cache").chmod(mode)
    (said,) = _scanned(place)
    assert said.endswith("is ignored: other users may write to it")
    assert entry(place / "cache").stat().st_mode & 0o777 == 0o600
    assert _scanned(place) == []


@pytest.mark.skipif(not ROOT, reason="only root gives files to others")
def test_an_entry_of_another_user_is_not_believed(place: Path) -> None:
    _scanned(place)
    entry(place / "cache").chmod(0o644)
    os.chown(entry(place / "cache"), SOMEBODY + 1, -1)
    (said,) = _scanned(place)
    assert said.endswith("is ignored: it belongs to another user")
    assert entry(place / "cache").stat().st_uid == SOMEBODY


@pytest.mark.skipif(not POSIX, reason="needs the permissions of POSIX")
def test_an_entry_that_cannot_be_read_is_written_anew(place: Path) -> None:
    _scanned(place)
    entry(place / "cache").chmod(0)
    (said,) = _scanned(place)
    assert "is ignored" in said
    assert _scanned(place) == []


@pytest.mark.skipif(not POSIX, reason="needs the permissions of POSIX")
@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_a_cache_folder_without_rights_fails_no_scan(place: Path, mode: int) -> None:
    (place / "cache").mkdir()
    _owned(place / "cache").chmod(mode)
    said = _scanned(place)
    assert "cannot be written: Permission denied" in said[-1]
    (place / "cache").chmod(0o700)
    assert not list((place / "cache").iterdir())


def test_a_cache_folder_that_is_deleted_is_made_again(place: Path) -> None:
    assert _scanned(place) == []
    shutil.rmtree(place / "cache")
    assert _scanned(place) == []
    assert entry(place / "cache").is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other variables")
def test_a_relative_cache_folder_is_not_used(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = toolsmell("scan", place / "project", cwd=place).stdout
    monkeypatch.delenv("TOOLSMELL_SOURCE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    monkeypatch.setenv("HOME", str(place / "home"))
    assert toolsmell("scan", place / "project", cwd=place).stdout == expected
    assert not (place / "here").exists()


HOMELESS = """\
import os, sys
import platformdirs
from toolsmell.cli import run

os.chdir(sys.argv[1])
assert run(["scan", "-v", "project"]) == 0  # what root alone may read is imported
del os.environ["TOOLSMELL_SOURCE_CACHE"]
os.environ.pop("XDG_CACHE_HOME", None)
del os.environ["HOME"]
os.setuid(SOMEBODY)
print("again", flush=True)
assert run(["scan", "-v", "project"]) == 0
""".replace("SOMEBODY", str(SOMEBODY))


@pytest.mark.skipif(not ROOT or sys.platform != "linux", reason="only root becomes a user without a name")
def test_a_user_without_a_home_scans_without_a_cache(place: Path) -> None:
    done = subprocess.run([sys.executable, "-c", HOMELESS, str(place)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "cache of source code: no cache folder" in done.stderr
    assert sorted(path.name for path in place.iterdir()) == ["project"]


def test_a_home_that_does_not_exist_and_cannot_be_made_fails_no_scan(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "file").write_text("no folder", encoding="utf-8")
    expected = toolsmell("scan", place / "project", cwd=place)
    monkeypatch.delenv("TOOLSMELL_SOURCE_CACHE")
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(place / "file/home"))
    assert toolsmell("scan", place / "project", cwd=place)[:3] == expected[:3]


def _scanned(place: Path) -> list[str]:
    """Read the project as an ordinary user, and return what is said about the cache."""
    (place / "cache").mkdir(exist_ok=True)
    if (place / "cache").stat().st_mode & 0o777 == 0o755:
        _owned(place / "cache").chmod(0o700)
    return python(ORDINARY, place / "project", place / "cache", place / "other")


def _owned(path: Path) -> Path:
    if ROOT:
        os.chown(path, SOMEBODY, -1)
    return path
