"""The report for people: for each server a table, worst tool first, then the findings by tool."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TextIO

from toolsmell.escape import inert
from toolsmell.model import Finding, RunInfo, ServerReport, Severity, Summary
from toolsmell.reporters import Style
from toolsmell.reporters.parts.columns import Ink, paint, wrap
from toolsmell.reporters.parts.digest import in_order
from toolsmell.reporters.parts.rows import summary_line
from toolsmell.reporters.parts.server_text import entries, server_lines

NARROWEST = 60

_HINT = "`--why TOOL` explains the scores of a tool, `toolsmell explain ID` what a finding means."


class Reporter:
    """Writes a block for each server and one for the run, with a blank line between blocks."""

    def __init__(self, stream: TextIO, style: Style) -> None:
        self._stream = stream
        self._style = style._replace(width=max(NARROWEST, style.width))
        self._counts: Counter[tuple[Severity, str]] = Counter()
        self._begun = False

    def begin(self, run: RunInfo) -> None:
        pass

    def server(self, report: ServerReport) -> None:
        self._count(report.findings)
        for tool in report.tools:
            self._count(tool.findings)
        self._write(server_lines(report, self._style))

    def end(self, summary: Summary, findings: tuple[Finding, ...] = ()) -> None:
        self._count(findings)
        if shown := in_order(findings):
            self._write([paint("this run", Ink.BOLD, self._style.color), *entries(shown, None, self._style)])
        if summary.changes:
            from toolsmell.reporters.parts.changes_text import lines

            self._write(lines(summary.changes))
        if self._style.statistics and self._counts:
            self._write(_statistics(self._counts, self._style))
        hint = wrap(_HINT, self._style.width) if summary.smelly_tools and not self._style.quiet else ()
        if self._style.quiet and not self._begun and not (summary.servers or summary.files):
            return  # a hook over files in which nothing is for MCP
        self._write([*(paint(line, Ink.DIM, self._style.color) for line in hint), summary_line(summary)])

    def _count(self, findings: Iterable[Finding]) -> None:
        if self._style.statistics:
            self._counts.update((f.severity, f.id) for f in findings if f.suppressed is None)

    def _write(self, lines: Iterable[str]) -> None:
        text = "\n".join(map(inert, lines))
        if text:
            self._stream.write(f"\n{text}\n" if self._begun else f"{text}\n")
            self._begun = True


def _statistics(counts: Counter[tuple[Severity, str]], style: Style) -> Iterator[str]:
    yield paint("findings by rule", Ink.BOLD, style.color)
    for (severity, rule), count in sorted(counts.items(), key=lambda item: (-item[1], item[0][0].rank, item[0][1])):
        yield f"  {count:>6,}  {severity.value:7}  {rule}"
