"""Every diff applies with `git apply`, whatever the file is called, or it is rejected with the reason."""

import os
import subprocess
from pathlib import Path

import pytest

from toolsmell.editing.diff_paths import diff_path
from toolsmell.editing.patch import PatchError, unified_diff

NAMES = (
    "a.json", "with space.json", " leading", "trailing ", "two  spaces", "tab\there", "new\nline", "quote\".json", "it's.json",
    "back\\slash", "percent%20", "dollar$x", "star*", "question?", "[bracket]", "{brace}", "hash#", "semi;colon", "amp&and",
    "pipe|", "lt<gt>", "tilde~", "~", "back`tick", "comma,", "colon:", "equals=", "plus+", "at@", "excl!", "(paren)", "dash-",
    "-dash", "--", "--output=x", "under_score", ".hidden", "..twodots", "...", "a..b", "ümlaut.json", "漢字.json", "😀.json",
    "e\u0301.json", "\u200bzero", "\u202ebidi", "\x01control", "\x7fdel", "\x1b[31m", "cr\rhere", "\u00a0nbsp", "a/b.json",
    "a b/c d.json", "ä/ö/ü.json", "a/b/c/d/e/f.json", "x" * 200, "new\n/line.json", "q\"/\"q", "dev/null", "a/b", "b/a", "--- a",
    "+++ b", "@@ -1 +1 @@", "/dev/null.json", "old mode", "rename from x", "diff --git a/x b/x", "Binary files", "index 1..2",
    "a\tb\nc\"d", "\\n", "\\303\\274", "\"quoted\"", "file.tar.gz", "COM1", "a.", "UPPER.JSON", "a=b/c=d", "\udcff.json",
)  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _applies(name: str) -> bool:
    before, after = "one\ntwo\nthree\n", "one\n2\nthree\n"
    diff = unified_diff(diff_path(name), before, after)
    with open(name, "w", encoding="utf-8") as file:
        file.write(before)
    done = subprocess.run(
        ["git", "apply", "-"], input=diff.encode("utf-8", "surrogateescape"), capture_output=True, check=False
    )
    with open(name, encoding="utf-8") as file:
        return done.returncode == 0 and file.read() == after


def test_there_are_eighty_names() -> None:
    assert len(set(NAMES)) >= 80


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_diff_of_a_file_of_this_name_applies(name: str, repository: Path) -> None:
    name = name.lstrip("/")
    if os.path.dirname(name):
        os.makedirs(os.path.dirname(name))
    assert _applies(name)


@pytest.mark.parametrize(
    "written", ["./x.json", "a/../x.json", "a/./../x.json", "a//../x.json", "{}/x.json", "{}/a/../x.json"]
)
def test_a_path_is_named_as_git_names_it(written: str, repository: Path) -> None:
    (repository / "a").mkdir()
    name = written.format(repository)
    assert diff_path(name) == "x.json"
    assert _applies(name)


def test_a_file_in_a_linked_folder_is_named_by_its_place(repository: Path) -> None:
    (repository / "real" / "deep").mkdir(parents=True)
    (repository / "link").symlink_to("real/deep")
    assert diff_path("link/x.json") == "real/deep/x.json"
    assert diff_path("link/../x.json") == "real/x.json"
    assert _applies("link/x.json")


def test_what_no_diff_can_name_is_rejected(repository: Path) -> None:
    (repository / "in").mkdir()
    (repository / "x.json").write_text("{}")
    (repository / "in" / "l.json").symlink_to("../x.json")
    with pytest.raises(PatchError, match="is a link"):
        diff_path("in/l.json")
    os.chdir(repository / "in")
    for name in ("../x.json", str(repository / "x.json"), "../../other/x.json"):
        with pytest.raises(PatchError, match="outside of the working directory"):
            diff_path(name)
