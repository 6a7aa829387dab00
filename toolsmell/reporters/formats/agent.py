"""A report that fits the context of a coding agent: the verdict first, then one line a finding, worst first, capped.

A line is `place severity rule tool: message -> what would fix it`. A rule that many tools of a server break has lines
for the first of them, and one for the others.
"""

import os.path
from collections.abc import Iterator
from typing import Final, TextIO

from toolsmell.escape import inert, visible
from toolsmell.model import Finding, FindingKind, RunInfo, ServerReport, Status, Summary
from toolsmell.reporters import Style
from toolsmell.reporters.parts.columns import cut_end
from toolsmell.reporters.parts.grade import grade, median_percentile, scored
from toolsmell.reporters.parts.rows import NAMED, FindingRow, Key, Shortlist, amount, members, rows, run_rows, smelly
from toolsmell.tokens import estimate

LINES: Final = 60
"""Lines for findings."""
SMELLY: Final = 15
"""Lines for smelly descriptions."""
TOKENS: Final = 8_000
"""About how many tokens the whole report may be at most."""
LEAST: Final = 1_200
"""About how many it may be in any case."""
TOKENS_PER_TOOL: Final = 46
"""About how many it may be for each tool of a run in between."""
APART: Final = 3
"""Findings of one rule in one server that have their own lines. The others share one line."""
LONGEST: Final = 300
"""Characters of a message, and of what would fix it."""
CHANGES: Final = 25
"""Lines for tools that changed since the base."""
FAILED: Final = 5
"""Servers that were not read and are named."""


class Reporter:
    """Keeps the worst findings of the run, and writes all at its end: the first line has the verdict."""

    def __init__(self, stream: TextIO, style: Style) -> None:
        self._stream = stream
        self._why = style.chosen_because
        self._run: RunInfo | None = None
        self._findings: Shortlist[FindingRow] = Shortlist(LINES)
        self._smelly: Shortlist[FindingRow] = Shortlist(SMELLY)
        self._sources: Shortlist[str] = Shortlist(FAILED)
        self._failed: Shortlist[ServerReport] = Shortlist(FAILED)
        self._percentiles: list[int] = []
        self._scores: Shortlist[str] = Shortlist(1)

    def begin(self, run: RunInfo) -> None:
        self._run = run

    def server(self, report: ServerReport) -> None:
        self._sources.add((), report.source)
        self._percentiles += [tool.percentile for tool in report.tools if tool.percentile is not None]
        if report.score:
            self._scores.add((), scored(report.score))
        if report.status is not Status.COMPLETE:
            self._failed.add((), report)
        self._add(rows(report))

    def end(self, summary: Summary, findings: tuple[Finding, ...] = ()) -> None:
        self._add(run_rows(findings))
        lines = [self._first(summary), *map(_failure, self._failed)]
        since = _since(summary)
        lines += since
        room = min(TOKENS, max(LEAST, TOKENS_PER_TOOL * summary.tools)) - sum(map(estimate, lines)) - 50
        shown = 0
        for row in sorted((*self._findings, *self._smelly), key=_order)[: LINES - len(since)]:
            line = _line(row)
            room -= estimate(line)
            if room < 0:
                break
            lines.append(line)
            shown += 1
        more = self._findings.total + self._smelly.total - shown
        if more:
            lines.append(f"and {more:,} more: --tool NAME or --select ID shows them, --format json has all")
        self._stream.write("\n".join(map(inert, lines)) + "\n")

    def _add(self, found: Iterator[FindingRow]) -> None:
        for row in _folded(row for row in found if row.finding.suppressed is None):
            kept = self._smelly if row.finding.kind is FindingKind.SMELL else self._findings
            kept.add(row.badness, row)

    def _first(self, summary: Summary) -> str:
        run = self._run
        rank = median_percentile(self._percentiles)
        counts = [amount(summary.errors, "error"), amount(summary.warnings, "warning"), amount(summary.notes, "note")]
        read = f"{amount(summary.tools, 'tool')} of {amount(summary.servers, 'server')} ({self._named()})"
        parts = [
            f"toolsmell {run.version if run else ''}: linted {read}",
            f"{', '.join(counts)}, {smelly(summary)}",
            f"grade {grade(rank)} (above {rank} of 100 public tools)" if rank is not None else "",
            *(self._scores if self._scores.total == 1 else ()),
            f"overall {summary.overall:g} of 100" if summary.overall is not None else "",
            f"rubric {visible(run.rubric_id)} {visible(run.rubric_fingerprint)}, frame {run.frame}" if run else "",
            f"exit {summary.exit_code}" if summary.exit_code is not None else "",
        ]
        chosen = f". Format agent, because {self._why}; --format text switches it off" if self._why else ""
        return "; ".join(filter(None, parts)) + chosen

    def _named(self) -> str:
        names = ", ".join(cut_end(visible(_short(source)), 60) for source in self._sources)
        more = self._sources.left_out
        return f"{names} and {more:,} more" if more else names or "nothing was read"


def _since(summary: Summary) -> list[str]:
    """Return the changes since the base, worst first, within `CHANGES` lines and half of the tokens."""
    if summary.changes is None:
        return []
    from toolsmell.reporters.parts.changes_text import agent_lines

    found = list(agent_lines(summary.changes))
    room, kept = TOKENS // 2, list[str]()
    for line in found[:CHANGES]:
        room -= estimate(line)
        if room < 0:
            break
        kept.append(line)
    if len(kept) < len(found):
        kept.append(f"and {len(found) - len(kept):,} more changes: --tool NAME shows them, --format json has all")
    return kept


def _folded(found: Iterator[FindingRow]) -> Iterator[FindingRow]:
    """Yield the rows of one server, those of a rule that many tools break as a few rows and one for the others."""
    by_rule: dict[str, list[FindingRow]] = {}
    for row in found:
        if row.finding.kind is FindingKind.SMELL or row.tool is None:
            yield row
        else:
            by_rule.setdefault(row.finding.id, []).append(row)
    for of_rule in by_rule.values():
        of_rule.sort(key=lambda row: row.badness)
        alone = of_rule if len(of_rule) <= APART + 1 else of_rule[:APART]
        yield from alone
        if others := of_rule[len(alone) :]:
            yield _together(others)


def _together(others: list[FindingRow]) -> FindingRow:
    names = list(dict.fromkeys(row.about for row in others))
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    message = f"{len(others):,} more of the same, in {', '.join(names[:NAMED])}{more}"
    finding = others[0].finding._replace(message=message, fix=None, help="--format json has all", members=())
    return others[0]._replace(finding=finding, tool=None)


def _order(row: FindingRow) -> tuple[int, bool, Key]:
    """Sort by severity; smells come before other notes, because what to add helps more."""
    finding = row.finding
    return finding.severity.rank, finding.kind is not FindingKind.SMELL, row.badness


def _line(row: FindingRow) -> str:
    finding = row.finding
    fix = finding.fix.description if finding.fix else finding.help
    shared = members(finding)
    cure = f" -> {cut_end(visible(fix), LONGEST)}" if fix else ""
    about = f" {row.about}" if row.tool else ""
    message = cut_end(visible(_message(finding)), LONGEST) + (f" ({shared})" if shared else "")
    return f"{_place(row)} {finding.severity.value} {finding.id}{about}: {message}{cure}"


def _message(finding: Finding) -> str:
    if finding.kind is not FindingKind.SMELL or not finding.help:
        return finding.message
    return amount(len(finding.smells), "smell")


def _place(row: FindingRow) -> str:
    at = row.finding.location
    if at is not None:
        return f"{visible(_short(at.file))}:{at.line}"
    return visible(row.server.key) if row.server else "-"


def _short(name: str) -> str:
    """Return a path as it is shortest from here; what is no path below here stays."""
    return os.path.relpath(name) if os.path.isabs(name) and name.startswith(os.getcwd() + os.sep) else name


def _failure(report: ServerReport) -> str:
    reason = cut_end(visible(report.error or "no reason is known"), LONGEST)
    return f"{visible(_short(report.source))} {report.status.value}: {reason}"
