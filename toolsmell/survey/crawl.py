"""Starts many servers from registry entries and keeps what each sends: a line a server, resumable, apart from scoring.

Each server runs as `scan --run` runs it: its package by its own runner, an empty folder, a cleared environment that has
only the variables that the user passed and the entry names.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TextIO, cast

from toolsmell.errors import SourceError, UsageError, reason
from toolsmell.model import Manifest, Status
from toolsmell.sources.declared import server_json
from toolsmell.sources.json import document, snapshot
from toolsmell.sources.server import live
from toolsmell.sources.server.launch import Target

SERVERS = "servers.jsonl"
"""Dumps of what the servers sent: an input for `survey`."""
LOG = "crawl.jsonl"
"""A line for each entry: name, status, error class, error, number of tools."""

_CLASSES = (
    ("not-startable", ("declares neither", "is not started", "cannot be started", "is needed", "--env", "no command")),
    ("not-installed", ("not found", "No such file", "could not be started", "is not installed")),
    ("timeout", ("no answer", "timed out")),
    ("unauthorised", ("401", "403", "nauthorized", "orbidden", "API key", "api key", "token")),
    ("exited", ("exited", "was ended", "closed the connection", "died")),
    ("unreachable", ("connect", "resolve", "refused", "unreachable")),
)
"""Error class -> words of messages; the first that fits. `protocol` is everything else."""


class CrawlEntry(NamedTuple):
    """A registry entry with its name and its file and line."""

    name: str
    text: str
    source: str


class Crawled(NamedTuple):
    """The outcome for one entry."""

    name: str
    status: str
    """complete, partial or failed."""
    error_class: str | None
    error: str | None
    tools: int


class CrawlLimits(NamedTuple):
    timeout: float = 60.0
    """Seconds for one server."""
    jobs: int = 4
    """Servers that run at the same time."""
    max_bytes: int = 64 * 1024 * 1024


def entries(path: str) -> list[CrawlEntry]:
    """Return the entries of a file of JSON Lines, of a server.json, or of a folder with such files.

    An entry may be wrapped as the registry's API sends it (`{"server": {...}}`). Raises `UsageError` if there is none.
    """
    found: list[CrawlEntry] = []
    for file in sorted(Path(path).rglob("*.json*")) if os.path.isdir(path) else [Path(path)]:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{file}: cannot be read: {reason(error)}") from None
        found.extend(_entries(text, str(file)))
    if not found:
        raise UsageError(f"{path}: holds no registry entry")
    return found


def _entries(text: str, source: str) -> Iterator[CrawlEntry]:
    whole = _parsed(text)
    if whole is not None:
        yield _entry(whole, text, source)
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield _entry(_parsed(line), line, f"{source}:{number}")


def _parsed(text: str) -> object:
    """Return the JSON value of a text, or None if it is not JSON: the entry then says so when it is resolved."""
    try:
        return cast("object", json.loads(text))
    except (ValueError, RecursionError):
        return None


def _entry(value: object, text: str, source: str) -> CrawlEntry:
    inner = value.get("server") if isinstance(value, dict) else None
    if isinstance(inner, dict):
        value, text = inner, json.dumps(inner)
    name = value.get("name") if isinstance(value, dict) else None
    return CrawlEntry(name if isinstance(name, str) and name else source, text, source)


def crawl(
    found: Iterable[CrawlEntry],
    folder: str,
    limits: CrawlLimits,
    env: Mapping[str, str],
    tell: Callable[[Crawled], None],
) -> int:
    """Start the servers of entries that the folder has no line for yet. Return how many it had.

    Raises `SourceError` if the folder cannot be written to. What is written so far stays.
    """
    Path(folder).mkdir(parents=True, exist_ok=True)
    before = _done(folder)
    waiting = [entry for entry in found if entry.name not in before]
    ready: list[tuple[str, Target]] = []
    try:
        with (
            _appended(Path(folder, SERVERS)) as servers,
            _appended(Path(folder, LOG)) as log,
        ):
            for entry in waiting:
                target = _target(entry, env)
                if isinstance(target, str):
                    _write(log, tell, Crawled(entry.name, Status.FAILED.value, "not-startable", target, 0))
                else:
                    ready.append((entry.name, target))
            read = live.fetch_all(ready, timeout=limits.timeout, max_bytes=limits.max_bytes, jobs=limits.jobs)
            for manifest in read:
                if manifest.status is not Status.FAILED:
                    servers.write(json.dumps(snapshot.to_json(manifest)) + "\n")
                    servers.flush()
                _write(log, tell, _crawled(manifest))
    except OSError as error:
        raise SourceError(f"{folder}: cannot be written: {error.strerror or error}") from None
    return len(before)


def _appended(path: Path) -> TextIO:
    """Open a file to append lines; a last line that an interruption cut is ended first."""
    file = open(path, "a+", encoding="ascii")  # noqa: SIM115  the caller closes it
    file.seek(max(0, file.tell() - 1))
    if file.read(1) not in ("", "\n"):
        file.write("\n")
    return file


def _write(log: TextIO, tell: Callable[[Crawled], None], crawled: Crawled) -> None:
    log.write(json.dumps(crawled._asdict()) + "\n")
    log.flush()
    tell(crawled)


def _done(folder: str) -> set[str]:
    """Return the names of entries that have a line; a line that was cut by an interruption does not count."""
    try:
        lines = Path(folder, LOG).read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return set()
    names = set()
    for line in lines:
        try:
            names.add(str(json.loads(line)["name"]))
        except (ValueError, KeyError, TypeError):
            continue
    return names


def _target(entry: CrawlEntry, env: Mapping[str, str]) -> Target | str:
    """Return the target of an entry, or why there is none."""
    try:
        read = server_json.read(document.parse(entry.text, entry.source))
        return server_json.resolve(read, env=env).target
    except (SourceError, UsageError) as error:
        return str(error)


def _crawled(manifest: Manifest) -> Crawled:
    error = manifest.error
    return Crawled(
        manifest.key, manifest.status.value, error_class(error) if error else None, error, len(manifest.tools)
    )


def error_class(error: str) -> str:
    """Return the class of an error message, to count crawls by."""
    return next((name for name, words in _CLASSES if any(word in error for word in words)), "protocol")
