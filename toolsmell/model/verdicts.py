"""Verdicts of models about a tool, as reports keep them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from toolsmell.model.basics import Component, Frame, Pointer

SEVERAL = 2
"""Doubted components that spoil a verdict: an honest disagreement is about one, steering is about all."""


class Standing(StrEnum):
    """The outcome of the verdicts on a tool."""

    USED = "used"
    """They stand in the scores."""
    SUSPECT = "suspect"
    """They look steered: kept and shown, and not used."""
    UNSCORED = "unscored"
    """No model gave one that could be read."""
    SPARED = "spared"
    """No model was asked: the scorecard is sure."""


class DefectKind(StrEnum):
    """The kinds of defects that a judge may report: things that would mislead an agent."""

    CONTRADICTION = "contradiction"
    MISSING_EFFECT = "missing-effect"
    MISSING_PREREQUISITE = "missing-prerequisite"
    MISSING_RESULT = "missing-result"
    UNCLEAR_CHOICE = "unclear-choice"
    MISLEADING_NAME = "misleading-name"
    UNKNOWN_ORIGIN = "unknown-origin"
    UNCLEAR_VALUE = "unclear-value"
    COERCION = "coercion"


class Defect(NamedTuple):
    """Something in a tool that would mislead an agent, as a model reports it."""

    kind: DefectKind
    parameter: str
    """The path of the parameter that it is about; empty for the tool as a whole."""
    quotation: str
    """Words of the input that show it."""
    problem: str
    """What an agent would get wrong."""
    certain: bool = True
    """Whether the model is sure that the input shows it. Others do not count as votes."""


class AgreedDefect(NamedTuple):
    """A defect that enough of the verdicts on a tool report."""

    defect: Defect
    pointer: Pointer
    votes: int
    verdicts: int
    """Verdicts that could have reported it."""


class Opinion(NamedTuple):
    """The part of a verdict about one component."""

    levels: Mapping[Frame, int]
    """1-5, in each frame that was asked for."""
    quotations: Mapping[Frame, str]
    """By frame: the words of the tool's text that decide the level. Empty if the model found nothing to quote."""
    improvement: str | None
    """What to add if the level in the frame of the run is low."""


class Suspicion(NamedTuple):
    """Why a verdict looks steered, or made up."""

    id: str
    reason: str
    component: Component | None = None
    """None is the verdict as a whole."""


class Verdict(NamedTuple):
    """One answer of one model about one tool."""

    model: str
    prompt: str
    """Fingerprint of the prompt: verdicts are comparable at equal fingerprints only."""
    sample: int
    """Counts from 0 if a model was asked several times."""
    raw: str
    """The reply as it came, cut at a hundred thousand characters."""
    opinions: Mapping[Component, Opinion]
    """None if the component is unscored; `unscored` says why."""
    suspicions: tuple[Suspicion, ...] = ()
    unscored: str | None = None
    cached: bool = False
    """It was read from a cache or a recording, and cost nothing in this run."""
    defects: tuple[Defect, ...] = ()
    dropped: int = 0
    """Reported defects that are not used: the quotation is not in the input, or the tool lacks the parameter."""

    @property
    def doubted(self) -> frozenset[Component]:
        """Components whose level alone looks steered or made up."""
        return frozenset(s.component for s in self.suspicions if s.component)

    @property
    def usable(self) -> bool:
        """Whether it may stand in scores, its doubted component aside; two of those spoil the whole."""
        whole = any(s.component is None for s in self.suspicions)
        return self.unscored is None and not whole and len(self.doubted) < SEVERAL

    def trusted(self, component: Component) -> bool:
        return self.usable and component not in self.doubted


class Judgement(NamedTuple):
    """All that was said about one tool, and what was made of it."""

    standing: Standing
    reason: str | None = None
    """Why the verdicts are not used."""
    verdicts: tuple[Verdict, ...] = ()
    disputed: tuple[Component, ...] = ()
    """Components on which the verdicts that were used differ by two levels or more."""
    earlier: tuple[Verdict, ...] = ()
    """What smaller models said before a larger one was asked, whose word counts alone."""


class ModelUsage(NamedTuple):
    """Calls, tokens and cost of one model."""

    model: str
    calls: int
    cached: int
    """Answers that came from a cache or a recording."""
    input_tokens: int
    cached_tokens: int
    """Input tokens that the provider read from its cache."""
    output_tokens: int
    unmetered: int
    """Calls whose server did not say what they consumed."""
    cost: float | None
    """US dollars, or None if a price is not known."""
    prefill_equivalents: float
    """Work of the model's servers, in units of reading one token (arXiv 2604.05404)."""


def total(usages: tuple[ModelUsage, ...]) -> ModelUsage:
    """Add up what several models have taken."""
    costs = [usage.cost for usage in usages]
    known = [cost for cost in costs if cost is not None]
    return ModelUsage(
        model="",
        calls=sum(u.calls for u in usages),
        cached=sum(u.cached for u in usages),
        input_tokens=sum(u.input_tokens for u in usages),
        cached_tokens=sum(u.cached_tokens for u in usages),
        output_tokens=sum(u.output_tokens for u in usages),
        unmetered=sum(u.unmetered for u in usages),
        cost=sum(known) if len(known) == len(costs) else None,
        prefill_equivalents=sum(u.prefill_equivalents for u in usages),
    )
