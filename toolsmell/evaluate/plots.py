"""Draws plots of an evaluation."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from toolsmell.errors import UsageError
from toolsmell.escape import visible
from toolsmell.evaluate.comparison import VersionComparison
from toolsmell.evaluate.confusion import Mistake
from toolsmell.evaluate.cost import frontier
from toolsmell.evaluate.stats import Effect

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_COLOURS = {Effect.BETTER: "#1b7837", Effect.WORSE: "#b2182b", Effect.NONE: "#555555"}
_LONGEST = 32
_SIDE = 25
"""The most tools in a confusion matrix: those with the most mistakes."""


class Point(NamedTuple):
    """One version of the tools: its cost and its score."""

    name: str
    tokens: int
    score: float


def save(figure: "Figure", path: Path) -> None:
    """Write a figure; its file name determines the format (`.png`, `.svg`, `.pdf`)."""
    try:
        figure.savefig(path, dpi=150, bbox_inches="tight")
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot write the plot {path}: {error}") from None


def differences(comparison: VersionComparison) -> "Figure":
    """Draw every tested difference with its interval."""
    rows = comparison.rows
    figure, axes = _figure(width=8, height=1.2 + 0.35 * len(rows))
    for y, row in enumerate(reversed(rows)):
        d = row.difference
        colour = _COLOURS[row.verdict]
        axes.plot([d.interval.low, d.interval.high], [y, y], color=colour, linewidth=2)
        axes.plot([d.delta], [y], "o", color=colour)
    axes.axvline(0, color="black", linewidth=0.8)
    axes.set_yticks(range(len(rows)), [_label(f"{row.setup} {row.measure}", 60) for row in reversed(rows)])
    axes.set_xlabel("after minus before, with 95 % interval")
    axes.set_title(f"verdict: {comparison.verdict_of(rows[0].variant)}" if rows else "nothing was compared")
    return figure


def tokens_and_score(points: Sequence[Point], measure: str) -> "Figure":
    """Draw cost and score of each version, and the Pareto frontier."""
    figure, axes = _figure(width=7, height=5)
    for point in points:
        axes.plot([point.tokens], [point.score], "o", color="#2166ac")
        axes.annotate(_label(point.name), (point.tokens, point.score), xytext=(5, 5), textcoords="offset points")
    best = frontier([(point.tokens, point.score) for point in points])
    axes.step(
        [points[i].tokens for i in best], [points[i].score for i in best], where="post", color="#2166ac", alpha=0.5
    )
    axes.margins(x=0.15)
    axes.set_ylim(0, 1.15 * max((point.score for point in points), default=1) or 1)
    axes.set_xlabel("tokens of the tool list")
    axes.set_ylabel(measure)
    return figure


def confusion(mistakes: Sequence[Mistake]) -> "Figure":
    """Draw which tools are confused with which."""
    import numpy as np

    times: dict[str, int] = {}
    for mistake in mistakes:
        for name in (mistake.wanted, mistake.got or _NOTHING):
            times[name] = times.get(name, 0) + mistake.times
    names = sorted(sorted(times, key=lambda name: (-times[name], name))[:_SIDE])
    place = {name: i for i, name in enumerate(names)}
    grid = np.zeros((len(names), len(names)))
    for mistake in mistakes:
        got = mistake.got or _NOTHING
        if mistake.wanted in place and got in place:
            grid[place[mistake.wanted], place[got]] += mistake.times
    side = 3 + 0.3 * len(names)
    figure, axes = _figure(width=side + 1, height=side)
    if not names:
        axes.set_title("no query went to the wrong tool")
        return figure
    shown = axes.imshow(grid, cmap="Reds", vmin=0)
    labels = [_label(name) for name in names]
    axes.set_xticks(range(len(names)), labels, rotation=90)
    axes.set_yticks(range(len(names)), labels)
    axes.set_xlabel("found first")
    axes.set_ylabel("wanted")
    figure.colorbar(shown, ax=axes, label="queries", shrink=0.8)
    return figure


_NOTHING = "(nothing)"


def _label(text: str, longest: int = _LONGEST) -> str:
    text = visible(text)
    text = text if len(text) <= longest else text[: longest - 1] + "…"
    return text.replace("$", r"\$")  # matplotlib reads text between two of them as mathematics


def _figure(width: float, height: float) -> tuple["Figure", Any]:
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise UsageError("plots need the extra `eval`: pip install 'toolsmell[eval]'") from None
    # Not pyplot: it keeps every figure and may open a window.
    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()
