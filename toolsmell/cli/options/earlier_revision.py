"""`scan --base REV`: reads the servers as a revision of git has them, to compare the run with them."""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from toolsmell import app
from toolsmell.errors import UsageError
from toolsmell.escape import shown
from toolsmell.model import Finding, Manifest, ServerReport
from toolsmell.project.suppress import Suppressor
from toolsmell.project.tally import Tally
from toolsmell.sources.json.manifest import STDIN
from toolsmell.sources.options import Command, TargetOptions

if TYPE_CHECKING:
    from toolsmell.model.changes import BaseChanges
    from toolsmell.reporters.parts.stored import StoredReport
    from toolsmell.rewrite.earlier_revision import Since
    from toolsmell.sources.revision import Exported

_GIT: Final = "git:"
_COMMIT: Final = 10
"""Digits of a commit that are shown."""


def revision_of(base: str | None) -> str | None:
    """Return the revision of git that `--base` names, or None if it names a report.

    `git:REV` is always a revision. Any other text is one unless it is a file, or ends as a report does.
    """
    if base is None or base.startswith(_GIT):
        return base and base.removeprefix(_GIT)
    return None if os.path.isfile(base) or base.endswith(".json") else base


class BaseRun(NamedTuple):
    """The servers of a revision: as a report, and ready to be compared."""

    report: "StoredReport"
    since: "Since"
    label: str
    renamed: tuple[tuple[str, str], ...]

    def changes(self) -> "BaseChanges":
        return self.since.changes(self.label, self.renamed)


def read_base(
    name: str,
    targets: Sequence[str | Command],
    reading: TargetOptions,
    options: app.ScanOptions,
    suppressor: Suppressor,
) -> BaseRun:
    """Read and scan what the targets are in a revision of git. No server is started.

    Raises `UsageError` for a target that is no file or folder, and for a revision that the repository does not have.
    """
    import tempfile

    from toolsmell.reporters.parts.stored import StoredReport
    from toolsmell.rewrite.earlier_revision import Since
    from toolsmell.rewrite.measure import Yardstick
    from toolsmell.sources.revision import export, resolve

    files = list(_files(targets, reading))
    by_top: dict[str, list[str]] = {}
    revisions = {target: resolve(name, target) for target in files}
    for target, revision in revisions.items():
        by_top.setdefault(revision.top, []).append(target)
    scanner = app.Scanner(options._replace(locked=None, tools=frozenset()))
    read, reports, renamed, tally = list[Manifest](), list[ServerReport](), list[tuple[str, str]](), Tally()
    for group in by_top.values():
        with tempfile.TemporaryDirectory(prefix="toolsmell-") as folder:
            exported = export(revisions[group[0]], group, os.path.realpath(folder))
            renamed += exported.renamed
            for manifest, target in _manifests(exported, group, reading):
                found = _original(scanner.scan(manifest), exported, target)
                reports.append(suppressor.apply(found, manifest.ignores))
                read.append(manifest._replace(error=found.error, locator=None))
                tally.add(reports[-1])
    yardstick = Yardstick(options.rubric, options.rules, options.frame, options.counter)
    label = f"{shown(name)} ({next(iter(revisions.values())).commit[:_COMMIT]})"
    report = StoredReport(options.run_info(), tuple(reports), (), tally.summary())
    return BaseRun(report, Since(read, yardstick, options.tools), label, tuple(renamed))


def _files(targets: Sequence[str | Command], reading: TargetOptions) -> Iterator[str]:
    for target in targets:
        if isinstance(target, Command) or "://" in target or target == STDIN or reading.consent.run:
            what = "a server" if target != STDIN else "stdin"
            raise UsageError(
                f"--base: git has files and folders, not {what}: save both with `toolsmell dump` and compare them with "
                "`toolsmell verify BEFORE AFTER`"
            )
        yield target


def _manifests(exported: "Exported", targets: Sequence[str], reading: TargetOptions) -> Iterator[tuple[Manifest, str]]:
    """Yield the servers of a revision, each with its target. A target that it does not have yields none."""
    from toolsmell.sources.targets import manifests

    exclude = reading.exclude
    if exclude and os.path.realpath(exclude.folder).startswith(exported.revision.top):
        exclude = exclude._replace(folder=exported.path(exclude.folder))
    quiet = reading._replace(exclude=exclude, source=None, say=lambda _message: None)
    for target in targets:
        path = exported.path(target)
        if os.path.lexists(path):
            for manifest in manifests((path,), quiet):
                yield manifest, target


def _original(report: ServerReport, exported: "Exported", target: str) -> ServerReport:
    """Return a report with the names that the files have in the working tree."""
    absolute = os.path.isabs(target)

    def name(path: str) -> str:
        return exported.original(path, absolute=absolute)

    def placed(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(f.placed(f.location._replace(file=name(f.location.file))) if f.location else f for f in findings)

    return report._replace(
        source=name(report.source),
        error=report.error and report.error.replace(exported.folder + os.sep, ""),
        tools=tuple(tool._replace(findings=placed(tool.findings)) for tool in report.tools),
        findings=placed(report.findings),
    )
