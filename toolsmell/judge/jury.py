"""Makes one judgement of several verdicts: the median of each component, with what the jurors do not agree on."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toolsmell.model import Component, Frame, Score
from toolsmell.model.verdicts import Judgement, Standing, Verdict

DISPUTE = 2
"""Levels by which jurors differ where a component is marked."""


def deliberate(verdicts: Sequence[Verdict], frame: Frame) -> Judgement:
    """Say what becomes of the verdicts on a tool; those to be believed have to be at least half of those given."""
    given = [verdict for verdict in verdicts if verdict.unscored is None]
    usable = [verdict for verdict in given if verdict.usable]
    standing, reason = Standing.USED, None
    if not given:
        standing, reason = Standing.UNSCORED, verdicts[0].unscored if verdicts else "no model was asked"
    elif 2 * len(usable) < len(given) or not usable:
        standing, reason = Standing.SUSPECT, _why(given)
    disputed = tuple(c for c in Component if usable and _spread(usable, c, frame) >= DISPUTE)
    return Judgement(standing, reason, tuple(verdicts), disputed)


class Settled(NamedTuple):
    """The level of a component on which the jury has settled."""

    level: int
    with_scorecard: bool
    """The verdicts left a choice, and the scorecard made it."""


def settled(judgement: Judgement, score: Score, frame: Frame) -> Settled | None:
    """Return the level of a component that is to be used; None where no verdict on it can be believed.

    An even number of verdicts may leave a choice of levels in the middle: then the one nearest to the scorecard's.
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


def improvement(judgement: Judgement, component: Component) -> str | None:
    """Return what the strictest of the verdicts in use says to add to a component."""
    opinions = [v.opinions[component] for v in judgement.verdicts if v.trusted(component)]
    with_advice = [o for o in opinions if o.improvement]
    return min(with_advice, key=lambda o: min(o.levels.values())).improvement if with_advice else None


def _spread(verdicts: Sequence[Verdict], component: Component, frame: Frame) -> int:
    levels = [verdict.opinions[component].levels[frame] for verdict in verdicts]
    return max(levels) - min(levels)


def _why(verdicts: Sequence[Verdict]) -> str:
    """Return the reasons, each once, those about the whole verdict first."""
    found = [s for verdict in verdicts for s in verdict.suspicions]
    reasons: Mapping[str, None] = dict.fromkeys(
        s.reason if s.component is None else f"{s.component}: {s.reason}"
        for s in sorted(found, key=lambda s: s.component is not None)
    )
    return "; ".join(list(reasons)[:3])
