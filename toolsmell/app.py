"""The public API: reads targets into manifests, and scans, rewrites and evaluates manifests.

Nothing here prints or knows a command line. `from toolsmell import scan` loads these functions when they are used.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from toolsmell import tokens
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
    Status,
    ToolReport,
)
from toolsmell.reading.bounds import bounded
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules.base import Need
from toolsmell.rules.engine import Neighbours, RuleSet, ServerFindings, check_drift, check_file, check_server
from toolsmell.rules.watch import DEFAULT_SECONDS, Watch
from toolsmell.safety.masked_reports import without_secrets
from toolsmell.scoring import rubric, score, smelly
from toolsmell.scoring.advice import Adviser
from toolsmell.scoring.percentile import percentile
from toolsmell.scoring.weights import Rubric
from toolsmell.version import __version__

if TYPE_CHECKING:
    from toolsmell.evaluate.datasets import Case
    from toolsmell.evaluate.study import Study, StudyPlan
    from toolsmell.evidence.proposals import Proposal
    from toolsmell.model.implementation import Rest
    from toolsmell.rewrite.brief import Brief
    from toolsmell.rewrite.compare import ExtraEvidence, Verification
    from toolsmell.sources.options import TargetOptions


class ScanOptions(NamedTuple):
    """The options of a scan, from the command line and the configuration."""

    rubric: Rubric
    rules: RuleSet
    smells: frozenset[str]
    """Ids of the smells that are reported."""
    frame: Frame = Frame.EFFECTIVE
    counter: tokens.Counter = tokens.ESTIMATE
    tools: frozenset[str] = frozenset()
    """Report only these tools. Their siblings are still read, because scores depend on them."""
    locked: Mapping[str, Manifest] | None = None
    """The locked state of servers, by key. None compares nothing."""
    rests: "Mapping[str, tuple[Rest, ...]]" = {}
    """By the key of a server: sentences whose recorded lines of code have changed."""
    lint_seconds: float = DEFAULT_SECONDS
    """The time for linting and scoring one tool. A tool that takes longer is reported as partly linted."""

    @property
    def ids(self) -> frozenset[str]:
        """Ids of everything that the run looks for."""
        found = self.smells.union(rule.id for rule in self.rules.rules)
        return found | {smelly.SMELLY} if self.smells else found

    def run_info(self) -> RunInfo:
        return RunInfo(__version__, self.frame, self.rubric.id, self.rubric.fingerprint)


def default_options() -> ScanOptions:
    """Return the options of `toolsmell scan` without arguments."""
    from toolsmell.rules.selection import rule_set

    shipped = rubric.load()
    rules, smells = rule_set((), (), shipped)
    return ScanOptions(shipped, rules, smells)


def read(*targets: str | PathLike[str] | Sequence[str], options: "TargetOptions | None" = None) -> Iterator[Manifest]:
    """Yield the manifest of each server that `targets` name, in order.

    A string is a file, a folder with source code, or a URL; a path is a file or a folder. A list of strings is a
    command: the server is started, asked for its tools and ended. A target that cannot be read yields a manifest with
    the status `failed` and an error.
    """
    from toolsmell.sources.options import Command, TargetOptions
    from toolsmell.sources.targets import manifests

    named = [fspath(t) if isinstance(t, str | PathLike) else Command(tuple(t)) for t in targets]
    return manifests(named, options or TargetOptions())


Judging: TypeAlias = Callable[[ServerContext, ServerReport], ServerReport]
"""Adds the verdicts of models to a report, as `toolsmell.judge.server_judge.Judge` does."""


def scan(
    manifests: Iterable[Manifest], options: ScanOptions | None = None, judge: Judging | None = None
) -> Iterator[ServerReport]:
    """Yield the report of each server, in order.

    Only one manifest is in memory at a time. A bounded digest of each reported server is kept if it stands with others
    in one client configuration, because an agent sees all of them at once.
    """
    scanner = Scanner(options or default_options(), judge)
    for manifest in manifests:
        yield scanner.scan(manifest)


def augment(manifest: Manifest, options: ScanOptions | None = None) -> Iterator["Proposal"]:
    """Yield a proposal of better texts for each tool of one server. No tool is called and no model is asked.

    `toolsmell.rewrite.propose.improve` also takes recorded calls and a model.
    """
    from toolsmell.rewrite.measure import Yardstick
    from toolsmell.rewrite.propose import Options, improve

    options = options or default_options()
    yardstick = Yardstick(options.rubric, options.rules, options.frame, options.counter)
    return improve(ServerContext(_with_code(manifest)), Options(yardstick, tools=options.tools))


def brief(
    manifest: Manifest,
    options: ScanOptions | None = None,
    sources: "ExtraEvidence | None" = None,
) -> Iterator["Brief"]:
    """Yield the brief of each tool of one server that is worth the work, the neediest first.

    `toolsmell.rewrite.brief_text.text_of` writes a brief as text. `sources` adds recorded calls and documents.
    """
    from toolsmell.rewrite.briefs import briefs
    from toolsmell.rewrite.measure import Yardstick

    options = options or default_options()
    yardstick = Yardstick(options.rubric, options.rules, options.frame, options.counter)
    return briefs(manifest, yardstick, sources, options.tools)


def verify(
    before: Manifest,
    after: Manifest,
    options: ScanOptions | None = None,
    sources: "ExtraEvidence | None" = None,
) -> Iterator["Verification"]:
    """Yield, for each tool of `before`, what the texts of `after` lost, invented or contradict. No model is asked.

    A new sentence is verified only if it states typed facts alone. `toolsmell.rewrite.compare.verify` also takes a
    model.
    """
    from toolsmell.rewrite import compare
    from toolsmell.rewrite.measure import Yardstick

    options = options or default_options()
    yardstick = Yardstick(options.rubric, options.rules, options.frame, options.counter)
    return compare.verify(before, after, yardstick, sources, tools=options.tools)


def evaluate(
    after: Iterable[Manifest],
    cases: Iterable["Case"],
    before: Iterable[Manifest] | None = None,
    plan: "StudyPlan | None" = None,
) -> "Study":
    """Measure how well `cases` find the tools of servers, and what changed since `before`.

    By default no model is asked. Needs the extra `eval`. Raises `SourceError` if no case can be measured.
    """
    from toolsmell.evaluate.catalog import Catalog
    from toolsmell.evaluate.study import StudyPlan, study

    old = None if before is None else Catalog(before)
    return study(Catalog(after), tuple(cases), plan or StudyPlan(), old)


class Scanner:
    """Scores and lints servers as they come, and remembers what an agent would see next to each other."""

    def __init__(self, options: ScanOptions, judge: Judging | None = None) -> None:
        self._options = options
        self._judge = judge
        self._neighbours = Neighbours()

    def scan(self, manifest: Manifest) -> ServerReport:
        """Score, lint and judge every tool of one server, and the server as a whole."""
        return self.judged(*self.linted(manifest))

    def judged(self, server: ServerContext, report: ServerReport) -> ServerReport:
        """Return the report with the verdicts of models, if there are any, and with places. Threads may call it."""
        if self._judge:
            report = self._judge(server, report)
        rubric_ = self._options.rubric
        if rubric_.server and len(report.tools) == len(server.tools):
            from toolsmell.scoring.server_score import server_score

            overall = [tool.overall for tool in report.tools]
            report = report._replace(score=server_score(server, overall, rubric_))
        return located(report, server.manifest)

    def linted(self, manifest: Manifest) -> tuple[ServerContext, ServerReport]:
        """Score and lint every tool of one server, and the server as a whole, without models."""
        options = self._options
        manifest, cut = bounded(manifest)
        manifest = with_code(manifest, options)
        if manifest.key in options.rests:
            manifest = manifest._replace(rests=options.rests[manifest.key])
        server = ServerContext(manifest)
        watch = Watch(options.lint_seconds)
        with watch.ticking():
            found = check_server(server, options.rules, self._neighbours.of(server), watch)
        self._neighbours.add(server)
        if manifest.declared is not None:
            found.server.extend(check_file(manifest.declared, options.rules))
        elif options.locked is not None:
            self._add_drift(found, server, options.locked.get(manifest.key))
        if options.tools:
            _move_shared(found, server, options.tools)
        adviser = Adviser(server)
        with watch.ticking():
            reports = [
                _watched(tool, found.tools[tool.tool.index], options, adviser, watch)
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
            findings=tuple(_about(found.server, options.tools) if options.tools else found.server),
            notes=manifest.notes,
        )
        if watch.late or cut:
            report = _incomplete(report, [*cut, *_late(server, watch)])
        return server, report

    def _add_drift(self, found: ServerFindings, server: ServerContext, before: Manifest | None) -> None:
        from toolsmell.rules.since_lock import Drift

        # All tools of a server that is not in the lock are new.
        before = before or Manifest(server.manifest.key, "", server.manifest.provenance)
        drifted = check_drift(Drift(before, server), self._options.rules)
        found.server.extend(drifted.server)
        for index, findings in drifted.tools.items():
            found.tools[index].extend(findings)


def with_code(manifest: Manifest, options: ScanOptions) -> Manifest:
    """Return the manifest with the code of its tools if a rule that is selected needs it."""
    if not hasattr(manifest.locator, "site"):  # no `evidence.code.Sited`, whose import takes as long as thirty tools
        return manifest
    needed = any(rule.needs is Need.IMPLEMENTATIONS for rule in options.rules.rules)
    return _with_code(manifest) if needed else manifest


def _with_code(manifest: Manifest) -> Manifest:
    from toolsmell.evidence.code import with_implementations

    return with_implementations(manifest)


def _move_shared(found: ServerFindings, server: ServerContext, tools: frozenset[str]) -> None:
    """Move each finding that several tools share to the first of them that is reported."""
    for tool in server.tools:
        if tool.tool.name in tools:
            continue
        for finding in found.tools[tool.tool.index]:
            shown = next((member for member in finding.members if member.name in tools), None)
            if shown:
                found.tools[shown.index].append(finding._replace(pointer=shown.pointer))


def _about(findings: Iterable[Finding], tools: frozenset[str]) -> Iterator[Finding]:
    """Yield the findings about a server that name one of these tools."""
    return (finding for finding in findings if any(member.name in tools for member in finding.members))


def _watched(
    tool: ToolContext, findings: list[Finding], options: ScanOptions, adviser: Adviser, watch: Watch
) -> ToolReport:
    """Return the report of a tool; unscored if its time is used up."""
    index = tool.tool.index
    if index not in watch.late and (done := watch.listed(index, _scanned, tool, findings, options, adviser)):
        return done[0]
    return ToolReport(
        index, tool.tool.name, tool.cost, score.unscored(watch.reason(), options.rubric), None, None, tuple(findings)
    )


def _late(server: ServerContext, watch: Watch) -> Iterator[str]:
    """Yield in words what used up its time."""
    names = [f"tool '{tool.tool.name}'" for tool in server.tools if tool.tool.index in watch.late]
    names += [f"rule '{one}'" for one in watch.late if isinstance(one, str)]
    if names:
        more = f" and {len(names) - 5} more" if len(names) > 5 else ""
        yield f"{watch.reason()}, and was stopped for {shown(', '.join(names[:5]), 300)}{more}"


def _incomplete(report: ServerReport, reasons: list[str]) -> ServerReport:
    """Return the report of a server that was linted in part."""
    status = Status.PARTIAL if report.status is Status.COMPLETE else report.status
    return report._replace(status=status, error="; ".join([report.error, *reasons] if report.error else reasons))


def _scanned(
    tool: ToolContext, findings: list[Finding], options: ScanOptions, adviser: Adviser
) -> Iterator[ToolReport]:
    yield _scan_tool(tool, findings, options, adviser)


def _scan_tool(tool: ToolContext, findings: list[Finding], options: ScanOptions, adviser: Adviser) -> ToolReport:
    def next_() -> str | None:
        return next(adviser.best(tool, options.rubric), None)

    scores = score.score_tool(tool, options.rubric, options.frame)
    # If a part of the description is computed, that part may say what the known part lacks.
    smelly_ = smells_of(scores, tool.tool.name, options, next_) if tool.tool.known("description") else ()
    overall = score.overall(scores, options.frame, options.rubric)
    report = ToolReport(
        index=tool.tool.index,
        name=tool.tool.name,
        tokens=tool.cost if options.counter is tokens.ESTIMATE else tokens.of_tool(tool.tool, options.counter),
        scores=scores,
        overall=overall,
        overall_prose=score.overall(scores, Frame.PROSE, options.rubric),
        findings=(*findings, *smelly_),
        reading=tool.reading,
        how=tool.tool.how,
        percentile=percentile(overall, options.frame, options.rubric),
    )
    return without_secrets(report, tool.text.raw, tool.longest_code)


def smells_of(
    scores: Mapping[Component, Score], tool: str | None, options: ScanOptions, next_: Callable[[], str | None]
) -> Iterator[Finding]:
    """Yield the finding that summarises the smells of a tool of this name, if the run reports any.

    `next_` returns the statement that would help most; it is called only for a smelly tool.
    """
    ids = [id_ for id_ in score.smells(scores, options.rubric) if id_ in options.smells]
    applied = [found for id_ in ids if (found := options.rules.applied(smelly.smell(id_), tool))]
    if applied and (found := options.rules.applied(smelly.summarised(applied, next_()), tool)):
        yield found


def located(report: ServerReport, manifest: Manifest) -> ServerReport:
    """Add the place in the file to every finding, if there is a file."""
    if manifest.locator is None:
        return report
    places = {Place(tool.index, f.pointer) for tool in report.tools for f in tool.findings}
    places.update(Place(None, f.pointer) for f in report.findings)
    found = manifest.locator.locate(places)

    def at(tool: int | None, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple([f.placed(found.get(Place(tool, f.pointer))) for f in findings])

    tools = tuple(tool._replace(findings=at(tool.index, tool.findings)) for tool in report.tools)
    return report._replace(tools=tools, findings=at(None, report.findings))
