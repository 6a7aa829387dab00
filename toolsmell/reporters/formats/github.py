"""Annotations on GitHub: a workflow command for each of the worst findings, all others in the step summary.

GitHub shows ten annotations of a kind a step. The rules of escaping are those of its runner's parser: `%` and
line ends in data, `:` and `,` besides in properties.
"""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TextIO

from toolsmell.errors import UsageError
from toolsmell.escape import visible
from toolsmell.model import Finding, FindingKind, Location, RunInfo, ServerReport, Severity, Summary
from toolsmell.reporters import Style
from toolsmell.reporters.formats import markdown
from toolsmell.reporters.parts.columns import cut_end
from toolsmell.reporters.parts.repository_paths import Repository
from toolsmell.reporters.parts.rows import FindingRow, Shortlist, members, rows, run_rows, summary_line

SHOWN: Final = 10
"""Annotations of a kind that GitHub shows of one step."""
LONGEST: Final = 2_000
"""Characters of a message."""

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


class Reporter:
    """Writes annotations; with `Style.step_summary`, appends the report in Markdown to that file."""

    def __init__(self, stream: TextIO, style: Style) -> None:
        self._stream = stream
        self._repository = Repository()
        self._worst: dict[Severity, Shortlist[FindingRow]] = {severity: Shortlist(SHOWN) for severity in Severity}
        self._summary_file = style.step_summary
        self._summary = io.StringIO()
        self._markdown = markdown.Reporter(self._summary, style, markdown.STEP_SUMMARY)

    def begin(self, run: RunInfo) -> None:
        self._markdown.begin(run)

    def server(self, report: ServerReport) -> None:
        self._markdown.server(report)
        self._add(rows(report))

    def end(self, summary: Summary, findings: tuple[Finding, ...] = ()) -> None:
        self._markdown.end(summary, findings)
        self._add(run_rows(findings))
        for severity in Severity:
            for row in self._worst[severity]:
                self._stream.write(_annotation(row, self._repository.path(row.finding.location)) + "\n")
        self._stream.write(summary_line(summary) + self._more() + "\n")
        if self._summary_file:
            _append(self._summary_file, self._summary.getvalue())

    def _more(self) -> str:
        left_out = sum(worst.left_out for worst in self._worst.values())
        if not left_out:
            return ""
        where = "the step summary has more of them" if self._summary_file else "other formats have them"
        return f" ({left_out:,} findings are not annotated: GitHub shows {SHOWN} of a kind; {where})"

    def _add(self, found: Iterable[FindingRow]) -> None:
        for row in found:
            if not row.finding.suppressed and row.finding.kind is not FindingKind.SMELL:
                self._worst[row.finding.severity].add(row.badness, row)


def _append(file: str, text: str) -> None:
    try:
        with Path(file).open("a", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise UsageError(f"{file}: the step summary cannot be written: {error.strerror or error}") from None


def _annotation(row: FindingRow, path: str | None) -> str:
    finding = row.finding
    properties = [*_place(path, finding.location), ("title", finding.id)]
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties)
    text = row.message
    if path is None and (at := finding.location):
        text += f" (at {visible(at.file)}:{at.line}:{at.column})"
    if sharing := members(finding):
        text += f" ({sharing})"
    if row.advice:
        text += f" ({row.advice})"
    return f"::{_COMMANDS[finding.severity]} {listed}::{_data(cut_end(text, LONGEST))}"


def _place(path: str | None, at: Location | None) -> Iterator[tuple[str, str]]:
    if path is None or at is None:
        return
    yield from (("file", path), ("line", str(at.line)), ("endLine", str(at.end_line)))
    if at.line == at.end_line:  # GitHub knows columns within one line only, and counts the last one in
        yield from (("col", str(at.column)), ("endColumn", str(max(at.column, at.end_column - 1))))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
