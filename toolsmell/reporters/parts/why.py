"""Why a tool scores as it does: each component's level in words, what moved it, and what would raise it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from toolsmell.escape import inert, visible
from toolsmell.model import Component, Score
from toolsmell.reporters import Style
from toolsmell.reporters.parts.layout import Ink, cut_middle, paint, wrap
from toolsmell.scoring.rubric import ComponentRubric, Rubric
from toolsmell.scoring.score import Reason

CURES: Final = 3
LEAST: Final = 0.15
"""Log-odds under which a signal is not worth a line."""
LEAST_GAIN: Final = 0.05
"""Log-odds under which a cure is not worth naming."""

_LEGEND: Final = "+ and - are next to a typical tool: what speaks for a higher level here, and what for a lower one."


def why(
    name: str,
    scores: Mapping[Component, Score],
    reasons: Mapping[Component, Sequence[Reason]],
    rubric: Rubric,
    style: Style,
) -> Iterator[str]:
    """Yield the lines that explain the scores of the tool `name`, the worst component first."""
    yield inert(paint(cut_middle(visible(name), style.width), Ink.BOLD, style.color))
    for line in wrap(_LEGEND, style.width):
        yield paint(line, Ink.DIM, style.color)
    order = sorted(scores.values(), key=lambda score: 6 if score.value is None else score.value)
    for score in order:
        yield ""
        yield from _component(score, reasons[score.component], rubric.components[score.component], style)


def _component(score: Score, reasons: Sequence[Reason], part: ComponentRubric, style: Style) -> Iterator[str]:
    if score.value is None:
        yield f"{score.component.value}: not scored, since {visible(score.reason or 'no reason is known')}"
        return
    ink = Ink.RED if score.value < 3 else Ink.YELLOW if score.value == 3 else Ink.GREEN
    level = paint(f"{score.value} of 5", ink, style.color)
    yield f"{score.component.value}: {level}. {part.levels[score.value]}"
    for reason in reasons:
        if abs(reason.effect) >= LEAST:
            yield f"  {reason.effect:+5.1f}  {reason.text}"
    if score.value < 5:
        yield from _better(score.value + 1, reasons, part, style)


def _better(level: int, reasons: Sequence[Reason], part: ComponentRubric, style: Style) -> Iterator[str]:
    gains = sorted((r for r in reasons if r.gain >= LEAST_GAIN), key=lambda reason: -reason.gain)[:CURES]
    cures = f" To get there: {'; '.join(reason.cure for reason in gains)}." if gains else ""
    for line in wrap(f"{level} is: {part.levels[level]}{cures}", style.width - 2):
        yield "  " + paint(line, Ink.DIM, style.color)
