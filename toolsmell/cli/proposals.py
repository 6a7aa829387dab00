"""Shows what is proposed for people: before and after, the evidence of each sentence, and what it costs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from toolsmell.escape import inert, shown, visible
from toolsmell.evidence.claims import Measured, Proposal, Variant
from toolsmell.model import Manifest


def shown_server(manifest: Manifest, proposals: Sequence[Proposal]) -> Iterator[str]:
    """Yield the lines about one server: the tools with a proposal in full, the others by reason."""
    yield inert(f"{shown(manifest.key)} ({visible(manifest.source)})")
    for proposal in proposals:
        if proposal.proposed:
            yield from map(inert, _proposed(proposal, proposal.proposed))
    reasons = Counter(p.reason for p in proposals if not p.proposed)
    for reason, count in reasons.most_common():
        names = [shown(p.name or f"#{p.index}") for p in proposals if not p.proposed and p.reason == reason]
        listed = ", ".join(names[:6]) + (f" and {count - 6} more" if count > 6 else "")
        yield inert(f"  {visible(reason)}: {listed}")


def _proposed(proposal: Proposal, variant: Variant) -> Iterator[str]:
    before, after = proposal.original, variant.measured
    cost = f"{before.tokens} -> {after.tokens} tokens"
    yield f"  {shown(proposal.name or '')}  {_overall(before)} -> {_overall(after)}, {cost}  ({variant.kind})"
    changed = [
        f"{component} {was.value or '-'} -> {after.scores[component].value or '-'}"
        for component, was in before.scores.items()
        if was.value != after.scores[component].value
    ]
    yield f"    {proposal.reason}" + (f"; {', '.join(changed)}" if changed else "")
    for claim in variant.rewrite.claims:
        where = f"{shown(claim.parameter)}: " if claim.parameter else ""
        yield f"    + {where}{visible(claim.text)}"
        yield f"        from {', '.join(visible(str(cite)) for cite in claim.cites)}"


def _overall(measured: Measured) -> str:
    return "unscored" if measured.overall is None else f"{measured.overall:g}"


def summary(proposals: Iterable[Proposal]) -> str:
    """Return one line on a run."""
    listed = list(proposals)
    proposed = [p for p in listed if p.proposed]
    poisoned = sum(1 for p in listed if p.reason.startswith("not rewritten"))
    cost = sum(p.proposed.measured.tokens - p.original.tokens for p in proposed if p.proposed)
    left = len(listed) - len(proposed) - poisoned
    words = f"{len(listed)} tools: {len(proposed)} with a better text ({cost:+d} tokens), {left} left alone"
    return f"{words}, {poisoned} not rewritten for what security rules found in them" if poisoned else words
