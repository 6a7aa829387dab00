"""Decides whether a rewrite may be proposed: every reason against it, by name.  Pure.

A rewrite passes where nothing speaks against it. What was dropped of the original, what was made up, what
contradicts the tool and what steers its reader are seen in the text alone; scores, findings and likeness are
measured next to the siblings.
"""

from collections.abc import Iterator

from toolsmell.calling.trouble import kinds_of, trouble
from toolsmell.evidence.citations import Evidence
from toolsmell.evidence.claims import Objection, Rewrite, Violation
from toolsmell.evidence.copied import copied
from toolsmell.evidence.facts import facts_of
from toolsmell.model import Severity
from toolsmell.rewrite.contradictions import contradictions
from toolsmell.rewrite.inventions import fresh_sentences, inventions, uncited
from toolsmell.rewrite.losses import losses
from toolsmell.rewrite.measure import Bench
from toolsmell.rewrite.tone import private, tone


def verify(evidence: Evidence, rewrite: Rewrite, bench: Bench) -> tuple[Violation, ...]:
    """Return all that speaks against a rewrite; nothing means that it may be proposed."""
    if unknown := tuple(_unknown_parameters(evidence, rewrite)):
        return unknown
    found = [*poisoned(evidence, bench), *verify_text(evidence, rewrite)]
    found += bench.objections(evidence.tool, bench.tried(evidence.tool, rewrite))
    return tuple(dict.fromkeys(found))


def verify_text(evidence: Evidence, rewrite: Rewrite) -> Iterator[Violation]:
    """Yield what the text alone gives away."""
    told = {p.name: p.description for p in evidence.tool.parameters if p.description}
    whole = (rewrite.description, *(told | dict(rewrite.parameters)).values())
    fresh = fresh_sentences(evidence, rewrite)
    yield from losses(evidence, facts_of(whole), "\n\n".join(whole))
    yield from uncited(evidence, rewrite, fresh)
    yield from inventions(evidence, fresh)
    yield from contradictions(evidence.tool, rewrite.description, [sentence for _, sentence in fresh])
    known = kinds_of(" ".join((evidence.tool.sent, " ".join(evidence.tool.name_words))))
    original = evidence.tool.sent
    for _, sentence in fresh:
        for kind, words in trouble(sentence, known):
            yield Violation(
                Objection.HARNESS_TROUBLE,
                f"'{words}' is {kind} trouble, which the tool itself does not speak of",
                sentence,
            )
        if repeated := copied(sentence, evidence.observations.values(), evidence.names, original):
            yield Violation(Objection.COPIED, f"'{repeated}' is copied from the result of a call", sentence)
        yield from tone(sentence, original.lower())
        yield from private(sentence, original, evidence.private)


def poisoned(evidence: Evidence, bench: Bench) -> Iterator[Violation]:
    """Yield the security findings of the original: such a tool is reported, never improved."""
    for finding in bench.findings[evidence.tool.tool.index]:
        if finding.family == "security" and finding.severity is not Severity.NOTE:
            yield Violation(Objection.POISONED, f"{finding.id}: {finding.message}")


def _unknown_parameters(evidence: Evidence, rewrite: Rewrite) -> Iterator[Violation]:
    known = {p.name for p in evidence.tool.parameters if p.pointer.startswith("/inputSchema/properties/")}
    for name in rewrite.parameters:
        if name not in known:
            yield Violation(Objection.UNKNOWN_PARAMETER, f"the schema has no parameter '{name}'")
