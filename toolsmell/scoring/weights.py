"""The values of a rubric: components with their words, and how signals are weighed."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from toolsmell.model import Component, Json
from toolsmell.model.reading import StatementKind
from toolsmell.scoring.signals.effective import Measure as EffectiveMeasure
from toolsmell.scoring.signals.frame_reading import Measure, SignalKind

LEVELS: Final = (1, 2, 3, 4, 5)

CutPoints: TypeAlias = tuple[float, float, float, float]
"""The lower ends of levels 2, 3, 4 and 5, in log-odds above a typical tool."""


class Block(NamedTuple):
    """The weights of one component in one frame. Signals without weight are left out."""

    cut_points: CutPoints
    names: tuple[str, ...]
    """The names of its signals in reports."""
    terms: tuple[tuple[int, float, float], ...]
    """For each, its position among the measures of the rubric in this frame, the log-odds of a higher level if the
    signal is fully there, and its contribution for a typical tool."""

    def effects(self, measures: Sequence[float]) -> list[float]:
        """Return the effect of each signal on the log-odds above a typical tool, given all measures of the frame."""
        return [weight * measures[place] - typical for place, weight, typical in self.terms]


class Band(NamedTuple):
    """The probabilities of a smell, from `low` to `high`, at which the scorecard is unsure."""

    low: float
    high: float

    def holds(self, probability: float) -> bool:
        return self.low <= probability <= self.high


class ComponentRubric(NamedTuple):
    """One component: the meaning of its levels, and how it is scored."""

    component: Component
    question: str
    smell: str
    """The id of the smell for a level under 3."""
    title: str
    levels: Mapping[int, str]
    prose: Block
    effective: Block | None
    """How it is scored in the effective frame; None if by the signals of prose, over the sentences that count."""
    candidates: Mapping[str, SignalKind]
    """By name, the signals of prose that a calibration may weigh: also those that have no weight."""
    weight: float
    """Its weight in the overall score."""
    needs_parameters: bool
    """Whether it is scored in the effective frame only if the tool has parameters."""
    unsure: Band
    """Probabilities at which a model is asked as well: all of them if the certainty was not measured."""


class Writing(NamedTuple):
    """The assignment of a rewrite's sentences to components."""

    order: tuple[Component, ...]
    """The order in which new sentences are written."""
    parameters: Component
    """The component of sentences about parameters."""
    rest: Component
    """The component of sentences that their writer did not assign."""


class ServerRollUp(NamedTuple):
    """The weights for the score of a server."""

    mean: float
    """The share of the mean of its tools' levels."""
    lowest: float
    """The share of the lowest."""
    scored: float
    """The share of the tools that must have a score."""
    coherence: float
    """The weight of coherence in the overall score."""
    aspects: tuple[str, ...]
    """Ids of `coherence.ASPECTS`, which count alike."""
    grades: tuple[tuple[float, str], ...]
    """The lowest level of each letter, the best first."""


class Moving(NamedTuple):
    """A signal of the effective frame that one more statement can change."""

    place: int
    """Its position among the measures of the rubric."""
    measure: EffectiveMeasure
    weights: tuple[tuple[Component, float], ...]
    """Its weight in each component that has one."""


class Rubric(NamedTuple):
    """A validated rubric file."""

    id: str
    title: str
    fingerprint: str
    """The first 16 hex digits of the SHA-256 of its content: scores are comparable at equal fingerprints only."""
    calibration: Mapping[str, Json] | None
    """The labels it was fitted to, or None where the weights were set by hand."""
    components: Mapping[Component, ComponentRubric]
    measures: tuple[tuple[Measure, int], ...]
    """Every signal that a component weighs in prose, once: its measure, and the cues that it needs."""
    of_schema: tuple[tuple[int, Measure, int], ...]
    """Those that look at the schema too, each with its place."""
    effective: tuple[EffectiveMeasure, ...]
    """Every signal that a component weighs in the effective frame, once."""
    moved_always: tuple[Moving, ...]
    """Those that one more statement changes by the same amount, whatever its kind."""
    moving: Mapping[StatementKind | None, tuple[Moving, ...]]
    """Those that only statements of some kinds can change, by kind; None is the explanation of a parameter."""
    leans_on_prose: bool
    """Whether a component has no signals of the effective frame."""
    fewest: int
    """An overall score needs this many scored components."""
    server: ServerRollUp | None
    """How servers are scored; None if they are not."""
    writing: Writing
    prompts: str | None
    """The folder with its own prompts; None if models are asked with those that toolsmell ships."""
