"""Which of many possible texts is worth its tokens: the curve of score against tokens, and its knee.  Pure."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from toolsmell.evidence.citations import Evidence
from toolsmell.evidence.claims import Claim, Kind, Measured, Variant
from toolsmell.model import Component
from toolsmell.rewrite.measure import Bench
from toolsmell.rewrite.write import written

ENOUGH: Final = 0.8
"""The knee is the cheapest text with this share of what can be gained at all."""


def variants(evidence: Evidence, claims: Sequence[Claim], bench: Bench) -> Iterator[Variant]:
    """Yield the full text and those compact ones that score higher than every cheaper text, the cheapest first."""
    there = tuple(c for c in Component if any(claim.component is c for claim in claims))
    found = []
    for size in range(1, len(there) + 1):
        for components in combinations(there, size):
            chosen = [c for c in claims if c.component in components]
            speaks = any(c.parameter is None for c in chosen)
            if not evidence.tool.text.words and speaks and Component.PURPOSE not in components:
                continue
            rewrite = written(evidence, chosen)
            measured = bench.measured(bench.tried(evidence.tool, rewrite))
            kind = Kind.FULL if size == len(there) else Kind.COMPACT
            found.append(Variant(kind, components, rewrite, measured))
    best = bench.original(evidence.tool).worth
    for variant in sorted(found, key=lambda v: (v.measured.tokens, v.kind)):
        if variant.measured.worth > best or variant.kind is Kind.FULL:
            best = max(best, variant.measured.worth)
            yield variant


def knee(original: Measured, found: Sequence[Variant]) -> Variant | None:
    """Return the cheapest variant with most of the gain; None where there is no gain."""
    start = original.worth
    most = max((v.measured.worth - start for v in found), default=0.0)
    if most <= 0:
        return None
    return min((v for v in found if v.measured.worth - start >= ENOUGH * most), key=lambda v: v.measured.tokens)
