"""Renders an evaluation as text for a terminal."""

from collections.abc import Iterator, Sequence
from typing import Any

from toolsmell.escape import shown, visible
from toolsmell.evaluate.comparison import TestedDifference, VersionComparison
from toolsmell.evaluate.cost import ListCost
from toolsmell.evaluate.evaluation_json import selection_summary
from toolsmell.evaluate.stats import Effect
from toolsmell.evaluate.study import Study, Version
from toolsmell.models.budget import Spent
from toolsmell.text import counted

_MEASURES = ("recall@1", "recall@5", "ndcg@10", "mrr", "completeness@5", "correct")
_FEW = 5
_MISSED = 20


def lines(
    study: Study, costs: Sequence[tuple[ListCost | None, ListCost]] = (), spent: Spent | None = None
) -> Iterator[str]:
    """Yield the lines of the table."""
    yield from _cases(study.after)
    yield ""
    if study.before is None or study.comparison is None:
        yield from _levels(study.after)
    else:
        yield from _differences(study.comparison)
    yield from _selection(study)
    yield from _confusion(study)
    if costs:
        yield ""
        yield from cost_lines(costs)
    if spent is not None:
        yield ""
        yield f"model: {spent_words(spent)}"


def _cases(version: Version) -> Iterator[str]:
    checked = version.checked
    yield f"{counted(len(version.catalog), 'tool')}, {counted(len(checked.cases), 'case')}"
    if version.catalog.unnamed:
        yield f"  {version.catalog.unnamed} tools have no name and are left out"
    unfit = sum(not case.tools for case in checked.cases)
    if unfit:
        asked = sum(not a.trial.case.tools for a in version.answers)
        done = f"asked {asked} times" if asked else "only a model is measured by them, by the task none"
        yield f"  cases that no tool fits: {unfit} ({done})"
    for kind, count in checked.counts().items():
        yield f"  {kind}: {count}"
        shown = [problem for problem in checked.problems if problem.kind == kind][:_FEW]
        yield from (f"    line {problem.line} {visible(problem.text)[:160]}" for problem in shown)
        if count > len(shown):
            yield f"    and {count - len(shown)} more (all are in --format json)"


def _levels(version: Version) -> Iterator[str]:
    rows = []
    for measured in (*version.retrieval, *version.selection):
        names = next(iter(measured.cases.values()), {})
        cells = [f"{name} {measured.mean(name):.3f}" for name in _MEASURES if name in names]
        rows.append([measured.setup, f"{len(measured.cases)} cases", *cells])
    yield from aligned(rows)


def _differences(comparison: VersionComparison) -> Iterator[str]:
    rows = [["search or task", "measure", "before", "after", "difference (95 %)", "p", "verdict"]]
    rows += [_row(row) for row in comparison.rows]
    yield from aligned(rows)
    if comparison.unpaired:
        yield f"{comparison.unpaired} cases could be measured in one version only; they are in no difference"
    yield ""
    yield f"verdict: {comparison.verdict_of('after')}"
    if not any(row.verdict is not Effect.NONE for row in comparison.rows) and comparison.rows:
        least = min(row.difference.detectable for row in comparison.rows)
        yield f"  {comparison.rows[0].difference.cases} cases show differences of about {least:.2f} and more"


def _row(row: TestedDifference) -> list[str]:
    d = row.difference
    span = f"{d.delta:+.3f} ({d.interval.low:+.3f} to {d.interval.high:+.3f})"
    return [row.setup, row.measure, f"{d.before:.3f}", f"{d.after:.3f}", span, f"{row.adjusted_p:.3f}", row.verdict]


def _selection(study: Study) -> Iterator[str]:
    for version in (study.before, study.after):
        for mode, found in selection_summary(version.answers).items() if version else ():
            done = ", ".join(f"{count} {choice}" for choice, count in found["choices"].items())
            yield f"{version.name if version else ''} {mode}: {found['correct']} of {found['trials']} correct ({done})"
            checked = found["arguments"]
            if checked["checked"]:
                fit = f"{checked['fit_the_schema']} of {checked['checked']} fit the schema"
                yield f"  arguments: {fit}, {checked['as_wanted']} of {checked['compared']} are as wanted"
            yield from (f"  no answer: {visible(error)}" for error in found["errors"])
            yield from _missed(found["missed"])


def _missed(missed: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield a line for each case that the model missed: what it was, and what was called with what."""
    for one in missed[:_MISSED]:
        wanted = ", ".join(one["expected"]) or "no tool"
        made = [f"{call['tool']}({call['arguments']})" for call in one["calls"]] or one["picked"]
        called = "; ".join(made) or one["choice"]
        got = f"wants {shown(wanted, 80)}, got {shown(called, 160)}"
        yield f"  missed line {one['line']}: '{shown(one['query'], 100)}' {got}"
    if len(missed) > _MISSED:
        yield f"  and {len(missed) - _MISSED} more (all are in --format json)"


def _confusion(study: Study) -> Iterator[str]:
    nearest = sorted(study.neighbours, key=lambda n: -n.similarity)[:_FEW]
    if nearest:
        yield ""
        yield "nearest siblings (1 is no difference)"
        yield from aligned([["  " + visible(n.tool), visible(n.sibling), f"{n.similarity:.2f}"] for n in nearest])
    mistakes = study.after.mistakes[:_FEW]
    if mistakes:
        yield ""
        yield "queries that go to the wrong tool"
        yield from aligned(
            [["  " + visible(m.wanted), "-> " + visible(m.got or "nothing"), f"{m.times}"] for m in mistakes]
        )
    if study.shifts:
        yield ""
        yield "what changed"
        rows = [
            ["  " + visible(s.wanted), "-> " + visible(s.got or "nothing"), f"{s.before} -> {s.after}"]
            for s in study.shifts[:_FEW]
        ]
        yield from aligned(rows)


def cost_lines(costs: Sequence[tuple[ListCost | None, ListCost]]) -> Iterator[str]:
    """Yield the lines about cost, for each client before (or None) and after."""
    requests = next((c.requests for _, after in costs for c in after.conversations.values()), 0)
    exact = "" if costs[0][1].exact else " (estimated)"
    yield f"tokens of the tool list{exact}" + (f", and dollars over {requests} requests" if requests else "")
    for before, after in costs:
        change = f"{before.tokens:,} -> {after.tokens:,}" if before else f"{after.tokens:,}"
        yield f"  {after.client}: {change} a request"
        for model, found in after.conversations.items():
            yield f"    {model}: ${found.uncached:.4f}, with prompt caching ${found.cached:.4f}"


def spent_words(spent: Spent) -> str:
    """Return the consumption of a model in words."""
    cost = "unknown cost" if spent.cost is None else f"${spent.cost:.4f}"
    read = f"{spent.input_tokens:,} tokens read, {spent.output_tokens:,} written"
    return f"{counted(spent.calls, 'call')}, {counted(spent.cached, 'answer')} from the cache, {read}, {cost}"


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the rows as lines with aligned columns."""
    widths = [
        max((len(row[i]) for row in rows if i < len(row)), default=0) for i in range(max(map(len, rows), default=0))
    ]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()
