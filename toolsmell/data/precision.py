"""The share of each rule's findings that readers called right and useful (`benchmarks/precision.py`)."""

import json
from functools import cache
from typing import Final, NamedTuple

from toolsmell.data.shipped import shipped

FILE: Final = "precision.json"
ENOUGH: Final = 30
"""Findings that must have been read before a share is given."""


class Precision(NamedTuple):
    """Readers' verdicts on a sample of one rule's findings, on real servers that it was not tuned on."""

    read: int
    right: int
    judged: int = 0
    """Findings that were also judged for their use: is it worth a maintainer's minute?"""
    useful: int = 0

    @property
    def measured(self) -> float | None:
        """The share that was right, or None if too few were read."""
        return self.right / self.read if self.read >= ENOUGH else None

    @property
    def usefulness(self) -> float | None:
        """The share that was useful, or None if too few were judged."""
        return self.useful / self.judged if self.judged >= ENOUGH else None

    def __str__(self) -> str:
        if not self.read:
            return "no finding was read yet"
        right = f"{self.right} of {self.read} findings that were read were right"
        share = f" ({self.measured:.2f})" if self.measured is not None else ", too few to give a share"
        useful = f"; {self.useful} of {self.judged} were worth a maintainer's minute" if self.judged else ""
        return f"{right}{share}{useful}"


def of(rule_id: str) -> Precision:
    """Return the precision of a rule; zeros if no finding of it was read."""
    return _table().get(rule_id, Precision(0, 0))


@cache
def _table() -> dict[str, Precision]:
    try:
        with open(shipped(FILE), encoding="utf-8") as file:
            rules = json.load(file)["rules"]
    except FileNotFoundError:
        return {}
    return {rule: Precision(**entry) for rule, entry in rules.items()}
