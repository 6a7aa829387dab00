"""Runs the parts of a survey on Dask: worker processes of this machine, or the workers of an existing cluster.

A part whose worker dies is tried again by Dask. If it kills every worker it meets, child processes find the servers
that do so. They get a row with the status `crashed`; the rest of the part is scanned.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from toolsmell.errors import UsageError
from toolsmell.survey.probe import culprits
from toolsmell.survey.work import Done, Job, work

if TYPE_CHECKING:
    from distributed import Client

_DEATHS = 2
"""Workers that a part may crash before it is searched for the servers that crash them."""


class SurveyProgress(NamedTuple):
    """The state of a run each time that a part ends."""

    finished: int
    parts: int
    done: Done


@contextmanager
def connected(workers: int | None, scheduler: str | None) -> "Iterator[Client]":
    """Give a client of a cluster: one of this machine, closed at the end, or the one at the address `scheduler`.

    Raises `UsageError` if Dask is not installed or nothing answers at the address.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise UsageError("survey needs Dask: `pip install 'toolsmell[scale]'`") from None
    # Parts are independent and take seconds: no work stealing, no memory limits that pause a worker.
    quiet = {
        "distributed.scheduler.allowed-failures": _DEATHS,
        "distributed.scheduler.work-stealing": False,
        "distributed.logging.distributed": "critical",
        "distributed.comm.timeouts.connect": "10s",
    }
    with dask.config.set(quiet):
        if scheduler:
            try:
                client = Client(scheduler)
            except (OSError, TimeoutError, ValueError) as error:
                raise UsageError(f"--scheduler {scheduler}: no Dask scheduler answers: {error}") from None
            with client:
                yield client
            return
        with ExitStack() as ends:
            with _held_back():
                cluster = LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    processes=True,
                    memory_limit=0,
                    dashboard_address="127.0.0.1:0",
                    silence_logs="CRITICAL",
                    env={"DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "critical"},
                )
                ends.enter_context(cluster)
            yield ends.enter_context(Client(cluster))


@contextmanager
def _held_back() -> Iterator[None]:
    """Hold Ctrl-C back while workers begin. They inherit that for good, and this process ends them."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # if it begins later, it lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def run(client: "Client", jobs: list[Job], tell: Callable[[SurveyProgress], None]) -> list[str]:
    """Do all jobs and return why parts failed. `tell` is called each time that a part ends."""
    from distributed import as_completed

    futures = client.map(work, jobs, pure=False, retries=0)
    by_key = {future.key: job for future, job in zip(futures, jobs, strict=True)}
    failures: list[str] = []
    for finished, future in enumerate(as_completed(futures), 1):
        result = _result(client, future, by_key[future.key])
        if isinstance(result, str):
            failures.append(result)
        tell(SurveyProgress(finished, len(jobs), Done("") if isinstance(result, str) else result))
        future.release()
    return failures


def _result(client: "Client", future: Any, job: Job) -> Done | str:
    """Return the result of a part, or the reason why it failed."""
    from distributed import KilledWorker

    try:
        return cast("Done | str", future.result())
    except KilledWorker:
        quarantined = client.submit(culprits, job, pure=False).result()
    try:
        return cast("Done | str", client.submit(work, job._replace(quarantined=quarantined), pure=False).result())
    except KilledWorker:
        return f"{job.part.pieces[0].url}: its scan ends the process, and no single server of it does"
