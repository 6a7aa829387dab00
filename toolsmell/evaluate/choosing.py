"""Chooses the best of several rewrites and the original by half of the cases, and checks the choice by the others."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toolsmell.evaluate.catalog import Catalog
from toolsmell.evaluate.comparison import VersionComparison
from toolsmell.evaluate.datasets import Case, split
from toolsmell.evaluate.stats import Effect
from toolsmell.evaluate.study import StudyPlan, Version, compare_versions, measure
from toolsmell.text import counted

LEAST = 12
"""The least cases of each half: a difference needs at least six that all changed in one direction."""


class Chosen(NamedTuple):
    """The version to keep."""

    name: str | None
    """The name of the rewrite, or None to keep the original."""
    reason: str
    comparison: VersionComparison | None
    """Compares the chosen rewrite with the original, on cases that it was not chosen by."""


def choose(original: Catalog, variants: Mapping[str, Catalog], cases: Sequence[Case], plan: StudyPlan) -> Chosen:
    """Return the variant that retrieval finds best on one half of the cases, unless the other half finds it worse.

    'No difference found' does not reject a rewrite: it may be better for readers, or cost less.
    """
    picking, judging = split(cases)
    if min(len(picking), len(judging)) < LEAST:
        return Chosen(None, f"{counted(len(cases), 'case')}: too few to choose by, {2 * LEAST} are needed", None)
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
    """Return the mean by which versions are ranked: NDCG@10 of searches, or the model's right answers."""
    ranked = [m.mean("correct") for m in version.selection] or [m.mean("ndcg@10") for m in version.retrieval]
    return sum(ranked) / len(ranked) if ranked else 0.0
