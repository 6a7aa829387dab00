"""The pictures of benchmarks/agreement.py."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib import rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from toolsmell.calibrate.score_agreement import Agreement

rcParams["svg.hashsalt"] = "toolsmell"  # the same picture gives the same file
_SERIES = (
    ("jurors among themselves", "#777777", "o"),
    ("number of words", "#d95f02", "s"),
    ("scorecard", "#1b6ca8", "D"),
)


class Bin(NamedTuple):
    """Tools whose smell probability lies in one tenth."""

    told: float
    """The mean of their probabilities."""
    happened: float
    """How many of the jurors' verdicts on them were smells."""
    number: int
    """Of the verdicts."""


def agreement_plot(rows: Sequence[Agreement]) -> Figure:
    """Draw the kappa of each component next to both references."""
    figure, axes = _figure(7, 3.6)
    values = [(row.jurors, row.words, row.mean) for row in rows]
    places = range(len(rows), 0, -1)
    for y, three in zip(places, values, strict=True):
        known = [value for value in three if value is not None]
        axes.plot([min(known), max(known)], [y, y], color="#dddddd", linewidth=3, zorder=1)
    for number, (name, colour, mark) in enumerate(_SERIES):
        axes.scatter([three[number] for three in values], places, color=colour, marker=mark, label=name, zorder=2)
    axes.set_yticks(list(places), [row.component for row in rows])
    axes.set_xlim(0, 1)
    axes.set_xlabel("Cohen's kappa of the smell with the jurors, servers held out")
    figure.legend(loc="outside upper center", ncols=3, frameon=False)
    return figure


def reliability_plot(bins: "Sequence[Bin]") -> Figure:
    """Draw how often jurors found a smell against how often they were said to."""
    figure, axes = _figure(4.2, 4.2)
    axes.plot([0, 1], [0, 1], color="#bbbbbb", linestyle="--", linewidth=1)
    sizes = [10 + min(bin_.number, 1_000) / 10 for bin_ in bins]
    axes.plot([b.told for b in bins], [b.happened for b in bins], color="#1b6ca8", linewidth=1)
    axes.scatter([b.told for b in bins], [b.happened for b in bins], s=sizes, color="#1b6ca8", clip_on=False, zorder=3)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xlabel("smell probability, servers held out")
    axes.set_ylabel("jurors who found a smell")
    return figure


def _figure(width: float, height: float) -> tuple[Figure, Any]:
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes
