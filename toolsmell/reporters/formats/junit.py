"""JUnit XML, as test runners write it: a suite for each server, a case for each tool.

Errors are failures, so a report is red if its scan fails. Warnings, notes and suppressed findings are in the
output of the case. A server that was not read is a case with an error.
"""

from collections.abc import Iterable, Iterator
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from toolsmell.escape import visible
from toolsmell.model import Finding, RunInfo, ServerReport, Severity, Status, Summary
from toolsmell.reporters import Style
from toolsmell.reporters.parts.rows import FindingRow, label, rows, run_rows, whole


class Reporter:
    def __init__(self, stream: TextIO, style: Style) -> None:  # noqa: ARG002 a format for machines has no style
        self._stream = stream

    def begin(self, run: RunInfo) -> None:  # noqa: ARG002
        self._stream.write('<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="toolsmell">\n')

    def server(self, report: ServerReport) -> None:
        cases = [
            _case(report.key, label(tool), [FindingRow(f, report, tool) for f in tool.findings])
            for tool in report.tools
        ]
        if report.findings:
            cases.append(_case(report.key, whole(report), [FindingRow(f, report) for f in report.findings]))
        if report.status is not Status.COMPLETE:
            cases.append(_unread(report))
        failures = sum(_fails(row.finding) for row in rows(report))
        self._suite(report.key, cases, failures, errors=report.status is not Status.COMPLETE)

    def end(self, summary: Summary, findings: tuple[Finding, ...] = ()) -> None:  # noqa: ARG002
        if findings:
            case = _case("toolsmell", "this run", list(run_rows(findings)))
            self._suite("this run", [case], sum(map(_fails, findings)), errors=False)
        self._stream.write("</testsuites>\n")

    def _suite(self, name: str, cases: list[str], failures: int, *, errors: bool) -> None:
        counts = f'tests="{len(cases)}" failures="{failures}" errors="{int(errors)}" skipped="0"'
        self._stream.write(f"<testsuite name={_quoted(name)} {counts}>\n{''.join(cases)}</testsuite>\n")


def _case(classname: str, name: str, rows: list[FindingRow]) -> str:
    inside = "".join(_inside(rows))
    start = f"<testcase classname={_quoted(classname)} name={_quoted(name)}"
    return f"{start}>\n{inside}</testcase>\n" if inside else f"{start}/>\n"


def _inside(rows: Iterable[FindingRow]) -> Iterator[str]:
    lighter = []
    for row in rows:
        finding = row.finding
        if _fails(finding):
            attributes = f"type={_quoted(finding.id)} message={_quoted(finding.message)}"
            yield f"<failure {attributes}>{_text(_line(finding))}</failure>\n"
        else:
            lighter.append(_line(finding))
    if lighter:
        yield f"<system-out>{_text(chr(10).join(lighter))}</system-out>\n"


def _unread(report: ServerReport) -> str:
    reason = _quoted(report.error or "no reason is known")
    error = f"<error type={_quoted(report.status.value)} message={reason}/>"
    return f'<testcase classname={_quoted(report.key)} name="reading the server">\n{error}\n</testcase>\n'


def _fails(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.suppressed is None


def _line(finding: Finding) -> str:
    at = finding.location
    place = f"{visible(at.file)}:{at.line}:{at.column}: " if at else ""
    silent = f" [suppressed by {visible(finding.suppressed.by)}]" if finding.suppressed else ""
    return f"{place}{finding.severity.value}: {visible(finding.message)} ({finding.id}){silent}"


def _quoted(text: str) -> str:
    return _inert(quoteattr(visible(text)))


def _text(text: str) -> str:
    return _inert(escape(text))


def _inert(xml: str) -> str:
    """Return the same XML without anything that a CI runner takes for a command in its log."""
    return xml.replace("::", ":&#58;").replace("##", "#&#35;")
