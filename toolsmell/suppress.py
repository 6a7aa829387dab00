"""Findings that a project has decided to live with: suppressions with a reason, and a baseline of old ones.

Both mark findings, and neither drops one: what is suppressed is still counted, and shown to machines.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from toolsmell.config import Suppress
from toolsmell.errors import UsageError
from toolsmell.fingerprint import fingerprint
from toolsmell.model import Confidence, Finding, FindingKind, Json, Location, ServerReport, Severity, Suppression

BASELINE_SCHEMA: Final = "toolsmell.baseline/v1"


class Known(NamedTuple):
    """A finding that a baseline holds."""

    fingerprint: str
    rule: str
    server: str
    tool: str | None
    message: str


def finding_fingerprint(finding: Finding, server_key: str, tool: str | int | None) -> str:
    """Return the identity of a finding; `tool` is its name, or its index where it has none."""
    return fingerprint(finding.id, server_key, tool, finding.pointer, finding.excerpt)


class Suppressor:
    """Marks the findings of a run as they pass by, and remembers what was of use."""

    def __init__(
        self, rows: Iterable[Suppress] = (), *, file: str = "", today: str = "", baseline: Iterable[Known] = ()
    ) -> None:
        """`today` is YYYY-MM-DD; a row whose last day is before it no longer holds."""
        self._file = file
        self._expired = [row for row in rows if row.until is not None and row.until < today]
        self._uses = {row: 0 for row in rows if row not in self._expired}
        self._baseline = {known.fingerprint: known for known in baseline}
        self._seen: set[str] = set()

    def apply(self, report: ServerReport) -> ServerReport:
        """Return the report with its suppressed findings marked."""
        if not self._uses and not self._baseline:
            return report
        tools = tuple(
            tool._replace(findings=tuple(self._marked(f, report.key, tool.name, tool.index) for f in tool.findings))
            for tool in report.tools
        )
        return report._replace(tools=tools, findings=tuple(self._marked(f, report.key, None, None) for f in report.findings))

    def _marked(self, finding: Finding, server: str, name: str | None, index: int | None) -> Finding:
        if finding.suppressed:
            return finding
        for row in self._uses:
            if row.rule == finding.id and row.tool in (None, name) and row.server in (None, server):
                self._uses[row] += 1
                return finding._replace(suppressed=Suppression(f"{self._file}:{row.line}", row.reason))
        if self._baseline:
            own = finding_fingerprint(finding, server, index if name is None else name)
            if own in self._baseline:
                self._seen.add(own)
                return finding._replace(suppressed=Suppression("baseline", None))
        return finding

    def gone(self, ids: frozenset[str]) -> tuple[Known, ...]:
        """Return what the baseline holds and the run, which looked for `ids`, did not find again."""
        return tuple(known for fp, known in self._baseline.items() if fp not in self._seen and known.rule in ids)

    def findings(self) -> tuple[Finding, ...]:
        """Return a finding for each suppression that has expired, or that suppressed nothing."""
        expired = (self._finding("expired-suppression", row, f"it held until {row.until}") for row in self._expired)
        unused = (
            self._finding("unused-suppression", row, "it suppresses nothing any more")
            for row, uses in self._uses.items()
            if not uses
        )
        return (*expired, *unused)

    def _finding(self, id_: str, row: Suppress, what: str) -> Finding:
        where = " of ".join(part for part in (row.tool and f"tool '{row.tool}'", row.server and f"server '{row.server}'") if part)
        return Finding(
            id=id_,
            kind=FindingKind.RUN,
            family="suppression",
            severity=Severity.WARNING,
            confidence=Confidence.HIGH,
            message=f"the suppression of {row.rule}{f' in {where}' if where else ''}: {what}; remove it",
            location=Location(self._file, row.line, 1, row.line, 1),
        )


def baseline_of(reports: Iterable[ServerReport]) -> dict[str, Json]:
    """Return the baseline that holds every finding of `reports` that is not suppressed otherwise."""
    rows = []
    for report in reports:
        for finding, tool, index in _all(report):
            if finding.suppressed is None or finding.suppressed.by == "baseline":
                own = finding_fingerprint(finding, report.key, index if tool is None else tool)
                rows.append({"fingerprint": own, "rule": finding.id, "server": report.key, "tool": tool, "message": finding.message})
    # Sorted, so that the file changes where findings do and nowhere else.
    rows.sort(key=lambda row: (row["server"], row["tool"] or "", row["rule"], row["fingerprint"]))
    return {"schema": BASELINE_SCHEMA, "findings": rows}


def read_baseline(document: Json, file: str) -> tuple[Known, ...]:
    """Read a baseline. Raises `UsageError` where it is none, or of a later version."""
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(schema, str) or not schema.startswith("toolsmell.baseline/"):
        raise UsageError(f"{file}: is no baseline; `toolsmell baseline` writes one")
    if schema != BASELINE_SCHEMA:
        raise UsageError(f"{file}: is of a later version ({schema}); this toolsmell reads {BASELINE_SCHEMA}")
    rows = document.get("findings")
    if not isinstance(rows, list) or not all(isinstance(row, dict) and isinstance(row.get("fingerprint"), str) for row in rows):
        raise UsageError(f"{file}: `findings` must be a list of objects with a fingerprint")
    return tuple(map(_known, rows))


def _known(row: Mapping[str, Json]) -> Known:
    tool = row.get("tool")
    return Known(
        row["fingerprint"],
        str(row.get("rule", "?")),
        str(row.get("server", "?")),
        tool if isinstance(tool, str) else None,
        str(row.get("message", "")),
    )


def _all(report: ServerReport) -> Iterable[tuple[Finding, str | None, int | None]]:
    for finding in report.findings:
        yield finding, None, None
    for tool in report.tools:
        for finding in tool.findings:
            yield finding, tool.name, tool.index
