"""Measures how well jurors agree: Cohen's kappa of the smell for each pair, and ICC(2,1) of the levels.

Tools of one server are alike, so the intervals come from drawing whole servers. Everything that is drawn is a sum
over servers (cells of a table, sums of squares), so a draw adds up small vectors and looks at no tool again.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from toolsmell.judge.ratings import Item, Ratings
from toolsmell.model import SMELL_BELOW, Component

RESAMPLES = 1_000
_SEED = 20_260_728

Sums: TypeAlias = tuple[float, ...]
Statistic: TypeAlias = Callable[[Sums], float | None]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % confidence interval."""

    value: float | None
    """None if it is undefined: jurors who give everything the same level have no kappa."""
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class JurorAgreement:
    """The agreement of the jurors on one component."""

    kappa: Mapping[tuple[int, int], Estimate]
    """Cohen's kappa of the smell, by the positions of the two jurors."""
    mean_kappa: float | None
    icc: Estimate
    """ICC(2,1): a single juror, two-way random effects, absolute agreement (Shrout and Fleiss 1979)."""
    tools: int
    """Tools with a level of every juror."""


def agreement(ratings: Ratings, resamples: int = RESAMPLES) -> dict[Component, JurorAgreement]:
    """Return the agreement of the jurors on each component."""
    clusters = _clusters(ratings.items)
    draws = _draws(len(clusters), resamples)
    return {component: _of(component, ratings, clusters, draws) for component in ratings.components}


def kappa(cells: Sums) -> float | None:
    """Return Cohen's kappa of a 2x2 table: both yes, first alone, second alone, both no."""
    both, first, second, neither = cells
    n = both + first + second + neither
    if not n:
        return None
    by_chance = ((both + first) * (both + second) + (second + neither) * (first + neither)) / n**2
    return None if by_chance >= 1 else ((both + neither) / n - by_chance) / (1 - by_chance)


def icc(sums: Sums) -> float | None:
    """Return ICC(2,1) from: tools, sum, sum of squares, sum of squared tool totals, and each juror's total."""
    n, total, squares, rows, *columns = sums
    k = len(columns)
    if n < 2 or k < 2:
        return None
    mean = total**2 / (n * k)
    between = rows / k - mean
    jurors = sum(c**2 for c in columns) / n - mean
    error = (squares - mean - between - jurors) / ((n - 1) * (k - 1))
    between, jurors = between / (n - 1), jurors / (k - 1)
    below = between + (k - 1) * error + k * (jurors - error) / n
    return (between - error) / below if below > 0 else None


def _of(
    component: Component, ratings: Ratings, clusters: Sequence[Sequence[Item]], draws: Sequence[Sequence[int]]
) -> JurorAgreement:
    levels = [[item.levels[component] for item in cluster] for cluster in clusters]
    pairs = {
        (a, b): _estimate([_table(cluster, a, b) for cluster in levels], kappa, draws)
        for a, b in combinations(range(len(ratings.jurors)), 2)
    }
    known = [estimate.value for estimate in pairs.values() if estimate.value is not None]
    moments = [_moments(cluster, len(ratings.jurors)) for cluster in levels]
    return JurorAgreement(
        kappa=pairs,
        mean_kappa=sum(known) / len(known) if known else None,
        icc=_estimate(moments, icc, draws),
        tools=int(sum(m[0] for m in moments)),
    )


def _clusters(items: Iterable[Item]) -> list[list[Item]]:
    """Group tools by server; those of a single server are drawn one by one."""
    by_server: dict[str, list[Item]] = {}
    for item in items:
        by_server.setdefault(item.server, []).append(item)
    groups = list(by_server.values())
    return groups if len(groups) > 1 else [[item] for group in groups for item in group]


def _draws(clusters: int, resamples: int) -> list[list[int]]:
    lots = random.Random(_SEED)  # noqa: S311 - drawn for statistics
    return [lots.choices(range(clusters), k=clusters) for _ in range(resamples)] if clusters else []


def _estimate(parts: Sequence[Sums], statistic: Statistic, draws: Sequence[Sequence[int]]) -> Estimate:
    value = statistic(_added(parts))
    drawn = (statistic(_added([parts[i] for i in draw])) for draw in draws)
    known = sorted(figure for figure in drawn if figure is not None)
    if value is None or not known:
        return Estimate(value, None, None)
    return Estimate(value, known[int(0.025 * len(known))], known[min(len(known) - 1, int(0.975 * len(known)))])


def _added(parts: Sequence[Sums]) -> Sums:
    return tuple(map(sum, zip(*parts, strict=True)))


def _table(levels: Iterable[Sequence[int | None]], a: int, b: int) -> Sums:
    cells = [0, 0, 0, 0]
    for row in levels:
        first, second = row[a], row[b]
        if first is not None and second is not None:
            cells[2 * (first >= SMELL_BELOW) + (second >= SMELL_BELOW)] += 1
    return tuple(cells)


def _moments(levels: Iterable[Sequence[int | None]], jurors: int) -> Sums:
    n = total = squares = rows = 0
    columns = [0] * jurors
    for row in levels:
        known = [level for level in row if level is not None]
        if len(known) == jurors:
            n += 1
            total += sum(known)
            squares += sum(level**2 for level in known)
            rows += sum(known) ** 2
            columns = [c + level for c, level in zip(columns, known, strict=True)]
    return (n, total, squares, rows, *columns)
