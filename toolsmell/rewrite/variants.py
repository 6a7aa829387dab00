"""Makes the variants that compete: lean, full, and compact ones with a part of the claims."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Claim, Rewrite
from toolsmell.evidence.facts import stems_of
from toolsmell.evidence.proposals import Variant, VariantKind
from toolsmell.model import Component
from toolsmell.rewrite.check.new_sentences import Original
from toolsmell.rewrite.check.objections import against_losses
from toolsmell.rewrite.measure import Bench
from toolsmell.rewrite.waste import lean
from toolsmell.rewrite.write import written

_REPLACED: Final = 0.5
"""Share of the words of an original sentence that a new one must have to count as its replacement."""


def variant(
    kind: VariantKind, evidence: ToolEvidence, rewrite: Rewrite, bench: Bench, *, by_model: bool = False
) -> Variant:
    """Return a rewrite with its measure and the objections that follow from it."""
    before, after = evidence.tool, bench.tried(evidence.tool, rewrite)
    components = _components(rewrite, bench)
    against = tuple(dict.fromkeys(bench.objections(before, after)))
    return Variant(kind, components, rewrite, bench.measured(after), against, by_model)


def _components(rewrite: Rewrite, bench: Bench) -> tuple[Component, ...]:
    """Return the components that the claims of a text add to."""
    added = {claim.component for claim in rewrite.claims}
    return tuple(c for c in bench.yardstick.rubric.writing.order if c in added)


def from_templates(evidence: ToolEvidence, claims: Sequence[Claim], bench: Bench) -> Iterator[Variant]:
    """Yield the lean text, and the one with `claims` added to it."""
    shorter = lean(evidence.tool)
    if shorter is not None:
        yield variant(VariantKind.LEAN, evidence, Rewrite(shorter), bench)
    if claims:
        rewrite = written(evidence, claims, bench.yardstick.rubric.writing.order)
        if shorter is not None and not any(c.parameter is None for c in claims):
            rewrite = rewrite._replace(description=shorter)
        yield variant(VariantKind.FULL, evidence, rewrite, bench)


def compact(evidence: ToolEvidence, full: Rewrite, bench: Bench) -> Iterator[Variant]:
    """Yield the text without the claims of some components, the shortest first."""
    there = _components(full, bench)
    found = []
    for size in range(1, len(there)):
        for kept in combinations(there, size):
            dropped = [c for c in full.claims if c.component not in kept]
            part = without(full, dropped, evidence)
            if not against_losses(evidence, part):
                found.append(variant(VariantKind.COMPACT, evidence, part, bench, by_model=True))
    yield from sorted(found, key=lambda v: v.measured.tokens)


def without(full: Rewrite, dropped: Sequence[Claim], evidence: ToolEvidence) -> Rewrite:
    """Return a text without the sentences of some claims."""
    own = {c.text: _replaced_by(c.text, full.description, evidence) for c in dropped if c.parameter is None}
    parameters = dict(full.parameters)
    for name in {c.parameter for c in dropped if c.parameter is not None} & parameters.keys():
        rest = _removed(parameters[name], {c.text: "" for c in dropped if c.parameter == name})
        before = next((p.description or "" for p in evidence.tool.parameters if p.name == name), "")
        if rest and rest != before:
            parameters[name] = rest
        else:
            del parameters[name]
    kept = tuple(c for c in full.claims if c not in dropped)
    return Rewrite(_removed(full.description, own), parameters, kept)


def _replaced_by(sentence: str, text: str, evidence: ToolEvidence) -> str:
    """Return the sentence of the original that a new one replaced; empty if it only adds to the text."""
    before, stems = Original(text), stems_of(sentence)
    gone = [s.text for s in evidence.tool.text.sentences if not before.has(s.text)]
    shares = [(len(stems & stems_of(text)) / max(1, len(stems_of(text))), text) for text in gone]
    share, nearest = max(shares, default=(0.0, ""))
    return nearest if share >= _REPLACED else ""


def _removed(text: str, sentences: Mapping[str, str]) -> str:
    """Return a text without some sentences; each may have another one that takes its place."""
    for sentence, instead in sentences.items():
        at = text.find(sentence)
        if at >= 0:
            parts = (text[:at].rstrip(" "), instead, text[at + len(sentence) :].lstrip(" "))
            text = " ".join(part for part in parts if part).strip()
    return text
