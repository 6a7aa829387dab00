"""Judges the tools of a server: chooses the questions, and puts the answers into the report."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from toolsmell.escape import shown
from toolsmell.judge import cascade
from toolsmell.judge.cascade import Bands
from toolsmell.judge.defects import agreed
from toolsmell.judge.jury import deliberate, improvement, settled
from toolsmell.judge.panel import JudgedTool, Juror, Panel
from toolsmell.judge.subject import Subjects
from toolsmell.judge.suspicion import gather
from toolsmell.model import Component, Finding, FindingKind, Frame, Score, ServerReport, ToolReport
from toolsmell.model.verdicts import Judgement, Standing
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules import RULES
from toolsmell.rules.engine import RuleSet, check_defects, check_server
from toolsmell.scoring import score as scorecard
from toolsmell.scoring.percentile import percentile
from toolsmell.scoring.weights import Rubric

_SECURITY = RuleSet(tuple(rule for rule in RULES if rule.family == "security"))
_MOST_NAMED = 5


def frames_of(frame: Frame) -> tuple[Frame, ...]:
    """Return the frames that models are asked for: every report has scores in prose."""
    return (Frame.PROSE,) if frame is Frame.PROSE else (Frame.PROSE, Frame.EFFECTIVE)


@dataclass(frozen=True, kw_only=True)
class JudgeScope:
    """The rubric, frame and tools of a judgement."""

    rubric: Rubric
    frame: Frame
    smells: Callable[[Mapping[Component, Score], str | None, str | None], Iterable[Finding]]
    """The findings for the scores of a tool, given its name and the statement that would help most."""
    rules: RuleSet
    """The rules of the run; those of family `judge` report what the models found."""
    everything: bool = False
    """True to ask about every tool, even if the scorecard is sure."""

    @property
    def bands(self) -> Bands:
        return cascade.bands_of(self.rubric)

    @property
    def frames(self) -> tuple[Frame, ...]:
        return frames_of(self.frame)


@dataclass(frozen=True)
class Judge:
    """Judges servers while they are scanned. It keeps no state about them."""

    panel: Panel
    scope: JudgeScope
    jurors: Sequence[Juror]
    larger: Sequence[Juror] = field(default=())
    """Models that are asked if the jurors leave doubt. Only their verdicts count then."""

    def __call__(self, server: ServerContext, report: ServerReport) -> ServerReport:
        """Return the report with judgements, and with the scores and smells that result from them."""
        found = self._judgements(self.cases(server, report), {tool.index: tool.scores for tool in report.tools})
        spared = {t.tool.index: Judgement(Standing.SPARED) for t in server.tools if _judgeable(t)}
        judgements = spared | found
        tools = [self._judged(tool, judgements.get(tool.index), server.by_index[tool.index]) for tool in report.tools]
        return report._replace(tools=tuple(tools), notes=(*report.notes, *_notes(tools)))

    def cases(self, server: ServerContext, report: ServerReport) -> list[JudgedTool]:
        """Return the tools that the jurors are asked about."""
        security = check_server(server, _SECURITY)
        subjects = Subjects(server, self.scope.frames)
        contexts = {tool.tool.index: tool for tool in server.tools}
        found = []
        for tool in report.tools:
            context = contexts[tool.index]
            if _judgeable(context) and (self.scope.everything or cascade.unsure(tool.scores, self.scope.bands)):
                findings = security.tools[tool.index]
                found.append(JudgedTool(tool.index, gather(context, subjects.of(context), tool.scores, findings)))
        return found

    def _judgements(
        self, cases: Sequence[JudgedTool], scores: Mapping[int, Mapping[Component, Score]]
    ) -> dict[int, Judgement]:
        frame = self.scope.frame
        found = {i: deliberate(v, frame) for i, v in self.panel.verdicts(self.jurors, cases).items()}
        if not self.larger:
            return found
        doubtful = [
            case for case in cases if cascade.escalates(found[case.index], scores[case.index], frame, self.scope.bands)
        ]
        for index, verdicts in self.panel.verdicts(self.larger, doubtful).items():
            second = deliberate(verdicts, frame)
            if second.standing is not Standing.UNSCORED or found[index].standing is Standing.UNSCORED:
                found[index] = second._replace(earlier=found[index].verdicts)
        return found

    def _judged(self, tool: ToolReport, judgement: Judgement | None, context: ToolContext) -> ToolReport:
        if judgement is None or judgement.standing is not Standing.USED:
            return tool._replace(judge=judgement)
        scores = {c: self._scored(score, judgement) for c, score in tool.scores.items()}
        others = [finding for finding in tool.findings if finding.kind is not FindingKind.SMELL]
        next_ = _improvement(scores, judgement, self.scope.frame) or next(
            (found.help for found in tool.findings if found.kind is FindingKind.SMELL), None
        )
        overall = scorecard.overall(scores, self.scope.frame, self.scope.rubric)
        return tool._replace(
            judge=judgement,
            scores=scores,
            overall=overall,
            percentile=percentile(overall, self.scope.frame, self.scope.rubric),
            overall_prose=scorecard.overall(scores, Frame.PROSE, self.scope.rubric),
            findings=(*others, *self._defects(judgement, context), *self.scope.smells(scores, tool.name, next_)),
        )

    def _defects(self, judgement: Judgement, tool: ToolContext) -> list[Finding]:
        found = agreed(judgement.verdicts, tool)
        return check_defects(found, self.scope.rules, tool.tool.name)

    def _scored(self, score: Score, judgement: Judgement) -> Score:
        """Replace the scorecard's level by the jury's. The probabilities remain those of the scorecard."""
        prose = settled(judgement, score, Frame.PROSE)
        value = settled(judgement, score, self.scope.frame)
        if prose is None or value is None:
            return score
        both = prose.with_scorecard or value.with_scorecard
        # A tool without parameters has no score for them in the effective frame, whatever a model says.
        without = score.value is None and bool(score.distribution)
        return score._replace(
            value=None if without else value.level,
            prose=prose.level,
            smell_probability=None,
            calibrated=False,
            origin="both" if both else "judge",
            reason=score.reason if without else None,
        )


def _improvement(scores: Mapping[Component, Score], judgement: Judgement, frame: Frame) -> str | None:
    """Return the models' advice for the lowest of the components that they scored, or None."""
    judged = [(score.value, c) for c, score in scores.items() if score.smelly and score.origin != "scorecard"]
    low = sorted(judged, key=itemgetter(0))
    return next((shown(advice, 200) for _, c in low if (advice := improvement(judgement, c, frame))), None)


def _judgeable(tool: ToolContext) -> bool:
    """Return True if there is a text to judge, in any script."""
    raw = tool.tool.raw
    if not isinstance(raw, dict) or not tool.tool.known("description"):
        return False
    return raw.get("description") is None or tool.tool.description is not None


def _set_aside(tools: Sequence[ToolReport]) -> Iterator[str]:
    """Return a note about the single levels that are not used although their verdict is."""
    doubted = [
        (tool, suspicion)
        for tool in tools
        if tool.judge and tool.judge.standing is Standing.USED
        for verdict in tool.judge.verdicts
        if verdict.usable
        for suspicion in verdict.suspicions
    ]
    for tool, suspicion in doubted[:_MOST_NAMED]:
        name = f"'{shown(tool.name or f'#{tool.index}')}'"
        yield f"the judge's level of {suspicion.component} for {name} is not used: {shown(suspicion.reason, 200)}"
    if len(doubted) > _MOST_NAMED:
        yield f"{len(doubted) - _MOST_NAMED} more levels of the judge are not used: the JSON report says why"


def _notes(tools: Sequence[ToolReport]) -> Iterator[str]:
    """Return notes about the tools whose verdict is missing or not used."""
    words = {
        Standing.SUSPECT: "the verdict on {} looks steered and is not used",
        Standing.UNSCORED: "the judge gave no verdict on {}",
    }
    yield from _set_aside(tools)
    for standing, text in words.items():
        found = [tool for tool in tools if tool.judge and tool.judge.standing is standing]
        for tool in found[:_MOST_NAMED]:
            name = f"'{shown(tool.name or f'#{tool.index}')}'"
            yield f"{text.format(name)}: {shown((tool.judge and tool.judge.reason) or '', 200)}"
        if len(found) > _MOST_NAMED:
            yield f"{text.format(f'{len(found) - _MOST_NAMED} more tools')}: the JSON report says why"
