"""Limits for one server: time, bytes, pages and entries."""

from typing import NamedTuple

from toolsmell.sources.server.dialogue import DialogueError


class Limits(NamedTuple):
    """Bounds of one fetch; what has come when one is met is kept."""

    timeout: float
    """Seconds for the whole fetch. A first `npx -y` downloads the server within them."""
    max_bytes: int
    """The limit for everything that the server sends."""
    max_pages: int = 10_000
    max_entries: int = 100_000
    """The limit for one list. The largest known server has under a thousand tools."""
    aside: float = 5.0
    """Seconds for each list that is not of tools: a scan does not wait longer for prompts and resources."""

    @property
    def patience(self) -> float:
        """Seconds that the first question may stay unanswered: an older server does not know it."""
        return min(10.0, self.timeout / 4)


class OverrunError(DialogueError):
    """The server sent more than it may."""


class ByteBudget:
    """Bytes that are left to a server."""

    def __init__(self, max_bytes: int) -> None:
        self._left = max_bytes
        self.complaint = f"it sent more than {max_bytes} bytes (--max-bytes)"

    @property
    def left(self) -> int:
        return max(0, self._left)

    @property
    def spent(self) -> bool:
        return self._left < 0

    def spend(self, count: int) -> None:
        """Take `count` bytes off, or raise `OverrunError`."""
        self._left -= count
        if self.spent:
            raise OverrunError(self.complaint)
