"""The progress of one draft, and how its parts are shown to a model."""

import json
from collections.abc import Iterable, Sequence
from typing import Final

from toolsmell.calling.outcomes import Trial
from toolsmell.evidence.check_verdicts import Checked, CheckedSentence
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Citation, CiteKind, Claim, Objection, Reported, Rewrite, Violation
from toolsmell.model.reading import StatementKind
from toolsmell.models.client import ChatRequest
from toolsmell.reading.context import ToolContext
from toolsmell.rewrite.answers import Analysis
from toolsmell.rewrite.brief import ASKS, Brief
from toolsmell.rewrite.check.new_sentences import normal
from toolsmell.rewrite.check.objections import against_losses
from toolsmell.rewrite.draft import Draft
from toolsmell.scoring.weights import Rubric, Writing

_MOST_CLAIMS: Final = 40
_BY_CALLS: Final = frozenset(
    (
        StatementKind.LIMIT,
        StatementKind.FAILURE,
        StatementKind.PREREQUISITE,
        StatementKind.EFFECT,
        StatementKind.RESULT,
        StatementKind.DEFAULT,
    )
)
"""Statements that calls can show; when to use a tool is not among them."""


class Progress:
    """The state of the draft for one tool."""

    def __init__(self) -> None:
        self.rounds = 0
        self.questions = 0
        self.drafted_at = 0
        """Calls of the tool that the last draft knew."""
        self.settled = False
        """Whether another round would change nothing."""
        self.best: Rewrite | None = None
        self.checked = Checked()
        self.last = ""
        """The last text, as the model is shown it."""
        self.remarks: tuple[Violation, ...] = ()
        """Objections to the last text."""
        self.rejected: list[Violation] = []
        self.claims: tuple[Claim, ...] = ()
        self.problems: tuple[Reported, ...] = ()
        self.unknown: tuple[str, ...] = ()
        self.direction = ""
        self.helps = ""
        self._known: tuple[str, ...] | None = None
        self._asked: set[str] = set()

    def is_news(self, evidence: ToolEvidence) -> bool:
        """Return True if the evidence has calls that the last analysis did not know; remember them."""
        numbers = tuple(evidence.observations)
        news = numbers != self._known
        self._known = numbers
        return news

    def asks(self, request: ChatRequest) -> bool:
        """Return False if this very question was asked before; remember it."""
        if request.key in self._asked:
            return False
        self._asked.add(request.key)
        return True

    def learn(self, found: Analysis) -> None:
        """Take over what an analysis found."""
        told = {normal(c.text) for c in self.claims}
        self.claims = (*self.claims, *(c for c in found.claims if normal(c.text) not in told))[-_MOST_CLAIMS:]
        self.problems = tuple(dict.fromkeys((*self.problems, *found.problems)))[:_MOST_CLAIMS]
        self.unknown, self.helps = found.unknown, found.helps or self.helps

    def text(self, tool: ToolContext) -> str:
        """Return the description so far."""
        return (self.best.description if self.best else tool.text.raw) or "(none)"


def result(progress: Progress) -> Draft:
    """Return the outcome of a draft."""
    return Draft(
        rewrite=progress.best,
        checked=progress.checked,
        rejected=tuple(progress.rejected),
        problems=progress.problems,
        rounds=progress.rounds,
        questions=progress.questions,
        helps=progress.helps,
    )


def pruned(evidence: ToolEvidence, rewrite: Rewrite, checked: Checked, writing: Writing) -> tuple[Rewrite, Checked]:
    """Return a text without its rejected sentences, with cited claims for the others, and what it then lost.

    Sentences of the original that got lost are added to the description again.
    """
    bad = [s for s in checked.sentences if not s.accepted]
    known = {p.name for p in evidence.tool.parameters if p.pointer.startswith("/inputSchema/properties/")}
    description = _cut(rewrite.description, [s.text for s in bad if s.parameter is None])
    parameters = {
        name: _cut(text, [s.text for s in bad if s.parameter == name])
        for name, text in rewrite.parameters.items()
        if name in known
    }
    claims = tuple(_claim_of(rewrite, s, writing) for s in checked.sentences if s.accepted)
    kept = Rewrite(description, {n: t for n, t in parameters.items() if t}, claims)
    confirmed = {v.sentence for v in against_losses(evidence, rewrite)} - {v.sentence for v in checked.lost}
    lost = [v for v in against_losses(evidence, kept) if not v.sentence or v.sentence not in confirmed]
    sentences = [v.sentence for v in lost if v.sentence]
    if sentences:
        kept = kept._replace(description=f"{kept.description} {' '.join(sentences)}".strip())
        lost = [v for v in against_losses(evidence, kept) if not v.sentence or v.sentence not in confirmed]
    return kept, Checked(tuple(s for s in checked.sentences if s.accepted), tuple(lost))


def _cut(text: str, sentences: Iterable[str]) -> str:
    for sentence in sentences:
        at = text.find(sentence)
        if at >= 0:
            head, tail = text[:at].rstrip(" "), text[at + len(sentence) :].lstrip(" ")
            text = f"{head} {tail}" if head and tail and not head.endswith("\n") else head + tail
    return text.strip()


def _claim_of(rewrite: Rewrite, found: CheckedSentence, writing: Writing) -> Claim:
    """Return the claim that carries a sentence, or one that quotes what the checker found."""
    sentence, parameter, quotation = found.text, found.parameter, found.quotation
    words = normal(sentence)
    for claim in rewrite.claims:
        if (
            claim.parameter == parameter
            and claim.cites
            and (normal(claim.text) in words or words in normal(claim.text))
        ):
            return claim._replace(text=sentence)
    component = next((c.component for c in rewrite.claims if normal(c.text) == words), writing.rest)
    cites = (Citation(CiteKind.QUOTATION, quotation),) if quotation else ()
    return Claim(sentence, component if parameter is None else writing.parameters, cites, parameter)


def merit(checked: Checked) -> tuple[bool, int, int]:
    """Return the rank of a draft: nothing lost, many verified sentences, few rejected ones."""
    accepted = sum(s.accepted for s in checked.sentences)
    return not checked.lost, accepted, accepted - len(checked.sentences)


def unknown_parameters(tool: ToolContext, rewrite: Rewrite) -> tuple[Violation, ...]:
    """Return an objection to each description of a parameter that the schema does not have."""
    known = {p.name for p in tool.parameters if p.pointer.startswith("/inputSchema/properties/")}
    names = (name for name in rewrite.parameters if name not in known)
    return tuple(Violation(Objection.UNKNOWN_PARAMETER, f"the schema has no parameter '{name}'") for name in names)


def differs(tool: ToolContext, rewrite: Rewrite) -> bool:
    """Return True if a text says something else than the original."""
    told = {p.name: p.description or "" for p in tool.parameters}
    changed = any(normal(text) != normal(told.get(name, "")) for name, text in rewrite.parameters.items())
    return bool(rewrite.description) and (changed or normal(rewrite.description) != normal(tool.text.raw))


def call_text(trial: Trial) -> str:
    """Return the identity of a call: its tool and its arguments."""
    return f"{trial.why}\n{json.dumps(trial.arguments, sort_keys=True)}"


def stand(brief: Brief, cases: Sequence[str], goal: str) -> str:
    """Return the state of a text: levels, missing kinds, findings, constraints, requests, goal."""
    levels = ", ".join(f"{component} {level}" for component, level in brief.levels.items())
    lines = [f"Levels of 1 to 5: {levels}", f"Tokens of the tool: {brief.tokens}"]
    for title, told in (
        ("Missing statements", missing_in(brief)),
        ("Findings to fix", list(brief.findings)),
        ("Constraints", list(brief.constraints)),
        ("Requests of users that it answers", list(cases[:10])),
        ("Goal", [goal] if goal else []),
    ):
        if told:
            lines.append(f"{title}:\n{listed(told)}")
    return "\n".join(lines)


def shown_by_calls(brief: Brief) -> list[str]:
    """Return the missing statements that a call can answer, and the parameters that nothing describes."""
    kinds = [f"{kind.value}: {ASKS[kind]}" for kind in brief.missing if kind in _BY_CALLS]
    return [*kinds, *(f"what `{name}` does" for name in brief.undescribed)]


def missing_in(brief: Brief) -> list[str]:
    """Return the gaps of a text, a line for each."""
    missing = [f"{kind.value}: {ASKS[kind]}" for kind in brief.missing if kind in ASKS]
    bare = [f"the parameter `{name}` is not described" for name in brief.undescribed]
    if brief.confusable:
        bare.append(f"what tells it from `{brief.confusable}`, which reads alike: one sentence that names it")
    return [*missing, *bare]


def listed(lines: Sequence[str]) -> str:
    """Return lines as a list; "nothing" if there are none."""
    return "\n".join(f"- {line}" for line in lines) or "nothing"


def rubric_text(rubric: Rubric) -> str:
    """Return the questions of the rubric, a line for each component."""
    return listed([f"{part.title}: {part.question}" for part in rubric.components.values()])


def claims_text(claims: Sequence[Claim]) -> str:
    """Return claims as a list, each with its places."""
    return listed([f"{c.parameter or 'description'}: {c.text} ({', '.join(map(str, c.cites))})" for c in claims])


def rejected_text(remarks: Sequence[Violation]) -> str:
    """Return objections as a list, each with its sentence."""
    return listed([f"{v.objection}: {v.detail}" + (f" | {v.sentence}" if v.sentence else "") for v in remarks])


def shown_rewrite(rewrite: Rewrite) -> str:
    """Return a text as the model that wrote it is shown it again."""
    return json.dumps({"description": rewrite.description, "parameters": dict(rewrite.parameters)}, ensure_ascii=False)
