"""Shows proposals to people: before and after, the evidence of each sentence, what was rejected, and the cost."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from toolsmell.escape import inert, shown, visible
from toolsmell.evidence.proposals import Measured, Proposal, Variant, texts
from toolsmell.model import Manifest
from toolsmell.model.pointer import lookup
from toolsmell.reporters.parts.rows import amount
from toolsmell.rewrite.code_claims import SharedFact
from toolsmell.rewrite.moved import Move
from toolsmell.rewrite.waste import SharedSentence
from toolsmell.text import Text

_MOST_REJECTED = 6


def shown_server(manifest: Manifest, proposals: Sequence[Proposal]) -> Iterator[str]:
    """Yield the lines about one server: the tools with a proposal in full, the others by reason."""
    yield inert(f"{shown(manifest.key)} ({visible(manifest.source)})")
    for proposal in proposals:
        if proposal.proposed:
            yield from map(inert, _proposed(proposal, proposal.proposed))
    reasons = Counter(p.reason for p in proposals if not p.proposed and not p.questions)
    for proposal in proposals:
        if not proposal.proposed and (proposal.questions or proposal.helps):
            yield inert(f"  {shown(proposal.name or '')}: {visible(proposal.reason)}")
            yield from map(inert, _rejected(proposal))
    for reason, count in reasons.most_common():
        names = [shown(p.name or f"#{p.index}") for p in proposals if not p.proposed and p.reason == reason]
        listed = ", ".join(names[:6]) + (f" and {count - 6} more" if count > 6 else "")
        yield inert(f"  {visible(reason)}: {listed}")


def changed_texts(manifest: Manifest, proposals: Sequence[Proposal]) -> Iterator[str]:
    """Yield the diff of each text that changes, a sentence or line at a time, without the file around it."""
    from difflib import ndiff

    raws = {tool.index: tool.raw for tool in manifest.tools}
    for proposal in proposals:
        raw = raws[proposal.index]
        for pointer, new in texts(proposal.proposed.rewrite, proposal.description).items() if proposal.proposed else ():
            yield inert(f"  {shown(proposal.name or '')}{visible(pointer)}")
            old = lookup(raw, pointer)
            lines = ndiff(_sentences(old if isinstance(old, str) else ""), _sentences(new))
            yield from (inert(f"    {visible(line)}") for line in lines if line[:2] in ("- ", "+ "))


def _sentences(text: str) -> list[str]:
    return [span.text for span in Text(text).sentences]


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
        by = next((s.by for s in variant.checked.sentences if s.text in claim.text), ())
        told = ", ".join(visible(cite.shown) for cite in claim.cites) or "the evidence as a whole"
        yield f"        from {told}" + (f"; checked by {', '.join(map(visible, by))}" if by else "")
    yield from _rejected(proposal)


def _rejected(proposal: Proposal) -> Iterator[str]:
    """Yield the rejected texts of a tool, and the questions to the model about it."""
    told = [v for v in proposal.refused if v.sentence]
    for violation in told[:_MOST_REJECTED]:
        yield f"    - {visible(violation.sentence)}"
        yield f"        rejected: {violation.objection} ({visible(violation.detail)})"
    if len(told) > _MOST_REJECTED:
        yield f"    - and {len(told) - _MOST_REJECTED} more rejected (--format json lists them)"
    if proposal.questions:
        yield f"    {amount(proposal.questions, 'question')} in {amount(proposal.rounds, 'round')}"
    for problem in proposal.problems:
        cites = ", ".join(visible(str(cite)) for cite in problem.cites)
        yield f"    problem for the author: {visible(problem.text)} ({cites})"
    if proposal.helps:
        yield f"    what would help: {visible(proposal.helps)}"


def _overall(measured: Measured) -> str:
    return "unscored" if measured.overall is None else f"{measured.overall:g}"


def shown_shared(found: Sequence[SharedSentence]) -> Iterator[str]:
    """Yield the sentences that several tools share, with what it would save to say them once."""
    for one in found:
        names = ", ".join(shown(name) for name in one.tools[:4]) + (", …" if len(one.tools) > 4 else "")
        yield inert(f"  {len(one.tools)} tools ({names}) share: {visible(one.text)}")
        yield inert(f"      say it once in the server's instructions (--move-shared): about {one.saved} tokens less")


def shown_move(move: Move) -> Iterator[str]:
    """Yield the sentences that move to the instructions, with what that saves in all."""
    for one in move.sentences:
        names = ", ".join(shown(name) for name in one.tools[:4]) + (", …" if len(one.tools) > 4 else "")
        yield inert(f"  moves from {len(one.tools)} tools ({names}) to the instructions: {visible(one.text)}")
    yield f"      {move.tokens:+d} tokens in all"


def shown_facts(found: Sequence[SharedFact]) -> Iterator[str]:
    """Yield the facts of the code that several tools share."""
    for one in found:
        names = ", ".join(shown(name) for name in one.tools[:4]) + (", …" if len(one.tools) > 4 else "")
        yield inert(f"  the code of {len(one.tools)} tools ({names}) says: {visible(one.text)}")
        yield "      say it once in the server's instructions"


def summary(proposals: Iterable[Proposal]) -> str:
    """Return one line on a run."""
    listed = list(proposals)
    proposed = [p for p in listed if p.proposed]
    poisoned = sum(1 for p in listed if p.reason.startswith("not rewritten"))
    cost = sum(p.proposed.measured.tokens - p.original.tokens for p in proposed if p.proposed)
    left = len(listed) - len(proposed) - poisoned
    words = f"{amount(len(listed), 'tool')}: {len(proposed)} with a better text ({cost:+d} tokens), {left} left alone"
    return f"{words}, {poisoned} not rewritten for what security rules found in them" if poisoned else words
