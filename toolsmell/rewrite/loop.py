"""The loop: write, verify, drop what does not hold, and stop when nothing changes any more.

'Leave it alone' is a result: a rewrite is proposed only where it passes and measures better than the original.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from toolsmell.calling.outcomes import Observation
from toolsmell.evidence.citations import Evidence
from toolsmell.evidence.claims import (
    Calls,
    CiteKind,
    Claim,
    Kind,
    Objection,
    Proposal,
    Variant,
    Violation,
    pointer_of,
    texts,
)
from toolsmell.model import Component, Pointer
from toolsmell.model.pointer import escape
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rewrite.analyse import claims_of
from toolsmell.rewrite.analyse_calls import call_claims
from toolsmell.rewrite.inventions import normal
from toolsmell.rewrite.measure import Bench, Yardstick
from toolsmell.rewrite.together import NO_BETTER, together
from toolsmell.rewrite.variants import knee, variants
from toolsmell.rewrite.verify import poisoned, verify
from toolsmell.rewrite.write import written

if TYPE_CHECKING:
    from toolsmell.rewrite.model_writer import ModelWriter

ROUNDS: Final = 5
LEAST_GAIN: Final = 2.0
"""Points of the unrounded score, of 100: a change under this is not worth a reader's time."""

Analyse = Callable[[Evidence], Sequence[Claim]]


class Options(NamedTuple):
    """What is asked of the rewriter."""

    yardstick: Yardstick
    tools: frozenset[str] = frozenset()
    """Only these; their siblings are read all the same."""
    budget: int | None = None
    """Tokens that a tool may cost at most with its new text."""
    kind: Kind | None = None
    """Propose the full text, or the best compact one; None takes the knee of the curve."""
    private: tuple[str, ...] = ()
    observations: Mapping[str, tuple[Observation, ...]] = {}
    """By tool: what was seen of its calls."""
    refused: Mapping[str, int] = {}
    """By tool: calls that were not made."""
    writer: "ModelWriter | None" = None
    """A model that is asked for a text as well."""
    unwritable: Callable[[int, Pointer], str | None] = lambda _tool, _pointer: None
    """Says why no text can be written at a place of the tool with that index; None where one can."""


def improve(server: ServerContext, options: Options, analyse: Analyse = claims_of) -> Iterator[Proposal]:
    """Yield what becomes of each tool, in the server's order."""
    bench = Bench(server, options.yardstick)
    wanted = [t for t in server.tools if not options.tools or t.tool.name in options.tools]
    proposals = {t.tool.index: _improve(t, bench, options, analyse) for t in wanted}
    yield from together(bench, proposals).values()


def _improve(tool: ToolContext, bench: Bench, options: Options, analyse: Analyse) -> Proposal:
    original = bench.original(tool)
    result = Proposal(tool.tool.index, tool.tool.name, tool.tool.description, original, None, (), "")
    if reason := _untouchable(tool):
        return result._replace(reason=f"left alone: {reason}")
    seen = options.observations.get(tool.tool.name or "", ())
    evidence = Evidence(tool, {str(o.number): o.evidence for o in seen if o.speaks}, options.private)
    outcomes = Counter(o.outcome.value for o in seen)
    result = result._replace(calls=Calls(len(seen), options.refused.get(tool.tool.name or "", 0), dict(outcomes)))
    if found := tuple(poisoned(evidence, bench)):
        return result._replace(reason=f"not rewritten, but reported: {found[0].detail}", refused=found)
    found_claims = (*_tested(analyse(evidence), seen), *call_claims(tool, seen))
    claims, homeless = _writable(found_claims, tool, options)
    by_model, result = _asked(result, evidence, seen, bench, options)
    result = result._replace(refused=(*result.refused, *homeless))
    result = _with_templates(result, evidence, claims, (), bench)
    result = _with_templates(result, evidence, claims, by_model, bench) if by_model else result
    if not result.variants:
        return result._replace(reason=_nothing(result, found=bool(found_claims or by_model)))
    return _choose(result, options)


def _tested(claims: Iterable[Claim], seen: Sequence[Observation]) -> list[Claim]:
    """Leave out examples of the schema where calls were made: then one that worked is shown, or none."""
    return [c for c in claims if not (seen and c.component is Component.EXAMPLES)]


def _writable(
    claims: Iterable[Claim], tool: ToolContext, options: Options
) -> tuple[tuple[Claim, ...], tuple[Violation, ...]]:
    """Return the claims that have a place where the tool comes from, and why the others have none."""
    kept, homeless = [], []
    for claim in claims:
        if reason := options.unwritable(tool.tool.index, pointer_of(claim.parameter)):
            homeless.append(Violation(Objection.UNWRITABLE, reason, claim.text))
        else:
            kept.append(claim)
    return tuple(kept), tuple(homeless)


def _asked(
    result: Proposal, evidence: Evidence, seen: Sequence[Observation], bench: Bench, options: Options
) -> tuple[tuple[Claim, ...], Proposal]:
    """Add what a model wrote, where it verified, and what was refused of it; return its claims as well."""
    if options.writer is None:
        return (), result
    analysed = options.writer.analyse(evidence, seen)
    claims, homeless = _writable(analysed.claims, evidence.tool, options)
    answer = options.writer.write(evidence, seen, bench, claims)
    refused = (*analysed.dropped, *homeless, *answer.refused)
    result = result._replace(refused=refused, rounds=answer.rounds)
    if answer.rewrite is None:
        return claims, result
    index = evidence.tool.tool.index
    placed = {at: options.unwritable(index, at) for at in texts(answer.rewrite, result.description)}
    if reasons := [why for why in placed.values() if why]:
        return claims, result._replace(refused=(*refused, Violation(Objection.UNWRITABLE, reasons[0])))
    components = tuple(c for c in Component if any(claim.component is c for claim in answer.rewrite.claims))
    measured = bench.measured(bench.tried(evidence.tool, answer.rewrite))
    own = Variant(Kind.FULL, components, answer.rewrite, measured, by_model=True)
    return claims, result._replace(variants=(own,))


def _with_templates(
    result: Proposal, evidence: Evidence, claims: Sequence[Claim], by_model: Sequence[Claim], bench: Bench
) -> Proposal:
    """Add what templates make of claims; with claims of a model, the texts that hold one of them."""
    kept, refused, rounds = settled(evidence, (*claims, *by_model), bench)
    made = [v._replace(violations=verify(evidence, v.rewrite, bench)) for v in variants(evidence, kept, bench)]
    if by_model:
        made = [v._replace(by_model=True) for v in made if any(c in by_model for c in v.rewrite.claims)]
    return result._replace(
        variants=(*result.variants, *made),
        refused=tuple(dict.fromkeys((*result.refused, *refused))),
        rounds=max(rounds if claims or by_model else 0, result.rounds),
    )


def _nothing(result: Proposal, *, found: bool) -> str:
    last = f"{result.refused[-1].objection} ({result.refused[-1].detail})" if result.refused else ""
    if found:
        return f"left alone: {last}"
    return f"left alone: the evidence says nothing that the text does not{': ' if last else ''}{last}"


def _untouchable(tool: ToolContext) -> str | None:
    raw = tool.tool.raw
    if not isinstance(raw, dict) or tool.tool.name is None:
        return "it is no tool, or has no name"
    if not tool.tool.known("description"):
        return f"its description is unknown ({tool.tool.unknown['description']})"
    if raw.get("description") is not None and tool.tool.description is None:
        return "its description is not a text"
    if tool.server.name_counts[tool.tool.name] > 1:
        return "another tool has the same name"
    return None


def settled(
    evidence: Evidence, claims: Sequence[Claim], bench: Bench
) -> tuple[tuple[Claim, ...], tuple[Violation, ...], int]:
    """Drop claims until what is left passes: return those, what was refused, and the rounds that it took."""
    kept, refused = tuple(claims), list[Violation]()
    for round_ in range(1, ROUNDS + 1):
        found = verify(evidence, written(evidence, kept), bench) if kept else ()
        if not found:
            return kept, tuple(refused), round_
        refused += found
        kept = tuple(_without(kept, found))
    return (), tuple(refused), ROUNDS


def _without(claims: Sequence[Claim], found: Iterable[Violation]) -> Iterable[Claim]:
    sentences = {normal(v.sentence) for v in found if v.sentence}
    if sentences:
        return [c for c in claims if not any(normal(c.text) in s or s in normal(c.text) for s in sentences)]
    pointers = [v.pointer for v in found if v.pointer]
    if pointers:
        about = [c for c in claims if any(_is_about(c, pointer) for pointer in pointers)]
        return [c for c in claims if c not in about] if about else ()
    if any(v.objection is Objection.MORE_CONFUSABLE for v in found):
        # What names siblings likens a tool to them; after that, what stands in many schemas.
        borrowed = [c for c in claims if any(cite.kind is CiteKind.SIBLING for cite in c.cites)]
        widest = Counter(c.component for c in claims).most_common(1)[0][0]
        return (
            [c for c in claims if c not in borrowed] if borrowed else [c for c in claims if c.component is not widest]
        )
    return ()


def _is_about(claim: Claim, pointer: Pointer) -> bool:
    """Say whether a finding at `pointer` is in the text that a claim went into."""
    if claim.parameter is None:
        return pointer.startswith("/description")
    return f"{pointer}/".startswith(f"/inputSchema/properties/{escape(claim.parameter)}/")


def _choose(result: Proposal, options: Options) -> Proposal:
    sound = [v for v in result.variants if not v.violations]
    if options.budget is not None:
        sound = [v for v in sound if v.measured.tokens <= options.budget]
        if not sound:
            return result._replace(reason=f"left alone: no text fits {options.budget} tokens")
    if options.kind is not None:
        sound = [v for v in sound if v.kind is options.kind] or ([] if options.kind is Kind.COMPACT else sound)
    best = knee(result.original, sound)
    if best is None or best.measured.worth - result.original.worth < LEAST_GAIN:
        # It may still mend what a rule finds: that shows next to the siblings only.
        even = [v for v in sound if v.measured.worth >= result.original.worth]
        best = min(even, key=lambda v: (-v.measured.worth, v.measured.tokens), default=None)
        return result._replace(proposed=best, unsafe=bool(best and best.by_model), reason=NO_BETTER)
    return result._replace(proposed=best, unsafe=best.by_model, reason=_why(result, best, options))


def _why(result: Proposal, best: Variant, options: Options) -> str:
    original = result.original
    gain = best.measured.worth - original.worth
    cost = best.measured.tokens - original.tokens
    most = max((v.measured.worth for v in result.variants), default=best.measured.worth) - original.worth
    share = "all" if gain >= most else f"{round(100 * gain / most)} %"
    least = ", at the least tokens" if options.kind is None else ""
    return f"{gain:+.1f} points before rounding for {cost:+d} tokens: {share} of what can be gained{least}"
