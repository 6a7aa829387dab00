"""What can go wrong, and the exit code each of it leads to."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The documented exit codes; where several apply, `PRECEDENCE` decides."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    NOT_LINTED = 3
    JUDGE_FAILED = 4
    NOT_VERIFIED = 5
    INTERNAL = 70
    INTERRUPTED = 130


PRECEDENCE = (
    ExitCode.INTERRUPTED,
    ExitCode.INTERNAL,
    ExitCode.USAGE,
    ExitCode.NOT_LINTED,
    ExitCode.JUDGE_FAILED,
    ExitCode.NOT_VERIFIED,
    ExitCode.FINDINGS,
    ExitCode.CLEAN,
)
"""The first that applies is the exit code of a run."""


class ToolsmellError(Exception):
    """Something the user can mend. The text says what, where and what to do; it is shown as it is."""

    exit_code = ExitCode.NOT_LINTED


class UsageError(ToolsmellError):
    """The command line or the configuration asks for something that cannot be."""

    exit_code = ExitCode.USAGE


class SourceError(ToolsmellError):
    """A target could not be read, or a server gave no tools."""


class NoToolsError(SourceError):
    """Source code was read, and holds no tools."""


def reason(error: Exception) -> str:
    """Return why a file could not be used, for a message that names the file itself: of an OSError no number."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
