"""GitLab's code quality report: a JSON array of findings that have a place in the repository."""

from collections import Counter
from hashlib import sha256
from typing import Final, TextIO

from toolsmell.escape import visible
from toolsmell.model import Finding, Json, RunInfo, ServerReport, Severity, Summary
from toolsmell.reporters import Style
from toolsmell.reporters.parts.encode import dumps
from toolsmell.reporters.parts.repository_paths import Repository
from toolsmell.reporters.parts.rows import FindingRow, rows, run_rows

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


class Reporter:
    """Leaves out what is suppressed, for which the format has no word, and what has no place, and says so."""

    def __init__(self, stream: TextIO, style: Style) -> None:  # noqa: ARG002 a format for machines has no style
        self._stream = stream
        self._repository = Repository()
        self._written = self._homeless = 0

    def begin(self, run: RunInfo) -> None:  # noqa: ARG002
        self._stream.write("[")

    def server(self, report: ServerReport) -> None:
        seen: Counter[str] = Counter()
        for row in rows(report):
            self._add(row, seen)

    def end(self, summary: Summary, findings: tuple[Finding, ...] = ()) -> str | None:  # noqa: ARG002
        seen: Counter[str] = Counter()
        for row in run_rows(findings):
            self._add(row, seen)
        self._stream.write("\n]\n")
        if not self._homeless:
            return None
        return f"gitlab: left out: {self._homeless:,} findings have no place in a file of this repository"

    def _add(self, row: FindingRow, seen: Counter[str]) -> None:
        finding = row.finding
        if finding.suppressed:
            return
        path = self._repository.path(finding.location)
        if path is None or finding.location is None:
            self._homeless += 1
            return
        seen[row.fingerprint] += 1
        issue: dict[str, Json] = {
            "description": f"{row.message} ({row.advice})" if row.advice else row.message,
            "check_name": finding.id,
            "fingerprint": _unique(path, row.fingerprint, seen[row.fingerprint]),
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": visible(path), "lines": {"begin": finding.location.line}},
        }
        self._stream.write(("," if self._written else "") + "\n" + dumps(issue))
        self._written += 1


def _unique(path: str, fingerprint: str, nth: int) -> str:
    """Return a hash that differs for equals in one tool, and for one server in two files."""
    return sha256(dumps([path, fingerprint, nth]).encode("ascii")).hexdigest()
