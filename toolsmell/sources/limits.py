"""How much a server may cost: time, bytes, pages and entries."""

from typing import NamedTuple

MAX_BYTES = 64 * 1024 * 1024
"""Of everything one server sends."""


class Limits(NamedTuple):
    """Bounds of one fetch; what has come when one is met is kept."""

    timeout: float = 60.0
    """Seconds for the whole fetch. A first `npx -y` downloads the server within them."""
    max_bytes: int = MAX_BYTES
    max_pages: int = 10_000
    max_entries: int = 100_000
    """Of one list; the largest real server known has under a thousand tools."""
    aside: float = 5.0
    """Seconds for each list that is not of tools: a scan does not wait longer for prompts and resources."""

    @property
    def patience(self) -> float:
        """Seconds that a server of an older protocol may leave the first question, which it does not know, unanswered."""
        return min(10.0, self.timeout / 4)


class Overrun(Exception):
    """The server sent more than it may. The text says of what."""


class Budget:
    """Bytes that are left to a server."""

    def __init__(self, max_bytes: int) -> None:
        self._total = max_bytes
        self._left = max_bytes

    @property
    def spent(self) -> bool:
        return self._left < 0

    def spend(self, count: int) -> None:
        """Take `count` bytes off, or raise `Overrun`."""
        self._left -= count
        if self.spent:
            raise Overrun(f"it sent more than {self._total} bytes (--max-bytes)")
