"""The public API: scan manifests into reports. It prints nothing and knows no command line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from toolsmell import __version__, tokens
from toolsmell.errors import ExitCode
from toolsmell.escape import shown
from toolsmell.model import (
    Component,
    Finding,
    Frame,
    Manifest,
    Place,
    RunInfo,
    Score,
    ServerReport,
    Severity,
    Status,
    Summary,
    ToolReport,
)
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.engine import Neighbours, RuleSet, ServerFindings, check_drift, check_file, check_server
from toolsmell.scoring import rubric, score
from toolsmell.scoring.rubric import Rubric

if TYPE_CHECKING:
    from toolsmell.evaluate.datasets import Case
    from toolsmell.evaluate.study import Plan, Study
    from toolsmell.evidence.claims import Proposal

_RANK = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class ScanOptions(NamedTuple):
    """How to scan: what the command line and the configuration come down to."""

    rubric: Rubric
    rules: RuleSet
    smells: frozenset[str]
    """Ids of the smells that are reported."""
    frame: Frame = Frame.EFFECTIVE
    counter: tokens.Counter = tokens.ESTIMATE
    tools: frozenset[str] = frozenset()
    """Report these tools only; their siblings are still read, since a tool is judged among them."""
    locked: Mapping[str, Manifest] | None = None
    """What servers were when they were locked, by key; None compares nothing."""

    @property
    def ids(self) -> frozenset[str]:
        """What the run looks for."""
        return self.smells.union(rule.id for rule in self.rules.rules)

    def run_info(self) -> RunInfo:
        return RunInfo(__version__, self.frame, self.rubric.id, self.rubric.fingerprint)


def default_options() -> ScanOptions:
    """Return what `toolsmell scan` does without options."""
    from toolsmell.rules.selection import rule_set

    shipped = rubric.load()
    rules, smells = rule_set((), (), shipped)
    return ScanOptions(shipped, rules, smells)


Judging: TypeAlias = Callable[[ServerContext, ServerReport], ServerReport]
"""Adds to a report what models say of a server's tools: `toolsmell.judge.run.Judge` is one."""


def scan(
    manifests: Iterable[Manifest], options: ScanOptions | None = None, judge: Judging | None = None
) -> Iterator[ServerReport]:
    """Scan servers one by one; of one that was reported only a digest is kept, and that only within its group."""
    scanner = Scanner(options or default_options(), judge)
    for manifest in manifests:
        yield scanner.scan(manifest)


def augment(manifest: Manifest, options: ScanOptions | None = None) -> Iterator["Proposal"]:
    """Propose better texts for the tools of one server; nothing is called and no model is asked.

    `toolsmell.rewrite.loop.improve` takes what was observed of calls, and a model, as well.
    """
    from toolsmell.rewrite.loop import Options, improve
    from toolsmell.rewrite.measure import Yardstick

    options = options or default_options()
    yardstick = Yardstick(options.rubric, options.rules, options.frame, options.counter)
    return improve(ServerContext(manifest), Options(yardstick, tools=options.tools))


def evaluate(
    after: Iterable[Manifest],
    cases: Iterable["Case"],
    before: Iterable[Manifest] | None = None,
    plan: "Plan | None" = None,
) -> "Study":
    """Measure how well the tools of servers are found by `cases`, and what changed since `before`.

    By default nothing is asked of a model. Needs the extra `eval`. Raises `SourceError` where no case can be measured.
    """
    from toolsmell.evaluate.catalog import Catalogue
    from toolsmell.evaluate.study import Plan, study

    old = None if before is None else Catalogue(before)
    return study(Catalogue(after), tuple(cases), plan or Plan(), old)


class Scanner:
    """Scores and lints servers as they come, and remembers what an agent would see next to each other."""

    def __init__(self, options: ScanOptions, judge: Judging | None = None) -> None:
        self._options = options
        self._judge = judge
        self._neighbours = Neighbours()

    def scan(self, manifest: Manifest) -> ServerReport:
        """Score and lint every tool of one server, and the server as a whole."""
        options = self._options
        server = ServerContext(manifest)
        found = check_server(server, options.rules, self._neighbours.of(server))
        self._neighbours.add(server)
        if manifest.declared is not None:
            found.server.extend(check_file(manifest.declared, options.rules))
        elif options.locked is not None:
            self._add_drift(found, server, options.locked.get(manifest.key))
        reports = [
            _scan_tool(tool, found.tools[tool.tool.index], options)
            for tool in server.tools
            if not options.tools or tool.tool.name in options.tools
        ]
        instructions = manifest.instructions
        report = ServerReport(
            key=manifest.key,
            name=manifest.name,
            source=manifest.source,
            provenance=manifest.provenance,
            status=manifest.status,
            error=manifest.error,
            instructions_tokens=None if instructions is None else options.counter.tokens(instructions),
            tools=tuple(reports),
            findings=() if options.tools else tuple(found.server),
            notes=manifest.notes,
        )
        return _located(self._judge(server, report) if self._judge else report, manifest)

    def _add_drift(self, found: ServerFindings, server: ServerContext, before: Manifest | None) -> None:
        from toolsmell.rules.changes import Drift

        # A server that was not locked is new in all its tools.
        before = before or Manifest(server.manifest.key, "", server.manifest.provenance)
        drifted = check_drift(Drift(before, server), self._options.rules)
        found.server.extend(drifted.server)
        for index, findings in drifted.tools.items():
            found.tools[index].extend(findings)


def _scan_tool(tool: ToolContext, findings: list[Finding], options: ScanOptions) -> ToolReport:
    scores = score.score_tool(tool, options.rubric, options.frame)
    return ToolReport(
        index=tool.tool.index,
        name=tool.tool.name,
        tokens=tool.cost if options.counter is tokens.ESTIMATE else tokens.of_tool(tool.tool, options.counter),
        scores=scores,
        overall=score.overall(scores, options.frame),
        overall_prose=score.overall(scores, Frame.PROSE),
        findings=(*findings, *smells_of(scores, tool.tool.name, options)),
    )


def smells_of(scores: Mapping[Component, Score], tool: str | None, options: ScanOptions) -> Iterator[Finding]:
    """Yield the smells of a tool of this name that the run reports."""
    for smell in score.smells(scores, options.rubric):
        if smell.id in options.smells and (applied := options.rules.applied(smell, tool)):
            yield applied


def _located(report: ServerReport, manifest: Manifest) -> ServerReport:
    """Add the place in the file to every finding, where there is a file."""
    if manifest.locator is None:
        return report
    places = {Place(tool.index, f.pointer) for tool in report.tools for f in tool.findings}
    places.update(Place(None, f.pointer) for f in report.findings)
    found = manifest.locator.locate(places)

    def at(tool: int | None, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple([f.placed(found.get(Place(tool, f.pointer))) for f in findings])

    tools = tuple(tool._replace(findings=at(tool.index, tool.findings)) for tool in report.tools)
    return report._replace(tools=tools, findings=at(None, report.findings))


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
