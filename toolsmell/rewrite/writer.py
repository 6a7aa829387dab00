"""Drafts texts with a model: explore, analyse, write, check, and repeat with the objections (DRAFT's loop).

The model proposes; the schema, the policy and the check decide. Exploration and writing alternate while the server
runs: after some calls the text is drafted anew, and what it does not know yet directs the next calls.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from toolsmell.calling.diversity import ALIKE, Similar, likeness
from toolsmell.calling.outcomes import Left, Observation, Trial
from toolsmell.calling.seeds import Seeds
from toolsmell.evidence.check_verdicts import Checked
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Rewrite
from toolsmell.evidence.shown import evidence_text
from toolsmell.models.client import ChatReply, ModelError, fingerprint
from toolsmell.models.prompts import Prompt, templates
from toolsmell.reading.context import ToolContext
from toolsmell.rewrite import distinguish, drafting
from toolsmell.rewrite.answers import (
    CALL,
    ProposedCall,
    analysis_in,
    analysis_schema,
    call_in,
    texts_schema,
    written_in,
)
from toolsmell.rewrite.asker import Asker, RejectedError
from toolsmell.rewrite.brief import brief_of
from toolsmell.rewrite.check.checker import check
from toolsmell.rewrite.check.question import Checker
from toolsmell.rewrite.draft import Draft
from toolsmell.rewrite.drafting import Progress
from toolsmell.rewrite.measure import Bench
from toolsmell.rewrite.stop import settled
from toolsmell.scoring.weights import Rubric, Writing

ROUNDS: Final = 5
TRIES: Final = 3
"""Calls that a model may propose before the exploration of a tool ends."""
_CALLS_A_ROUND: Final = 3
"""Calls of a tool before its text is drafted again."""

EvidenceOf = Callable[[ToolContext, Sequence[Observation]], ToolEvidence]


class _Questions(NamedTuple):
    """The questions about texts, for one rubric."""

    analyse: Prompt
    rewrite: Prompt
    writing: Writing


def _questions(rubric: Rubric) -> _Questions:
    writing, named = rubric.writing, {"components": ", ".join(rubric.components)}
    return _Questions(
        Prompt(templates("analyse"), named, analysis_schema(writing)),
        Prompt(templates("rewrite"), {**named, "rubric": drafting.rubric_text(rubric)}, texts_schema(writing)),
        writing,
    )


class ModelWriter:
    """Asks one model about the tools of a server."""

    def __init__(
        self,
        asker: Asker,
        checker: Checker,
        *,
        similar: Similar = likeness,
        left: Callable[[], str] = str,
        budget: int | None = None,
        best_of: int = 1,
        cases: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """`similar` tells how like two calls are, `left` what is left of the model's own budget, in words.

        `best_of` texts are asked for in each round, and the best verified one is kept. `cases` are requests of users by
        the tool that answers them.
        """
        self.asker: Final = asker
        self._checker: Final = checker
        self._similar: Final = similar
        self._left: Final = left
        self._budget: Final = budget
        self._best_of: Final = best_of
        self._seeds = Seeds()
        self._cases: Final = cases or {}
        self._progress: Final[dict[int, Progress]] = {}
        self._explore: Final = Prompt(templates("explore"), {}, CALL)
        self._questions: _Questions | None = None
        self._bench: Bench | None = None
        self._evidence_of: EvidenceOf | None = None

    def begin(self, bench: Bench, evidence_of: EvidenceOf, seeds: Seeds | None = None) -> None:
        """Prepare for the tools of one server: drafts start anew. `seeds` are what the user gives the exploration."""
        self._bench, self._evidence_of, self._seeds = bench, evidence_of, seeds or Seeds()
        self._progress.clear()

    @property
    def checker(self) -> Checker:
        """The model that checks sentences."""
        return self._checker

    def distinguish(self, found: list[distinguish.AlikePair]) -> tuple[distinguish.Distinction, ...]:
        """Return sentences that tell the tools of each pair apart."""
        return () if self.stopped else distinguish.asked(found, self.asker)

    @property
    def stopped(self) -> str | None:
        """Why the model is no longer asked: a budget is spent, or it failed."""
        return self.asker.stopped or self.checker.asker.stopped

    @property
    def unusable(self) -> int:
        """Answers without the requested form, of the writer and of the checker."""
        return self.asker.unusable + (0 if self.checker.asker is self.asker else self.checker.asker.unusable)

    @property
    def answered(self) -> int:
        """Questions that were answered."""
        return self.asker.answered + (0 if self.checker.asker is self.asker else self.checker.asker.answered)

    @property
    def failed(self) -> bool:
        """Whether a model gave no usable answer though it might be asked."""
        return self.asker.failed or self.checker.asker.failed

    def trial(self, tool: ToolContext, observations: Sequence[Observation], left: Left) -> Trial | None:
        """Return one more call of `tool`, or None if nothing is left to learn. `observations` are all of the server."""
        if self._bench is None or self._evidence_of is None:
            return None
        evidence = self._evidence_of(tool, observations)
        progress = self._of(tool)
        own = [o for o in observations if o.trial.tool == tool.tool.name]
        if len(own) - progress.drafted_at >= _CALLS_A_ROUND and progress.rounds < ROUNDS:
            progress.drafted_at = len(own)
            self._round(evidence, self._bench, progress)
        before = self._asked_here()
        call = self._next_call(evidence, progress, own, left)
        progress.questions += self._asked_here() - before
        if call is None:
            return None
        progress.direction = call.direction
        return call.trial

    def draft(self, evidence: ToolEvidence, bench: Bench) -> Draft:
        """Return the best verified text. Rounds end if nothing new is learned and nothing is left to repair."""
        progress = self._of(evidence.tool)
        while progress.rounds < ROUNDS and not self.stopped and not progress.settled:
            self._round(evidence, bench, progress)
        return drafting.result(progress)

    def _of(self, tool: ToolContext) -> Progress:
        return self._progress.setdefault(tool.tool.index, Progress())

    def _round(self, evidence: ToolEvidence, bench: Bench, progress: Progress) -> None:
        """Analyse, write and check once."""
        before = self._asked_here()
        progress.rounds += 1
        shown, stand = evidence_text(evidence), self._stand(evidence, bench)
        if progress.is_news(evidence):
            self._analysed(evidence, bench, progress, shown, stand)
        drafts = [r for r in (self._written(bench, progress, shown, stand, n) for n in range(self._best_of)) if r]
        checked = [(rewrite, check(evidence, rewrite, self.checker)) for rewrite in drafts]
        if checked:
            rewrite, verdicts = max(checked, key=lambda one: drafting.merit(one[1]))
            self._take(evidence, bench, progress, rewrite, verdicts)
        progress.questions += self._asked_here() - before

    def _asked_here(self) -> int:
        """Return how many questions this thread has asked."""
        checks = 0 if self.checker.asker is self.asker else self.checker.asker.questions_here
        return self.asker.questions_here + checks

    def _stand(self, evidence: ToolEvidence, bench: Bench) -> str:
        brief = brief_of(evidence, bench, budget=self._budget)
        return drafting.stand(brief, self._cases.get(evidence.tool.tool.name or "", ()), self._seeds.goal)

    def _next_call(
        self, evidence: ToolEvidence, progress: Progress, own: Sequence[Observation], left: Left
    ) -> ProposedCall | None:
        words = ", ".join(w for w in (str(left), self._left()) if w)
        parts = {
            "evidence": evidence_text(evidence),
            "draft": progress.text(evidence.tool),
            "unknown": drafting.listed(progress.unknown or self._missing(evidence)),
            "direction": progress.direction or "nothing yet",
            "given": self._seeds.shown,
            "goal": self._seeds.goal,
        }
        # The rest of the budget changes with the clock, so it does not identify the question.
        request = self._explore.request(self.asker.name, fingerprint([parts, left.of_tool]), left=words, **parts)
        return self.asker.ask(self._explore, request, lambda r: self._new_call(r, evidence.tool, own), TRIES)

    def _missing(self, evidence: ToolEvidence) -> Sequence[str]:
        """Return the gaps of the original that calls may fill, for the time before the first analysis."""
        return drafting.shown_by_calls(brief_of(evidence, self._bench)) if self._bench else ()

    def _new_call(self, reply: ChatReply, tool: ToolContext, own: Sequence[Observation]) -> ProposedCall:
        call = call_in(reply, tool)
        made = [o.trial for o in own]
        if any(m.arguments == call.trial.arguments or self._alike(m, call.trial) for m in made):
            raise RejectedError("it is too similar to an earlier call")
        return call

    def _alike(self, one: Trial, other: Trial) -> bool:
        return self._similar(drafting.call_text(one), drafting.call_text(other)) >= ALIKE

    def _about(self, rubric: Rubric) -> "_Questions":
        """Return the questions about texts, which name the components of the rubric."""
        self._questions = self._questions or _questions(rubric)
        return self._questions

    def _analysed(self, evidence: ToolEvidence, bench: Bench, progress: Progress, shown: str, stand: str) -> None:
        asked = self._about(bench.yardstick.rubric)
        parts = {"evidence": shown, "draft": progress.text(evidence.tool), "stand": stand}
        request = asked.analyse.request(self.asker.name, fingerprint([parts]), **parts)
        if not progress.asks(request):
            return
        found = self.asker.ask(asked.analyse, request, lambda reply: analysis_in(reply, asked.writing), TRIES)
        if found is not None:
            progress.learn(found)

    def _written(self, bench: Bench, progress: Progress, shown: str, stand: str, sample: int) -> Rewrite | None:
        """Ask for a text; `sample` is its number if several are asked for."""
        asked = self._about(bench.yardstick.rubric)
        parts = {
            "evidence": shown,
            "stand": stand,
            "claims": drafting.claims_text(progress.claims),
            "last": progress.last,
            "rejected": drafting.rejected_text(progress.remarks),
        }
        request = asked.rewrite.request(self.asker.name, fingerprint([parts]), **parts)
        request = replace(request, sample=sample, seed=sample) if sample else request
        if not progress.asks(request):
            progress.settled = True
            return None
        found = self.asker.ask(asked.rewrite, request, lambda reply: written_in(reply, asked.writing), TRIES)
        if found is None:
            progress.settled = True
            return None
        progress.direction = found.direction or progress.direction
        return found.rewrite

    def _take(
        self, evidence: ToolEvidence, bench: Bench, progress: Progress, rewrite: Rewrite, checked: Checked
    ) -> None:
        """Keep the verified sentences of a text, and remember the objections to the others."""
        unknown = drafting.unknown_parameters(evidence.tool, rewrite)
        kept, verdicts = drafting.pruned(evidence, rewrite, checked, bench.yardstick.rubric.writing)
        objections = tuple(bench.objections(evidence.tool, bench.tried(evidence.tool, kept)))
        known, progress.remarks = progress.remarks, (*unknown, *checked.violations, *objections)
        progress.rejected += [v for v in progress.remarks if v not in progress.rejected]
        before = progress.best.description if progress.best else None
        sound = not verdicts.lost and not objections
        if sound and drafting.differs(evidence.tool, kept):
            progress.best, progress.checked = kept, verdicts
        progress.last = drafting.shown_rewrite(rewrite)
        same = progress.remarks == known or (before is not None and self._is_settled(before, kept.description))
        progress.settled = not progress.remarks or same

    def _is_settled(self, before: str, after: str) -> bool:
        try:
            return settled(before, after, self._similar)
        except ModelError as error:  # an embedding model says how like they are
            self.asker.stop(error)
            return True
