"""Computes the gain of one more statement in the overall score, in the effective frame."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from toolsmell.model import Component
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.scoring.score import effective_measures, expected_level, points, without_parameters
from toolsmell.scoring.told import Told, told
from toolsmell.scoring.weights import Block, Moving, Rubric

STEMS: Final = 3
"""Words that a statement brings, that are in no name and do not fit any tool."""


class Missing(NamedTuple):
    """A statement that is missing: one of a statement kind, or the explanation of a parameter."""

    kind: StatementKind | None = None
    parameter: str | None = None


class Gain(NamedTuple):
    """A missing statement, and the points of the overall score that it would add."""

    missing: Missing
    overall: float


def gains(tool: ToolContext, missing: Iterable[Missing], rubric: Rubric) -> tuple[Gain, ...]:
    """Return the gain of each missing statement, the largest first, equal ones in their order.

    Every gain is 0 if the rubric has no signals of the effective frame.
    """
    listed = tuple(missing)
    parts = _scored(tool, rubric)
    if len(parts) < rubric.fewest or not listed:
        return tuple(Gain(one, 0.0) for one in listed)
    now = told(tool)
    measures = effective_measures(tool, rubric)
    odds = {name: sum(block.effects(measures)) for name, block in parts.items()}
    before = points(_levels(odds, parts), rubric)
    # What a statement of any kind brings is measured once, and then what those of each kind bring besides.
    odds = {**odds, **_moved(odds, measures, _any_more(now), rubric.moved_always)}
    levels = _levels(odds, parts)
    # The explanation of one parameter is worth as much as that of another.
    worth: dict[StatementKind | None, float] = {}
    for kind in {one.kind for one in listed}:
        moved = _moved(odds, measures, _one_more(now, kind), rubric.moving[kind])
        worth[kind] = points({**levels, **_levels(moved, parts)}, rubric) - before
    found = [Gain(one, worth[one.kind]) for one in listed]
    return tuple(sorted(found, key=lambda gain: -round(gain.overall, 3)))


def _levels(odds: Mapping[Component, float], parts: Mapping[Component, Block]) -> dict[Component, float]:
    return {name: expected_level(one, parts[name].cut_points) for name, one in odds.items()}


def _scored(tool: ToolContext, rubric: Rubric) -> dict[Component, Block]:
    """Return the components that count for the tool."""
    without = without_parameters(tool) is not None
    return {
        name: part.effective
        for name, part in rubric.components.items()
        if part.effective is not None and not (without and part.needs_parameters)
    }


def _any_more(now: Told) -> Told:
    """Return the tool with one more statement, of no kind."""
    return now._replace(statements=now.statements + 1, stems=now.stems + STEMS)


def _one_more(now: Told, kind: StatementKind | None) -> Told:
    """Return the tool with one more of a kind, or with one more parameter explained."""
    if kind is None:
        return now._replace(explained=min(now.parameters, now.explained + 1))
    return now._replace(kinds={**now.kinds, kind: now.kinds.get(kind, 0.0) + 1})


def _moved(
    odds: Mapping[Component, float], measures: Sequence[float], more: Told, signals: Iterable[Moving]
) -> dict[Component, float]:
    """Return the log-odds of the components that `signals` move."""
    found: dict[Component, float] = {}
    for signal in signals:
        if change := signal.measure(more) - measures[signal.place]:
            for name, weight in signal.weights:
                if name in odds:
                    found[name] = found.get(name, odds[name]) + weight * change
    return found
