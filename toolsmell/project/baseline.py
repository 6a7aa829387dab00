"""The baseline: old findings that a run no longer fails on, by identities that survive reformatting."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from toolsmell.errors import UsageError
from toolsmell.model import OLD, Finding, Json, ServerReport, ToolReport
from toolsmell.project import fingerprint

REPORT_SCHEMA: Final = "toolsmell.report/v1"
BASELINE_SCHEMA: Final = "toolsmell.baseline/v1"


class KnownFinding(NamedTuple):
    """A finding in a baseline."""

    fingerprint: str
    rule: str
    server: str
    tool: str | None
    message: str
    members: frozenset[str | None] | None = None
    """Names of the tools that shared the finding; None if it was about one place."""


class Baseline:
    """Separates old findings from new ones: for each identity, as many are old as the file lists."""

    def __init__(self, known: Iterable[KnownFinding] = ()) -> None:
        self._known: Final = tuple(known)
        self._servers: Final = {one.server for one in self._known}
        self._holders: Final[dict[tuple[str, str | None], dict[str, None]]] = {}
        """Keys of the servers in which the file has a finding of a rule in a tool."""
        for one in self._known:
            self._holders.setdefault((one.rule, one.tool), {})[one.server] = None
        self._left = Counter(one.fingerprint for one in self._known)
        self._members = {one.fingerprint: one.members for one in self._known if one.members is not None}

    def __bool__(self) -> bool:
        return bool(self._known)

    def holds(self, finding: Finding, report: ServerReport, tool: ToolReport | None) -> bool:
        """Return True if a finding is old; each one in the file is matched once."""
        for own in self._identities(finding, report, tool):
            if self._left[own] and self._members_hold(own, finding):
                self._left[own] -= 1
                return True
        return False

    def _identities(self, finding: Finding, report: ServerReport, tool: ToolReport | None) -> Iterator[str]:
        """Yield the identity of a finding; if its server is not in the file, also those that it would have there.

        The key of a server without a name depends on what was scanned: one file, a folder, or a clone of it that has
        another name.
        """
        yield fingerprint.of(finding, report, tool)
        if report.key not in self._servers and finding.fingerprint is None:
            for key in self._holders.get((finding.id, tool.name if tool else None), ()):
                yield fingerprint.of(finding, report._replace(key=key), tool)

    def _members_hold(self, own: str, finding: Finding) -> bool:
        """Return False if the finding has spread to a tool that the file does not name."""
        known = self._members.get(own)
        return known is None or known.issuperset(member.name for member in finding.members)

    def unmatched(self) -> Iterator[KnownFinding]:
        """Yield the rows of the file that no finding matched."""
        left = self._left.copy()
        for known in self._known:
            if left[known.fingerprint]:
                left[known.fingerprint] -= 1
                yield known


def baseline_of(reports: Iterable[ServerReport]) -> dict[str, Json]:
    """Return the baseline with every finding of `reports` that nothing else suppresses."""
    rows = [
        {
            "fingerprint": fingerprint.of(finding, report, tool),
            "rule": finding.id,
            "server": report.key,
            "tool": tool.name if tool else None,
            "message": finding.message,
            **({"members": sorted({m.name or "" for m in finding.members})} if finding.members else {}),
        }
        for report in reports
        for finding, tool in _all(report)
        if finding.suppressed in (None, OLD)
    ]
    # Sorted, so that the file changes where findings do and nowhere else.
    rows.sort(key=lambda row: (row["server"], row["tool"] or "", row["rule"], row["fingerprint"]))
    return {"schema": BASELINE_SCHEMA, "findings": rows}


def read_baseline(document: Json, file: str) -> tuple[KnownFinding, ...]:
    """Read a baseline, or take a report in JSON as one. Raises `UsageError` if it is neither, or of a later version."""
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(schema, str) or not schema.startswith(("toolsmell.baseline/", "toolsmell.report/")):
        raise UsageError(f"{file}: is no baseline; `toolsmell baseline` writes one")
    if schema == REPORT_SCHEMA:
        return tuple(_of_report(document))
    if schema != BASELINE_SCHEMA:
        reads = f"this toolsmell reads {BASELINE_SCHEMA} and {REPORT_SCHEMA}"
        raise UsageError(f"{file}: is of another version ({schema[:60]}); {reads}")
    rows = document.get("findings")
    if not isinstance(rows, list) or not all(map(_is_row, rows)):
        raise UsageError(f"{file}: `findings` must be a list of objects, each with a fingerprint")
    return tuple(map(_known, rows))


def _of_report(document: Json) -> Iterator[KnownFinding]:
    for server in _rows(document, "servers"):
        holders = [(None, server), *((tool.get("name"), tool) for tool in _rows(server, "tools"))]
        for name, holder in holders:
            for finding in filter(_is_row, _rows(holder, "findings")):
                by = (finding.get("suppressed") or {"by": OLD.by}).get("by")
                # A finding that a comment or the configuration suppresses is not old: it counts once that is removed.
                if by == OLD.by:
                    known = {**finding, "rule": finding.get("id"), "server": server.get("key"), "tool": name}
                    yield _known(known)


def _rows(holder: Json, name: str) -> list[dict[str, Json]]:
    rows = holder.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _is_row(row: Json) -> bool:
    return isinstance(row, dict) and isinstance(row.get("fingerprint"), str)


def _known(row: Mapping[str, Json]) -> KnownFinding:
    tool = row.get("tool")
    return KnownFinding(
        row["fingerprint"],
        rule=str(row.get("rule", "?")),
        server=str(row.get("server", "?")),
        tool=tool if isinstance(tool, str) else None,
        message=str(row.get("message", "")),
        members=_member_names(row.get("members")),
    )


def _member_names(members: Json) -> frozenset[str | None] | None:
    """Return the names in a row of a baseline, or of a report, or None if there are none."""
    if not isinstance(members, list) or not members:
        return None
    names = (member.get("tool") if isinstance(member, dict) else member for member in members)
    return frozenset(name if isinstance(name, str) and name else None for name in names)


def _all(report: ServerReport) -> Iterator[tuple[Finding, ToolReport | None]]:
    for finding in report.findings:
        yield finding, None
    for tool in report.tools:
        for finding in tool.findings:
            yield finding, tool
