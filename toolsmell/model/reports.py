"""Findings, scores and reports."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from toolsmell.model.basics import (
    SMELL_BELOW,
    Component,
    Confidence,
    Evidence,
    FindingKind,
    Frame,
    How,
    Location,
    Pointer,
    Provenance,
    Severity,
    Status,
)
from toolsmell.model.reading import UNREAD, ToolReading

if TYPE_CHECKING:
    from toolsmell.model.changes import BaseChanges
    from toolsmell.model.verdicts import Judgement, ModelUsage


class JsonText(str):
    """The text of a JSON value that is no string, such as `20` or `["asc", "desc"]`, for `Edit.text`."""

    __slots__ = ()


class Edit(NamedTuple):
    """Replace the value at `pointer` of a tool by the string `text`, or add it; a `JsonText` is added as it is."""

    pointer: Pointer
    text: str
    tool: int | None = None
    """Index of another tool than that of the finding; None means the tool of the finding."""


class Fix(NamedTuple):
    """A mechanical cure for a finding."""

    safe: bool
    """Whether it can be applied without a person reading it."""
    description: str
    edits: tuple[Edit, ...]


class Suppression(NamedTuple):
    by: str
    reason: str | None


OLD = Suppression("baseline", None)
"""The suppression of a finding that is in the baseline."""


class Member(NamedTuple):
    """One place of a finding that several tools share."""

    index: int  # type: ignore[assignment]  # a field may be called as a method of tuples is
    """Position of the tool in its server."""
    name: str | None
    """Name of the tool."""
    pointer: Pointer
    """Into the tool."""


class Related(NamedTuple):
    """Another place that a finding is about."""

    location: Location
    message: str


class Finding(NamedTuple):
    """One thing that is wrong, where, and how sure that is."""

    id: str
    kind: FindingKind
    family: str
    severity: Severity
    confidence: Confidence
    message: str
    pointer: Pointer = ""
    """A JSON pointer into the tool, or into the manifest if the finding is not about one tool."""
    excerpt: str = ""
    """The text that the finding is about; part of the fingerprint."""
    component: Component | None = None
    location: Location | None = None
    fix: Fix | None = None
    suppressed: Suppression | None = None
    fingerprint: str | None = None
    """The value in a stored report; None means that `toolsmell.project.fingerprint` computes it."""
    help: str = ""
    """One line that says what to change, with the names and values of this finding."""
    evidence: Evidence = Evidence.NONE
    """Why the finding has its severity."""
    members: tuple[Member, ...] = ()
    """All places of a finding that several tools share; empty for a finding about one place."""
    smells: tuple[str, ...] = ()
    """Ids of the smells that a `smelly-description` finding summarises; `help` is the statement to add."""
    related: tuple[Related, ...] = ()
    """Other places that it is about, such as the lines of code that contradict a text."""

    def placed(self, location: Location | None) -> "Finding":
        """Return the finding at a location: what `_replace` does, without its detour over a dictionary."""
        return Finding._make((*self[:_LOCATION], location, *self[_LOCATION + 1 :]))


_LOCATION: Final = Finding._fields.index("location")


class Score(NamedTuple):
    """One component of one tool."""

    component: Component
    value: int | None
    """Level 1-5 in the frame of the run; None is unscored, and `reason` says why."""
    prose: int | None
    smell_probability: float | None
    """Probability of a level under 3, in the frame of the run."""
    distribution: Mapping[Frame, tuple[float, ...]]
    """Probability of each level 1-5, by frame. A frame is missing if it is unscored."""
    calibrated: bool
    """Whether the probabilities were fitted to labels of this frame."""
    origin: str
    """`scorecard`, `judge` or `both`."""
    reason: str | None = None
    signals: Mapping[str, float] = {}
    """By id, what each signal that the rubric weighs did: log-odds against a typical tool."""

    @property
    def smelly(self) -> bool:
        """Whether the level in the frame of the run is a smell."""
        return self.value is not None and self.value < SMELL_BELOW

    def expected(self, frame: Frame) -> float | None:
        """Return the expected level, 1.0 to 5.0, in `frame`, the level itself if a model gave it, None if unscored."""
        level = self.prose if frame is Frame.PROSE else self.value
        shares = self.distribution.get(frame)
        if level is None or shares is None or self.origin != "scorecard":
            return level
        one, two, three, four, five = shares
        return one + 2 * two + 3 * three + 4 * four + 5 * five


class Tokens(NamedTuple):
    """Tokens of one tool in a request."""

    total: int
    """Tokens of the compact JSON of name, description and inputSchema."""
    description: int
    exact: bool
    encoding: str


class ToolReport(NamedTuple):
    index: int  # type: ignore[assignment]  # a field may be called as a method of tuples is
    name: str | None
    tokens: Tokens
    scores: Mapping[Component, Score]
    overall: float | None
    """25 x (mean of the scored components - 1), one decimal, 0-100; the rubric weighs the components, and says how many
    there must be for it not to be None."""
    overall_prose: float | None
    findings: tuple[Finding, ...]
    judge: "Judgement | None" = None
    """The verdicts of models; None in a run without them."""
    reading: ToolReading = UNREAD
    """The reading of the description."""
    percentile: int | None = None
    """How many of 100 public tools have a lower overall score in the frame of the run. None if unscored."""
    how: How | None = None
    """How source code shows the tool; None for a tool that was listed."""

    @property
    def smelly(self) -> bool:
        """Return True if a component is a smell, whatever rules were selected, and the smell is not suppressed."""
        suppressed = [f.suppressed for f in self.findings if f.kind is FindingKind.SMELL]
        return any(score.smelly for score in self.scores.values()) and (None in suppressed or not suppressed)


class ServerScore(NamedTuple):
    """The score of a server as a whole, on levels from 1.0 to 5.0, by a rubric that says how."""

    title: str
    """The title of the rubric."""
    level: float
    grade: str | None
    """A letter; None if the level is under all grades of the rubric."""
    quality: float
    """The score of a server: a summary of the scores of its tools."""
    mean: float
    lowest: float
    aspects: Mapping[str, float]
    """By id, how the tools fit together."""


class ServerReport(NamedTuple):
    key: str
    name: str | None
    source: str
    provenance: Provenance
    status: Status
    error: str | None
    instructions_tokens: int | None
    tools: tuple[ToolReport, ...]
    findings: tuple[Finding, ...]
    """About the server as a whole."""
    notes: tuple[str, ...] = ()
    score: ServerScore | None = None
    """None if the rubric does not score servers, or if too few tools have a score."""


class RunInfo(NamedTuple):
    """The settings of a run. Scores are comparable only if the fingerprints are equal."""

    version: str
    frame: Frame
    rubric_id: str
    rubric_fingerprint: str


class Summary(NamedTuple):
    """Counts over a run. Suppressed findings are counted in `suppressed` only.

    Smells of severity note are counted in `smells` only. If a project raised the severity of a smell, it is counted
    among errors or warnings as well.
    """

    servers: int = 0
    servers_failed: int = 0
    servers_partial: int = 0
    tools: int = 0
    smelly_tools: int = 0
    """Tools with at least one component under 3."""
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    smells: int = 0
    """Tools with a `smelly-description` finding."""
    unscored: int = 0
    """Tools without an overall score."""
    suppressed: int = 0
    overall: float | None = None
    """Mean of the tools that have an overall score."""
    exit_code: int | None = None
    """Exit code of the scan, or None if it is not known."""
    usage: "tuple[ModelUsage, ...] | None" = None
    """Usage by model; None in a run without models."""
    files: int = 0
    """Files that declare servers, such as client configurations, and were checked as files."""
    changes: "BaseChanges | None" = None
    """The changes since the revision that the run was compared with, or None in a run without one."""

    @property
    def findings(self) -> int:
        return self.errors + self.warnings + self.notes
