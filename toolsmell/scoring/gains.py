"""What one more statement would add to the overall score of a tool, in the effective frame."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from toolsmell.model import Component
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.scoring.score import distribution, points, without_parameters
from toolsmell.scoring.told import Told, told
from toolsmell.scoring.weights import Block, Rubric

WORDS: Final = 3
"""Words that a statement brings and that are in no name."""


class Missing(NamedTuple):
    """A statement that is missing: one of a statement kind, or the explanation of a parameter."""

    kind: StatementKind | None = None
    parameter: str | None = None


class Gain(NamedTuple):
    """A missing statement, and the points of the overall score that it would add."""

    missing: Missing
    overall: float


def gains(tool: ToolContext, missing: Iterable[Missing], rubric: Rubric) -> tuple[Gain, ...]:
    """Return what each missing statement would add, largest first, and equal ones in their order.

    Every gain is 0 if the rubric has no signals of the effective frame.
    """
    listed = tuple(missing)
    parts = _scored(tool, rubric)
    if len(parts) < rubric.fewest or not listed:
        return tuple(Gain(one, 0.0) for one in listed)
    now = told(tool)
    measures = [measure(now) for measure in rubric.effective]
    before = _overall(measures, parts, rubric)
    # The explanation of one parameter is worth as much as that of another.
    kinds = {one.kind for one in listed}
    worth = {kind: _overall(_moved(measures, now, kind, rubric), parts, rubric) - before for kind in kinds}
    found = [Gain(one, worth[one.kind]) for one in listed]
    return tuple(sorted(found, key=lambda gain: -round(gain.overall, 3)))


def _scored(tool: ToolContext, rubric: Rubric) -> dict[Component, Block]:
    """Return the components that count for the tool."""
    without = without_parameters(tool) is not None
    return {
        name: part.effective
        for name, part in rubric.components.items()
        if part.effective is not None and not (without and part.needs_parameters)
    }


def _with(now: Told, kind: StatementKind | None) -> Told:
    """Return the tool with one more statement of a kind, or with one more parameter explained."""
    more = now._replace(statements=now.statements + 1, stems=now.stems + WORDS)
    if kind is None:
        return more._replace(explained=min(now.parameters, now.explained + 1))
    return more._replace(kinds={**now.kinds, kind: now.kinds.get(kind, 0.0) + 1})


def _moved(measures: Sequence[float], now: Told, kind: StatementKind | None, rubric: Rubric) -> list[float]:
    """Return the measures of the tool with one more statement of a kind; most of them stay as they are."""
    more = _with(now, kind)
    found = list(measures)
    for place, measure, only in rubric.moving:
        if only is None or only is kind:
            found[place] = measure(more)
    return found


def _overall(measures: Sequence[float], parts: Mapping[Component, Block], rubric: Rubric) -> float:
    return points({name: _expected(block, measures) for name, block in parts.items()}, rubric)


def _expected(block: Block, measures: Sequence[float]) -> float:
    one, two, three, four, five = distribution(sum(block.effects(measures)), block.cut_points)
    return one + 2 * two + 3 * three + 4 * four + 5 * five
