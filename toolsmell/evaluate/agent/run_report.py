"""Renders runs of an agent as JSON (`toolsmell.eval.agent/v1`: keys may be added, never renamed) and as text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from toolsmell.escape import shown, visible
from toolsmell.evaluate.agent.measures import AgentMeasures, of_run
from toolsmell.evaluate.agent.run_summary import TESTED, AgentStudy, AgentVersion
from toolsmell.evaluate.agent.trajectory import Trajectory
from toolsmell.evaluate.comparison import TestedDifference
from toolsmell.evaluate.evaluation_json import row_json
from toolsmell.evaluate.evaluation_text import aligned, spent_words
from toolsmell.evaluate.stats import Difference, Effect
from toolsmell.model import Json
from toolsmell.models.budget import Spent
from toolsmell.text import counted
from toolsmell.version import __version__

SCHEMA = "toolsmell.eval.agent/v1"
_FEW = 5
_NAMES = {
    "answer_accuracy": "answer accuracy",
    "tool_selection_efficiency": "tool selection efficiency",
    "parameter_accuracy": "parameter construction accuracy",
    "tokens_per_task": "tokens a task",
    "seconds_per_task": "seconds a task",
    "steps_per_task": "steps a task",
    "prefill_equivalents_per_task": "prefill-token equivalents a task",
    "cost_of_pass": "cost of a pass in $",
    "tool_productivity": "tool productivity",
}


def to_json(study: AgentStudy, spent: Spent | None = None) -> Json:
    """Return the report. `spent` is the consumption of this run, or None for recorded runs."""
    comparison = study.comparison
    return {
        "schema": SCHEMA,
        "toolsmell": __version__,
        "model": study.series.model,
        "simulated": study.series.simulated or None,
        "tools": study.series.tools,
        "cases": study.series.tasks,
        "problems": list(study.series.problems),
        "missing": study.missing,
        "usage": None if spent is None else {field: getattr(spent, field) for field in spent.__slots__},
        "versions": [_version(version) for version in study.versions],
        "comparison": None
        if comparison is None
        else {
            "verdict": comparison.verdict_of("after").value,
            "unpaired": comparison.unpaired,
            "rows": [row_json(row) for row in comparison.rows],
            "costs": [{"measure": name, **_difference(difference)} for name, difference in study.costs],
        },
    }


def _version(version: AgentVersion) -> dict[str, Any]:
    return {
        "name": version.name,
        "measures": version.measures._asdict(),
        "calls": dict(_outcomes(version.runs)),
        "tasks": [_task(run) for run in version.runs],
    }


def _task(run: Trajectory) -> dict[str, Any]:
    return {
        "query": run.case.query,
        "line": run.case.line,
        "stop": run.stop.value,
        "reason": run.reason or None,
        "success": run.success,
        "answer": run.answer,
        "measures": dict(of_run(run)) if run.finished else None,
        "calls": [{"tool": call.tool, "outcome": call.outcome.value} for step in run.steps for call in step.calls],
    }


def _difference(d: Difference) -> dict[str, Any]:
    return {"cases": d.cases, "before": d.before, "after": d.after, "delta": d.delta, "interval": list(d.interval)}


def lines(study: AgentStudy, spent: Spent | None = None) -> Iterator[str]:
    """Yield the lines of the table."""
    series = study.series
    yield f"{counted(series.tools, 'tool')}, {counted(series.tasks, 'case')}, {visible(series.model)}"
    if series.simulated:
        yield f"  simulated: {visible(series.simulated)} played the server; what its tools return is made up"
    yield from (f"  {visible(problem)[:160]}" for problem in series.problems[:_FEW])
    if len(series.problems) > _FEW:
        yield f"  and {len(series.problems) - _FEW} more (all are in --format json)"
    yield ""
    yield from aligned([["", *(v.name for v in study.versions)], *_levels([v.measures for v in study.versions])])
    for version in study.versions:
        yield from _about(version)
    if study.comparison is not None:
        yield ""
        yield from _comparison(study)
    if spent is not None:
        yield ""
        yield f"model: {spent_words(spent)}"


def _levels(measures: Sequence[AgentMeasures]) -> Iterator[list[str]]:
    yield ["tasks", *(str(m.tasks) for m in measures)]
    yield ["  whose answer could be graded", *(str(m.judged) for m in measures)]
    for field, name in _NAMES.items():
        yield [name, *(_number(getattr(m, field)) for m in measures)]


def _number(value: float | None) -> str:
    if value is None:
        return "unknown"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3f}"


def _about(version: AgentVersion) -> Iterator[str]:
    called = ", ".join(f"{count} {outcome}" for outcome, count in _outcomes(version.runs).most_common())
    yield f"{version.name}: calls: {called or 'none'}"
    ends = Counter(run.stop.value for run in version.runs if run.finished and run.answer is None)
    yield from (f"  {count} tasks ended without an answer: no more {end}" for end, count in ends.items())
    unfinished = version.unfinished
    for run in unfinished[:_FEW]:
        yield f"  not measured: '{shown(run.case.query)}' ({run.stop}: {visible(run.reason)[:200]})"
    if len(unfinished) > _FEW:
        yield f"  and {len(unfinished) - _FEW} more"


def _outcomes(runs: Sequence[Trajectory]) -> "Counter[str]":
    return Counter(call.outcome.value for run in runs for step in run.steps for call in step.calls)


def _comparison(study: AgentStudy) -> Iterator[str]:
    comparison = study.comparison
    if comparison is None or not comparison.rows:
        yield "no case was measured in both versions"
        return
    rows = [["measure", "cases", "before", "after", "difference (95 %)", "p", "verdict"]]
    rows += [_tested(row) for row in comparison.rows]
    rows += [_shown(name, difference) for name, difference in study.costs]
    yield from aligned(rows)
    if comparison.unpaired:
        yield f"{comparison.unpaired} measures are known in one version only; they are in no difference"
    yield ""
    yield f"verdict: {comparison.verdict_of('after')} (of {', '.join(TESTED)}; the others are shown, not tested)"
    if comparison.verdict_of("after") is Effect.NONE:
        least = min(comparison.rows, key=lambda row: row.difference.detectable)
        d = least.difference
        yield f"  {d.cases} cases show differences of {least.measure} of about {d.detectable:.2f} and more"


def _tested(row: TestedDifference) -> list[str]:
    return [row.measure, *_cells(row.difference), f"{row.adjusted_p:.3f}", row.verdict]


def _shown(name: str, difference: Difference) -> list[str]:
    return [name, *_cells(difference), "", ""]


def _cells(d: Difference) -> list[str]:
    span = f"{d.delta:+,.3g} ({d.interval.low:+,.3g} to {d.interval.high:+,.3g})"
    return [str(d.cases), _number(d.before), _number(d.after), span]
