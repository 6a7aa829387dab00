"""Chooses among the proposed texts of a server by cases."""

from collections.abc import Sequence
from typing import NamedTuple

from toolsmell.evaluate.catalog import Catalog
from toolsmell.evaluate.choosing import choose
from toolsmell.evaluate.datasets import Case
from toolsmell.evaluate.study import StudyPlan
from toolsmell.evidence.proposals import Proposal, Variant, VariantKind
from toolsmell.model import Manifest
from toolsmell.rewrite.measure import replaced


class Kept(NamedTuple):
    """The proposals that remain."""

    proposals: tuple[Proposal, ...]
    reason: str
    """The choice and its measures, in words."""


def keep(
    manifest: Manifest,
    proposals: Sequence[Proposal],
    cases: Sequence[Case],
    kinds: Sequence[VariantKind] = tuple(VariantKind),
    plan: StudyPlan | None = None,
) -> Kept:
    """Return the proposals as they are, those of one of `kinds`, or none: the best by the cases, if not worse.

    The texts of one server are chosen together, since a search ranks its tools against one another.
    """
    sets: dict[str, dict[int, Variant | None]] = {"proposed": {p.index: p.proposed for p in proposals if p.proposed}}
    for kind in kinds:
        sets[kind.value] = {p.index: _of_kind(p, kind) for p in proposals if p.proposed}
    if not sets["proposed"]:
        return Kept(tuple(proposals), "there is nothing to choose from")
    versions = {name: Catalog([_with(manifest, chosen)]) for name, chosen in sets.items()}
    found = choose(Catalog([manifest]), versions, cases, plan or StudyPlan())
    chosen = sets[found.name] if found.name else {}
    return Kept(tuple(_decided(p, chosen.get(p.index), found.reason) for p in proposals), found.reason)


def _of_kind(proposal: Proposal, kind: VariantKind) -> Variant | None:
    """Return the best valid variant of a kind; the proposed one if there is none."""
    sound = [v for v in proposal.variants if v.kind is kind and not v.violations]
    return max(sound, key=lambda v: v.measured.worth, default=proposal.proposed)


def _with(manifest: Manifest, chosen: dict[int, Variant | None]) -> Manifest:
    texts = {index: variant.rewrite for index, variant in chosen.items() if variant}
    tools = tuple(replaced(t, texts[t.index]) if t.index in texts else t for t in manifest.tools)
    return manifest._replace(tools=tools)


def _decided(proposal: Proposal, variant: Variant | None, reason: str) -> Proposal:
    if proposal.proposed is None:
        return proposal
    if variant is None:
        return proposal._replace(proposed=None, unsafe=False, reason=f"left alone: by the cases, {reason}")
    return proposal._replace(proposed=variant, unsafe=variant.by_model, reason=f"{proposal.reason}; {reason}")
