"""Counts a run, server by server, and decides its exit code by the thresholds of the project."""

from collections.abc import Iterable, Mapping

from toolsmell.errors import ExitCode
from toolsmell.escape import shown
from toolsmell.model import Finding, ServerReport, Severity, Status, Summary

_RANK = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


def _label(name: str | None) -> str:
    return shown(name) if name else "a tool without a name"


class Tally:
    """Counts a run as its servers pass by, and says what its exit code is."""

    def __init__(self, thresholds: Mapping[str, float] | None = None) -> None:
        """`thresholds` are the lowest overall scores, by tool, that stand in place of the general `fail_under`."""
        self._thresholds = thresholds or {}
        self._under_its_own: list[str] = []
        self._servers = self._failed = self._partial = self._tools = self._smelly = self._suppressed = 0
        self._by_severity = dict.fromkeys(Severity, 0)
        self._overall_sum = 0.0
        self._overall_count = 0
        self._lowest: tuple[float, str] | None = None
        """The lowest overall score of a tool without a threshold of its own, and the tool's name."""

    def add(self, report: ServerReport) -> None:
        # A file that declares servers is no server, unless it was all there was to read.
        self._servers += bool(report.tools or report.error)
        self._failed += report.status is Status.FAILED
        self._partial += report.status is Status.PARTIAL
        self._tools += len(report.tools)
        self.add_findings(report.findings)
        for tool in report.tools:
            self._smelly += any(s.value is not None and s.value < 3 for s in tool.scores.values())
            self.add_findings(tool.findings)
            if tool.overall is not None:
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

    def add_findings(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            if finding.suppressed:
                self._suppressed += 1
            else:
                self._by_severity[finding.severity] += 1

    def summary(self) -> Summary:
        return Summary(
            servers=self._servers,
            servers_failed=self._failed,
            servers_partial=self._partial,
            tools=self._tools,
            smelly_tools=self._smelly,
            errors=self._by_severity[Severity.ERROR],
            warnings=self._by_severity[Severity.WARNING],
            notes=self._by_severity[Severity.NOTE],
            suppressed=self._suppressed,
            overall=round(self._overall_sum / self._overall_count, 1) if self._overall_count else None,
        )

    def exit_code(
        self,
        *,
        fail_on: Severity | None = Severity.ERROR,
        fail_under: float | None = None,
        allow_partial: bool = False,
        allow_none: bool = False,
    ) -> ExitCode:
        """Return the exit code of the run. `fail_on` None never fails for findings, `allow_none` not for no tools."""
        if (not self._tools and not allow_none) or (not allow_partial and (self._failed or self._partial)):
            return ExitCode.NOT_LINTED
        if fail_on and any(n and _RANK[severity] >= _RANK[fail_on] for severity, n in self._by_severity.items()):
            return ExitCode.FINDINGS
        return ExitCode.FINDINGS if self.shortfalls(fail_under) else ExitCode.CLEAN

    def shortfalls(self, fail_under: float | None) -> tuple[str, ...]:
        """Return, for people, which overall scores are too low; of the general threshold the lowest one."""
        if fail_under is None or self._lowest is None or self._lowest[0] >= fail_under:
            return tuple(self._under_its_own)
        overall, name = self._lowest
        return (
            f"{name}: overall {overall:g} is the lowest, and under {fail_under:g} (fail-under)",
            *self._under_its_own,
        )
