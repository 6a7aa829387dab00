"""The answers of the tools: what each returns, as plain data, and the short text beside it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from typing_extensions import TypedDict  # what pydantic reads before Python 3.12

from toolsmell.app import ScanOptions, brief, default_options, read, scan, verify
from toolsmell.errors import SourceError, UsageError
from toolsmell.model import Finding, FindingKind, Manifest, ServerReport, Tool, ToolReport
from toolsmell.reading.context import ServerContext
from toolsmell.reporters.parts.pages import page
from toolsmell.reporters.parts.rows import amount, rows
from toolsmell.reporters.parts.why import Explained, explain, mark
from toolsmell.rewrite.brief_text import text_of
from toolsmell.rewrite.compare_output import difference
from toolsmell.scoring.advice import Adviser
from toolsmell.serve.paging import page_of
from toolsmell.serve.roots import Root
from toolsmell.tokens import estimate


# No key is required: the list of required keys of each answer would cost every client tokens in every request. What is
# not known is left out, for the same reason.
class FoundItem(TypedDict, total=False):
    """One finding."""

    where: str
    severity: str
    rule: str
    tool: str
    message: str
    fix: str


class ScanAnswer(TypedDict, total=False):
    """The answer to a scan."""

    verdict: str
    findings: list[FoundItem]
    total: int
    next_cursor: str


class ScoreAnswer(TypedDict, total=False):
    """Why a tool scores as it does."""

    tool: str
    overall: float
    levels: dict[str, float]
    sentences: list[str]
    missing: list[str]
    add: list[str]


class PageAnswer(TypedDict, total=False):
    """A page of Markdown."""

    markdown: str
    next_cursor: str


class BriefAnswer(TypedDict, total=False):
    """The brief for the writer of one description."""

    brief: str


class VerifyAnswer(TypedDict, total=False):
    """Statements that a rewrite lost, invented or contradicts."""

    sound: bool
    lost: list[str]
    unsupported: list[str]
    contradicted: list[str]
    steering: list[str]
    score_difference: float
    token_difference: int


class Answerer(NamedTuple):
    """Answers questions about files below a root. It starts no server, calls no tool and writes nothing."""

    root: Root
    options: ScanOptions

    def scan(self, path: str, tool: str = "", cursor: str = "") -> ScanAnswer:
        """Return the findings of a file or folder, or of one tool, worst first."""
        options = self.options._replace(tools=frozenset((tool,))) if tool else self.options
        reports = list(scan(self._manifests(path), options))
        if tool and not any(report.tools for report in reports):
            raise UsageError(f"no server in {path} has a tool named {tool!r}")
        found = sorted((row for report in reports for row in rows(report)), key=lambda row: row.badness)
        items = [_item(row.finding, row.server, row.tool) for row in found if row.finding.suppressed is None]
        part = page_of(items, cursor)
        return ScanAnswer(
            verdict=_verdict(reports, items), findings=part.items, total=part.total, next_cursor=part.cursor or ""
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

    def explain_rule(self, rule: str, cursor: str = "") -> PageAnswer:
        """Return the page of a rule or smell."""
        part = page_of(page(rule).split("\n\n"), cursor)
        return PageAnswer(markdown="\n\n".join(part.items), next_cursor=part.cursor or "")

    def brief(self, path: str, tool: str) -> BriefAnswer:
        """Return the brief of one tool."""
        manifest, _ = self._tool(path, tool)
        options = self.options._replace(tools=frozenset((tool,)))
        return BriefAnswer(brief="\n".join(text_of(found) for found in brief(manifest, options)))

    def verify_rewrite(
        self, path: str, tool: str, description: str, parameters: Mapping[str, str] | None = None
    ) -> VerifyAnswer:
        """Check new texts of one tool: what they lost, invented or contradict. Nothing is written."""
        before, old = self._tool(path, tool)
        after = _rewritten(before, old, description, parameters or {})
        (found,) = verify(before, after, self.options._replace(tools=frozenset((tool,))))
        answer = VerifyAnswer(
            sound=found.sound,
            lost=[violation.detail for violation in found.lost],
            unsupported=[sentence.text for sentence in found.unsupported],
            contradicted=[sentence.text for sentence in found.contradicted],
            steering=[sentence.text for sentence in found.steering],
        )
        if (score := difference(found.before, found.after)) is not None:
            answer["score_difference"] = score
        if found.after and found.before:
            answer["token_difference"] = found.after.tokens - found.before.tokens
        return answer

    def _tool(self, path: str, name: str) -> tuple[Manifest, Tool]:
        """Return a tool and its server. Raises `UsageError` if no server has it."""
        for manifest in self._manifests(path):
            for tool in manifest.tools:
                if tool.name == name:
                    return manifest, tool
        raise UsageError(f"no server in {path} has a tool named {name!r}")

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


def _rewritten(manifest: Manifest, tool: Tool, description: str, parameters: Mapping[str, str]) -> Manifest:
    """Return a manifest with new texts for one tool. Raises `UsageError` for a parameter that it does not have."""
    raw = {**tool.raw, "description": description}
    known = raw.get("inputSchema", {}).get("properties") if isinstance(raw.get("inputSchema"), dict) else None
    properties = dict(known) if isinstance(known, dict) else {}
    for name, text in parameters.items():
        if not isinstance(properties.get(name), dict):
            raise UsageError(f"{tool.label} has no parameter named {name!r}")
        properties[name] = {**properties[name], "description": text}
    if parameters:
        raw["inputSchema"] = {**raw["inputSchema"], "properties": properties}
    changed = tuple(tool._replace(raw=raw) if one.index == tool.index else one for one in manifest.tools)
    return manifest._replace(tools=changed, locator=None)


def answerer(root: Root) -> Answerer:
    """Return the answerer for files below `root`, with the default rules and rubric."""
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
    kept, room = list[str](), 5_000
    for sentence in found.reading.sentences:
        line = f"{sentence.text} -> {mark(sentence)}"
        room -= estimate(line)
        if room < 0:
            break
        kept.append(line)
    levels = {name: score.expected(found.frame) for name, score in found.scores.items()}
    answer = ScoreAnswer(
        tool=found.name,
        levels={name: level for name, level in levels.items() if level is not None},
        sentences=kept,
        missing=list(found.reading.missing),
        add=list(found.statements),
    )
    if found.overall is not None:
        answer["overall"] = found.overall
    return answer
