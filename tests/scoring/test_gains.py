"""Tests what one more statement would add: by the rubric that scores, largest first."""

from typing import Any

import pytest

from toolsmell.model import Frame, Manifest, Provenance, Tool
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.scoring import rubric
from toolsmell.scoring.advice import Adviser, lacking
from toolsmell.scoring.gains import STEMS, Missing, gains
from toolsmell.scoring.score import distribution, overall, points, score_tool
from toolsmell.scoring.told import Told, told

RUBRIC = rubric.load()


def tool(description: Any, **properties: Any) -> ToolContext:
    raw = {"name": "get_tide", "description": description, "inputSchema": {"type": "object", "properties": properties}}
    sibling = {"name": "find_tide", "description": "Find a tide.", "inputSchema": {"type": "object"}}
    tools = (Tool(0, raw), Tool(1, sibling))
    return ServerContext(Manifest("harbour", "harbour", Provenance.FILE, tools=tools)).tools[0]


def score(context: ToolContext) -> float:
    found = overall(score_tool(context, RUBRIC, Frame.EFFECTIVE), Frame.EFFECTIVE, RUBRIC)
    assert found is not None
    return found


def test_gains_come_largest_first_and_are_positive() -> None:
    context = tool("Get the tide of a port.", port={"type": "string"})
    found = gains(context, lacking(context), RUBRIC)
    points = [gain.overall for gain in found]
    assert len(points) > 3
    assert points == sorted(points, reverse=True)
    assert all(point > 0 for point in points)


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        (StatementKind.FAILURE, "Returns an error if the port is unknown."),
        (StatementKind.WHEN_NOT, "To search by date, use find_tide instead."),
        (StatementKind.EXAMPLE, "Example: port='Esbjerg'."),
    ],
)
def test_a_gain_has_the_size_of_what_a_real_sentence_brings(kind: StatementKind, statement: str) -> None:
    text = "Get the tide of a port."
    before, after = tool(text, port={"type": "string"}), tool(f"{text} {statement}", port={"type": "string"})
    assert after.reading.says(kind)
    (gain,) = gains(before, [Missing(kind)], RUBRIC)
    brought = score(after) - score(before)
    assert brought > 0
    assert brought / 3 < gain.overall < brought * 3


def test_nothing_missing_brings_nothing() -> None:
    assert gains(tool("Get the tide."), [], RUBRIC) == ()


def test_the_best_statement_is_the_one_with_the_largest_gain() -> None:
    context = tool("Get the tide of a port.", port={"type": "string"})
    adviser = Adviser(context.server)
    ranked = [gain.missing for gain in gains(context, lacking(context), RUBRIC)]
    assert list(adviser.best(context, RUBRIC)) == [text for _, text in adviser.statements(context, ranked)]


@pytest.mark.parametrize("kind", [None, *StatementKind])
def test_a_gain_is_what_all_signals_bring_together(kind: StatementKind | None) -> None:
    context = tool("Get the tide of a port. Returns an error without one.", port={"type": "string"}, day={})
    now = told(context)
    more = now._replace(
        statements=now.statements + 1,
        stems=now.stems + STEMS,
        kinds=now.kinds if kind is None else {**now.kinds, kind: now.kinds.get(kind, 0.0) + 1},
        explained=now.explained + (kind is None),
    )
    missing = Missing(kind) if kind else Missing(parameter="day")
    (gain,) = gains(context, [missing], RUBRIC)
    assert gain.overall == pytest.approx(points_of(more) - points_of(now))


def points_of(now: Told) -> float:
    """Score what a tool tells by every signal of the rubric."""
    measures = [measure(now) for measure in RUBRIC.effective]
    levels = {}
    for name, part in RUBRIC.components.items():
        assert part.effective is not None
        shares = distribution(sum(part.effective.effects(measures)), part.effective.cut_points)
        levels[name] = sum(level * share for level, share in enumerate(shares, 1))
    return points(levels, RUBRIC)
