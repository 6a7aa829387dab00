"""`toolsmell init`."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import click

from toolsmell import app
from toolsmell.cli.options.configuration import with_settings
from toolsmell.cli.options.linting import LintInput, scan_options_of
from toolsmell.cli.options.own_targets import excluded
from toolsmell.cli.typed import takes
from toolsmell.cli.whole_files import given_besides, read_file, replace_file
from toolsmell.errors import SourceError, UsageError
from toolsmell.model import Json, Manifest, Place, ServerReport
from toolsmell.project import agents_file, starter
from toolsmell.project.baseline import baseline_of
from toolsmell.project.config import read
from toolsmell.project.config.settings import Config
from toolsmell.project.detection import DetectedServer, depends_on_mcp, look
from toolsmell.project.installation import installed
from toolsmell.reporters.parts.rows import amount
from toolsmell.sources.options import TargetOptions
from toolsmell.sources.targets import manifests, missing

_FROM_CONFIG: Final = f"{starter.CONFIG} has its start command"
_MOST_TARGETS: Final = 5
"""More entries of a folder than these are not listed one by one: the folder itself is the target."""


class InitInput(NamedTuple):
    """The options as they were typed."""

    folder: Path
    force: bool
    agents: bool


class _Scanned(NamedTuple):
    """The result of a scan of a repository."""

    reports: tuple[ServerReport, ...] = ()
    places: frozenset[str] = frozenset()
    """The entries of the repository with tools or declarations in them; `.` for source code in its top folder."""
    missing: tuple[str, ...] = ()
    """Descriptions of the tools in the code that could not be read."""
    said: tuple[str, ...] = ()
    """Messages of the scan, for instance how many files it passed over."""

    @property
    def tools(self) -> int:
        return sum(len(report.tools) for report in self.reports)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
@click.option("--force", is_flag=True, help="Replace files that are there.")
@click.option("--agents", is_flag=True, help="Add three lines to AGENTS.md: how to check and write descriptions.")
@takes(InitInput)
def command(given: InitInput) -> None:
    """Write toolsmell.toml, a baseline, a pre-commit hook and a workflow for this repository.

    It scans the repository first, configures the targets in which it finds tools, and puts the current findings in the
    baseline. It starts no server, replaces no existing file without --force, and prints what it writes. In a repository
    without MCP files it writes nothing.
    """
    settings = _existing(given)
    found = look(given.folder)
    if settings.server.command:
        found = found._replace(command=settings.server.command, why=_FROM_CONFIG)
    click.echo(f"found: {found.language} ({found.why})")
    scanned, targets = _scan(given.folder, settings)
    for words in scanned.said:
        click.echo(words.removeprefix("toolsmell: "))
    live = _is_live(scanned, found, given.folder)
    if targets:
        click.echo(f"scanned {', '.join(targets)}: {amount(scanned.tools, 'tool')}")
    plan = starter.StarterPlan(found, installed(), targets, live, bool(scanned.missing))
    texts = starter.files(plan)
    if targets:
        texts[starter.BASELINE] = json.dumps(baseline_of(scanned.reports), indent=1) + "\n"
    for name, text in texts.items():
        _write(given, name, text)
    if given.agents:
        _advise(given.folder, agents_file.advice(targets, live))
    for line in _next_steps(plan):
        click.echo(line)


def _existing(given: InitInput) -> Config:
    path = given.folder / starter.CONFIG
    return read(str(path)) if path.is_file() and not given.force else Config()


def _scan(folder: Path, settings: Config) -> tuple[_Scanned, tuple[str, ...]]:
    """Scan a repository, and then the targets that are chosen for it; return what these find, and them."""
    whole = _scanned(folder, (".",), settings)
    if not whole.reports:
        return whole, ()
    chosen = tuple(settings.values.get("targets", ())) or tuple(sorted(whole.places))
    if "." in chosen or len(chosen) > _MOST_TARGETS:
        return whole, (".",)
    some = _scanned(folder, chosen, settings)
    some = some._replace(said=whole.said)
    return (some, chosen) if settings.values.get("targets") or some.tools == whole.tools else (whole, (".",))


def _scanned(folder: Path, targets: Iterable[str], settings: Config) -> _Scanned:
    """Scan targets below a folder, with the rules of its configuration."""
    options = TargetOptions(skip_unrecognised=True, exclude=excluded(settings))
    scanner = app.Scanner(scan_options_of(with_settings(LintInput(), settings), settings))
    reports: list[ServerReport] = []
    places: set[str] = set()
    unread: list[str] = []
    said: list[str] = []
    paths = [os.path.normpath(folder / target) for target in targets]
    for manifest in manifests(paths, options._replace(say=said.append, keep_unread=True)):
        if words := missing(manifest):
            unread.append(words)
        if manifest.tools or manifest.declared:
            reports.append(scanner.scan(manifest))
            places.update(_places(manifest, folder))
    return _Scanned(tuple(reports), frozenset(places), tuple(unread), tuple(said))


def _places(manifest: Manifest, folder: Path) -> Iterator[str]:
    """Yield the entries of a folder that a manifest comes from; `.` for source code in the folder itself."""
    files = {manifest.source}
    if manifest.locator and manifest.tools:
        located = manifest.locator.locate([Place(tool.index, "") for tool in manifest.tools])
        files = {location.file for location in located.values()}
    for file in files:
        parts = Path(os.path.relpath(file, folder)).parts
        is_code = len(parts) == 1 and not parts[0].endswith((".json", ".jsonc", ".jsonl", ".ndjson", ".snap"))
        yield "." if is_code or parts[0] == ".." else parts[0]


def _is_live(scanned: _Scanned, found: DetectedServer, folder: Path) -> bool:
    """Print what a scan finds, and return True if the server has to be started to get its tools.

    Raises `SourceError` for a repository in which nothing is for MCP.
    """
    for words in scanned.missing:
        click.echo(f"not read: {words}")
    if scanned.tools:
        return False
    sdk = depends_on_mcp(folder)
    if sdk or scanned.missing or found.why == _FROM_CONFIG:
        named = f" ({sdk} names an SDK of MCP)" if sdk else ""
        click.echo(f"no tools can be read from the files{named}: start the server instead")
        return True
    if not scanned.reports:
        raise SourceError(
            f"{folder}: no tools and nothing of MCP found, so nothing was written; to scan a server that starts by a "
            "command, type `toolsmell scan -- COMMAND`"
        )
    return False


def _write(given: InitInput, name: str, text: str) -> None:
    """Write one file unless it is there, and show it."""
    path = given.folder / name
    _require_inside(path.parent, given.folder)
    shown = _summary(text) if name == starter.BASELINE else _indented(text)
    if path.exists() and not given.force:
        click.echo(f"\nkept {name}, which is there already; add to it what you need of this:\n\n{shown}")
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path.parent}: cannot be made: {error.strerror}") from None
    replace_file(path, text)
    click.echo(f"\nwrote {name}:\n\n{shown}")


def _require_inside(path: Path, folder: Path) -> None:
    if not Path(os.path.realpath(path)).is_relative_to(folder.resolve()):
        raise UsageError(f"{path}: leads out of {folder}, so nothing is written there")


def _advise(folder: Path, lines: tuple[str, ...]) -> None:
    """Add lines to AGENTS.md unless they are there, and show them. A link inside the folder is followed."""
    path = folder / agents_file.NAME
    _require_inside(path, folder)
    before = _text(path) if path.exists() else None
    after = agents_file.with_advice(before or "", lines)
    if after == before:
        click.echo(f"\nkept {path.name}, which has these lines already:\n\n{_indented(chr(10).join(lines))}")
        return
    replace_file(os.path.realpath(path), after.encode("utf-8"))
    done = "wrote" if before is None else "added to"
    click.echo(f"\n{done} {path.name}:\n\n{_indented(chr(10).join(lines))}")


def _text(path: Path) -> str:
    try:
        with given_besides():
            return read_file(str(path)).decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8, so nothing is added to it") from None


def _summary(baseline: str) -> str:
    findings: list[Json] = json.loads(baseline)["findings"]
    return f"    lists {amount(len(findings), 'finding')} that will not fail a run"


def _next_steps(plan: starter.StarterPlan) -> Iterator[str]:
    yield ""
    if plan.installation is None:
        yield "no workflow was written: this toolsmell was installed from a folder, so CI cannot install its version"
    if plan.live and not plan.found.command:
        yield f"next: write the start command into [server] of {starter.CONFIG}, and run `toolsmell init` again"
    elif plan.live:
        yield "next: `toolsmell scan --run` starts the server and scans what it sends; `toolsmell baseline --run`, and"
        yield f'      `baseline = "{starter.BASELINE}"` in {starter.CONFIG}, accept what it finds today'
    else:
        yield "next: `pre-commit install`, and commit these files"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())
