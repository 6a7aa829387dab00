"""Runs all tasks of a series, several at a time, and records each when it ends."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from anyio.from_thread import BlockingPortal, start_blocking_portal

from toolsmell.calling.policy import Decision
from toolsmell.errors import SourceError
from toolsmell.evaluate.agent.answer_check import gradable
from toolsmell.evaluate.agent.guard import Guard
from toolsmell.evaluate.agent.loop import PROMPT, Harness, Task, run_task
from toolsmell.evaluate.agent.run_log import RecordedRuns, RunKey, RunRecorder, Series, recording
from toolsmell.evaluate.agent.simulation import Simulation
from toolsmell.evaluate.agent.trajectory import Stop, Trajectory
from toolsmell.evaluate.catalog import Catalog, check
from toolsmell.evaluate.datasets import Case
from toolsmell.evaluate.tool_selection import functions, unaskable
from toolsmell.evaluate.trials import TrialMaker
from toolsmell.models.client import fingerprint

if TYPE_CHECKING:
    from concurrent.futures import Future

Ended: TypeAlias = "SimpleQueue[tuple[Task, Future[Trajectory]]]"


class Setting(NamedTuple):
    """The cases, and the tools that agents are offered."""

    versions: Mapping[str, Catalog]
    """The tools of one server now (`after`) and perhaps earlier (`before`); only their texts differ."""
    cases: tuple[Case, ...]
    """The cases that can be run."""
    problems: tuple[str, ...]
    """Problems of the cases, and the cases that are left out."""
    decisions: tuple[Decision, ...]


def setting(versions: Mapping[str, Catalog], cases: Sequence[Case], decisions: Sequence[Decision]) -> Setting:
    """Check cases against tools and policy. Raises `SourceError` if none can be run."""
    catalog = versions["after"]
    if deep := unaskable(catalog):
        raise SourceError(f"the schema of {min(deep)} nests too deep: no model can be given it")
    checked = check(cases, catalog)
    problems = [f"line {p.line} {p.text}" for p in checked.problems if p.kind != "unknown-tool"]
    forbidden = {d.tool for d in decisions if not d.allowed}
    kept: list[Case] = []
    for case in checked.cases:
        if why := _hindrance(case, catalog, forbidden):
            problems.append(f"line {case.line} {why}: it is left out")
            continue
        kept.append(case)
        if case.answer is not None and not gradable(case.answer):
            problems.append(
                f"line {case.line} has an answer that is no text, number or list of these: no reply is graded"
            )
    if not kept:
        raise SourceError("no case can be run: " + ("; ".join(problems[:3]) or "there are none"))
    return Setting(versions, tuple(kept), tuple(problems), tuple(decisions))


def _hindrance(case: Case, catalog: Catalog, forbidden: set[str]) -> str | None:
    """Return why an agent cannot do what a case wants, or None if it can."""
    unknown = [name for name in case.tools if name not in catalog.position]
    if unknown:
        return f"wants {', '.join(unknown)}, which the server does not have"
    names = [catalog.entries[catalog.position[name]].tool.name or "" for name in case.tools]
    barred = [name for name in names if name in forbidden]
    return f"needs {', '.join(barred)}, which may not be called" if barred else None


def series_of(chosen: Setting, harness: Harness) -> Series:
    """Return the series with its id. Series with the same id may share their runs."""
    serving = harness.serving
    shown = {name: [entry.tool.raw for entry in tools.entries] for name, tools in chosen.versions.items()}
    if isinstance(serving, Simulation):
        server, conditions = f"simulated by {serving.model}", [shown, serving.fingerprint, list(harness.limits), PROMPT]
    else:
        launched = [list(serving.launch.argv), sorted(serving.launch.env)]
        may = [sorted(serving.allowed), list(harness.limits), serving.call_seconds, serving.result_chars]
        server, conditions = serving.launch.display(), [shown, launched, may, PROMPT]
    return Series(
        model=harness.model,
        server=server,
        conditions=fingerprint(conditions),
        versions=tuple(chosen.versions),
        tools=len(chosen.versions["after"]),
        tasks=len(chosen.cases),
        problems=chosen.problems,
        simulated=serving.model if isinstance(serving, Simulation) else "",
    )


def run_series(
    chosen: Setting, series: Series, harness: Harness, *, concurrency: int = 1, record: Path | None = None
) -> Generator[RecordedRuns, None, None]:
    """Run every case in every version, `concurrency` at a time; yield the runs so far after each.

    Runs of this series in `record` are not repeated, except those that something else than the agent
    ended. If interrupted, the iterator ends all servers; questions to models continue (`AskerInThreads.finish`).
    """
    opened: AbstractContextManager[tuple[RunRecorder | None, Mapping[RunKey, Trajectory]]]
    opened = recording(record, series) if record else nullcontext((None, {}))
    with opened as (recorder, known):
        runs = dict(_still_good(chosen, known))
        yield RecordedRuns(series, runs)
        left = (task for task in _tasks(chosen) if (task.version, task.case.key) not in runs)
        for task, run in _run_all(left, harness, concurrency):
            runs[task.version, task.case.key] = run
            if recorder is not None:
                recorder.add(task.version, run)
            yield RecordedRuns(series, runs)


def _still_good(chosen: Setting, known: Mapping[RunKey, Trajectory]) -> Iterator[tuple[RunKey, Trajectory]]:
    """Yield the usable recorded runs, each with the present case, whose right answer may have been corrected."""
    cases = {case.key: case for case in chosen.cases}
    for (version, key), run in known.items():
        if run.finished and key in cases and version in chosen.versions:
            yield (version, key), run._replace(case=cases[key])


def _tasks(chosen: Setting) -> Iterator[Task]:
    """Yield the tasks, the versions of a case together, so that an interrupted series has pairs to compare."""
    benches = {name: TrialMaker(tools, chosen.versions.get("before")) for name, tools in chosen.versions.items()}
    for case in chosen.cases:
        for name, tools in chosen.versions.items():
            offered = benches[name].all_for(case)
            yield Task(case, name, functions(offered, tools), Guard(tools, offered, chosen.decisions))


def _run_all(tasks: Iterator[Task], harness: Harness, concurrency: int) -> Iterator[tuple[Task, Trajectory]]:
    """Yield each run when it ends. No run starts after the budget of the series is spent."""
    ended: Ended = SimpleQueue()
    with start_blocking_portal() as portal:
        under_way = _begin(islice(tasks, concurrency), harness, portal, ended)
        spent = False
        while under_way:
            task, future = ended.get()
            run = future.result()
            spent = spent or run.stop is Stop.BUDGET
            under_way += (0 if spent else _begin(islice(tasks, 1), harness, portal, ended)) - 1
            yield task, run


def _begin(
    tasks: Iterator[Task],
    harness: Harness,
    portal: BlockingPortal,
    ended: Ended,
) -> int:
    """Start tasks and return how many."""
    begun = 0
    for task in tasks:
        future = portal.start_task_soon(run_task, task, harness)
        future.add_done_callback(partial(_put, ended, task))
        begun += 1
    return begun


def _put(ended: Ended, task: Task, future: "Future[Trajectory]") -> None:
    ended.put((task, future))
