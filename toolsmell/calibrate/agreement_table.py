"""The agreement table, in Markdown."""

from collections.abc import Iterator, Sequence
from math import isnan
from statistics import fmean

from toolsmell.calibrate.score_agreement import Agreement, LevelDifference

_NONE = "–"


def table(rows: Sequence[Agreement]) -> Iterator[str]:
    """Yield the lines of the table: a row for each component, and their means."""
    jurors = len(rows[0].each)
    titles = [
        *("component", "jurors among themselves", "number of words", "scorecard"),
        *(f"with juror {number}" for number in range(1, jurors + 1)),
        *("with their majority", "quadratic", "Spearman", "over the jurors", "over the number of words"),
    ]
    yield _row(titles)
    yield _row(["---", *["---:"] * (len(titles) - 1)])
    for row in rows:
        references = [_figure(row.jurors), _figure(row.words), f"**{_figure(row.mean)}**"]
        own = [*map(_figure, row.each), _figure(row.majority), _figure(row.quadratic), _figure(row.rank)]
        yield _row([row.component, *references, *own, _difference(row.over_jurors), _difference(row.over_words)])
    means = [_mean([row.jurors for row in rows]), _mean([row.words for row in rows]), _mean([row.mean for row in rows])]
    yield _row(["mean", means[0], means[1], f"**{means[2]}**", *[""] * (len(titles) - 4)])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _figure(value: float | None) -> str:
    return _NONE if value is None or isnan(value) else f"{value:.2f}"


def _mean(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    return _figure(fmean(known)) if known else _NONE


def _difference(difference: LevelDifference | None) -> str:
    if difference is None or isnan(difference.low):
        return _NONE
    return f"{difference.value:+.2f} [{difference.low:+.2f}, {difference.high:+.2f}]"
