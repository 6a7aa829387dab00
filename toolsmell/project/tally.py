"""Counts a run, server by server, and decides its exit code by the thresholds of the project."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from toolsmell.errors import ExitCode
from toolsmell.escape import shown
from toolsmell.model import Finding, FindingKind, ServerReport, Severity, Status, Summary


def _label(name: str | None) -> str:
    return shown(name) if name else "a tool without a name"


class Gates(NamedTuple):
    """Conditions under which a run fails."""

    fail_on: Severity | None = Severity.ERROR
    """The lowest severity of a finding that fails, or None if findings never fail."""
    fail_under: float | None = None
    """The lowest overall score that a tool may have."""
    max_smelly: int | None = None
    """How many tools may have a component under 3."""
    allow_unscored: bool = False
    """Whether `fail_under` passes tools without an overall score."""
    allow_partial: bool = False
    """Whether servers may fail if others were linted."""
    allow_none: bool = False
    """Whether a run may find no tools."""


DEFAULTS: Final = Gates()


class Tally:
    """Counts a run as its servers pass by, and says what its exit code is."""

    def __init__(self, thresholds: Mapping[str, float] | None = None) -> None:
        """`thresholds` are the lowest overall scores of single tools; they replace the general `fail_under`."""
        self._thresholds = thresholds or {}
        self._under_its_own: list[str] = []
        self._files = 0
        """Files that declare servers and were checked as files."""
        self._servers = self._failed = self._partial = self._tools = self._suppressed = 0
        self._smelly = self._smells = self._unscored = 0
        self._by_severity = dict.fromkeys(Severity, 0)
        self._ungated = 0
        """Tools without an overall score that have no threshold of their own."""
        self._without_score: list[str] = []
        self._overall_sum = 0.0
        self._overall_count = 0
        self._lowest: tuple[float, str] | None = None
        """The lowest overall score of a tool without a threshold of its own, and the tool's name."""

    def add(self, report: ServerReport) -> None:
        # A file that declares servers is no server, unless it was all there was to read.
        self._servers += bool(report.tools or report.error)
        self._files += not (report.tools or report.error)
        self._failed += report.status is Status.FAILED
        self._partial += report.status is Status.PARTIAL
        self._tools += len(report.tools)
        self.add_findings(report.findings)
        for tool in report.tools:
            self._smelly += tool.smelly
            self.add_findings(tool.findings)
            if tool.overall is None:
                self._unscored += 1
                self._compare_unscored(tool.name)
            else:
                self._overall_sum += tool.overall
                self._overall_count += 1
                self._compare(tool.name, tool.overall)

    def _compare(self, name: str | None, overall: float) -> None:
        threshold = self._thresholds.get(name) if name is not None else None
        if threshold is not None:
            if overall < threshold:
                self._under_its_own.append(
                    f"{_label(name)}: overall {overall:g} is under its own fail-under, {threshold:g}"
                )
        elif self._lowest is None or overall < self._lowest[0]:
            self._lowest = (overall, _label(name))

    def _compare_unscored(self, name: str | None) -> None:
        threshold = self._thresholds.get(name) if name is not None else None
        if threshold is None:
            self._ungated += 1
        elif threshold:
            self._without_score.append(f"{_label(name)}: no overall score, and its own fail-under is {threshold:g}")

    def add_findings(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            if finding.suppressed:
                self._suppressed += 1
                continue
            smell = finding.kind is FindingKind.SMELL
            self._smells += smell
            if not smell or finding.severity is not Severity.NOTE:
                self._by_severity[finding.severity] += 1

    def summary(self) -> Summary:
        return Summary(
            servers=self._servers,
            files=self._files,
            servers_failed=self._failed,
            servers_partial=self._partial,
            tools=self._tools,
            smelly_tools=self._smelly,
            errors=self._by_severity[Severity.ERROR],
            warnings=self._by_severity[Severity.WARNING],
            notes=self._by_severity[Severity.NOTE],
            smells=self._smells,
            unscored=self._unscored,
            suppressed=self._suppressed,
            overall=round(self._overall_sum / self._overall_count, 1) if self._overall_count else None,
        )

    def exit_code(self, gates: Gates = DEFAULTS) -> ExitCode:
        """Return the exit code of the run. A smell of severity note fails no run: scores have gates of their own."""
        nothing = not self._tools and (self._failed or not self._files)
        if nothing and not gates.allow_none:
            return ExitCode.NOT_LINTED
        if (self._failed or self._partial) and not gates.allow_partial:
            return ExitCode.NOT_LINTED
        found = (severity for severity, n in self._by_severity.items() if n)
        if gates.fail_on and any(severity.rank <= gates.fail_on.rank for severity in found):
            return ExitCode.FINDINGS
        return ExitCode.FINDINGS if self.shortfalls(gates) else ExitCode.CLEAN

    def shortfalls(self, gates: Gates) -> tuple[str, ...]:
        """Return, for people, which gates of scores the run does not pass; for `fail_under` the lowest tool only."""
        return tuple(self._shortfalls(gates))

    def _shortfalls(self, gates: Gates) -> Iterator[str]:
        under = gates.fail_under
        if under is not None and self._lowest is not None and self._lowest[0] < under:
            overall, name = self._lowest
            yield f"{name}: overall {overall:g} is the lowest, and under {under:g} (fail-under)"
        yield from self._under_its_own
        if not gates.allow_unscored:
            if under and self._ungated:
                tools = "1 tool has" if self._ungated == 1 else f"{self._ungated:,} tools have"
                yield f"{tools} no overall score, so fail-under is not shown to pass; --allow-unscored accepts that"
            yield from self._without_score
        if gates.max_smelly is not None and self._smelly > gates.max_smelly:
            yield f"smelly tools: {self._smelly:,}, and at most {gates.max_smelly:,} may be (max-smelly)"
