"""How often each rule was right when people read its findings: what `benchmarks/precision.py` measured."""

import json
from functools import cache
from typing import Final, NamedTuple

from toolsmell.data.files import shipped

FILE: Final = "precision.json"
ENOUGH: Final = 30
"""Findings that must have been read before a figure is given."""


class Precision(NamedTuple):
    """What readers said of a sample of one rule's findings on real servers."""

    read: int
    right: int

    @property
    def measured(self) -> float | None:
        """The share that was right; None where too few were read."""
        return self.right / self.read if self.read >= ENOUGH else None

    def __str__(self) -> str:
        if self.measured is None:
            return f"unmeasured ({self.read})"
        return f"right in {self.right} of {self.read} findings that were read ({self.measured:.2f})"


def of(rule_id: str) -> Precision:
    """Return what is known of a rule; nothing read where it was never measured."""
    return _table().get(rule_id, Precision(0, 0))


@cache
def _table() -> dict[str, Precision]:
    try:
        with open(shipped(FILE), encoding="utf-8") as file:
            rules = json.load(file)["rules"]
    except FileNotFoundError:
        return {}
    return {rule: Precision(entry["read"], entry["right"]) for rule, entry in rules.items()}
