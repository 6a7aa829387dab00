"""Choosing among rewrites: on some cases, judged by others, with the original as one of the candidates."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toolsmell.evaluate.catalog import Catalog
from toolsmell.evaluate.comparison import VersionComparison
from toolsmell.evaluate.datasets import Case, split
from toolsmell.evaluate.stats import Effect
from toolsmell.evaluate.study import StudyPlan, Version, compare_versions, measure

LEAST = 12
"""Cases that each half must have: a difference needs at least six that changed all one way."""


class Chosen(NamedTuple):
    """Which version to keep."""

    name: str | None
    """Of the rewrite; None leaves the original alone."""
    reason: str
    comparison: VersionComparison | None
    """Of the chosen rewrite with the original, on cases that had no part in choosing it."""


def choose(original: Catalog, variants: Mapping[str, Catalog], cases: Sequence[Case], plan: StudyPlan) -> Chosen:
    """Return the variant that retrieval finds best on one half of the cases, unless the other half finds it worse.

    'No difference found' does not stand in a rewrite's way: it may be better for readers, or cost less.
    """
    picking, judging = split(cases)
    if min(len(picking), len(judging)) < LEAST:
        return Chosen(None, f"{len(cases)} cases are too few to choose by: {2 * LEAST} are needed", None)
    before = measure("before", original, picking, plan)
    tried = {name: measure(name, variant, picking, plan, original) for name, variant in variants.items()}
    screening = compare_versions(before, list(tried.values()))
    left = {name: version for name, version in tried.items() if screening.acceptable(name)}
    if not left:
        return Chosen(None, "every rewrite measures worse than the original", None)
    best = max(left, key=lambda name: (_score(left[name]), name))
    old = measure("before", original, judging, plan)
    new = measure(best, variants[best], judging, plan, original)
    verdict = compare_versions(old, [new])
    if verdict.verdict_of(best) is Effect.WORSE:
        return Chosen(None, f"{best} measures worse than the original on cases it was not chosen by", verdict)
    return Chosen(best, f"{best}: {verdict.verdict_of(best)} on cases it was not chosen by", verdict)


def _score(version: Version) -> float:
    """Return the mean of what a version is ranked by: NDCG@10 over searches, or what a model got right."""
    ranked = [m.mean("correct") for m in version.selection] or [m.mean("ndcg@10") for m in version.retrieval]
    return sum(ranked) / len(ranked) if ranked else 0.0
