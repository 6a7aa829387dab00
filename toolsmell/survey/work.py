"""Does one part: skips it if it is finished, copies unchanged servers, scans the others, writes the tables."""

from collections.abc import Iterator
from typing import NamedTuple

from toolsmell.errors import SourceError, UsageError
from toolsmell.model import Status
from toolsmell.survey.parts import InputPart, content, lines
from toolsmell.survey.scan_settings import Settings, digest, run_key
from toolsmell.survey.since import copied, unchanged
from toolsmell.survey.store import Format, Store
from toolsmell.survey.tables import TableRow
from toolsmell.survey.tabulate import Line, Server, crashed, read, server_rows

_READ = (Status.COMPLETE.value, Status.PARTIAL.value)


class Job(NamedTuple):
    """One part and everything that a worker needs to know. All values are plain, so that they travel."""

    part: InputPart
    settings: Settings
    folder: str
    format: Format = "parquet"
    since: str | None = None
    """The folder of an earlier survey: rows of unchanged servers are copied from it."""
    quarantined: frozenset[int] = frozenset()
    """Positions of the lines whose scan ends its process."""


class Done(NamedTuple):
    """The outcome of a part."""

    part: str
    servers: int = 0
    tools: int = 0
    failed: int = 0
    """Servers that could not be read, or crashed."""
    copied: int = 0
    """Servers that are unchanged since the earlier survey."""
    skipped: bool = False
    """Whether the part was finished before."""


def work(job: Job) -> Done | str:
    """Do a job, and return what was done, or why the input cannot be read or the output cannot be written.

    The reason is a value, because an engine would log an exception with its traceback.
    """
    try:
        return _done(job)
    except (SourceError, UsageError) as error:
        return str(error)


def _done(job: Job) -> Done:
    store = Store(job.folder, job.format)
    found = list(lines(job.part))
    name = digest(content(job.part, found).encode(), run_key(job.settings).encode())
    if store.finished(name):
        return _counted(Done(name, skipped=True), list(store.read("servers", name, ("status", "tools"))))
    made: list[TableRow] = []
    copies = 0
    for position, line in enumerate(found):
        was_copied, own = _rows(job, position, line)
        copies += was_copied
        made.extend(own)
    store.write(name, made)
    return _counted(Done(name, copied=copies), [dict(row.values) for row in made if row.table == "servers"])


def _rows(job: Job, position: int, line: Line) -> tuple[bool, Iterator[TableRow]]:
    """Return whether the rows of a line are copied, and the rows."""
    if position in job.quarantined:
        return False, iter((crashed(line, job.settings),))
    server = read(line, job.settings)
    if job.since and unchanged(job.since, server):
        return True, copied(job.since, server)
    return False, iter(_rows_of(server, job.settings))


def scanned(line: Line, settings: Settings) -> list[TableRow]:
    """Read and scan the server of a line, and return its rows."""
    return _rows_of(read(line, settings), settings)


def _rows_of(server: Server, settings: Settings) -> list[TableRow]:
    """Return the rows of a server; one whose scan raises must not take its neighbours along."""
    try:
        return list(server_rows(server, settings))
    except Exception as error:  # noqa: BLE001
        return [crashed(server.line, settings, f"the scan failed: {type(error).__name__}: {error}"[:300])]


def _counted(done: Done, servers: list[dict[str, object]]) -> Done:
    tools = [row["tools"] for row in servers]
    return done._replace(
        servers=len(servers),
        tools=sum(count for count in tools if isinstance(count, int)),
        failed=sum(row["status"] not in _READ for row in servers),
    )
