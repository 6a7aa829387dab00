"""Suppressions and the baseline of a run."""

import os
from collections.abc import Collection, Iterator

from toolsmell.cli.options.targets import say
from toolsmell.errors import SourceError, UsageError
from toolsmell.model import Json, Suppression
from toolsmell.project.baseline import KnownFinding, read_baseline
from toolsmell.project.config.settings import Config
from toolsmell.project.exclude import exclude_of
from toolsmell.project.suppress import Given, PathIgnore, Suppressor

_SHOWN = 20


def make_suppressor(
    settings: Config, known: Collection[str], *, isolated: bool, baseline: str | None = None, partial: bool = False
) -> Suppressor:
    """Return the suppressor of a run: comments, rows of the configuration, and the baseline.

    `known` are the ids of all rules and smells. `partial` is True if only some servers or tools are read.
    Raises `UsageError` for a baseline that is missing or invalid.
    """
    today = ""
    if any(row.until for row in settings.suppress):
        from datetime import date

        today = date.today().isoformat()  # noqa: DTZ011  a day of the person who runs it
    return Suppressor(
        Given(
            rows=settings.suppress,
            file=settings.file or "",
            paths=tuple(_paths(settings)),
            today=today,
            baseline=_baseline(baseline, settings),
            comments=not isolated,
            known=known,
            partial=partial,
        )
    )


def _paths(settings: Config) -> Iterator[PathIgnore]:
    """Yield the suppressions of the configuration by the path of a file."""
    for path in settings.paths:
        files = exclude_of((path.pattern,), settings.folder)
        if files:
            by = Suppression(f"{settings.file}:{settings.line('paths', path.pattern)}", f"in {path.pattern}")
            yield PathIgnore(files, frozenset(path.ignore), by)


def _baseline(file: str | None, settings: Config) -> tuple[KnownFinding, ...]:
    """Read the baseline. A typed path is relative to the current folder, one in a configuration to its file."""
    if not file:
        return ()
    if file == settings.values.get("baseline"):
        file = _inside(settings, file)
    return read_baseline(document_of(file, "baseline"), file)


def _inside(settings: Config, name: str) -> str:
    folder = os.path.realpath(settings.folder)
    path = os.path.realpath(os.path.join(folder, name))
    if os.path.commonpath((folder, path)) != folder:
        where = f"{settings.file}:{settings.line('baseline')}"
        raise UsageError(f"{where}: baseline: {name} lies outside of {folder}")
    return path


def document_of(file: str, what: str) -> Json:
    """Read a JSON file that toolsmell wrote: a baseline or a lock. Raises `UsageError` if it cannot be read."""
    from toolsmell.sources.json.manifest import documents, open_file

    try:
        found = list(documents(open_file(file)))
    except SourceError as error:
        raise UsageError(f"the {what} cannot be read: {error}; `toolsmell {what}` writes one") from None
    if len(found) != 1:
        raise UsageError(f"{file}: is no {what}, but {len(found)} documents; `toolsmell {what}` writes one")
    if isinstance(found[0], SourceError):
        raise UsageError(f"the {what} cannot be read: {found[0]}")
    return found[0].value


def say_gone(suppressor: Suppressor, ids: frozenset[str]) -> None:
    """Report findings of the baseline that are gone, for the rules and smells that ran."""
    gone = suppressor.gone(ids)
    for known in gone[:_SHOWN]:
        say(f"gone since the baseline: {known.server}: {known.tool or 'the server'}: {known.rule}")
    if len(gone) > _SHOWN:
        say(f"... and {len(gone) - _SHOWN} more")
    if gone:
        say("`toolsmell baseline` writes a new baseline without them")
