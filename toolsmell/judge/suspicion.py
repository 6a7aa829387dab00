"""Finds reasons why a verdict looks steered or invented. Such a verdict is kept and shown, but changes no score."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from toolsmell.escape import shown
from toolsmell.judge.address import speaks_to_evaluator
from toolsmell.judge.defects import parameters_of
from toolsmell.judge.quotation import Haystack, Quoted
from toolsmell.judge.subject import LONGEST_TEXT, Subject
from toolsmell.model import SMELL_BELOW, Component, Confidence, Finding, Frame, Score
from toolsmell.model.reading import StatementKind
from toolsmell.model.verdicts import Opinion, Suspicion
from toolsmell.reading.context import ToolContext
from toolsmell.safety.strings import Role, strings
from toolsmell.text import pattern

ABOVE: Final = 2
"""A verdict is suspect if it exceeds a sure scorecard by this many levels."""
UNLIKELY: Final = 0.05
"""The scorecard counts as sure if it gives such a level, or a higher one, at most this probability. Without
this, honest jurors lose 0.026 of mean kappa to the guard, with it 0.012 (`benchmarks/cascade.py`)."""
_ABOUT: Final = r"(?:descriptions?|documentation|text|entry|tool|server|components?|explanations?)"
_VALUE: Final = (
    r"(?:evaluat(?:or|ion|ing|ed|es?)s?|assess(?:or|ment|ing|ed)s?|judg(?:e|es|ing|ed|ment)|grad(?:er|ing|ed)"
    r"|reviewers?|auditors?|scor(?:e|es|ed|ing)|rat(?:e|es|ed|ing)s?|rubrics?|benchmarks?|level [3-5]|smells?|excellent"
    r"|exemplary|outstanding"
    r"|flawless|perfect(?:ly)?|exhaustive(?:ly)?|well[- ](?:documented|described|written|explained)|certified"
    r"|award\w*)"
)
_LEANING: Final = rf"(?i)\b{_ABOUT}\b[^.\n]{{0,80}}?\b{_VALUE}\b|\b{_VALUE}\b[^.\n]{{0,80}}?\b{_ABOUT}\b"
"""Words that could steer somebody who assesses the text. Honest texts have them as well."""
_MANY: Final = 3
"""Components above the scorecard that are a sign of steering by themselves: honest verdicts have two at most."""
_GOOD: Final = 4
_FEWEST_WORDS: Final = 25
"""All components at level 4 or more need at least as many different words; of scripts without spaces, two characters
count for a word."""
_UNSPACED: Final = "[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"


@dataclass(frozen=True, slots=True)
class KnownSigns:
    """Facts about a tool that are known before its verdict is read."""

    subject: Subject
    scores: Mapping[Component, Score]
    """The scores of the scorecard."""
    about_text: tuple[Suspicion, ...]
    """Reasons in the tool's text alone. They apply to every verdict on it."""
    parameters: frozenset[str]
    """Names that a model may use for its parameters."""
    leaning: bool
    """True if the text could steer somebody who assesses it: a weak sign, which alone makes no verdict suspect."""
    words: int
    """The approximate number of different words that describe the tool and its parameters."""


def gather(
    tool: ToolContext, subject: Subject, scores: Mapping[Component, Score], security: Iterable[Finding]
) -> KnownSigns:
    """Collect the facts about a tool; `security` are its findings of that family."""
    security = tuple(security)
    return KnownSigns(
        subject,
        scores,
        about_text(tool, security),
        parameters_of(tool),
        any(finding.family == "security" for finding in security) or leans(tool),
        _different_words(tool),
    )


def about_text(tool: ToolContext, security: Iterable[Finding]) -> tuple[Suspicion, ...]:
    """Return the reasons in the text of a tool that make any verdict on it suspect."""
    return (*_speaks_to_judge(tool), *_security(security))


def suspicions(opinions: Mapping[Component, Opinion], known: KnownSigns) -> tuple[Suspicion, ...]:
    """Return the reasons why a verdict is suspect; empty for a credible one."""
    found = [*known.about_text]
    haystack = Haystack(known.subject.strings)
    for component, opinion in opinions.items():
        found += _quotation(component, opinion, haystack)
    found += _too_good(opinions, known.words)
    # An honest verdict may exceed the scorecard too, which cannot read everything: that alone is no reason for doubt.
    above = [s for c, opinion in opinions.items() for s in _above(c, opinion, known.scores.get(c))]
    if found or known.leaning or len(above) >= _MANY or _all_good(opinions):
        found += above
    return tuple(found)


def _speaks_to_judge(tool: ToolContext) -> Iterator[Suspicion]:
    if words := speaks_to_evaluator(tool):
        yield Suspicion("addresses-evaluator", f"the text speaks to the assessor ('{shown(words)}')")


def _security(findings: Iterable[Finding]) -> Iterator[Suspicion]:
    for finding in findings:
        if finding.family == "security" and finding.confidence is Confidence.HIGH:
            yield Suspicion("security-finding", f"the tool has the finding {finding.id}")
            return


def leans(tool: ToolContext) -> bool:
    """Return True if a text of the tool praises, gives orders or speaks of assessing, without saying so outright."""
    told = " ".join(sent.text for sent in strings(tool.tool.raw) if sent.role is Role.PROSE)
    steers = any(StatementKind.STEERING in sentence.says for sentence in tool.reading.sentences)
    return steers or pattern(_LEANING).search(told[:LONGEST_TEXT]) is not None


def _quotation(component: Component, opinion: Opinion, haystack: Haystack) -> Iterator[Suspicion]:
    """Check that the quotation of each frame occurs in the text; the first fault is enough."""
    for frame, level in opinion.levels.items():
        match haystack.find(quoted := opinion.quotations[frame]):
            case Quoted.EMPTY if level >= SMELL_BELOW:
                yield Suspicion("no-quotation", "it quotes nothing for a level of 3 or more", component)
                return
            case Quoted.NO:
                yield Suspicion("false-quotation", f"it quotes what is not in the text ('{shown(quoted)}')", component)
                return


def _above(component: Component, opinion: Opinion, score: Score | None) -> Iterator[Suspicion]:
    if score is None:
        return
    own = {Frame.PROSE: score.prose, Frame.EFFECTIVE: score.value if Frame.EFFECTIVE in score.distribution else None}
    for frame, level in opinion.levels.items():
        # A model sees one tool and cannot know that siblings say the same, so the prose frame is compared.
        seen = {f: own[f] for f in (frame, Frame.PROSE)}
        known = {f: value for f, value in seen.items() if value is not None and f in score.distribution}
        if known and all(_exceeds(level, value, score.distribution[f]) for f, value in known.items()):
            reason = f"level {level} in {frame.value}, but the scorecard has {max(known.values())}"
            yield Suspicion("above-scorecard", reason, component)
            return


def _exceeds(level: int, value: int, distribution: Sequence[float]) -> bool:
    return level - value >= ABOVE and sum(distribution[level - 1 :]) < UNLIKELY


def _too_good(opinions: Mapping[Component, Opinion], words: int) -> Iterator[Suspicion]:
    if words < _FEWEST_WORDS and _all_good(opinions):
        yield Suspicion("too-good", f"level {_GOOD} or more in everything, for about {words} words")


def _all_good(opinions: Mapping[Component, Opinion]) -> bool:
    return all(min(o.levels.values()) >= _GOOD for o in opinions.values())


def _different_words(tool: ToolContext) -> int:
    """Count words by white space, because patterns do not know the letters of every script."""
    prose = (sent.text for sent in strings(tool.tool.raw) if sent.role is Role.PROSE)
    words = {word for text in prose for word in text.casefold().split()}
    return sum(max(1, len(pattern(_UNSPACED).findall(word)) // 2) for word in words)
