"""Proposes better texts for the tools of a server. "Leave it alone" is a result.

A text is proposed if every new sentence of it is verified, nothing is lost, and it wins the choice (`choose`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple, Protocol

from toolsmell.calling.classify import Outcome
from toolsmell.calling.outcomes import Left, Observation, Trial
from toolsmell.calling.seeds import Seeds
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Claim, Objection, Reported, Rewrite, Violation
from toolsmell.evidence.proposals import Calls, Proposal, Variant, VariantKind, pointer_of, texts
from toolsmell.model import Pointer, Severity
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rewrite import distinguish
from toolsmell.rewrite.check.checker import check
from toolsmell.rewrite.check.question import Checker
from toolsmell.rewrite.choose import Chooser, chosen
from toolsmell.rewrite.code_claims import code_claims
from toolsmell.rewrite.documents import passages
from toolsmell.rewrite.draft import Draft
from toolsmell.rewrite.measure import Bench, Yardstick
from toolsmell.rewrite.sibling_claims import claims_of
from toolsmell.rewrite.together import together
from toolsmell.rewrite.variants import compact, from_templates, variant
from toolsmell.text import Text

NOTHING: Final = "nothing that is plainly right can be added or removed"
_NEEDS_WRITER: Final = "; `toolsmell brief` shows what a writer needs, and --model asks one"


class Writer(Protocol):
    """Drafts a text for one tool, in several rounds."""

    def begin(
        self,
        bench: Bench,
        evidence_of: Callable[[ToolContext, Sequence[Observation]], ToolEvidence],
        seeds: Seeds | None = None,
    ) -> None:
        """Prepare for the tools of one server."""
        ...

    def trial(self, tool: ToolContext, observations: Sequence[Observation], left: Left) -> Trial | None:
        """Return one more call of a tool, or None."""
        ...

    def draft(self, evidence: ToolEvidence, bench: Bench) -> Draft:
        """Return the best verified text, with the rejected ones."""
        ...

    def distinguish(self, found: list[distinguish.AlikePair]) -> tuple[distinguish.Distinction, ...]:
        """Return sentences that tell the tools of each pair apart."""
        ...

    @property
    def checker(self) -> Checker:
        """The model that checks sentences."""
        ...

    @property
    def stopped(self) -> str | None:
        """Why the model is not asked any more, or None."""
        ...


class Options(NamedTuple):
    """Options of the rewriter."""

    yardstick: Yardstick
    tools: frozenset[str] = frozenset()
    """Rewrite only these tools; their siblings are read too."""
    budget: int | None = None
    """Limit on the tokens of a tool with its new text."""
    kind: VariantKind | None = None
    """Propose a text of this kind only; None lets all kinds compete."""
    private: tuple[str, ...] = ()
    observations: Mapping[str, tuple[Observation, ...]] = {}
    """By tool: its recorded calls."""
    refused: Mapping[str, int] = {}
    """By tool: calls that were not made."""
    documents: Mapping[str, str] = {}
    """Texts such as a README, by name."""
    writer: Writer | None = None
    chooser: Chooser | None = None
    """Compares texts by use; None chooses by what they say and cost."""
    unwritable: Callable[[int, Pointer], str | None] = lambda _tool, _pointer: None
    """Returns the reason why no text can be written at a place of the tool with that index, or None."""

    concurrency: int = 1
    """Tools that a writer works on at the same time."""
    server_budget: int | None = None
    """Limit on the tokens of all tools of the server with their new texts."""
    progress: Callable[[str], None] = lambda _words: None
    """Called with the proposal of each tool as soon as it is done."""

    @property
    def seen(self) -> tuple[Observation, ...]:
        """All recorded calls of the server, in order."""
        return tuple(sorted((o for found in self.observations.values() for o in found), key=lambda o: o.number))


def improve(server: ServerContext, options: Options) -> Iterator[Proposal]:
    """Yield the proposal for each tool, in the server's order."""
    bench = Bench(server, options.yardstick)
    if options.writer and not options.observations:
        options.writer.begin(bench, evidence_with(options))
    wanted = [t for t in server.tools if not options.tools or t.tool.name in options.tools]
    proposals: dict[int, Proposal] = {}
    for number, made in enumerate(_each(wanted, bench, options), 1):
        proposals[made.index] = made
        options.progress(f"{number} of {len(wanted)}: {made.name}: {_asked(made.questions)}, {made.reason}")
    kept = together(bench, _told_apart(together(bench, proposals), bench, options))
    yield from within(kept, server.tokens, options.server_budget).values()


def _asked(questions: int) -> str:
    return f"{questions} question{'' if questions == 1 else 's'}"


def _told_apart(proposals: dict[int, Proposal], bench: Bench, options: Options) -> dict[int, Proposal]:
    """Add a sentence to each of two tools that agents would confuse, in one pass over the server's new texts."""
    if options.writer is None:
        return proposals
    after = bench.with_all({i: p.proposed.rewrite for i, p in proposals.items() if p.proposed})
    alike = distinguish.confusable(after, Bench(after, options.yardstick))
    # Tools that nobody asked about get no sentence, and two of them are no question.
    wanted = [pair for pair in alike if not proposals.keys().isdisjoint((pair.one.tool.index, pair.other.tool.index))]
    for told in options.writer.distinguish(wanted):
        tool = bench.server.by_name.get(told.tool)
        index = tool.tool.index if tool else -1
        if tool is None or index not in proposals or not _may_gain(tool, bench, options):
            continue
        evidence = evidence_of(tool, options)
        proposals[index] = distinguish.with_sentence(proposals[index], evidence, told, bench, options.writer.checker)
    return proposals


def _may_gain(tool: ToolContext, bench: Bench, options: Options) -> bool:
    """Return True if a sentence may be added to the description of a tool."""
    safe = not untouchable(tool) and not tuple(poisoned(tool, bench))
    return safe and not options.unwritable(tool.tool.index, "/description") and options.kind in (None, VariantKind.FULL)


def _each(wanted: Sequence[ToolContext], bench: Bench, options: Options) -> Iterator[Proposal]:
    if options.writer is None or options.concurrency < 2:
        yield from (_improve(tool, bench, options) for tool in wanted)
        return
    with ThreadPoolExecutor(options.concurrency) as pool:
        yield from pool.map(lambda tool: _improve(tool, bench, options), wanted)


def within(proposals: dict[int, Proposal], tokens: int, budget: int | None) -> dict[int, Proposal]:
    """Withdraw the texts that say least for their tokens until the server fits the budget; it has `tokens` now."""
    costs = {i: p.proposed.measured.tokens - p.original.tokens for i, p in proposals.items() if p.proposed}
    total = tokens + sum(costs.values())
    longer = [i for i, cost in costs.items() if cost > 0]
    for index in sorted(longer, key=lambda i: _said(proposals[i]) / costs[i]):
        if budget is None or total <= budget:
            break
        total -= costs[index]
        reason = f"left alone: the server's tools may cost {budget} tokens together"
        proposals[index] = proposals[index]._replace(proposed=None, unsafe=False, reason=reason)
    return proposals


def _said(proposal: Proposal) -> int:
    return len(proposal.proposed.checked.sentences) if proposal.proposed else 0


def _help(tool: ToolContext, own: Sequence[Observation]) -> str:
    """If no call of the tool succeeded, return the values that would help: those of required parameters."""
    worked = any(o.outcome in (Outcome.RESULT, Outcome.EMPTY) for o in own)
    names = [p.name for p in tool.parameters if p.required]
    if not own or worked or not names:
        return ""
    return f"no call succeeded; give {' '.join(f'--example {name}=...' for name in names[:4])}, or --setup a call"


def evidence_of(tool: ToolContext, options: Options) -> ToolEvidence:
    """Return the evidence about a tool."""
    return evidence_with(options)(tool, options.seen)


def evidence_with(options: Options) -> Callable[[ToolContext, Sequence[Observation]], ToolEvidence]:
    """Return a function from the recorded calls of a server to the evidence about a tool."""

    def made(tool: ToolContext, seen: Sequence[Observation]) -> ToolEvidence:
        return ToolEvidence(tool, seen, options.private, passages(tool.tool.name or "", options.documents))

    return made


def _improve(tool: ToolContext, bench: Bench, options: Options) -> Proposal:
    original = bench.original(tool)
    result = Proposal(tool.tool.index, tool.tool.name, tool.tool.description, original, None, (), "")
    if reason := untouchable(tool):
        return result._replace(reason=f"left alone: {reason}")
    own = options.observations.get(tool.tool.name or "", ())
    outcomes = Counter(o.outcome.value for o in own)
    result = result._replace(calls=Calls(len(own), options.refused.get(tool.tool.name or "", 0), dict(outcomes)))
    if found := tuple(poisoned(tool, bench)):
        return result._replace(reason=f"not rewritten, but reported: {found[0].detail}", refused=found)
    result = result._replace(helps=_help(tool, own))
    evidence = evidence_of(tool, options)
    component = bench.yardstick.rubric.writing.parameters
    found_claims = claims_of(tool, component)
    told = {claim.parameter for claim in found_claims}
    from_code = [claim for claim in code_claims(tool, component) if claim.parameter not in told]
    placed = (_in_description(claim, tool, options) for claim in from_code)
    claims, homeless = _writable((*found_claims, *placed), tool, options)
    made = [_checked(v, evidence) for v in from_templates(evidence, claims, bench)]
    result = result._replace(variants=tuple(made), refused=homeless)
    if options.writer is not None:
        result = _drafted(result, evidence, options.writer.draft(evidence, bench), bench, options)
    return _chosen(result, evidence, options)


def _checked(made: Variant, evidence: ToolEvidence) -> Variant:
    """Add a text that no model wrote, with its verdicts."""
    found = check(evidence, made.rewrite)
    rewrite = quoted(evidence, made.rewrite)
    return made._replace(rewrite=rewrite, checked=found, violations=(*made.violations, *found.violations))


def quoted(evidence: ToolEvidence, rewrite: Rewrite) -> Rewrite:
    """Return a text whose claims quote the places that they cite; places that do not exist are left out."""
    claims = []
    for claim in rewrite.claims:
        found = [(cite, evidence.quoted(cite)) for cite in claim.cites]
        cites = tuple(cite._replace(quotation=words) for cite, words in found if words is not None)
        claims.append(claim._replace(cites=cites))
    return rewrite._replace(claims=tuple(claims))


def _in_description(claim: Claim, tool: ToolContext, options: Options) -> Claim:
    """Return a claim about a parameter as one of the description, if only that can be written in the source."""
    index = tool.tool.index
    elsewhere = options.unwritable(index, pointer_of(claim.parameter)) and not options.unwritable(index, "/description")
    if not elsewhere or len(Text(claim.text).sentences) != 1:
        return claim
    return claim._replace(text=f"`{claim.parameter}`: {claim.text}", parameter=None)


def _writable(
    claims: Iterable[Claim], tool: ToolContext, options: Options
) -> tuple[tuple[Claim, ...], tuple[Violation, ...]]:
    """Return the claims that can be written into the source, and the reasons against the others."""
    kept, homeless = [], []
    for claim in claims:
        if reason := options.unwritable(tool.tool.index, pointer_of(claim.parameter)):
            homeless.append(Violation(Objection.UNWRITABLE, reason, claim.text))
        else:
            kept.append(claim)
    return tuple(kept), tuple(homeless)


def _drafted(result: Proposal, evidence: ToolEvidence, draft: Draft, bench: Bench, options: Options) -> Proposal:
    """Add the texts that a model wrote, and what was rejected of them."""
    result = result._replace(
        refused=tuple(dict.fromkeys((*result.refused, *draft.rejected))),
        problems=tuple(_existing(evidence, draft.problems)),
        rounds=draft.rounds,
        questions=draft.questions,
        helps=draft.helps or result.helps,
    )
    if draft.rewrite is None:
        return result
    places = texts(draft.rewrite, result.description)
    if reasons := [why for at in places if (why := options.unwritable(evidence.tool.tool.index, at))]:
        return result._replace(refused=(*result.refused, Violation(Objection.UNWRITABLE, reasons[0])))
    rewrite = quoted(evidence, draft.rewrite)
    full = variant(VariantKind.FULL, evidence, rewrite, bench, by_model=True)._replace(checked=draft.checked)
    parts = [_part(v, draft) for v in compact(evidence, rewrite, bench)]
    return result._replace(variants=(*result.variants, full, *parts))


def _existing(evidence: ToolEvidence, problems: Iterable[Reported]) -> Iterator[Reported]:
    """Yield the problems that cite facts of the code, with the words of these facts."""
    for problem in problems:
        found = [(cite, evidence.quoted(cite)) for cite in problem.cites]
        cites = tuple(cite._replace(quotation=words) for cite, words in found if words is not None)
        if cites:
            yield problem._replace(cites=cites)


def _part(made: Variant, draft: Draft) -> Variant:
    """Return a part of a verified text: its sentences keep their verdicts."""
    whole = (made.rewrite.description, *made.rewrite.parameters.values())
    kept = tuple(s for s in draft.checked.sentences if any(s.text in text for text in whole))
    return made._replace(checked=draft.checked._replace(sentences=kept))


def poisoned(tool: ToolContext, bench: Bench) -> Iterator[Violation]:
    """Yield the security findings of the original: a tool that has some is reported, not rewritten."""
    for finding in bench.findings_of(tool):
        if finding.family == "security" and finding.severity is not Severity.NOTE:
            yield Violation(Objection.POISONED, f"{finding.id}: {finding.message}")


def untouchable(tool: ToolContext) -> str | None:
    """Return why a tool cannot be rewritten, or None."""
    raw = tool.tool.raw
    if not isinstance(raw, dict) or tool.tool.name is None:
        return "it is not an object, or has no name"
    if not tool.tool.known("description"):
        return f"its description is unknown ({tool.tool.unknown['description']})"
    if raw.get("description") is not None and tool.tool.description is None:
        return "its description is not a string"
    if tool.server.name_counts[tool.tool.name] > 1:
        return "another tool has the same name"
    return None


def _chosen(result: Proposal, evidence: ToolEvidence, options: Options) -> Proposal:
    sound = [v for v in result.variants if not v.violations]
    fitting = [v for v in sound if options.budget is None or v.measured.tokens <= options.budget]
    wanted = [v for v in fitting if options.kind in (None, v.kind)]
    if not wanted:
        return result._replace(reason=f"left alone: {_nothing(result, sound, fitting, options)}")
    before = options.chooser.asked_here if options.chooser else 0
    tried, best, reason = chosen(result, evidence, wanted, options.chooser)
    asked = options.chooser.asked_here - before if options.chooser else 0
    result = result._replace(questions=result.questions + asked)
    by_rewrite = {id(v.rewrite): v for v in tried}
    result = result._replace(variants=tuple(by_rewrite.get(id(v.rewrite), v) for v in result.variants))
    if best is None:
        return result._replace(reason=f"left alone: {reason}")
    return result._replace(proposed=best, unsafe=best.by_model, reason=reason)


def _nothing(result: Proposal, sound: Sequence[Variant], fitting: Sequence[Variant], options: Options) -> str:
    if sound and not fitting:
        return f"no text fits {options.budget} tokens"
    if fitting:
        return f"no text of the kind '{options.kind}' is sound"
    against = [x for v in result.variants for x in v.violations] or list(result.refused)
    if against:
        return f"{against[0].objection} ({against[0].detail})"
    if options.writer is None:
        return NOTHING + _NEEDS_WRITER
    return f"the model wrote no text ({options.writer.stopped})" if options.writer.stopped else NOTHING
