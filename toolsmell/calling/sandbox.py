"""A sandbox in which a tool that lies about only reading does no harm: no network, and files that cannot be written.

Folders with sockets of other programs (`/tmp`, `/run`) are replaced by empty ones: a socket can be written to whatever
its folder. What the command itself names below them, its program and its folders, stays visible, and cannot be written.
"""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from toolsmell.errors import UsageError
from toolsmell.sources.server.launch import Launch

_READ_ONLY = ("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc")
_HIDDEN: Final = (Path("/tmp"), Path("/run"), Path("/var/run"))  # noqa: S108 - replaced by new ones, inside
_EMPTY = ("--tmpfs", "/tmp", "--tmpfs", "/run")  # noqa: S108
_HERE = ("--chdir", "/tmp")  # noqa: S108
_APART = ("--unshare-all", "--die-with-parent", "--new-session")
_REMEDY = "name the tools with --call instead"


def sandboxed(launch: Launch) -> Launch:
    """Return the launch inside bubblewrap. Raises `UsageError` where that does not work here."""
    return launch._replace(argv=(*_prefix(tuple(_visible(launch.argv))), *launch.argv))


def _visible(argv: Sequence[str]) -> Iterator[str]:
    """Yield the options that show what a command names below the hidden folders."""
    program = shutil.which(argv[0]) or argv[0]
    named = {root for word in (program, *argv[1:]) for path in _paths(word) for root in _roots(path)}
    for root in sorted(named):
        yield from ("--ro-bind", str(root), str(root))


def _paths(word: str) -> Iterator[Path]:
    """Yield the path in a word of a command, and where it leads if it is a link: `/x/y`, `--root=/x/y`."""
    path = Path(word.partition("=")[2] if word.startswith("-") else word)
    if path.is_absolute() and (path.is_file() or path.is_dir()):
        yield path
        yield path.resolve()


def _roots(path: Path) -> Iterator[Path]:
    """Yield what has to be seen for a path to be of use: of a program, all that is installed with it."""
    if not any(hidden in path.parents for hidden in _HIDDEN):
        return
    installed = [p for p in path.parents if p.name == "node_modules" or (p / "pyvenv.cfg").is_file()]
    folder = path if path.is_dir() else path.parent
    yield installed[-1] if installed else path if folder in _HIDDEN else folder


def _prefix(visible: tuple[str, ...]) -> tuple[str, ...]:
    command = shutil.which("bwrap")
    if command is None:
        raise UsageError(f"--call-read-only needs bubblewrap, and there is no bwrap here; {_REMEDY}")
    prefix = (command, *_READ_ONLY, *_EMPTY, *visible, *_HERE, *_APART, "--")
    try:
        done = subprocess.run([*prefix, "true"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"--call-read-only needs bubblewrap, which cannot be run: {error}; {_REMEDY}") from None
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = words[-1] if words else f"status {done.returncode}"
        raise UsageError(f"--call-read-only needs bubblewrap, which does not work here ({reason}); {_REMEDY}")
    return prefix
