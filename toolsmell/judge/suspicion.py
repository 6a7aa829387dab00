"""Finds reasons why a verdict looks steered or invented. Such a verdict is kept and shown, but changes no score."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from toolsmell.escape import shown
from toolsmell.judge.address import speaks_to_evaluator
from toolsmell.judge.subject import Subject
from toolsmell.model import SMELL_BELOW, Component, Confidence, Finding, Frame, Score
from toolsmell.model.verdicts import Opinion, Suspicion
from toolsmell.reading.context import ToolContext
from toolsmell.safety.strings import Role, strings
from toolsmell.text import pattern

ABOVE: Final = 2
"""A verdict is suspect if it exceeds a sure scorecard by this many levels."""
UNLIKELY: Final = 0.05
"""The scorecard counts as sure if it gives such a level, or a higher one, at most this probability. Without
this, honest jurors lose 0.026 of mean kappa to the guard, with it 0.012 (`benchmarks/cascade.py`)."""
_GOOD: Final = 4
_FEWEST_WORDS: Final = 25
"""All components at level 4 or more need at least as many different words; of scripts without spaces, two characters
count for a word."""
_UNSPACED: Final = "[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
_SHORTEST: Final = 3
"""The least letters of a quotation."""


@dataclass(frozen=True, slots=True)
class KnownSigns:
    """Facts about a tool that are known before its verdict is read."""

    subject: Subject
    scores: Mapping[Component, Score]
    """The scores of the scorecard."""
    about_text: tuple[Suspicion, ...]
    """Reasons in the tool's text alone. They apply to every verdict on it."""
    words: int
    """The approximate number of different words that describe the tool and its parameters."""


def gather(
    tool: ToolContext, subject: Subject, scores: Mapping[Component, Score], security: Iterable[Finding]
) -> KnownSigns:
    """Collect the facts about a tool; `security` are its findings of that family."""
    return KnownSigns(subject, scores, about_text(tool, security), _different_words(tool))


def about_text(tool: ToolContext, security: Iterable[Finding]) -> tuple[Suspicion, ...]:
    """Return the reasons in the text of a tool that make any verdict on it suspect."""
    return (*_speaks_to_judge(tool), *_security(security))


def suspicions(opinions: Mapping[Component, Opinion], known: KnownSigns) -> tuple[Suspicion, ...]:
    """Return the reasons why a verdict is suspect; empty for a credible one."""
    found = [*known.about_text]
    haystack = _letters("\n".join(known.subject.strings))
    for component, opinion in opinions.items():
        found += _quotation(component, opinion, haystack)
        found += _above(component, opinion, known.scores.get(component))
    return (*found, *_too_good(opinions, known.words))


def _speaks_to_judge(tool: ToolContext) -> Iterator[Suspicion]:
    if words := speaks_to_evaluator(tool):
        yield Suspicion("addresses-evaluator", f"the text speaks to the assessor ('{shown(words)}')")


def _security(findings: Iterable[Finding]) -> Iterator[Suspicion]:
    for finding in findings:
        if finding.family == "security" and finding.confidence is Confidence.HIGH:
            yield Suspicion("security-finding", f"the tool has the finding {finding.id}")
            return


def _quotation(component: Component, opinion: Opinion, haystack: str) -> Iterator[Suspicion]:
    """Check that a quotation occurs in the text: its letters and digits in order, piece by piece if it has gaps."""
    pieces = [_letters(piece) for piece in pattern(r"\.\.\.|…|\[\.\.\.\]").split(opinion.evidence)]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        if max(opinion.levels.values()) >= SMELL_BELOW:
            yield Suspicion("no-quotation", "it quotes nothing for a level of 3 or more", component)
        return
    at = 0
    for piece in pieces:
        at = haystack.find(piece, at)
        if at < 0 or len(piece) < _SHORTEST:
            quoted = f"it quotes what is not in the text ('{shown(opinion.evidence)}')"
            yield Suspicion("false-quotation", quoted, component)
            return
        at += len(piece)


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
    if words < _FEWEST_WORDS and all(min(o.levels.values()) >= _GOOD for o in opinions.values()):
        yield Suspicion("too-good", f"level {_GOOD} or more in everything, for about {words} words")


def _different_words(tool: ToolContext) -> int:
    """Count words by white space, because patterns do not know the letters of every script."""
    prose = (sent.text for sent in strings(tool.tool.raw) if sent.role is Role.PROSE)
    words = {word for text in prose for word in text.casefold().split()}
    return sum(max(1, len(pattern(_UNSPACED).findall(word)) // 2) for word in words)


def _letters(text: str) -> str:
    """Return the letters and digits of `text`: models change white space, quotes and case when they copy."""
    unescaped = pattern(r"\\(?:[nrt]|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|U[0-9a-fA-F]{8})").sub(" ", text)
    return "".join(c for c in unescaped.casefold() if c.isalnum())
