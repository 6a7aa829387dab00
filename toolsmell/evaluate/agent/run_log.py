"""Records runs of an agent as JSON Lines, to measure them again and to continue after an interruption.

The file has a line for each series of runs, with the conditions under which they were made, and a line for each
run. A series that is started again under the same conditions resumes.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeAlias

from toolsmell.errors import SourceError, UsageError
from toolsmell.evaluate.agent import trajectory
from toolsmell.evaluate.agent.trajectory import Trajectory
from toolsmell.model import Json
from toolsmell.models.client import fingerprint

SCHEMA = "toolsmell.agent/v1"

RunKey: TypeAlias = tuple[str, str]
"""The version of the tools, and the key of the case."""


class Series(NamedTuple):
    """The conditions that all runs of a series share."""

    model: str
    server: str
    """The command, for people."""
    conditions: str
    """Fingerprint of everything that determines what an agent sees and may do."""
    versions: tuple[str, ...]
    """Versions of the tools: `after` and, if texts are compared, `before`."""
    tools: int
    tasks: int
    """The number of cases of each version."""
    problems: tuple[str, ...] = ()
    """Problems of the cases, and the cases that were left out."""
    simulated: str = ""
    """The model that played the server; empty if the server itself was called."""

    @property
    def id(self) -> str:
        return fingerprint([self.model, self.conditions])[:16]


class RecordedRuns(NamedTuple):
    """A series and its runs."""

    series: Series
    runs: dict[RunKey, Trajectory]
    """The last run of each version and case."""

    def of(self, version: str) -> tuple[Trajectory, ...]:
        return tuple(run for (name, _), run in self.runs.items() if name == version)


class RunRecorder:
    """Appends lines to a recording."""

    def __init__(self, descriptor: int, series: Series) -> None:
        self._descriptor = descriptor
        self._series = series.id

    def add(self, version: str, run: Trajectory) -> None:
        """Write a run to the file before returning."""
        self.write({"of": self._series, "version": version, **trajectory.to_json(run)})

    def write(self, line: dict[str, Json]) -> None:
        os.write(self._descriptor, json.dumps(line).encode("ascii") + b"\n")


@contextmanager
def recording(path: Path, series: Series) -> Iterator[tuple[RunRecorder, Mapping[RunKey, Trajectory]]]:
    """Yield a recorder that appends to `path`, and the runs of the series that are in it already."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        raise UsageError(f"cannot write the recording {path}: {error.strerror}") from None
    try:
        data = path.read_bytes()
        os.ftruncate(descriptor, data.rfind(b"\n") + 1)  # a line that was cut off when the run was killed
        known = _read(path)
        recorder = RunRecorder(descriptor, series)
        recorder.write({"schema": SCHEMA, "id": series.id, **series._asdict()})
        yield recorder, known[series.id].runs if series.id in known else {}
    finally:
        os.close(descriptor)


def load(path: Path) -> RecordedRuns:
    """Return the series of a recording that was started last. Raises `SourceError` if the file is not a recording."""
    found = _read(path)
    if not found:
        raise SourceError(f"{path} has no runs of an agent")
    return list(found.values())[-1]


def _read(path: Path) -> dict[str, RecordedRuns]:
    """Return the series of a recording, by id, in the order in which they were last started."""
    found: dict[str, RecordedRuns] = {}
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot read the recording {path}: {error.strerror}") from None
    for number, line in enumerate(data[: data.rfind(b"\n") + 1].splitlines(), 1):
        try:
            _add(json.loads(line), found)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise SourceError(f"{path}:{number} is not a line of a recording of an agent") from None
    return found


def _add(line: Json, found: dict[str, RecordedRuns]) -> None:
    if "schema" in line:
        if line["schema"] != SCHEMA:
            raise ValueError(line["schema"])
        series = _series(line)
        earlier = found.pop(series.id, None)
        found[series.id] = RecordedRuns(series, earlier.runs if earlier else {})
        return
    run = trajectory.from_json(line)
    found[line["of"]].runs[str(line["version"]), run.case.key] = run


def _series(line: dict[str, Json]) -> Series:
    fields = {name: line[name] for name in Series._fields if name != "simulated"}
    tools, tasks = int(fields["tools"]), int(fields["tasks"])
    versions = tuple(map(str, fields["versions"]))
    problems = tuple(map(str, fields["problems"]))
    texts = {name: str(fields[name]) for name in ("model", "server", "conditions")}
    simulated = str(line.get("simulated", ""))
    return Series(**texts, versions=versions, tools=tools, tasks=tasks, problems=problems, simulated=simulated)
