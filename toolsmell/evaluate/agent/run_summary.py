"""Summarises recorded runs: the measures of each version, and the differences between two."""

from collections.abc import Sequence
from typing import NamedTuple

from toolsmell.evaluate.agent.measures import AgentMeasures, agent_measures, of_run
from toolsmell.evaluate.agent.run_log import RecordedRuns, Series
from toolsmell.evaluate.agent.trajectory import Trajectory
from toolsmell.evaluate.comparison import CaseMeasures, VersionComparison, case_id, compare_all
from toolsmell.evaluate.stats import Difference
from toolsmell.models.prices import Price

TESTED = ("answer", "selection", "arguments")
"""Measures that are tested; more is better."""
SHOWN = ("tokens", "prefill equivalents", "steps", "calls", "seconds")
"""Measures that are shown and not tested; less is better."""


class AgentVersion(NamedTuple):
    """The results of one version of the tools."""

    name: str
    runs: tuple[Trajectory, ...]
    measures: AgentMeasures

    @property
    def unfinished(self) -> tuple[Trajectory, ...]:
        return tuple(run for run in self.runs if not run.finished)


class AgentStudy(NamedTuple):
    """The result of a series of runs."""

    series: Series
    after: AgentVersion
    before: AgentVersion | None = None
    comparison: VersionComparison | None = None
    costs: tuple[tuple[str, Difference], ...] = ()
    """The differences of the measures in `SHOWN`."""

    @property
    def versions(self) -> tuple[AgentVersion, ...]:
        return tuple(version for version in (self.before, self.after) if version is not None)

    @property
    def missing(self) -> int:
        """The number of runs that were not made, or that the agent did not end."""
        finished = sum(version.measures.tasks for version in self.versions)
        return self.series.tasks * len(self.versions) - finished


def study_of(recorded: RecordedRuns, price: Price | None = None) -> AgentStudy:
    """Measure recorded runs. `price` is the price of the model."""
    versions = {
        name: AgentVersion(name, recorded.of(name), agent_measures(recorded.of(name), price))
        for name in recorded.series.versions
    }
    before, after = versions.get("before"), versions["after"]
    if before is None:
        return AgentStudy(recorded.series, after)
    comparison = VersionComparison((), 0)
    for measure in TESTED:
        comparison = comparison.joined(_compared(before, after, measure))
    pairs = [(measure, _compared(before, after, measure).rows) for measure in SHOWN]
    costs = tuple((measure, rows[0].difference) for measure, rows in pairs if rows)
    return AgentStudy(recorded.series, after, before, comparison, costs)


def _compared(before: AgentVersion, after: AgentVersion, measure: str) -> VersionComparison:
    """Compare one measure over the cases for which both versions have it."""
    old, new = _measured(before.runs, "before", measure), _measured(after.runs, "after", measure)
    return compare_all([old], [new], (measure,))


def _measured(runs: Sequence[Trajectory], variant: str, measure: str) -> CaseMeasures:
    values = {case_id(run.case): of_run(run) for run in runs if run.finished}
    return CaseMeasures(variant, "agent", {case: found for case, found in values.items() if measure in found})
