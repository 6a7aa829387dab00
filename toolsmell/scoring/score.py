"""Scores tools: signals, a proportional-odds scorecard for each component, levels, smells.

The level of a component is the median of its distribution, so a smell is exactly P(level < 3) > 0.5. Nothing is
scored by default: what cannot be judged has no value and a reason.
"""

from bisect import bisect_left
from collections.abc import Mapping
from math import exp
from operator import itemgetter, mul
from typing import Final

from toolsmell.model import Component, Frame, Score
from toolsmell.reading.context import ToolContext
from toolsmell.scoring.signals.frame_reading import FrameReading, Readings, in_prose, readings
from toolsmell.scoring.told import told
from toolsmell.scoring.weights import ComponentRubric, CutPoints, Rubric

# An attribute of an enumeration costs a function call in 3.11.
PROSE, EFFECTIVE = Frame.PROSE, Frame.EFFECTIVE


def score_tool(tool: ToolContext, rubric: Rubric, frame: Frame) -> dict[Component, Score]:
    """Score each component of `tool`: the value in `frame`, and the one in prose next to it."""
    if reason := unscorable(tool):
        return unscored(reason, rubric)
    prose, effective, measures = _measures(tool, rubric)
    calibrated = rubric.calibration is not None and frame is PROSE
    scores = {c: _score(part, prose, effective, measures, frame, calibrated) for c, part in rubric.components.items()}
    if reason := without_parameters(tool):
        for part in rubric.components.values():
            if part.needs_parameters:
                scores[part.component] = _prose_only(scores[part.component], frame, reason)
    return scores


def unscorable(tool: ToolContext) -> str | None:
    """Return the reason why no component of `tool` can be scored, or None.

    A tool that is known to have no description is scored: it says nothing, which is the lowest level of all. A
    description that is known in part is scored by that part, so its scores are lower bounds.
    """
    raw = tool.tool.raw
    if not isinstance(raw, dict):
        return "it is not a tool"
    if tool.tool.unknown and not tool.tool.known("description") and tool.tool.description is None:
        return f"its description is unknown: {tool.tool.unknown['description']}"
    description = raw.get("description")
    if description is not None and not isinstance(description, str):
        return "its description is not a text"
    if language := tool.unread_language:
        return f"its description is in {language}, which the signals do not read"
    return None


_OF_OBJECTS: Final = ("type", "properties")
"""Keywords of which the schema of a tool without parameters has one."""


def without_parameters(tool: ToolContext) -> str | None:
    """Return the reason why a tool has no score for its parameters in the effective frame, or None."""
    unknown = tool.tool.unknown
    if unknown and not tool.tool.known("inputSchema"):
        reason = next(unknown[part] for part in unknown if part == "inputSchema" or part.startswith("/inputSchema/"))
        return f"its parameters are unknown: {reason}"
    if tool.parameters:
        return None
    schema = tool.tool.input_schema
    if schema is None:
        return "it has no input schema that says them"
    # Some libraries send a bare schema (`{"$schema": ...}`) for a tool that does take parameters.
    named = schema.get("required") or schema.keys().isdisjoint(_OF_OBJECTS)
    return "its schema describes no parameters" if named else "it takes no parameters"


def overall(scores: Mapping[Component, Score], frame: Frame, rubric: Rubric) -> float | None:
    """Return the points of the expected levels with one decimal; None if too few components are scored."""
    levels = {c: expected for c, score in scores.items() if (expected := score.expected(frame)) is not None}
    return round(points(levels, rubric), 1) if len(levels) >= rubric.fewest else None


def points(levels: Mapping[Component, float], rubric: Rubric) -> float:
    """Return 25 x (weighted mean of the levels of components - 1), 0 to 100; 0 without any."""
    weights = [rubric.components[component].weight for component in levels]
    total: float = sum(map(mul, levels.values(), weights))
    return 25 * (total / sum(weights) - 1) if weights else 0.0


def smells(scores: Mapping[Component, Score], rubric: Rubric) -> tuple[str, ...]:
    """Return the id of the smell of each component that scored under 3, the lowest level first."""
    low = [(score.value, component) for component, score in scores.items() if score.value and score.smelly]
    return tuple(rubric.components[component].smell for _, component in sorted(low, key=itemgetter(0)))


def distribution(log_odds: float, cut_points: CutPoints) -> tuple[float, ...]:
    """Return the probability of each level for a tool that lies `log_odds` above a typical one."""
    one, two, three, four = cut_points
    try:
        # Not in a loop: it takes half as long again, and a tool has twelve distributions.
        one, two = 1 / (1 + exp(log_odds - one)), 1 / (1 + exp(log_odds - two))
        three, four = 1 / (1 + exp(log_odds - three)), 1 / (1 + exp(log_odds - four))
    except OverflowError:
        return (0.0, 0.0, 0.0, 0.0, 1.0)
    return (one, two - one, three - two, four - three, 1 - four)


def expected_level(log_odds: float, cut_points: CutPoints) -> float:
    """Return the mean of `distribution`, without the distribution."""
    one, two, three, four = cut_points
    try:
        below = 1 / (1 + exp(log_odds - one)) + 1 / (1 + exp(log_odds - two))
        return 5 - below - 1 / (1 + exp(log_odds - three)) - 1 / (1 + exp(log_odds - four))
    except OverflowError:
        return 5.0


def _measures(tool: ToolContext, rubric: Rubric) -> tuple[list[float], list[float], list[float]]:
    """Return the measures of the prose signals in both frames, and those of the effective signals.

    The prose signals are measured in the effective frame only if a component has no signals of that frame.
    """
    measures = effective_measures(tool, rubric)
    if not rubric.leans_on_prose:
        prose = _measured(in_prose(tool), rubric)
        return prose, prose, measures
    both = readings(tool)
    prose = _measured(both.prose, rubric)
    return prose, _in_effect(prose, both, rubric), measures


def effective_measures(tool: ToolContext, rubric: Rubric) -> list[float]:
    """Return the measures of the rubric's effective signals. The tool keeps them: scores and gains need the same."""
    if not rubric.effective:
        return []
    found: list[float] | None = tool.indexes.get(rubric.effective)
    if found is None:
        summed = told(tool)
        found = tool.indexes[rubric.effective] = [measure(summed) for measure in rubric.effective]
    return found


def _measured(reading: FrameReading, rubric: Rubric) -> list[float]:
    """Measure every signal; one is 0 where none of the cues is there that it needs."""
    said = reading.everything.one
    return [measure(reading) if not cues or cues & said else 0.0 for measure, cues in rubric.measures]


def _in_effect(prose: list[float], both: Readings, rubric: Rubric) -> list[float]:
    """Measure in the effective frame what can differ from prose."""
    reading = both.effective
    if reading.description is not both.prose.description:
        return _measured(reading, rubric)
    said = reading.everything.one
    found = prose.copy()
    for place, measure, cues in rubric.of_schema:
        found[place] = measure(reading) if not cues or cues & said else 0.0
    return found


def _score(
    part: ComponentRubric,
    prose: list[float],
    effective: list[float],
    measures: list[float],
    frame: Frame,
    calibrated: bool,
) -> Score:
    """Score one component; `measures` are those of the rubric's effective signals."""
    own = part.prose
    block = part.effective or own
    effects = own.effects(prose)
    odds = sum(effects)
    in_effect = block.effects(measures if part.effective else effective)
    effective_odds = sum(in_effect)
    cuts = block.cut_points
    distributions = {PROSE: distribution(odds, own.cut_points), EFFECTIVE: distribution(effective_odds, cuts)}
    prose_level = 1 + bisect_left(own.cut_points, odds)
    shown = distributions[frame]
    return Score(
        part.component,
        prose_level if frame is PROSE else 1 + bisect_left(cuts, effective_odds),
        prose_level,
        shown[0] + shown[1],
        distributions,
        calibrated,
        "scorecard",
        None,
        dict(zip(own.names, effects, strict=True))
        if frame is PROSE
        else dict(zip(block.names, in_effect, strict=True)),
    )


def _prose_only(score: Score, frame: Frame, reason: str) -> Score:
    """Remove the scores of the effective frame."""
    distributions = {PROSE: score.distribution[PROSE]}
    if frame is PROSE:
        return score._replace(distribution=distributions)
    return _unscored(score.component, reason)._replace(prose=score.prose, distribution=distributions)


def unscored(reason: str, rubric: Rubric) -> dict[Component, Score]:
    """Return a score without a value for each component, with the reason."""
    return {component: _unscored(component, reason) for component in rubric.components}


def _unscored(component: Component, reason: str) -> Score:
    return Score(component, None, None, None, {}, calibrated=False, origin="scorecard", reason=reason)
