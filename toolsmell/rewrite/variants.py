"""Makes the texts that compete: lean, full, and compact ones with a part of the claims."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Claim, Rewrite
from toolsmell.evidence.proposals import Variant, VariantKind
from toolsmell.model import Component
from toolsmell.rewrite.check.objections import against_losses
from toolsmell.rewrite.measure import Bench
from toolsmell.rewrite.waste import lean
from toolsmell.rewrite.write import written


def variant(
    kind: VariantKind, evidence: ToolEvidence, rewrite: Rewrite, bench: Bench, *, by_model: bool = False
) -> Variant:
    """Return a rewrite with its measure and with what the measure says against it."""
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
    """Yield what is left of a text without the claims of some components, the shortest first."""
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
    own = [c.text for c in dropped if c.parameter is None]
    parameters = dict(full.parameters)
    for name in {c.parameter for c in dropped if c.parameter is not None} & parameters.keys():
        rest = _removed(parameters[name], [c.text for c in dropped if c.parameter == name])
        before = next((p.description or "" for p in evidence.tool.parameters if p.name == name), "")
        if rest and rest != before:
            parameters[name] = rest
        else:
            del parameters[name]
    kept = tuple(c for c in full.claims if c not in dropped)
    return Rewrite(_removed(full.description, own), parameters, kept)


def _removed(text: str, sentences: Sequence[str]) -> str:
    for sentence in sentences:
        at = text.find(sentence)
        if at >= 0:
            text = f"{text[:at].rstrip(' ')} {text[at + len(sentence) :].lstrip(' ')}".strip()
    return text
