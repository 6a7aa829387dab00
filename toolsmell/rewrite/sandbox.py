"""A sandbox in which a tool that lies about only reading does no harm: no network, and files that cannot be written."""

import shutil
import subprocess

from toolsmell.errors import UsageError
from toolsmell.sources.launch import Launch

_READ_ONLY = ("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc")
_OWN_FOLDERS = ("--tmpfs", "/tmp", "--tmpfs", "/run", "--chdir", "/tmp")  # noqa: S108 - a new one, inside
_APART = ("--unshare-all", "--die-with-parent", "--new-session")
_REMEDY = "name the tools with --call instead"


def sandboxed(launch: Launch) -> Launch:
    """Return the launch inside bubblewrap. Raises `UsageError` where that does not work here."""
    return launch._replace(argv=(*_prefix(), *launch.argv))


def _prefix() -> tuple[str, ...]:
    command = shutil.which("bwrap")
    if command is None:
        raise UsageError(f"--call-read-only needs bubblewrap, and there is no bwrap here; {_REMEDY}")
    prefix = (command, *_READ_ONLY, *_OWN_FOLDERS, *_APART, "--")
    try:
        done = subprocess.run([*prefix, "true"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"--call-read-only needs bubblewrap, which cannot be run: {error}; {_REMEDY}") from None
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = words[-1] if words else f"status {done.returncode}"
        raise UsageError(f"--call-read-only needs bubblewrap, which does not work here ({reason}); {_REMEDY}")
    return prefix
