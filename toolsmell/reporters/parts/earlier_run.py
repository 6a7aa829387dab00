"""Compares a run with an earlier one: findings, scores and tokens, tool by tool."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from toolsmell.model import OLD, RunInfo, ServerReport, ToolReport
from toolsmell.reporters.parts.rows import FindingRow, Shortlist, rows
from toolsmell.reporters.parts.stored import StoredReport

ServerKey: TypeAlias = tuple[str, int]
"""Key of the server, and which of several with that key."""

ToolKey: TypeAlias = tuple[ServerKey, str, int]
"""The server, the name of the tool, and which of several with that name."""


class MovedTool(NamedTuple):
    """A tool whose score or cost is another than before."""

    server: ServerReport
    before: ToolReport
    after: ToolReport


class Named(NamedTuple):
    """A tool that is new, or gone."""

    server: ServerReport
    tool: ToolReport


class Comparison:
    """Compares servers, as they come, with a stored report; keeps that, and the worst of what changed."""

    def __init__(self, base: StoredReport, run: RunInfo, limit: int) -> None:
        self.comparable = (base.run.rubric_fingerprint, base.run.frame) == (run.rubric_fingerprint, run.frame)
        """Whether scores can be compared: they were made by the same rubric, in the same frame."""
        self.new: Shortlist[FindingRow] = Shortlist(limit)
        self.gone: Shortlist[FindingRow] = Shortlist(limit)
        self.worse: Shortlist[MovedTool] = Shortlist(limit)
        self.better: Shortlist[MovedTool] = Shortlist(limit)
        self.added: Shortlist[Named] = Shortlist(limit)
        self.removed: Shortlist[Named] = Shortlist(limit)
        self.tokens_before = sum(tool.tokens.total for server in base.servers for tool in server.tools)
        self.tokens_after = 0
        self._seen: Counter[str] = Counter()
        self._tools: dict[ToolKey, Named] = {}
        self._findings: dict[ServerKey, list[FindingRow]] = {}
        keys: Counter[str] = Counter()
        for server in base.servers:
            key = _next(server.key, keys)
            self._tools.update((tool_key, Named(server, tool)) for tool_key, tool in _tools(key, server))
            self._findings[key] = _open(server)

    def add(self, report: ServerReport) -> None:
        """Compare one server with itself as it was."""
        key = _next(report.key, self._seen)
        for tool_key, tool in _tools(key, report):
            self.tokens_after += tool.tokens.total
            before = self._tools.pop(tool_key, None)
            if before is None:
                self.added.add((), Named(report, tool))
            else:
                self._compare(MovedTool(report, before.tool, tool))
        now, then = _open(report), self._findings.pop(key, [])
        for row in _without(now, then):
            self.new.add(row.badness, row)
        for row in _without(then, now):
            self.gone.add(row.badness, row)

    def end(self) -> None:
        """Count what is left of the earlier run as gone."""
        for named in self._tools.values():
            self.removed.add((), named)
        for row in (row for left in self._findings.values() for row in left):
            self.gone.add(row.badness, row)

    def _compare(self, change: MovedTool) -> None:
        before, after = change.before.overall, change.after.overall
        if not self.comparable or before is None or after is None or before == after:
            return
        (self.better if after > before else self.worse).add((-abs(after - before),), change)


def _next(key: str, seen: Counter[str]) -> ServerKey:
    seen[key] += 1
    return key, seen[key]


def _tools(server: ServerKey, report: ServerReport) -> Iterator[tuple[ToolKey, ToolReport]]:
    seen: Counter[str] = Counter()
    for tool in report.tools:
        name = tool.name or ""
        seen[name] += 1
        yield (server, name, seen[name]), tool


def _open(report: ServerReport) -> list[FindingRow]:
    """Return the findings that are not suppressed; one that a baseline holds is still there."""
    return [row for row in rows(report) if row.finding.suppressed in (None, OLD)]


def _without(some: Iterable[FindingRow], others: Iterable[FindingRow]) -> Iterator[FindingRow]:
    """Multiset difference: yield the rows of `some` that are not in `others`."""
    known = Counter(row.fingerprint for row in others)
    for row in some:
        if known[row.fingerprint]:
            known[row.fingerprint] -= 1
        else:
            yield row
