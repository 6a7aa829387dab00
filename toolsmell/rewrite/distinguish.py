"""Tells apart tools that agents confuse: one sentence each, after all texts of a server are written."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from toolsmell.evidence.check_verdicts import Checked
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Citation, CiteKind, Claim, Objection, Rewrite, Violation
from toolsmell.evidence.facts import mentions
from toolsmell.evidence.proposals import Proposal, VariantKind
from toolsmell.model import Json
from toolsmell.models.client import ChatReply, fingerprint
from toolsmell.models.prompts import Prompt, templates
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rewrite.asker import Asker, UnusableError, object_in
from toolsmell.rewrite.check.checker import check
from toolsmell.rewrite.check.question import Checker
from toolsmell.rewrite.measure import NEAR, Bench
from toolsmell.rewrite.variants import variant
from toolsmell.tokens import compact_json

MOST_PAIRS: Final = 12
"""The most pairs of one question, the likest first."""
_SHOWN: Final = 3_000
"""Characters of a tool that the model sees."""
_LONGEST: Final = 300
_SENTENCE: Final[Json] = {
    "type": "object",
    "properties": {"tool": {"type": "string"}, "other": {"type": "string"}, "sentence": {"type": "string"}},
    "required": ["tool", "other", "sentence"],
    "additionalProperties": False,
}
_ANSWER: Final[Json] = {
    "type": "object",
    "properties": {"sentences": {"type": "array", "items": _SENTENCE}},
    "required": ["sentences"],
    "additionalProperties": False,
}


class AlikePair(NamedTuple):
    """Two tools that read alike and do not name each other."""

    one: ToolContext
    other: ToolContext


class Distinction(NamedTuple):
    """A sentence that tells a tool from another one."""

    tool: str
    other: str
    sentence: str


def confusable(server: ServerContext, bench: Bench) -> list[AlikePair]:
    """Return the pairs of a server that agents confuse, the likest first."""
    found: dict[frozenset[int], tuple[float, AlikePair]] = {}
    for position, tool in enumerate(server.tools):
        likeness, which = bench.nearest(position)
        other = server.tools[which] if which is not None else None
        if other is None or likeness < NEAR or _names(tool, other) or _names(other, tool):
            continue
        found.setdefault(frozenset((tool.tool.index, other.tool.index)), (likeness, AlikePair(tool, other)))
    ranked = sorted(found.values(), key=lambda one: -one[0])
    return [pair for _, pair in ranked[:MOST_PAIRS]]


def asked(pairs: list[AlikePair], asker: Asker) -> tuple[Distinction, ...]:
    """Ask a model for the sentences; empty if it gives none or is not asked any more."""
    if not pairs:
        return ()
    prompt = Prompt(templates("distinguish"), {}, _ANSWER)
    shown = "\n\n".join(f"Pair {n}:\n{_shown(pair.one)}\n{_shown(pair.other)}" for n, pair in enumerate(pairs, 1))
    known = {frozenset((pair.one.tool.label, pair.other.tool.label)) for pair in pairs}
    request = prompt.request(asker.name, fingerprint([shown]), pairs=shown)
    found = asker.ask(prompt, request, lambda reply: tuple(_read(reply)), optional=True) or ()
    return tuple({(d.tool, d.other): d for d in found if frozenset((d.tool, d.other)) in known}.values())


def _read(reply: ChatReply) -> Iterator[Distinction]:
    listed = object_in(reply).get("sentences")
    if not isinstance(listed, list):
        raise UnusableError("has no list `sentences`")
    for entry in listed:
        texts = [entry.get(key) for key in Distinction._fields] if isinstance(entry, dict) else []
        if len(texts) == len(Distinction._fields) and all(isinstance(text, str) and text.strip() for text in texts):
            yield Distinction(*(" ".join(str(text).split()) for text in texts))


def with_sentence(
    proposal: Proposal, evidence: ToolEvidence, told: Distinction, bench: Bench, checker: Checker
) -> Proposal:
    """Add a sentence to the text that is proposed for a tool, or to the original, if it is verified."""
    if reason := _unfit(evidence.tool, told):
        return _refused(proposal, Violation(Objection.NOT_SAID, reason, told.sentence))
    raw = evidence.tool.text.raw
    found = check(evidence, Rewrite(f"{raw.rstrip()} {told.sentence}".strip()), checker)
    if not found.sentences or not all(s.accepted for s in found.sentences):
        return _refused(proposal, *found.violations)
    before = proposal.proposed
    base = before.rewrite if before else Rewrite(raw)
    component = bench.yardstick.rubric.writing.rest
    claim = Claim(told.sentence, component, (Citation(CiteKind.SIBLING, f"{told.other}#/description"),), None)
    rewrite = base._replace(
        description=f"{base.description.rstrip()} {told.sentence}".strip(), claims=(*base.claims, claim)
    )
    made = variant(VariantKind.FULL, evidence, rewrite, bench, by_model=True)
    known = before.checked if before else Checked()
    made = made._replace(checked=known._replace(sentences=(*known.sentences, *found.sentences)))
    if made.violations:
        return _refused(proposal, *made.violations)
    reason = f"tells it from '{told.other}' (+{made.measured.tokens - proposal.original.tokens} tokens)"
    reason = f"{proposal.reason}; {reason}" if before else reason
    return proposal._replace(proposed=made, variants=(*proposal.variants, made), unsafe=True, reason=reason)


def _unfit(tool: ToolContext, told: Distinction) -> str:
    """Return why a sentence does not tell a tool from the other one; empty if it does."""
    if f"`{told.other}`" not in told.sentence:
        return f"it does not name `{told.other}`"
    if len(told.sentence) > _LONGEST:
        return f"it is longer than {_LONGEST} characters"
    return "the text names the other tool already" if mentions(tool.text.lower, told.other) else ""


def _refused(proposal: Proposal, *violations: Violation) -> Proposal:
    return proposal._replace(refused=(*proposal.refused, *violations))


def _names(tool: ToolContext, other: ToolContext) -> bool:
    return bool(other.tool.name) and mentions(tool.text.lower, other.tool.name or "")


def _shown(tool: ToolContext) -> str:
    raw: Mapping[str, Json] = tool.tool.raw if isinstance(tool.tool.raw, dict) else {}
    kept = {key: raw[key] for key in ("name", "description", "inputSchema", "annotations") if key in raw}
    return compact_json(kept)[:_SHOWN]
