"""Shows the progress and the usage of a run with models on stderr."""

import sys
import time
from collections.abc import Callable

from toolsmell.model.verdicts import ModelUsage, total
from toolsmell.reporters.parts.rows import amount

_PAUSE = 0.1


class JudgeProgress:
    """Counts answers, and shows the count on a terminal."""

    def __init__(self, usage: Callable[[], tuple[ModelUsage, ...]]) -> None:
        self._usage = usage
        self._answers = 0
        self._shown = 0.0
        self._live = sys.stderr.isatty()

    def heard(self) -> None:
        """Count an answer or a failure."""
        self._answers += 1
        now = time.monotonic()
        if self._live and now - self._shown >= _PAUSE:
            self._shown = now
            sys.stderr.write(f"\r\x1b[2Kjudge: {self.line()}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Remove the line from the terminal."""
        if self._live and self._answers:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()

    def line(self) -> str:
        """Return the usage so far, in words."""
        spent = total(self._usage())
        cost = "cost unknown" if spent.cost is None else f"${spent.cost:.4f}"
        tokens = f"{spent.input_tokens:,} + {spent.output_tokens:,} tokens"
        asked = f"{amount(self._answers, 'question')}, {amount(spent.calls, 'call')}"
        return f"{asked}, {spent.cached} from the cache, {tokens}, {cost}"
