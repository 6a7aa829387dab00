"""Findings that a project has decided to live with: suppressions with a reason, and a baseline of old ones.

Both mark findings, and neither drops one: what is suppressed is still counted, and shown to machines.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from toolsmell.config import Suppress
from toolsmell.errors import UsageError
from toolsmell.fingerprint import fingerprint
from toolsmell.model import OLD, Finding, Json, Location, ServerReport, Suppression
from toolsmell.rules.base import SuppressionUse
from toolsmell.rules.engine import RuleSet, check_suppression

REPORT_SCHEMA: Final = "toolsmell.report/v1"
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
                return finding._replace(suppressed=OLD)
        return finding

    def gone(self, ids: frozenset[str]) -> tuple[Known, ...]:
        """Return what the baseline holds and the run, which looked for `ids`, did not find again."""
        return tuple(known for fp, known in self._baseline.items() if fp not in self._seen and known.rule in ids)

    def findings(self, rules: RuleSet, ids: frozenset[str]) -> tuple[Finding, ...]:
        """Return a finding for each suppression that has expired, or that suppressed nothing of the `ids` looked for."""
        found: list[Finding] = []
        rows = [*((row, 0) for row in self._expired), *((row, n) for row, n in self._uses.items() if row.rule in ids)]
        for row, uses in rows:
            expired = row in self._expired
            use = SuppressionUse(row.rule, row.reason, row.tool, row.server, row.until, expired, uses)
            at = Location(self._file, row.line, 1, row.line, 1)
            found += [finding._replace(location=at) for finding in check_suppression(use, rules)]
        return tuple(found)


def baseline_of(reports: Iterable[ServerReport]) -> dict[str, Json]:
    """Return the baseline that holds every finding of `reports` that is not suppressed otherwise."""
    rows = []
    for report in reports:
        for finding, tool, index in _all(report):
            if finding.suppressed in (None, OLD):
                own = finding_fingerprint(finding, report.key, index if tool is None else tool)
                rows.append({"fingerprint": own, "rule": finding.id, "server": report.key, "tool": tool, "message": finding.message})
    # Sorted, so that the file changes where findings do and nowhere else.
    rows.sort(key=lambda row: (row["server"], row["tool"] or "", row["rule"], row["fingerprint"]))
    return {"schema": BASELINE_SCHEMA, "findings": rows}


def read_baseline(document: Json, file: str) -> tuple[Known, ...]:
    """Read a baseline, or take a report in JSON as one. Raises `UsageError` where it is none, or of a later version."""
    schema = document.get("schema") if isinstance(document, dict) else None
    if schema == REPORT_SCHEMA:
        return tuple(_of_report(document))
    if not isinstance(schema, str) or not schema.startswith("toolsmell.baseline/"):
        raise UsageError(f"{file}: is no baseline; `toolsmell baseline` writes one")
    if schema != BASELINE_SCHEMA:
        raise UsageError(f"{file}: is of a later version ({schema}); this toolsmell reads {BASELINE_SCHEMA}")
    rows = document.get("findings")
    if not isinstance(rows, list) or not all(isinstance(row, dict) and isinstance(row.get("fingerprint"), str) for row in rows):
        raise UsageError(f"{file}: `findings` must be a list of objects with a fingerprint")
    return tuple(map(_known, rows))


def _of_report(document: Json) -> Iterator[Known]:
    """Yield the findings of a report of version 1."""
    for server in _rows(document, "servers"):
        key = str(server.get("key"))
        holders = [(None, server), *((tool.get("name"), tool) for tool in _rows(server, "tools"))]
        for name, holder in holders:
            for finding in _rows(holder, "findings"):
                if isinstance(finding.get("fingerprint"), str):
                    row = {**finding, "rule": finding.get("id"), "server": key, "tool": name}
                    yield _known(row)


def _rows(holder: Json, name: str) -> list[dict[str, Json]]:
    rows = holder.get(name) if isinstance(holder, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


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
