"""The answers of the tools: what each returns, as plain data, and the short text beside it."""

from collections.abc import Iterator
from typing import NamedTuple

from typing_extensions import TypedDict  # what pydantic reads before Python 3.12

from toolsmell.app import ScanOptions, default_options, read, scan
from toolsmell.errors import SourceError, UsageError
from toolsmell.model import Finding, FindingKind, Manifest, ServerReport, ToolReport
from toolsmell.reading.context import ServerContext
from toolsmell.reporters.parts.pages import page
from toolsmell.reporters.parts.rows import amount, rows
from toolsmell.reporters.parts.why import Explained, explain
from toolsmell.scoring.advice import Adviser
from toolsmell.serve.paging import page_of
from toolsmell.serve.roots import Root
from toolsmell.tokens import estimate

PAGE_LINES = 40
"""Lines of a rule page that are kept together when a page is cut."""


class FoundItem(TypedDict):
    """One finding."""

    where: str
    severity: str
    rule: str
    tool: str
    message: str
    fix: str


class ScanAnswer(TypedDict):
    """What a scan found."""

    verdict: str
    findings: list[FoundItem]
    total: int
    next_cursor: str | None


class SentenceItem(TypedDict):
    """One sentence of a description and what it says."""

    text: str
    says: list[str]
    parameters: list[str]
    ignored_because: str | None


class ScoreAnswer(TypedDict):
    """Why a tool scores as it does."""

    tool: str
    overall: float | None
    levels: dict[str, float | None]
    sentences: list[SentenceItem]
    missing: list[str]
    add: list[str]


class PageAnswer(TypedDict):
    """A page of Markdown."""

    markdown: str
    next_cursor: str | None


class Answerer(NamedTuple):
    """Answers questions about files below a root. It starts no server, calls no tool and writes nothing."""

    root: Root
    options: ScanOptions

    def scan(self, path: str, tool: str | None = None, cursor: str | None = None) -> ScanAnswer:
        """Return the findings of a file or folder, or of one tool, worst first."""
        options = self.options if tool is None else self.options._replace(tools=frozenset((tool,)))
        reports = list(scan(self._manifests(path), options))
        if tool is not None and not any(report.tools for report in reports):
            raise UsageError(f"no server in {path} has a tool named {tool!r}")
        found = sorted((row for report in reports for row in rows(report)), key=lambda row: row.badness)
        items = [_item(row.finding, row.server, row.tool) for row in found if row.finding.suppressed is None]
        part = page_of(items, cursor)
        return ScanAnswer(
            verdict=_verdict(reports, items), findings=part.items, total=part.total, next_cursor=part.cursor
        )

    def explain_score(self, path: str, tool: str) -> ScoreAnswer:
        """Return the levels of one tool, what its sentences say, and what to add."""
        for manifest in self._manifests(path):
            server = ServerContext(manifest)
            for context in server.tools:
                if context.tool.name == tool:
                    found = explain(context, Adviser(server), self.options.rubric, self.options.frame)
                    return _score(found)
        raise UsageError(f"no server in {path} has a tool named {tool!r}")

    def explain_rule(self, rule: str, cursor: str | None = None) -> PageAnswer:
        """Return the page of a rule or smell."""
        part = page_of(page(rule).split("\n\n"), cursor)
        return PageAnswer(markdown="\n\n".join(part.items), next_cursor=part.cursor)

    def _manifests(self, path: str) -> Iterator[Manifest]:
        """Yield the servers below a path. Raises `SourceError` if none of them could be read."""
        errors: list[str] = []
        any_read = False
        for manifest in read(self.root.path(path)):
            if manifest.tools or manifest.declared is not None:
                any_read = True
                yield manifest
            else:
                errors.append(manifest.error or f"{manifest.source}: lists no tools")
        if not any_read:
            raise SourceError("; ".join(errors) or f"{path}: holds no tools")


def answerer(root: Root) -> Answerer:
    """Return what answers about files below `root`, with the default rules and rubric."""
    return Answerer(root, default_options())


def _item(finding: Finding, server: ServerReport | None, tool: ToolReport | None) -> FoundItem:
    at = finding.location
    fix = finding.fix.description if finding.fix else finding.help
    return FoundItem(
        where=f"{at.file}:{at.line}" if at else server.key if server else "",
        severity=finding.severity.value,
        rule=finding.id,
        tool=(tool.name or "") if tool else "",
        message=finding.message,
        fix=fix or "",
    )


def _verdict(reports: list[ServerReport], items: list[FoundItem]) -> str:
    tools = [tool for report in reports for tool in report.tools]
    scored = [tool.overall for tool in tools if tool.overall is not None]
    smelly = sum(any(f.kind is FindingKind.SMELL for f in tool.findings) for tool in tools)
    counts = [amount(sum(i["severity"] == s for i in items), s) for s in ("error", "warning", "note")]
    mean = f"overall {sum(scored) / len(scored):.0f} of 100" if scored else "not scored"
    read_ = f"{amount(len(tools), 'tool')} of {amount(len(reports), 'server')}"
    return f"{read_}: {', '.join(counts)}; {smelly} smelly; {mean}"


def _score(found: Explained) -> ScoreAnswer:
    sentences = [
        SentenceItem(text=s.text, says=list(s.says), parameters=list(s.parameters), ignored_because=s.reason)
        for s in found.reading.sentences
    ]
    kept, room = list[SentenceItem](), 5_000
    for sentence in sentences:
        room -= estimate(sentence["text"]) + 30
        if room < 0:
            break
        kept.append(sentence)
    return ScoreAnswer(
        tool=found.name,
        overall=found.overall,
        levels={name: score.expected(found.frame) for name, score in found.scores.items()},
        sentences=kept,
        missing=list(found.reading.missing),
        add=list(found.statements),
    )
