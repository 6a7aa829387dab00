"""Finds what typed facts say against a rewrite: lost facts, inventions, contradictions, trial trouble, steering.

A hard objection decides. A soft one is a suspicion from shared words, which a model that reads the evidence may reject.
"""

from collections.abc import Iterator
from re import IGNORECASE
from typing import Final

from toolsmell.calling.trouble import kinds_of, trouble
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Objection, Rewrite, Violation
from toolsmell.evidence.copied import copied, copied_of_rejection
from toolsmell.evidence.facts import facts_of
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.rewrite.check import by_code
from toolsmell.rewrite.check.case_said import against_case
from toolsmell.rewrite.check.contradictions import against_verb, contradictions
from toolsmell.rewrite.check.inventions import inventions
from toolsmell.rewrite.check.losses import losses
from toolsmell.rewrite.check.new_sentences import Fresh, normal
from toolsmell.rewrite.check.opposites import against_opposites
from toolsmell.rewrite.check.outcomes_said import against_outcomes, against_values
from toolsmell.rewrite.check.rejections_said import against_limits
from toolsmell.rewrite.check.schema_said import against_schema
from toolsmell.rewrite.check.situations import REJECTED
from toolsmell.rewrite.check.tone import private, tone
from toolsmell.rewrite.check.trial_data import trial_data
from toolsmell.rewrite.check.typed_facts import contradicted
from toolsmell.text import pattern, words_of

_ADDRESSES: Final = (
    r"\b(?:you|your|users?|agent|assistant|model|must|should|always|never|please|prefer|ask|asked|tell|remember"
    r"|first|before|after|any other|instead|ignore|important|conversation)\b"
    r"|^(?:use|call|do|don't|make|start|begin|include|add|pass|send|give|trust|keep|put|write|say|run|go|take)\b"
)
"""Words of a sentence that orders an agent about: a statement without any of them orders nobody."""
SOFT: Final = frozenset(
    (Objection.LOST_PRECONDITION, Objection.LOST_WARNING, Objection.INVENTED_UNIT, Objection.OPPOSITE)
)
"""Objections that rest on words alone: a model that reads both texts decides, if there is one."""


def against_sentences(
    evidence: ToolEvidence, rewrite: Rewrite, fresh: list[Fresh]
) -> dict[Fresh, tuple[Violation, ...]]:
    """Return the objections to each new sentence that has some."""
    tool = evidence.tool
    known = kinds_of(" ".join((tool.sent, " ".join(tool.name_words), *(o.text for o in evidence.own_calls))))
    opening = {normal(v.sentence): v for v in against_verb(tool, rewrite.description)}
    steering = _steering(tool, rewrite)
    found: dict[Fresh, tuple[Violation, ...]] = {}
    for one in fresh:
        about = [*_against(evidence, one, known)]
        if one.parameter is None and (violation := opening.get(normal(one.text))):
            about.append(violation)
        if one.parameter is None and normal(one.text) in steering:
            about.append(Violation(Objection.INSTRUCTION, "it steers the agent", one.text))
        if about:
            found[one] = tuple(dict.fromkeys(about))
    return found


def against_losses(evidence: ToolEvidence, rewrite: Rewrite) -> tuple[Violation, ...]:
    """Return the facts of the original that the rewrite does not state."""
    told = {p.name: p.description for p in evidence.tool.parameters if p.description}
    whole = (rewrite.description, *(told | dict(rewrite.parameters)).values())
    return tuple(losses(evidence, facts_of(whole), "\n\n".join(whole)))


def _against(evidence: ToolEvidence, fresh: Fresh, known: frozenset[str]) -> Iterator[Violation]:
    tool, sentence = evidence.tool, fresh.text
    yield from inventions(evidence, [fresh])
    yield from contradictions(tool, [sentence])
    if fact := contradicted(tool, fresh) or next(against_schema(tool, sentence), None):
        yield Violation(Objection.CONTRADICTS_SCHEMA, fact, sentence)
    elif fact := by_code.contradicted(evidence, fresh):
        yield Violation(Objection.CONTRADICTED, fact, sentence)
    yield from against_outcomes(evidence, sentence)
    yield from against_values(evidence, sentence)
    yield from against_opposites(evidence, sentence)
    for told in (*against_limits(evidence, sentence), against_case(evidence, sentence)):
        if told:
            yield Violation(Objection.OPPOSITE, f"the evidence says: {told}", sentence)
    for kind, words in trouble(sentence, known):
        yield Violation(
            Objection.HARNESS_TROUBLE, f"'{words}' is {kind} trouble, which the tool does not mention", sentence
        )
    yield from tone(sentence, tool.sent_lower)
    yield from private(sentence, tool.sent, evidence.private)
    yield from trial_data(evidence, sentence)
    if repeated := _copied(evidence, sentence):
        yield Violation(Objection.COPIED, f"'{repeated}' is copied from the result of a call", sentence)


def _copied(evidence: ToolEvidence, sentence: str) -> str | None:
    """Return the words that a sentence copies from a call.

    The text of an error is anybody's as well: a server may put an order into it.
    """
    tool, seen = evidence.tool, evidence.seen
    rejected = [o.text for o in seen if o.outcome in REJECTED]
    given = [o.text for o in seen if o.outcome not in REJECTED]
    words = evidence.server_words | set(words_of(tool.sent))
    return copied(sentence, given, evidence.names, tool.sent) or copied_of_rejection(
        sentence, rejected, evidence.names, words
    )


def _steering(tool: ToolContext, rewrite: Rewrite) -> frozenset[str]:
    """Return the sentences of the new description that steer the agent."""
    after = ToolContext(tool.tool._replace(raw={**tool.tool.raw, "description": rewrite.description}), tool.server)
    found = (s.text for s in after.reading.sentences if StatementKind.STEERING in s.says)
    return frozenset(normal(text) for text in found if pattern(_ADDRESSES, IGNORECASE).search(text))
