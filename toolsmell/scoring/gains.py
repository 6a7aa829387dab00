"""What one more statement would add to the overall score of a tool, in the effective frame."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.scoring.rubric import Block, Rubric
from toolsmell.scoring.score import FEWEST, distribution, without_parameters
from toolsmell.scoring.told import Told, told

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
    blocks = _blocks(tool, rubric)
    if len(blocks) < FEWEST or not listed:
        return tuple(Gain(one, 0.0) for one in listed)
    now = told(tool)
    before = _overall(now, blocks, rubric)
    # The explanation of one parameter is worth as much as that of another.
    worth = {kind: _overall(_with(now, kind), blocks, rubric) - before for kind in {one.kind for one in listed}}
    found = [Gain(one, worth[one.kind]) for one in listed]
    return tuple(sorted(found, key=lambda gain: -round(gain.overall, 3)))


def _blocks(tool: ToolContext, rubric: Rubric) -> list[Block]:
    """Return the components that count for the tool."""
    without = "parameters" if without_parameters(tool) else None
    parts = rubric.components.items()
    return [part.effective for name, part in parts if part.effective is not None and str(name) != without]


def _with(now: Told, kind: StatementKind | None) -> Told:
    """Return the tool with one more statement of a kind, or with one more parameter explained."""
    more = now._replace(statements=now.statements + 1, stems=now.stems + WORDS)
    if kind is None:
        return more._replace(explained=min(now.parameters, now.explained + 1))
    return more._replace(kinds={**now.kinds, kind: now.kinds.get(kind, 0.0) + 1})


def _overall(now: Told, blocks: Sequence[Block], rubric: Rubric) -> float:
    measures = [measure(now) for measure in rubric.effective]
    levels = [_expected(block, measures) for block in blocks]
    return 25 * (sum(levels) / len(levels) - 1)


def _expected(block: Block, measures: Sequence[float]) -> float:
    one, two, three, four, five = distribution(sum(block.effects(measures)), block.cut_points)
    return one + 2 * two + 3 * three + 4 * four + 5 * five
