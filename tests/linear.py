"""Tests that work grows in proportion to its input, by comparison with a control that does."""

import time
from collections.abc import Callable

_TIMES = 4
_SLACK = 2.5
"""Quadratic work grows by 16 while the control grows by 4. Noise is far smaller."""
_ROUNDS = 3


def grows_linearly(work: Callable[[int], object], size: int) -> bool:
    """Return True if `work` of four times the size costs no more than a linear control lets expect.

    One good round of three is enough: another process may take the CPU at any time, but nothing speeds work up.
    """
    return any(_growth(work, size) <= _SLACK * _growth(_control, size * 10) for _ in range(_ROUNDS))


def _growth(work: Callable[[int], object], size: int) -> float:
    return _seconds(work, _TIMES * size) / max(_seconds(work, size), 1e-5)


def _seconds(work: Callable[[int], object], size: int) -> float:
    start = time.process_time()
    work(size)
    return time.process_time() - start


def _control(size: int) -> int:
    return sum(map(ord, "a" * size))
