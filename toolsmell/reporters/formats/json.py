"""The report as JSON, version 1: one tool a line, written as the servers come."""

from typing import TextIO

from toolsmell.model import Finding, Json, RunInfo, ServerReport, Summary
from toolsmell.reporters import Style
from toolsmell.reporters.parts import report_json as wire
from toolsmell.reporters.parts.encode import dumps


class Reporter:
    """Writes ASCII only: harmless on a terminal, and safe for text that no encoding knows."""

    def __init__(self, stream: TextIO, style: Style) -> None:  # noqa: ARG002 a format for machines has no style
        self._stream = stream
        self._servers = 0

    def begin(self, run: RunInfo) -> None:
        self._stream.write("{" + _members(wire.run(run)) + ',\n"servers": [')

    def server(self, report: ServerReport) -> None:
        write = self._stream.write
        write(",\n{" if self._servers else "\n{")
        self._servers += 1
        write(_members(wire.server_head(report)) + ', "tools": [')
        for i, tool in enumerate(report.tools):
            write((",\n " if i else "\n ") + wire.tool(tool, report))
        write('],\n"findings": [' + ", ".join([wire.finding(f, report) for f in report.findings]) + "]}")

    def end(self, summary: Summary, findings: tuple[Finding, ...] = ()) -> None:
        found = ", ".join(map(wire.finding, findings))
        self._stream.write(f'],\n"findings": [{found}], ' + _members({"summary": wire.summary(summary)}) + "}\n")


def _members(fields: dict[str, Json]) -> str:
    """Return the members of an object without its braces."""
    return dumps(fields)[1:-1]
