"""Compares before and after for the same cases, and tests whether a difference is more than chance."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from toolsmell.evaluate.datasets import Case
from toolsmell.evaluate.stats import Difference, Effect, compare, holm, verdict

HEADLINE = ("recall@1", "recall@5", "ndcg@10")
"""The measures of retrieval that are tested; all others are only shown."""

CaseId: TypeAlias = tuple[int, str]


class CaseMeasures(NamedTuple):
    """Measures of every case for one version of the tools, under one way of measuring."""

    variant: str
    setup: str
    """The setup of the measurement, for instance `full/bm25` or the mode of a selection."""
    cases: Mapping[CaseId, Mapping[str, float]]

    def mean(self, measure: str) -> float:
        values = [found[measure] for found in self.cases.values()]
        return sum(values) / len(values)


class TestedDifference(NamedTuple):
    """One tested difference."""

    variant: str
    setup: str
    measure: str
    difference: Difference
    adjusted_p: float
    """Adjusted by Holm's method over all rows of the comparison."""
    verdict: Effect


class VersionComparison(NamedTuple):
    rows: tuple[TestedDifference, ...]
    unpaired: int
    """Cases that could be measured in only one version. They are in no row."""

    def joined(self, other: "VersionComparison") -> "VersionComparison":
        """Return one comparison of both, adjusted for all of its tests."""
        rows = (*self.rows, *other.rows)
        adjusted = holm([row.difference.p for row in rows])
        return VersionComparison(
            rows=tuple(
                row._replace(adjusted_p=p, verdict=verdict(row.difference, p))
                for row, p in zip(rows, adjusted, strict=True)
            ),
            unpaired=self.unpaired + other.unpaired,
        )

    def worse(self, variant: str) -> tuple[TestedDifference, ...]:
        return tuple(row for row in self.rows if row.variant == variant and row.verdict is Effect.WORSE)

    def verdict_of(self, variant: str) -> Effect:
        """Return the effect of a variant as a whole: worse if any row is worse, else better if any row is better."""
        found = {row.verdict for row in self.rows if row.variant == variant}
        return next((word for word in (Effect.WORSE, Effect.BETTER) if word in found), Effect.NONE)

    def acceptable(self, variant: str) -> bool:
        """Return True if a rewrite is nowhere worse beyond chance, so that it may be proposed."""
        return not self.worse(variant)


def case_id(case: Case) -> CaseId:
    """Return the identity of a case before and after: its line, because a server may have renamed its tool."""
    return (case.line, case.query) if case.line else (0, f"{case.query} -> {', '.join(case.tools)}")


def compare_all(
    before: Sequence[CaseMeasures],
    after: Iterable[CaseMeasures],
    measures: Sequence[str] = HEADLINE,
    servers: Mapping[CaseId, str] | None = None,
) -> VersionComparison:
    """Compare each of `after` with the one of `before` that was measured in the same way.

    `servers` names the server that a case is about; with several, they are drawn as a whole.
    """
    baseline = {measured.setup: measured for measured in before}
    tested: list[tuple[str, str, str, Difference]] = []
    unpaired = 0
    for measured in after:
        old = baseline[measured.setup].cases
        common = sorted(old.keys() & measured.cases.keys())
        unpaired += len(old.keys() ^ measured.cases.keys())
        if not common:
            continue
        clusters = [servers.get(key, "") for key in common] if servers else None
        for measure in measures:
            pair = [[side[key][measure] for key in common] for side in (old, measured.cases)]
            binary = all(value in (0.0, 1.0) for values in pair for value in values)
            difference = compare(*pair, binary=binary, clusters=clusters)
            tested.append((measured.variant, measured.setup, measure, difference))
    adjusted = holm([difference.p for *_, difference in tested])
    return VersionComparison(
        rows=tuple(TestedDifference(*row, p, verdict(row[3], p)) for row, p in zip(tested, adjusted, strict=True)),
        unpaired=unpaired,
    )
