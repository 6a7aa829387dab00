"""The verdict on one server: a grade by percentile, what its tools cost, and what was found."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from toolsmell.escape import visible
from toolsmell.model import Finding, FindingKind, ServerReport, ServerScore, Severity
from toolsmell.reporters.parts.rows import amount

GRADES: Final = ((80, "A"), (60, "B"), (40, "C"), (20, "D"), (0, "E"))
"""Lowest percentile of each grade."""


class ServerVerdict(NamedTuple):
    """The facts about a server that a maintainer wants first."""

    percentile: int | None
    """Percentile of the median tool, or None if no tool has one."""
    score: ServerScore | None
    """The score of the server, if the rubric has one."""
    tools: int
    tokens: int
    exact: bool
    errors: int
    warnings: int
    notes: int
    smelly: int
    """Tools with smells that are not suppressed."""
    unscored: int

    @property
    def grade(self) -> str | None:
        """A to E by fifths of public tools; None without a percentile."""
        return grade(self.percentile)


def grade(percentile: int | None) -> str | None:
    """Return the grade of a percentile, or None if it is None."""
    return None if percentile is None else next(letter for least, letter in GRADES if percentile >= least)


def median_percentile(percentiles: Iterable[int]) -> int | None:
    """Return the percentile of the median tool, the lower of two, or None if there are no tools."""
    ranks = sorted(percentiles)
    return ranks[(len(ranks) - 1) // 2] if ranks else None


def verdict(report: ServerReport) -> ServerVerdict:
    """Count one server. Suppressed findings do not count, and a smell of severity note counts as a smell only."""
    severities = [finding.severity for finding in counted(report)]
    return ServerVerdict(
        percentile=median_percentile(tool.percentile for tool in report.tools if tool.percentile is not None),
        score=report.score,
        tools=len(report.tools),
        tokens=sum(tool.tokens.total for tool in report.tools),
        exact=all(tool.tokens.exact for tool in report.tools),
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        notes=severities.count(Severity.NOTE),
        smelly=sum(tool.smelly for tool in report.tools),
        unscored=sum(tool.overall is None for tool in report.tools),
    )


def scored(score: ServerScore) -> str:
    """Return the score of a server in words."""
    letter = f", {visible(score.grade)}" if score.grade else ""
    parts = [f"tools {score.quality:.1f} (mean {score.mean:.1f}, lowest {score.lowest:.1f})"]
    parts += [f"{name.replace('-', ' ')} {level:.1f}" for name, level in score.aspects.items()]
    return f"{visible(score.title)} {score.level:.1f} of 5{letter}: {', '.join(parts)}"


def counted(report: ServerReport) -> Iterator[Finding]:
    """Yield the findings that count as findings: not suppressed, and no smell of severity note."""
    for finding in (*report.findings, *(f for tool in report.tools for f in tool.findings)):
        if finding.suppressed is None and not (finding.kind is FindingKind.SMELL and finding.severity is Severity.NOTE):
            yield finding


def is_open_smell(finding: Finding) -> bool:
    """Return True for a smell that is not suppressed."""
    return finding.kind is FindingKind.SMELL and finding.suppressed is None


def words(found: ServerVerdict) -> Iterator[str]:
    """Yield the parts of a verdict for people, the grade first."""
    if found.grade is not None:
        yield f"grade {found.grade}: the median tool scores above {found.percentile} of 100 public tools"
    if found.score is not None:
        yield scored(found.score)
    about = "" if found.exact else "about "
    yield f"{amount(found.tools, 'tool')}, {about}{found.tokens:,} tokens"
    counts = [amount(found.errors, "error"), amount(found.warnings, "warning"), amount(found.notes, "note")]
    yield ", ".join(counts)
    yield amount(found.smelly, "smelly tool") if found.smelly else "no smelly tool"
    if found.unscored:
        yield f"{found.unscored:,} unscored"
