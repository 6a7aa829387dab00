"""A sandbox for a server that claims that a tool only reads: no network, and nothing outside can be changed.

The server sees the folders of the system, its own project, its interpreter, caches of package managers and files that
its command or variables name, all read-only. Home, temporary folders and everything else are empty. Sockets, pipes and
devices in what it sees are covered, because they can be written to although their folder is read-only.
"""

import os
import shutil
import stat
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from toolsmell.errors import UsageError
from toolsmell.sources.server.launch import Launch

_SYSTEM: Final = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/nix")
_EMPTY: Final = ("/tmp", "/run", "/var/tmp")  # noqa: S108 - new folders inside the sandbox
_CACHES: Final = (
    ".npm .nvm .volta .bun .deno .pyenv .asdf .cargo/bin .rustup .local/bin .local/lib .local/share/uv"
    " .local/share/mise .local/share/pnpm .local/pipx .cache/uv .cache/node .cache/pnpm .cache/deno go"
).split()
"""Folders below the home in which programs are installed or cached: `npx` and `uvx` start from there."""
_MARKS: Final = ("package.json", "pyproject.toml", "setup.py", ".git")
"""A folder with one of these is a project, and its files belong together."""
_APART: Final = ("--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL")
_MOST_ENTRIES: Final = 500_000
_REMEDY: Final = "name the tools with --call instead"


def sandboxed(launch: Launch) -> Launch:
    """Return the launch inside bubblewrap. Raises `UsageError` if that does not work here."""
    return launch._replace(argv=(*_prefix(tuple(_view(launch))), *launch.argv))


def _view(launch: Launch) -> Iterator[str]:
    """Yield the options that mount what the server sees, outer folders first."""
    yield from ("--dev", "/dev", "--proc", "/proc")
    for folder in _SYSTEM:
        yield from ("--ro-bind-try", folder, folder)
    home = os.environ.get("HOME") or "/root"
    for folder in (*_EMPTY, home):
        yield from ("--tmpfs", folder)
    roots = sorted(set(_roots(launch, Path(home))))
    for root in sorted({*roots, *_caches(Path(home))}):
        yield from ("--ro-bind", str(root), str(root))
    for special in sorted({*_specials(roots), *_listening()}):
        yield from ("--ro-bind", "/dev/null", special)


def _roots(launch: Launch, home: Path) -> Iterator[Path]:
    """Yield the folders and files that the server needs and that are in no folder of the system."""
    program = shutil.which(launch.argv[0]) or launch.argv[0]
    for word in (program, *launch.argv[1:], *launch.env.values()):
        for path in _paths(word):
            root = _root(path, home)
            for seen in (root, *_linked(root)):
                if not _in_system(seen):
                    yield seen


def _caches(home: Path) -> Iterator[Path]:
    return (home / cache for cache in _CACHES if (home / cache).is_dir())


def _paths(word: str) -> Iterator[Path]:
    """Yield the path in a word of a command, and the target of a link: `/x/y`, `--root=/x/y`."""
    path = Path(word.partition("=")[2] if word.startswith("-") else word)
    try:
        if path.is_absolute() and (path.is_file() or path.is_dir()):
            yield path
            yield path.resolve()
    except (OSError, ValueError):
        return


def _root(path: Path, home: Path) -> Path:
    """Return the folder that a path needs to be useful: its installation, its project, or its own folder.

    It is never a whole home or temporary folder; then it is the path alone.
    """
    folder = path if path.is_dir() else path.parent
    wide = {Path("/"), Path("/home"), home, *home.parents, *map(Path, _EMPTY)}
    above = [p for p in (folder, *folder.parents) if p not in wide]
    installed = [p for p in above if p.name == "node_modules" or (p / "pyvenv.cfg").is_file()]
    if installed:
        return installed[-1]
    if project := next((p for p in above if any((p / mark).exists() for mark in _MARKS)), None):
        return project
    # An interpreter needs the library next to its folder of programs.
    return folder.parent if folder.name == "bin" and folder.parent in above else folder if folder in above else path


def _linked(root: Path) -> Iterator[Path]:
    """Yield the folders that a virtual environment adds to its own packages: editable installs."""
    for file in root.glob("lib/python*/site-packages/*.pth"):
        with suppress(OSError, ValueError):
            lines = map(Path, file.read_text(encoding="utf-8").splitlines())
            yield from (path for path in lines if path.is_absolute() and path.is_dir())


def _in_system(path: Path) -> bool:
    return any(str(path) == folder or str(path).startswith(f"{folder}/") for folder in _SYSTEM)


def _specials(roots: Iterable[Path]) -> Iterator[str]:
    """Yield the sockets, pipes and devices below folders. Raises `UsageError` for more files than can be looked at."""
    waiting = [str(root) for root in roots if root.is_dir()]
    left = _MOST_ENTRIES
    while waiting:
        try:
            entries = list(os.scandir(waiting.pop()))
        except OSError:
            continue
        left -= len(entries)
        if left < 0:
            raise UsageError(
                f"--call-read-only: the server's folders have more than {_MOST_ENTRIES:,} files; {_REMEDY}"
            )
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            elif not entry.is_file(follow_symlinks=False) and not entry.is_symlink():
                yield entry.path


def _listening() -> Iterator[str]:
    """Yield the sockets in folders of the system that some program listens on."""
    try:
        lines = Path("/proc/net/unix").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        path = line.partition(" /")[2]
        if path and _in_system(Path(f"/{path}")) and _is_socket(f"/{path}"):
            yield f"/{path}"


def _is_socket(path: str) -> bool:
    try:
        return stat.S_ISSOCK(os.lstat(path).st_mode)
    except OSError:
        return False


def _prefix(view: tuple[str, ...]) -> tuple[str, ...]:
    command = shutil.which("bwrap")
    if command is None:
        raise UsageError(f"--call-read-only needs bubblewrap, and there is no bwrap here; {_REMEDY}")
    prefix = (command, *view, "--chdir", "/tmp", *_APART, "--")  # noqa: S108
    try:
        done = subprocess.run([*prefix, "true"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"--call-read-only needs bubblewrap, which cannot be run: {error}; {_REMEDY}") from None
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = words[-1] if words else f"status {done.returncode}"
        raise UsageError(f"--call-read-only needs bubblewrap, which does not work here ({reason}); {_REMEDY}")
    return prefix
