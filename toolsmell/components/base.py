"""What a signal is: one observation about a description, between nothing and fully there."""

from collections.abc import Callable
from typing import NamedTuple

from toolsmell.components.reading import Reading


class SignalKind(NamedTuple):
    """A named observation. The rubric decides what it is worth."""

    id: str
    measure: Callable[[Reading], float]
    """From 0, nothing of it, to 1, all that counts."""
    present: str
    """What a reason says where it was found."""
    absent: str
    """What a reason says where it was not."""
    cure: str
    """What a maintainer can do about it."""


def saturating(count: int, enough: int) -> float:
    """Return the share of `enough` that `count` reaches, 1 at most."""
    return min(count, enough) / enough
