"""Chooses among the original and the texts that compete with it."""

from collections.abc import Sequence
from typing import Protocol

from toolsmell.evidence.citations import Evidence
from toolsmell.evidence.proposals import Proposal, Variant


class Chooser(Protocol):
    """Tries texts in use."""

    def choose(
        self, result: Proposal, evidence: Evidence, sound: Sequence[Variant]
    ) -> tuple[tuple[Variant, ...], Variant | None, str]:
        """Return the texts with how they did, the best one, and why; None if the original wins."""
        ...


def chosen(
    result: Proposal, evidence: Evidence, sound: Sequence[Variant], chooser: Chooser | None
) -> tuple[tuple[Variant, ...], Variant | None, str]:
    """Return the texts, the chosen one and the reason. Without `chooser`, the one that says most and costs least."""
    by_model = [v for v in sound if v.by_model]
    if chooser is not None and by_model:
        return chooser.choose(result, evidence, sound)
    best = max(sound, key=lambda v: (len(v.checked.sentences), -v.measured.tokens))
    return tuple(sound), best, reason_of(result, best)


def reason_of(result: Proposal, best: Variant) -> str:
    """Return what a text adds and what it costs, in words."""
    added = len(best.checked.sentences)
    cost = best.measured.tokens - result.original.tokens
    what = f"adds {added} verified sentence{'s' if added != 1 else ''}" if added else "removes what informs nobody"
    return f"{what}, {cost:+d} tokens"
