"""Errors and the exit codes that they lead to."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The documented exit codes. If several apply, `PRECEDENCE` decides."""

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
    """An error that the user can correct. The text says what, where and what to do; it is shown as it is."""

    exit_code = ExitCode.NOT_LINTED


class UsageError(ToolsmellError):
    """The command line or the configuration asks for something that cannot be."""

    exit_code = ExitCode.USAGE


class SourceError(ToolsmellError):
    """A target could not be read, or a server gave no tools."""


class NoToolsError(SourceError):
    """Source code was read, and no tools were found in it."""

    def __init__(self, message: str, unread: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.unread = unread
        """Registrations of tools that could not be read, each with its place and the reason."""


class UnreadableError(SourceError):
    """A file is not valid JSON."""

    def __init__(self, message: str, *, is_mcp: bool = False) -> None:
        super().__init__(message)
        self.is_mcp = is_mcp
        """Whether the file has a key that only files of MCP have."""


def reason(error: Exception) -> str:
    """Return why a file could not be used, for a message that names the file. Leaves out the number of an OSError."""
    if isinstance(error, UnicodeDecodeError):
        return f"it is not UTF-8 (byte {error.start})"
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
