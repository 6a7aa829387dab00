"""A survey from inputs to tables: plans the parts, runs those that are not finished, removes what is out of date."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from toolsmell.errors import UsageError
from toolsmell.survey import dask_engine
from toolsmell.survey.parts import PART_BYTES, parts
from toolsmell.survey.scan_settings import Settings, run_key, scan_options
from toolsmell.survey.store import Format, Store, opened
from toolsmell.survey.tables import Value
from toolsmell.survey.work import Job
from toolsmell.version import __version__


class SurveyPlan(NamedTuple):
    """The inputs of a survey, the folder it writes to, and the machines it uses."""

    inputs: tuple[str, ...]
    folder: str
    settings: Settings = Settings()
    format: Format = "parquet"
    since: str | None = None
    """The folder of an earlier survey whose unchanged servers are copied."""
    workers: int | None = None
    """Worker processes of this machine; None is one for each core."""
    scheduler: str | None = None
    """The address of an existing Dask cluster, whose workers see the same files."""
    part_bytes: int = PART_BYTES


class SurveyCounts(NamedTuple):
    """Counts of a survey."""

    parts: int = 0
    skipped: int = 0
    """Parts that were finished before."""
    servers: int = 0
    tools: int = 0
    unread: int = 0
    """Servers that could not be read or scanned; their rows say why."""
    copied: int = 0
    failures: tuple[str, ...] = ()
    """Why parts failed; their servers are missing in the tables."""


Tell = Callable[[SurveyCounts, int], None]
"""Called with what is done so far and the number of all parts."""


def run(
    plan: SurveyPlan, tell: Tell = lambda _done, _parts: None, started: Callable[[str], None] = lambda _: None
) -> SurveyCounts:
    """Run a survey, or go on with one that was interrupted. `started` gets the address of Dask's dashboard.

    Raises `UsageError` for inputs, rules or folders that cannot be used. A part that cannot be read or written is in
    `Outcome.failures`; everything that is finished stays.
    """
    scan_options(plan.settings)
    if plan.since is not None:
        opened(plan.since)
    cut = parts(plan.inputs, plan.part_bytes)
    if not cut:
        raise UsageError("nothing to survey: the inputs are empty")
    jobs = [Job(part, plan.settings, plan.folder, plan.format, plan.since) for part in cut]
    store = Store(plan.folder, plan.format)
    outcome, finished = SurveyCounts(parts=len(jobs)), set[str]()

    def count(progress: dask_engine.SurveyProgress) -> None:
        nonlocal outcome
        done = progress.done
        finished.add(done.part)
        outcome = outcome._replace(
            skipped=outcome.skipped + done.skipped,
            servers=outcome.servers + done.servers,
            tools=outcome.tools + done.tools,
            unread=outcome.unread + done.failed,
            copied=outcome.copied + done.copied,
        )
        tell(outcome, progress.finished)

    with dask_engine.connected(plan.workers, plan.scheduler) as client:
        started(client.dashboard_link)
        failures = dask_engine.run(client, jobs, count)
    if not failures:
        for part in store.parts() - finished:
            store.remove(part)
        store.write_run(run_key(plan.settings), run_row(plan.settings))
    return outcome._replace(failures=tuple(sorted(set(failures))))


def run_row(settings: Settings) -> dict[str, Value]:
    """Return the row of the table `runs`."""
    options = scan_options(settings)
    return {
        "run": run_key(settings),
        "toolsmell": __version__,
        "rubric": options.rubric.id,
        "rubric_fingerprint": options.rubric.fingerprint,
        "frame": settings.frame,
        "rules": sorted(options.ids),
        "clients": list(settings.clients),
        "date": datetime.now(UTC).date().isoformat(),
    }


def inputs_of(given: Sequence[str], folder: str) -> tuple[str, ...]:
    """Return the inputs. Raises `UsageError` if the survey would read what it writes."""
    import os

    out = os.path.realpath(folder)
    for name in given:
        if "://" not in name and (os.path.realpath(name) + os.sep).startswith(out + os.sep):
            raise UsageError(f"{name}: is inside {folder}, to which the survey writes")
    return tuple(given)
