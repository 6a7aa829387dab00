"""Reviewdog's diagnostic format (rdjson), with suggestions for fixes of texts on one line.

Its columns are bytes of a line, so each line is looked up in its file. If the file cannot be read, the
diagnostic has the line only.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple, TextIO

from toolsmell.editing.patch import string_literal
from toolsmell.escape import visible
from toolsmell.model import Finding, Json, Location, RunInfo, ServerReport, Severity, Summary
from toolsmell.reporters import Style
from toolsmell.reporters.parts.documentation import documentation, help_uri
from toolsmell.reporters.parts.encode import dumps
from toolsmell.reporters.parts.repository_paths import Repository
from toolsmell.reporters.parts.rows import FindingRow, rows, run_rows

LARGEST: Final = 4 * 1024 * 1024
"""Bytes; a larger file is not looked into."""

_SOURCES: Final = (".py", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".go")
_SEVERITIES: Final = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


class Reporter:
    """Leaves out what is suppressed, for which the format has no word, and what has no place, and says so."""

    def __init__(self, stream: TextIO, style: Style) -> None:  # noqa: ARG002 a format for machines has no style
        self._stream = stream
        self._repository = Repository()
        self._written = self._homeless = 0

    def begin(self, run: RunInfo) -> None:  # noqa: ARG002
        source = {"name": "toolsmell"}
        if uri := documentation():
            source["url"] = uri
        self._stream.write(f'{{"source": {dumps(source)}, "diagnostics": [')

    def server(self, report: ServerReport) -> None:
        for row in rows(report):
            self._add(row)

    def end(self, summary: Summary, findings: tuple[Finding, ...] = ()) -> str | None:  # noqa: ARG002
        for row in run_rows(findings):
            self._add(row)
        self._stream.write("\n]}\n")
        if not self._homeless:
            return None
        return f"rdjson: left out: {self._homeless:,} findings have no place in a file of this repository"

    def _add(self, row: FindingRow) -> None:
        finding = row.finding
        if finding.suppressed:
            return
        path = self._repository.path(finding.location)
        if path is None or finding.location is None:
            self._homeless += 1
            return
        diagnostic = dumps(self._diagnostic(row, path, finding.location))
        self._stream.write(("," if self._written else "") + "\n" + diagnostic)
        self._written += 1

    def _diagnostic(self, row: FindingRow, path: str, at: Location) -> dict[str, Json]:
        finding = row.finding
        span = _span(str(self._repository.root / path), at)
        code = {"value": finding.id}
        if uri := help_uri(finding.id):
            code["url"] = uri
        diagnostic: dict[str, Json] = {
            "message": f"{row.message} ({row.advice})" if row.advice else row.message,
            "location": {"path": visible(path), "range": _range(span, at)},
            "severity": _SEVERITIES[finding.severity],
            "code": code,
        }
        if span and (text := _replacement(finding, span, path)) is not None:
            diagnostic["suggestions"] = [{"range": _range(span, at), "text": text}]
        return diagnostic


class LineSpan(NamedTuple):
    """A span of one line, as its file holds it."""

    text: str
    start: int
    """Column in bytes of UTF-8, from 1."""
    end: int


def _span(file: str, at: Location) -> LineSpan | None:
    """Return the span of a location; None if the file does not have it, or if it covers several lines."""
    lines = _lines(file)
    if at.line != at.end_line or not 1 <= at.line <= len(lines):
        return None
    line = lines[at.line - 1]
    if not 1 <= at.column <= at.end_column <= len(line) + 1:
        return None
    before, text = line[: at.column - 1], line[at.column - 1 : at.end_column - 1]
    start = len(before.encode()) + 1
    return LineSpan(text, start, start + len(text.encode()))


@lru_cache(maxsize=1)
def _lines(file: str) -> list[str]:
    """Return the lines of a file that is UTF-8 and not too large; of another, none."""
    try:
        path = Path(file)
        if path.stat().st_size > LARGEST:
            return []
        return path.read_bytes().decode().split("\n")
    except (OSError, ValueError):
        return []


def _range(span: LineSpan | None, at: Location) -> dict[str, Json]:
    if span is None:
        return {"start": {"line": at.line}}
    return {"start": {"line": at.line, "column": span.start}, "end": {"line": at.line, "column": span.end}}


def _replacement(finding: Finding, span: LineSpan, path: str) -> str | None:
    """Return the literal that replaces a span; None if the fix is more than one edit of that text."""
    edits = finding.fix.edits if finding.fix else ()
    if len(edits) != 1 or edits[0].pointer != finding.pointer:
        return None
    if path.endswith(_SOURCES):
        from toolsmell.sources.code.edit import like

        return like(span.text, edits[0].text, path)
    try:
        is_string = isinstance(json.loads(span.text), str)
    except (ValueError, RecursionError):
        return None
    return string_literal(edits[0].text, span.text) if is_string else None
