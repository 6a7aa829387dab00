"""Checks a rewrite of one tool: typed facts first, then one question to a model, if there is one."""

from collections.abc import Iterator, Mapping, Sequence

from toolsmell.evidence.check_verdicts import RULES, Checked, CheckedSentence, CheckVerdict, verdict_of
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Objection, Rewrite, Violation
from toolsmell.evidence.shown import evidence_text
from toolsmell.reading.context import ToolContext
from toolsmell.rewrite.check import by_code
from toolsmell.rewrite.check.new_sentences import Fresh, fresh_sentences
from toolsmell.rewrite.check.objections import SOFT, against_losses, against_sentences
from toolsmell.rewrite.check.question import Answered, Checker, Controls, Void
from toolsmell.rewrite.check.typed_facts import verified
from toolsmell.text import pattern

NO_MODEL = "no typed fact says it, and no model was asked"


def check(evidence: ToolEvidence, rewrite: Rewrite, checker: Checker | None = None) -> Checked:
    """Return a verdict on every sentence of `rewrite` that the original does not have, and what it lost."""
    fresh = fresh_sentences(evidence.tool, rewrite)
    against = against_sentences(evidence, rewrite, fresh)
    facts = {
        one: fact
        for one in fresh
        if one not in against and (fact := verified(evidence, one) or by_code.verified(evidence, one))
    }
    open_ = [one for one in fresh if one not in facts and _is_soft(against.get(one, ()))]
    answers = _asked(evidence, open_, checker)
    sentences = tuple(_settled(one, against.get(one, ()), facts.get(one), answers, checker) for one in fresh)
    return Checked(sentences, _lost(evidence, rewrite, checker))


def _is_soft(violations: Sequence[Violation]) -> bool:
    return all(v.objection in SOFT for v in violations)


def _asked(evidence: ToolEvidence, open_: Sequence[Fresh], checker: Checker | None) -> Mapping[str, Answered] | Void:
    if checker is None or not open_:
        return Void(NO_MODEL)
    return checker.ask([_in_context(one) for one in open_], evidence_text(evidence), controls(evidence.tool, open_))


def _in_context(fresh: Fresh) -> str:
    """Return a sentence as it is asked: that of a parameter names it, since it may say "At most 50."."""
    return fresh.text if fresh.parameter is None else f"About the parameter `{fresh.parameter}`: {fresh.text}"


def controls(tool: ToolContext, asked: Sequence[Fresh] = ()) -> Controls:
    """Return sentences that the evidence has word for word, and false ones. None of them is in `asked`."""
    return Controls(_true_controls(tool), tuple(s for s in _false_controls(tool) if s not in {a.text for a in asked}))


def _false_controls(tool: ToolContext) -> Iterator[str]:
    """Yield sentences about what a call passes that the schema contradicts."""
    # A text that contradicts the schema would make the control a matter of opinion.
    plain = [p for p in tool.parameters if not _speaks_of_need(p.description or "")]
    required = [p.name for p in plain if p.required]
    optional = [p.name for p in plain if not p.required]
    if required:
        yield f"A call may leave out the parameter `{required[0]}`."
    if optional:
        yield f"Every call has to pass the parameter `{optional[-1]}`."
    if not tool.parameters and tool.tool.input_schema is not None:
        yield "Every call has to pass the parameter `confirmation`."


def _speaks_of_need(text: str) -> bool:
    """Return True if a text says whether its parameter is needed."""
    return (
        pattern(r"\b(?:optional|required|mandatory|must|left out|omit(?:ted)?|default)\b").search(text.lower())
        is not None
    )


def _true_controls(tool: ToolContext) -> tuple[str, ...]:
    """Return sentences that the evidence has word for word: of the description, or of the parameters."""
    counting = [s.text for s in tool.reading.sentences if s.counts]
    plain = [s.text for s in tool.reading.sentences]
    told = [f"About the parameter `{p.name}`: {p.description}" for p in tool.parameters if p.description]
    return tuple(text for text in dict.fromkeys((*counting, *plain, *told)) if 2 < len(text.split()) < 60)


def _settled(
    one: Fresh,
    violations: tuple[Violation, ...],
    fact: str | None,
    answers: Mapping[str, Answered] | Void,
    checker: Checker | None,
) -> CheckedSentence:
    if fact is not None:
        return CheckedSentence(one.parameter, one.text, CheckVerdict.ENTAILED, (RULES,), (), fact)
    answer = None if isinstance(answers, Void) or checker is None else answers.get(_in_context(one))
    if answer is None or not _is_soft(violations):
        if violations:
            return CheckedSentence(one.parameter, one.text, verdict_of(violations), (RULES,), violations)
        reason = answers.reason if isinstance(answers, Void) else NO_MODEL
        unsure = Violation(Objection.UNCITED, reason, one.text)
        return CheckedSentence(one.parameter, one.text, CheckVerdict.UNVERIFIED, (), (unsure,))
    return _answered(one, answer, checker.name if checker else "")


def _answered(one: Fresh, answer: Answered, name: str) -> CheckedSentence:
    if answer.verdict is CheckVerdict.ENTAILED:
        return CheckedSentence(one.parameter, one.text, CheckVerdict.ENTAILED, (RULES, name), (), answer.quotation)
    contradicted = answer.verdict is CheckVerdict.CONTRADICTED
    objection = Objection.CONTRADICTED if contradicted else Objection.NOT_SAID
    words = "the evidence contradicts it" if contradicted else "the evidence does not say it"
    detail = f'{words}: "{answer.quotation}"' if answer.quotation else words
    violation = Violation(objection, detail, one.text)
    return CheckedSentence(one.parameter, one.text, answer.verdict, (name,), (violation,), answer.quotation)


def _lost(evidence: ToolEvidence, rewrite: Rewrite, checker: Checker | None) -> tuple[Violation, ...]:
    """Return the losses of a rewrite. A model decides whether it says a condition or warning in other words."""
    found = against_losses(evidence, rewrite)
    soft = [v for v in found if v.objection in SOFT and v.sentence]
    if checker is None or not soft:
        return found
    told = {p.name: p.description for p in evidence.tool.parameters if p.description} | dict(rewrite.parameters)
    text = "\n".join((rewrite.description, *(f"{name}: {about}" for name, about in told.items())))
    own = [s.text for s in fresh_sentences(evidence.tool, rewrite) if s.parameter is None]
    answers = checker.ask([v.sentence for v in soft], f"The new text of the tool:\n{text}", Controls(tuple(own)))
    if isinstance(answers, Void):
        return found
    kept = {sentence for sentence, answer in answers.items() if answer.verdict is CheckVerdict.ENTAILED}
    return tuple(v for v in found if v.sentence not in kept or v.objection not in SOFT)
