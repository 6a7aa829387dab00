"""A time budget for linting: a hostile tool costs its own result, and never the run.

A timer looks twice a second at what is being linted, and interrupts it if it has used up its time, even inside a
regular expression. Only the main thread of a POSIX system can be interrupted; elsewhere nothing is limited.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, TypeVar

DEFAULT_SECONDS: Final = 30.0
_TICK: Final = 0.5
_MOST: Final = 10
"""A server may use up the time of this many tools; then all of it is late."""

T = TypeVar("T")


class TimeUpError(Exception):
    """The time of a tool, or of a rule about the whole server, is used up."""


class Watch:
    """Counts the time of each tool, and of each rule about the whole server."""

    def __init__(self, seconds: float = DEFAULT_SECONDS) -> None:
        self._seconds: Final = seconds
        self._spent: Final[dict[int | str, float]] = {}
        self._total = 0.0
        self.at: int | str | None = None
        """The index of a tool or the id of a rule that is being linted. While it is None, nothing is interrupted."""
        self.late: Final[set[int | str]] = set()
        """The indexes and ids that used up their time."""

    @contextmanager
    def ticking(self) -> Iterator[None]:
        """Count time inside the block, and raise `TimeUpError` there for what has used up its time."""
        import signal
        import threading

        if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
            yield
            return
        before = signal.signal(signal.SIGALRM, self._tick)
        signal.setitimer(signal.ITIMER_REAL, _TICK, _TICK)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def listed(self, what: int | str, find: Callable[..., Iterable[T]], *given: object) -> list[T]:
        """Return what `find(*given)` finds about a tool (index) or by a rule (id), as far as its time allows."""
        held: list[T] = []
        try:
            self.at = what
            held.extend(find(*given))
            self.at = None
        except TimeUpError:
            self.at = None
        return held

    def _tick(self, _signal: int, _frame: FrameType | None) -> None:
        if self.at is None:
            return
        self._spent[self.at] = self._spent.get(self.at, 0.0) + _TICK
        self._total += _TICK
        if self._spent[self.at] >= self._seconds or self._total >= _MOST * self._seconds:
            self.late.add(self.at)
            raise TimeUpError

    def reason(self) -> str:
        """Return why something is missing: for a tool whose time is used up."""
        return f"linting took more than {self._seconds:g} seconds (--lint-seconds)"
