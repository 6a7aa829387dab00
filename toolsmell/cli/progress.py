"""A line on stderr that says how far a run with models is, and what it has taken so far."""

import sys
import time
from collections.abc import Callable

from toolsmell.model.verdicts import ModelUsage, total
from toolsmell.reporters.parts.rows import amount

_PAUSE = 0.1


class JudgeProgress:
    """Counts answers; on a terminal it shows the count as they come."""

    def __init__(self, usage: Callable[[], tuple[ModelUsage, ...]]) -> None:
        self._usage = usage
        self._answers = 0
        self._shown = 0.0
        self._live = sys.stderr.isatty()

    def heard(self) -> None:
        """Count an answer, or a question that got none."""
        self._answers += 1
        now = time.monotonic()
        if self._live and now - self._shown >= _PAUSE:
            self._shown = now
            sys.stderr.write(f"\r\x1b[2Kjudge: {self.line()}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line off the terminal."""
        if self._live and self._answers:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()

    def line(self) -> str:
        """Say what the run has taken so far."""
        spent = total(self._usage())
        cost = "cost unknown" if spent.cost is None else f"${spent.cost:.4f}"
        tokens = f"{spent.input_tokens:,} + {spent.output_tokens:,} tokens"
        asked = f"{amount(self._answers, 'question')}, {amount(spent.calls, 'call')}"
        return f"{asked}, {spent.cached} from the cache, {tokens}, {cost}"
