"""Combines several verdicts into one judgement: the median of each component, and the disputed components."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toolsmell.model import Component, Frame, Score
from toolsmell.model.verdicts import Judgement, Standing, Verdict

DISPUTE = 2
"""A component is disputed if the levels of jurors differ by at least this."""


def deliberate(verdicts: Sequence[Verdict], frame: Frame) -> Judgement:
    """Combine the verdicts on a tool. At least half of the given verdicts must be credible."""
    given = [verdict for verdict in verdicts if verdict.unscored is None]
    usable = [verdict for verdict in given if verdict.usable]
    standing, reason = Standing.USED, None
    if not given:
        standing, reason = Standing.UNSCORED, verdicts[0].unscored if verdicts else "no model was asked"
    elif 2 * len(usable) < len(given) or not usable:
        standing, reason = Standing.SUSPECT, _why(given)
    components = usable[0].opinions if usable else ()
    disputed = tuple(c for c in components if _spread(usable, c, frame) >= DISPUTE)
    return Judgement(standing, reason, tuple(verdicts), disputed)


class Settled(NamedTuple):
    """The level of a component that the jury agreed on."""

    level: int
    with_scorecard: bool
    """True if the verdicts allowed several levels and the scorecard decided."""


def settled(judgement: Judgement, score: Score, frame: Frame) -> Settled | None:
    """Return the level of a component to use; None if no verdict on it is credible.

    If an even number of verdicts allows several levels in the middle, the one nearest to the scorecard's is used.
    """
    component = score.component
    levels = sorted(v.opinions[component].levels[frame] for v in judgement.verdicts if v.trusted(component))
    if not levels:
        return None
    low, high = levels[(len(levels) - 1) // 2], levels[len(levels) // 2]
    own = score.prose if frame is Frame.PROSE else score.value
    if low == high or own is None:
        return Settled(low, with_scorecard=False)
    return Settled(min(max(own, low), high), with_scorecard=True)


def improvement(judgement: Judgement, component: Component, frame: Frame) -> str | None:
    """Return the improvement that the strictest of the used verdicts suggests for a component."""
    opinions = [v.opinions[component] for v in judgement.verdicts if v.trusted(component)]
    with_advice = [o for o in opinions if o.improvement]
    return min(with_advice, key=lambda o: o.levels[frame]).improvement if with_advice else None


def _spread(verdicts: Sequence[Verdict], component: Component, frame: Frame) -> int:
    levels = [verdict.opinions[component].levels[frame] for verdict in verdicts]
    return max(levels) - min(levels)


def _why(verdicts: Sequence[Verdict]) -> str:
    """Return the reasons without repeats, those about the whole verdict first."""
    found = [s for verdict in verdicts for s in verdict.suspicions]
    reasons: Mapping[str, None] = dict.fromkeys(
        s.reason if s.component is None else f"{s.component}: {s.reason}"
        for s in sorted(found, key=lambda s: s.component is not None)
    )
    return "; ".join(list(reasons)[:3])
