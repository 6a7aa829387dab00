"""Reads the files of a revision of git into a folder. It runs nothing that a repository configures."""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Final, NamedTuple

from toolsmell.errors import SourceError, UsageError
from toolsmell.escape import shown
from toolsmell.sources.suffixes import MARKED_ENDINGS, SOURCE_ENDINGS

MOST_FILES: Final = 100_000
MOST_BYTES: Final = 1024 * 1024 * 1024
_SECONDS: Final = 120
_READ: Final = (
    *SOURCE_ENDINGS,
    *MARKED_ENDINGS,
    ".json",
    ".jsonc",
    ".jsonl",
    ".ndjson",
    ".snap",
    ".toml",
    ".mod",
    ".gitignore",
)
"""Endings of files that sources read, in a folder or beside a source file."""
_OPTIONS: Final = ("--no-pager", "--no-replace-objects", "--literal-pathspecs", "-c", "core.fsmonitor=false")
_HIDE: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_NAMESPACE")
"""Variables by which a hook would make git look at another repository than the one around a target."""


class Revision(NamedTuple):
    """A commit of the repository around a folder."""

    name: str
    """As it was typed."""
    commit: str
    top: str
    """The folder of the working tree."""


class Exported(NamedTuple):
    """The files of a revision in a folder."""

    revision: Revision
    folder: str
    """Stands for `Revision.top`."""
    renamed: tuple[tuple[str, str], ...]
    """Files that have another name now: the old name, the new name. Each is exported under its new name."""

    def path(self, target: str) -> str:
        """Return the path of a target in the exported folder; it may not exist there."""
        return os.path.join(self.folder, _inside(target, self.revision.top))

    def original(self, path: str, *, absolute: bool) -> str:
        """Return the path in the working tree of a path in the exported folder; any other text stays."""
        if path != self.folder and not path.startswith(self.folder + os.sep):
            return path
        real = os.path.normpath(os.path.join(self.revision.top, os.path.relpath(path, self.folder)))
        return real if absolute else os.path.relpath(real)


class _Blob(NamedTuple):
    path: str
    id: str
    size: int


def resolve(name: str, target: str) -> Revision:
    """Return the commit that a revision names in the repository around a target; `REV...` is where HEAD left REV.

    Raises `UsageError` if the target is in no repository, or if the repository has no such revision.
    """
    if not name or name.startswith("-") or any(ord(c) < 32 or ord(c) == 127 for c in name):
        raise UsageError(f"--base {shown(name)}: is no revision of git: a branch, a tag or a commit")
    real = os.path.realpath(target)
    around = real if os.path.isdir(real) else os.path.dirname(real)
    top = _output(_git(around, "rev-parse", "--show-toplevel"), f"--base: {shown(target)} is in no repository of git")
    # `main...` is for git the commit from which both `main` and HEAD come.
    start = name.removesuffix("...")
    found = _git(around, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{start}^{{commit}}")
    if found.returncode:
        raise UsageError(_missing(start, around))
    commit = _text(found.stdout)
    return Revision(name, commit if start == name else _fork(start, commit, around), os.path.realpath(top))


def _fork(name: str, commit: str, folder: str) -> str:
    """Return the last commit that a revision and HEAD have in common."""
    found = _git(folder, "merge-base", commit, "HEAD")
    if found.returncode:
        shallow = "; if this clone is shallow, fetch more of its history"
        raise UsageError(f"--base {shown(name)}...: it and HEAD have no commit in common here{shallow}")
    return _text(found.stdout)


def _missing(name: str, folder: str) -> str:
    if _text(_git(folder, "rev-parse", "--is-shallow-repository").stdout) == "true":
        return (
            f"--base {shown(name)}: this clone is shallow and does not have that revision: fetch it first "
            "(`git fetch --depth=1 origin REVISION`; for actions/checkout, `fetch-depth: 0`)"
        )
    return f"--base {shown(name)}: git knows no such revision here"


def export(revision: Revision, targets: Sequence[str], folder: str) -> Exported:
    """Write the files of a revision that sources could read for these targets below `folder`.

    Only regular files are written: no links, no submodules. Raises `SourceError` for what git or the disk rejects.
    """
    place = os.path.join(folder, os.path.basename(revision.top) or "root")
    os.makedirs(os.path.join(place, ".git"))  # sources take the folder for a repository, as the original is
    paths = {_exported(revision, target) for target in targets}
    blobs = {blob.path: blob for path in paths for blob in _tree(revision, path)}
    renamed = []
    for old, new in _renames(revision):
        if new in blobs or not any(path in (".", new) for path in paths):
            continue
        for blob in _tree(revision, old):
            blobs.pop(old, None)
            blobs[new] = blob._replace(path=new)
            renamed.append((old, new))
    _write(revision, [blob for blob in blobs.values() if _is_safe(blob.path)], place)
    return Exported(revision, place, tuple(renamed))


def _inside(target: str, top: str) -> str:
    """Return the path of a target relative to the top of the working tree. Raises `UsageError` if it is elsewhere."""
    path = os.path.relpath(os.path.realpath(target), top)
    if path.split(os.sep)[0] == os.pardir:
        raise UsageError(f"--base: {shown(target)} is not in the repository {shown(top)}")
    return path


def _exported(revision: Revision, target: str) -> str:
    """Return the path to export for a target: everything for code, because it may import from anywhere."""
    path = _inside(target, revision.top)
    return "." if os.path.isdir(target) or path.endswith((*SOURCE_ENDINGS, *MARKED_ENDINGS)) else path


def _tree(revision: Revision, path: str) -> Iterator[_Blob]:
    """Yield the regular files at or below a path that could be read."""
    listed = ("--", path) if path != "." else ()
    done = _git(revision.top, "ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", revision.commit, *listed)
    if done.returncode:
        raise SourceError(f"--base {shown(revision.name)}: git cannot list its files: {_reason(done)}")
    for entry in done.stdout.split(b"\0"):
        head, _, name = entry.partition(b"\t")
        mode, kind, id_, size = (head.split() + [b""] * 4)[:4]
        file = os.fsdecode(name)
        if kind == b"blob" and mode.startswith(b"100") and (file == path or file.endswith(_READ)):
            yield _Blob(file, id_.decode(), int(size) if size.isdigit() else 0)


def _renames(revision: Revision) -> Iterator[tuple[str, str]]:
    """Yield the files that the index has under another name, as git finds them: the old name, the new name."""
    asked = ("diff-index", "--cached", "--find-renames", "--diff-filter=R", "--name-status", "-z", "--no-ext-diff")
    done = _git(revision.top, *asked, "--no-textconv", "--end-of-options", revision.commit)
    names = [os.fsdecode(part) for part in done.stdout.split(b"\0")] if done.returncode == 0 else []
    for _, old, new in zip(names[::3], names[1::3], names[2::3], strict=False):
        yield old, new


def _is_safe(path: str) -> bool:
    """Return True for a path that stays in the folder: a tree may hold names that no checkout would write."""
    steps = path.replace(os.sep, "/").split("/")
    return "\\" not in path and not any(step in ("", os.curdir, os.pardir, ".git") for step in steps)


def _write(revision: Revision, blobs: list[_Blob], folder: str) -> None:
    if len(blobs) > MOST_FILES or sum(blob.size for blob in blobs) > MOST_BYTES:
        limits = f"{MOST_FILES:,} files or {MOST_BYTES >> 30} GiB"
        raise SourceError(f"--base {shown(revision.name)}: has more than {limits} to read: name smaller targets")
    with tempfile.TemporaryFile() as ids:
        ids.writelines(blob.id.encode() + b"\n" for blob in blobs)
        ids.seek(0)
        command = [*_command(revision.top), "cat-file", "--batch"]
        with subprocess.Popen(
            command, stdin=ids, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        ) as git:
            if git.stdout:
                for blob in blobs:
                    _copy(git.stdout, blob, folder, revision)


def _copy(stream: IO[bytes], blob: _Blob, folder: str, revision: Revision) -> None:
    head = stream.readline().split()
    if len(head) != 3 or head[1] != b"blob":
        raise SourceError(f"--base {shown(revision.name)}: git does not have the content of {shown(blob.path)}")
    data = stream.read(int(head[2]))
    stream.read(1)
    path = os.path.join(folder, *blob.path.split("/"))
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "xb") as file:
            file.write(data)
    except OSError as error:
        raise SourceError(f"--base: {shown(blob.path)} cannot be written: {error.strerror}") from None


def _git(folder: str, *args: str) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(
            [*_command(folder), *args],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_environment(),
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceError(f"--base: git did not answer within {_SECONDS} seconds") from None
    except OSError as error:
        raise UsageError(f"--base: git cannot be started: {error.strerror or error}") from None


def _command(folder: str) -> list[str]:
    return ["git", *_OPTIONS, "-C", folder]


def _environment() -> Mapping[str, str]:
    """Return the environment of git: nothing is asked, fetched or locked."""
    kept = {name: value for name, value in os.environ.items() if name not in _HIDE}
    no = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    return {**kept, **no, "LC_ALL": "C"}


def _output(done: "subprocess.CompletedProcess[bytes]", otherwise: str) -> str:
    if done.returncode:
        raise UsageError(f"{otherwise} ({_reason(done)})")
    return os.fsdecode(done.stdout).removesuffix("\n")


def _reason(done: "subprocess.CompletedProcess[bytes]") -> str:
    lines = _text(done.stderr).splitlines()
    return shown(lines[0].removeprefix("fatal: ") if lines else "no reason was given", 300)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").strip()
