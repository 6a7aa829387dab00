"""From signals to scores to smells: a proportional-odds scorecard for each component.

The level of a component is the median of its distribution, so a smell is exactly P(level < 3) > 0.5. Nothing is
scored by default: what cannot be judged has no value and a reason.
"""

import itertools
from collections.abc import Iterable, Mapping
from math import exp
from typing import Final, NamedTuple

from toolsmell.components import SIGNALS
from toolsmell.components.base import SignalKind
from toolsmell.components.reading import Reading, read
from toolsmell.context import ToolContext
from toolsmell.model import Component, Confidence, Finding, FindingKind, Frame, Score, Severity, Signal
from toolsmell.rubric import ComponentRubric, Rubric

READABLE: Final = frozenset(("latin", "han", "none"))
"""Scripts whose words the signals know."""

_UNREAD: Final = "its parameters could not all be read"

FEWEST: Final = 4
"""An overall score needs this many scored components."""


def score_tool(tool: ToolContext, rubric: Rubric, frame: Frame) -> dict[Component, Score]:
    """Score each component of `tool`: the value in `frame`, and the one in prose next to it."""
    if reason := unscorable(tool):
        return {c: _unscored(c, reason) for c in Component}
    sentences = read(tool)
    readings = {f: Reading(tool, f, sentences) for f in Frame}
    calibrated = rubric.calibration is not None
    return {
        c: _unscored(c, _UNREAD) if _unread(tool, c) else _score(part, readings, frame, calibrated)
        for c, part in rubric.components.items()
    }


def _unread(tool: ToolContext, component: Component) -> bool:
    """Say whether a component is about what could not be read: parameters that are computed at run time."""
    return component is Component.PARAMETERS and not tool.tool.known("inputSchema")


def unscorable(tool: ToolContext) -> str | None:
    """Say why no component of `tool` can be scored, or return None."""
    raw = tool.tool.raw
    if not isinstance(raw, dict):
        return "it is not a tool"
    if not tool.tool.known("description"):
        return f"its description is unknown: {tool.tool.unknown['description']}"
    if raw.get("description") is not None and tool.tool.description is None:
        return "its description is not a text"
    if tool.text.script not in READABLE:
        return f"its description is in a script that the signals do not read ({tool.text.script})"
    return None


def overall(scores: Mapping[Component, Score], frame: Frame) -> float | None:
    """Return 25 x (mean of the scored components - 1): 0-100; None where fewer than four are scored."""
    values = [s.prose if frame is Frame.PROSE else s.value for s in scores.values()]
    scored = [v for v in values if v is not None]
    if len(scored) < FEWEST:
        return None
    return round(25 * (sum(scored) / len(scored) - 1), 1)


def smells(scores: Mapping[Component, Score], rubric: Rubric) -> tuple[Finding, ...]:
    """Return a finding for each component that scored under 3."""
    return tuple(
        _smell(score, rubric.components[component])
        for component, score in scores.items()
        if score.value is not None and score.value < 3
    )


def distribution(log_odds: float, cut_points: Iterable[float]) -> tuple[float, ...]:
    """Return the probability of each level for a tool that lies `log_odds` above a typical one."""
    below = [0.0, *(_logistic(cut - log_odds) for cut in cut_points), 1.0]
    return tuple(high - low for low, high in itertools.pairwise(below))


def median_level(levels: Iterable[float]) -> int:
    """Return the level at which half of the probability is reached."""
    reached = 0.0
    for level, share in enumerate(levels, start=1):
        reached += share
        if reached >= 0.5:
            return level
    return 5


class Reason(NamedTuple):
    """What one signal did to a score, in words."""

    signal: str
    text: str
    effect: float
    """Log-odds against a typical tool."""
    gain: float
    """Log-odds still to be had."""
    cure: str


def reasons(tool: ToolContext, rubric: Rubric, frame: Frame) -> dict[Component, tuple[Reason, ...]]:
    """Return what moved each score, most effective first; nothing for a tool that is not scored."""
    if unscorable(tool):
        return dict.fromkeys(Component, ())
    reading = Reading(tool, frame, read(tool))
    return {c: tuple(_reasons(reading, part)) for c, part in rubric.components.items()}


def _reasons(reading: Reading, part: ComponentRubric) -> list[Reason]:
    found = []
    for kind, measure, weight, typical in _measured(reading, part):
        text = kind.present if measure >= 0.5 else kind.absent
        found.append(Reason(kind.id, text, weight * (measure - typical), max(0.0, weight * (1 - measure)), kind.cure))
    return sorted(found, key=lambda r: -abs(r.effect))


def _measured(reading: Reading, part: ComponentRubric) -> Iterable[tuple[SignalKind, float, float, float]]:
    for kind in SIGNALS[part.component]:
        if weight := part.weights.get(kind.id):
            yield kind, kind.measure(reading), weight.weight, weight.typical


def _score(part: ComponentRubric, readings: Mapping[Frame, Reading], frame: Frame, fitted: bool) -> Score:
    effects = {f: _effects(reading, part) for f, reading in readings.items()}
    distributions = {
        f: distribution(sum(s.effect for s in signals), part.cut_points)
        for f, signals in effects.items()
        if not _no_parameters(part.component, readings[f])
    }
    prose = median_level(distributions[Frame.PROSE])
    levels = distributions.get(frame)
    if levels is None:
        return _unscored(part.component, "it takes no parameters")._replace(prose=prose, distribution=distributions)
    return Score(
        component=part.component,
        value=median_level(levels),
        prose=prose,
        smell_probability=round(levels[0] + levels[1], 4),
        distribution=distributions,
        calibrated=fitted and frame is Frame.PROSE,
        origin="scorecard",
        signals=tuple(sorted(effects[frame], key=lambda s: -abs(s.effect))),
    )


def _effects(reading: Reading, part: ComponentRubric) -> list[Signal]:
    return [
        Signal(kind.id, round(weight * (measure - typical), 3))
        for kind, measure, weight, typical in _measured(reading, part)
    ]


def _no_parameters(component: Component, reading: Reading) -> bool:
    return component is Component.PARAMETERS and reading.frame is Frame.EFFECTIVE and not reading.tool.parameters


def _unscored(component: Component, reason: str) -> Score:
    return Score(component, None, None, None, {}, calibrated=False, origin="scorecard", reason=reason)


def _smell(score: Score, part: ComponentRubric) -> Finding:
    kinds = {kind.id: kind for kind in SIGNALS[part.component]}
    why = [kinds[s.id].absent for s in score.signals if s.effect <= 0][:3]
    level = score.value or 1
    return Finding(
        id=part.smell,
        kind=FindingKind.SMELL,
        family="smell",
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        message=f"{part.title.lower()} ({level} of 5): {', '.join(why) or part.levels[level]}",
        pointer="/description",
        component=part.component,
    )


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x)) if x > -700 else 0.0
