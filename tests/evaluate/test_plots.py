"""Pictures: that they can be drawn and written, whatever the names."""

from pathlib import Path

import pytest

pytest.importorskip("matplotlib")

from toolsmell.errors import UsageError
from toolsmell.evaluate import plots
from toolsmell.evaluate.comparison import CaseMeasures, compare_all
from toolsmell.evaluate.confusion import Mistake


def measured(variant: str, *values: float) -> CaseMeasures:
    return CaseMeasures(variant, "full/bm25", {(i, f"q{i}"): {"hit": value} for i, value in enumerate(values)})


def test_every_plot_is_written(tmp_path: Path) -> None:
    comparison = compare_all([measured("before", *[0.0] * 8)], [measured("after", *[1.0] * 8)], ["hit"])
    figures = {
        "differences.svg": plots.differences(comparison),
        "tokens.png": plots.tokens_and_score(
            [plots.Point("a$b$", 100, 0.5), plots.Point("\x1b[31m", 90, 0.7)], "NDCG@10"
        ),
        "confusion.pdf": plots.confusion([Mistake("$x$" * 50, None, 3, ()), Mistake("b", "c", 1, ())]),
    }
    for name, figure in figures.items():
        plots.save(figure, tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1_000


def test_nothing_to_draw_is_drawn_empty(tmp_path: Path) -> None:
    for figure in (plots.differences(compare_all([], [])), plots.tokens_and_score([], "x"), plots.confusion([])):
        plots.save(figure, tmp_path / "plot.png")


def test_a_plot_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write the plot"):
        plots.save(plots.confusion([]), tmp_path / "no" / "plot.png")
    with pytest.raises(UsageError, match="cannot write the plot"):
        plots.save(plots.confusion([]), tmp_path / "plot.xyz")
