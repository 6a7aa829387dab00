"""Suppressions and the baseline of a run."""

import os

from toolsmell.cli.targets import say
from toolsmell.config import Config
from toolsmell.errors import SourceError, UsageError
from toolsmell.model import Json
from toolsmell.suppress import Suppressor, read_baseline


def make_suppressor(settings: Config, typed: str | None) -> Suppressor:
    """Return what marks suppressed findings: the rows of the configuration, and the baseline.

    The file of a baseline that was typed is relative to here; one that a configuration names, to that file, and
    it must not lie outside its folder. Raises `UsageError` where it is missing or is none.
    """
    file = typed
    if file is not None and file == settings.values.get("baseline"):
        file = _inside(settings, file)
    baseline = read_baseline(document_of(file, "baseline"), file) if file else ()
    today = ""
    if any(row.until for row in settings.suppress):
        from datetime import date

        today = date.today().isoformat()  # noqa: DTZ011  a day of the person who runs it
    return Suppressor(settings.suppress, file=settings.file or "", today=today, baseline=baseline)


def _inside(settings: Config, name: str) -> str:
    folder = os.path.realpath(settings.folder)
    path = os.path.realpath(os.path.join(folder, name))
    if os.path.commonpath([folder, path]) != folder:
        raise UsageError(f"{settings.file}: baseline: {name} lies outside of {settings.folder or '.'}")
    return path


def document_of(file: str, what: str) -> Json:
    """Read a JSON file that toolsmell wrote: a baseline or a lock. Raises `UsageError` where it cannot be read."""
    from toolsmell.sources.manifest import documents, open_file

    try:
        (document,) = documents(open_file(file))
    except SourceError as error:
        raise UsageError(f"the {what} cannot be read: {error}; `toolsmell {what}` writes one") from None
    except ValueError:
        raise UsageError(f"{file}: is no {what}") from None
    if isinstance(document, SourceError):
        raise UsageError(f"the {what} cannot be read: {document}")
    return document.value


def say_gone(suppressor: Suppressor, ids: frozenset[str]) -> None:
    """Say which findings of the baseline, of the rules and smells that ran, were not found again."""
    gone = suppressor.gone(ids)
    for known in gone[:20]:
        say(f"gone since the baseline: {known.server}: {known.tool or 'the server'}: {known.rule}")
    if len(gone) > 20:
        say(f"... and {len(gone) - 20} more")
    if gone:
        say("`toolsmell baseline` writes a new baseline without them")
