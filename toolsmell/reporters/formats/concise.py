"""One line a finding, for people and for tools that read `file:line:column: ...`; the summary is the last line."""

from collections.abc import Iterable
from typing import Final, TextIO

from toolsmell.escape import inert, visible
from toolsmell.model import Finding, FindingKind, RunInfo, ServerReport, Severity, Status, Summary
from toolsmell.reporters import Style
from toolsmell.reporters.parts.columns import Ink, cut_end, paint
from toolsmell.reporters.parts.rows import FindingRow, rows, run_rows, summary_line

LONGEST: Final = 400
"""Characters of a message."""

_INK: Final = {Severity.ERROR: Ink.RED, Severity.WARNING: Ink.YELLOW, Severity.NOTE: Ink.CYAN}


class Reporter:
    """Writes every finding that is not suppressed as it comes, in the order of the file."""

    def __init__(self, stream: TextIO, style: Style) -> None:
        self._stream = stream
        self._style = style

    def begin(self, run: RunInfo) -> None:
        pass

    def server(self, report: ServerReport) -> None:
        if report.status is not Status.COMPLETE:
            reason = cut_end(visible(report.error or "no reason is known"), LONGEST)
            self._write(f"{visible(report.source)}: {report.status.value}: {reason}")
        self._findings(sorted(rows(report), key=_place_key))

    def end(self, summary: Summary, findings: tuple[Finding, ...] = ()) -> None:
        self._findings(run_rows(findings))
        if summary.changes:
            from toolsmell.reporters.parts.changes_text import agent_lines

            for line in agent_lines(summary.changes):
                self._write(line)
        self._write(summary_line(summary))

    def _findings(self, found: Iterable[FindingRow]) -> None:
        for row in found:
            if row.finding.suppressed is None:
                self._write(self._line(row))

    def _line(self, row: FindingRow) -> str:
        finding = row.finding
        severity = paint(finding.severity.value, _INK[finding.severity], self._style.color)
        smell = finding.kind is FindingKind.SMELL and finding.help
        text = cut_end(visible(finding.help if smell else finding.message), LONGEST)
        about = f"{row.about}: " if row.tool else ""
        return f"{_place(row)}: {severity} {finding.id}: {about}{text}"

    def _write(self, line: str) -> None:
        self._stream.write(inert(line) + "\n")


def _place_key(row: FindingRow) -> tuple[str, int, int]:
    at = row.finding.location
    return (at.file, at.line, at.column) if at else ("", 0, 0)


def _place(row: FindingRow) -> str:
    at = row.finding.location
    if at is not None:
        return f"{visible(at.file)}:{at.line}:{at.column}"
    return visible(row.server.key) if row.server else "toolsmell"
