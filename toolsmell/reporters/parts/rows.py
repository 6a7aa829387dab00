"""Findings one by one, each with what it is about: what the formats for machines have in common."""

from bisect import insort
from collections.abc import Iterable, Iterator
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar

from toolsmell.escape import visible
from toolsmell.model import Finding, FindingKind, Provenance, ServerReport, Summary, ToolReport
from toolsmell.project import fingerprint

T = TypeVar("T")

NAMED: Final = 3
"""Tools that are named if several share a finding."""

Key: TypeAlias = tuple[float, ...]


class FindingRow(NamedTuple):
    """A finding and what it is about: a tool of a server, a server, or, with neither, the run."""

    finding: Finding
    server: ServerReport | None = None
    tool: ToolReport | None = None

    @property
    def about(self) -> str:
        """The name of the tool, the server or the run, for people."""
        if self.tool:
            return label(self.tool)
        return visible(self.server.key) if self.server else "this run"

    @property
    def message(self) -> str:
        return f"{self.about}: {visible(self.finding.message)}"

    @property
    def advice(self) -> str:
        """Return the advice on one line; empty if the finding has none."""
        return visible(advice(self.finding))

    @property
    def fingerprint(self) -> str:
        return fingerprint.of(self.finding, self.server, self.tool)

    @property
    def badness(self) -> Key:
        """Less is worse: by severity, confidence, kind, and the score of the tool."""
        finding = self.finding
        overall = self.tool.overall if self.tool else None
        smell = finding.kind is FindingKind.SMELL
        return (finding.severity.rank, finding.confidence.rank, smell, 101 if overall is None else overall)


def advice(finding: Finding) -> str:
    """Return the advice: the fix that `--fix` would make, or the help of the finding."""
    return f"fix: {finding.fix.description}" if finding.fix else f"help: {finding.help}" if finding.help else ""


def members(finding: Finding) -> str:
    """Return the tools that share a finding: three names and a count of the others; empty for one tool."""
    names = list(dict.fromkeys(visible(member.name or f"#{member.index}") for member in finding.members))
    if len(names) < 2:
        return ""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return f"in {', '.join(names[:NAMED])}{more}"


def label(tool: ToolReport) -> str:
    """Return the name of a tool for people, or its position if it has no name."""
    return visible(tool.name) if tool.name else f"#{tool.index}"


def whole(report: ServerReport) -> str:
    """Return what the findings are about that are of no tool: of a client configuration or a server.json the file."""
    return "the file" if report.provenance is Provenance.FILE and not report.tools else "the server as a whole"


def rows(report: ServerReport) -> Iterator[FindingRow]:
    """Yield every finding of a server, the suppressed ones too."""
    yield from (FindingRow(finding, report) for finding in report.findings)
    for tool in report.tools:
        yield from (FindingRow(finding, report, tool) for finding in tool.findings)


def run_rows(findings: Iterable[Finding]) -> Iterator[FindingRow]:
    """Yield the findings about the run as a whole."""
    yield from map(FindingRow, findings)


class Shortlist(Generic[T]):
    """The items with the least keys, out of many: at most `limit` of them are kept."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: list[tuple[Key, int, T]] = []
        self.total = 0

    def add(self, key: Key, item: T) -> None:
        # The number keeps equals in the order they came, and keeps items from being compared.
        insort(self._kept, (key, self.total, item))
        self.total += 1
        del self._kept[self._limit :]

    def __iter__(self) -> Iterator[T]:
        return (item for *_, item in self._kept)

    @property
    def left_out(self) -> int:
        return self.total - len(self._kept)


def amount(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def summary_line(counts: Summary) -> str:
    """Return a run in one line."""
    found = [amount(counts.errors, "error"), amount(counts.warnings, "warning"), amount(counts.notes, "note")]
    if counts.suppressed:
        found.append(f"{counts.suppressed:,} suppressed")
    overall = f"; overall {counts.overall:.0f} of 100" if counts.overall is not None else ""
    smells = f"; {smelly(counts)}" if counts.tools or not counts.files else ""
    return f"{what_was_read(counts)}: {', '.join(found)}{smells}{overall}"


def what_was_read(counts: Summary) -> str:
    parts = ((counts.servers_failed, "failed"), (counts.servers_partial, "partial"))
    troubles = ", ".join(f"{n:,} {what}" for n, what in parts if n)
    read = f"{amount(counts.tools, 'tool')} of {amount(counts.servers, 'server')}"
    read = f"{read} ({troubles})" if troubles else read
    if not counts.files:
        return read
    files = "1 file that declares servers" if counts.files == 1 else f"{counts.files:,} files that declare servers"
    return f"{read} and {files}" if counts.servers else files


def smelly(counts: Summary) -> str:
    found = amount(counts.smelly_tools, "smelly tool") if counts.smelly_tools else "no smelly tool"
    return f"{found}, {counts.unscored:,} unscored" if counts.unscored else found
