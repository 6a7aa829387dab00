"""One HTML file to look at: complete without JavaScript, and without any request."""

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TextIO

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from toolsmell.errors import UsageError
from toolsmell.escape import visible
from toolsmell.model import Finding, FindingKind, RunInfo, ServerReport, Status, Summary, ToolReport
from toolsmell.model.changes import BaseChanges, ToolChange
from toolsmell.reporters import Style
from toolsmell.reporters.parts import changes_text
from toolsmell.reporters.parts.columns import cut_end, cut_middle
from toolsmell.reporters.parts.documentation import help_uri
from toolsmell.reporters.parts.earlier_run import Comparison
from toolsmell.reporters.parts.grade import grade, is_open_smell, median_percentile, scored
from toolsmell.reporters.parts.groups import Groups
from toolsmell.reporters.parts.page import differing_words, model
from toolsmell.reporters.parts.page.treemap import tiles
from toolsmell.reporters.parts.rows import FindingRow, Shortlist, amount, label, rows, run_rows, smelly, what_was_read
from toolsmell.reporters.parts.tool_table import components
from toolsmell.reporters.parts.why import mark

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of the file; a larger one is rejected."""
MOST_TOOLS: Final = 50_000
"""Tools of a run; with more, the file would be too large for certain, and is not made."""
LISTED: Final = 50
"""Findings of a rule, pairs and changes that are listed."""
WORST: Final = 10
SENTENCES: Final = 30
"""Sentences of a description that are shown."""
LONGEST: Final = 600
"""Characters of one text."""

NEAR: Final = 300
"""Rows that a page with scripts lays out before somebody asks for more."""

_EARLY: Final = "document.documentElement.classList.add('has-js');"
"""Runs before the body is read, so that rows beyond `NEAR` are never laid out."""
_FOLDER: Final = Path(__file__).parent.parent / "parts" / "page"


class Reporter:
    """Keeps a row of each tool, the worst findings of each rule, and writes the page at the end."""

    def __init__(self, stream: TextIO, style: Style) -> None:
        self._stream = stream
        self._base = style.base
        self._comparison: Comparison | None = None
        self._run: RunInfo | None = None
        self._rows: list[model.ToolRow] = []
        self._components: tuple[str, ...] = ()
        self._percentiles: list[int] = []
        self._scores: Shortlist[str] = Shortlist(3)
        self._names: Shortlist[str] = Shortlist(3)
        self._worst: Shortlist[ToolReport] = Shortlist(WORST)
        self._failed: Shortlist[ServerReport] = Shortlist(LISTED)
        self._groups = Groups(LISTED)
        self._pairs: list[model.ConfusablePair] = []
        self._pair_count = 0

    def begin(self, run: RunInfo) -> None:
        self._run = run
        if self._base:
            self._comparison = Comparison(self._base, run, LISTED)

    def server(self, report: ServerReport) -> None:
        if self._comparison:
            self._comparison.add(report)
        if report.status is not Status.COMPLETE:
            self._failed.add((), report)
        self._names.add((), report.name or report.key)
        self._components = self._components or components(report.tools)
        if report.score:
            self._scores.add((), scored(report.score))
        for tool in report.tools:
            self._tool(report, tool)
        for row in rows(report):
            self._add(row)
        self._add_pairs(report)

    def end(self, summary: Summary, findings: tuple[Finding, ...] = ()) -> None:
        for row in run_rows(findings):
            self._add(row)
        if len(self._rows) > MOST_TOOLS:
            raise _too_large(f"{len(self._rows):,} tools")
        text = render(self._page(summary))
        size = len(text.encode("utf-8"))
        if size > LARGEST:
            raise _too_large(f"{size / 1024 / 1024:.1f} MiB for {len(self._rows):,} tools")
        self._stream.write(text)

    def _tool(self, server: ServerReport, tool: ToolReport) -> None:
        self._rows.append(model.row_of(server, tool))
        if tool.percentile is not None:
            self._percentiles.append(tool.percentile)
        if tool.overall is not None and any(map(is_open_smell, tool.findings)):
            self._worst.add((tool.overall,), tool)

    def _add(self, row: FindingRow) -> None:
        if row.finding.suppressed is None and row.finding.kind is not FindingKind.SMELL:
            self._groups.add(row)

    def _add_pairs(self, report: ServerReport) -> None:
        names = {label(tool): tool for tool in report.tools}
        for row in rows(report):
            other = model.partner(row, names) if row.finding.suppressed is None else None
            if other is None or row.tool is None:
                continue
            self._pair_count += 1
            if len(self._pairs) < LISTED:
                texts = differing_words.both(model.text_of(row.tool), model.text_of(other))
                pair = model.ConfusablePair(label(row.tool), label(other), row.finding.message, row.finding.id, texts)
                self._pairs.append(pair)

    def _page(self, summary: Summary) -> model.ReportPage:
        rank, run = median_percentile(self._percentiles), self._run
        more = f" and {self._names.left_out:,} more" if self._names.left_out else ""
        found = [amount(summary.errors, "error"), amount(summary.warnings, "warning"), amount(summary.notes, "note")]
        verdict = [
            f"Grade {grade(rank)}: the median tool scores above {rank} of 100 public tools" if rank is not None else "",
            what_was_read(summary),
            ", ".join(found),
            smelly(summary),
            *self._scores,
            f"overall {summary.overall:g} of 100" if summary.overall is not None else "",
        ]
        about = (
            f"toolsmell {run.version}, frame {run.frame}, rubric {run.rubric_id} {run.rubric_fingerprint}"
            if run
            else ""
        )
        costs = [(row.name, row.tokens) for row in self._rows]
        return model.ReportPage(
            title=f"toolsmell: {', '.join(self._names)}{more}",
            verdict=tuple(filter(None, verdict)),
            about=about,
            components=self._components,
            rows=sorted(self._rows, key=lambda row: 101.0 if row.overall is None else row.overall),
            worst=tuple(map(_worst, self._worst)),
            groups=tuple(self._groups),
            tiles=tiles(costs),
            tokens=sum(max(0, cost) for _, cost in costs),
            pairs=self._pairs,
            pairs_more=self._pair_count - len(self._pairs),
            base=_base(self._comparison) if self._comparison else None,
            changed=_changed(summary.changes) if summary.changes else None,
            failed=tuple(self._failed),
            servers=self._names.total,
        )


def _too_large(what: str) -> UsageError:
    limit = LARGEST // 1024 // 1024
    return UsageError(
        f"the HTML report would be too large ({what}; the limit is {limit} MiB): scan fewer servers at a time"
    )


def _worst(tool: ToolReport) -> model.Worst:
    found = next(finding for finding in tool.findings if is_open_smell(finding))
    sentences = tuple((s.text, mark(s), s.counts) for s in tool.reading.sentences[:SENTENCES])
    return model.Worst(label(tool), tool.overall or 0.0, found.help, found.message, sentences)


def _changed(changes: BaseChanges) -> model.Changed:
    tools = [tool for server in changes.servers for tool in server.tools]
    tools.sort(key=lambda tool: (not tool.wrong, not any(tool.objections)))
    return model.Changed(
        head=changes_text.head(changes),
        renamed=changes.renamed,
        tools=tuple(map(_changed_tool, tools[:LISTED])),
        more=len(tools[LISTED:]),
    )


def _changed_tool(tool: ToolChange) -> model.ChangedTool:
    return model.ChangedTool(
        line=changes_text.tool_line(tool),
        wrong=tool.wrong,
        objections=tuple(changes_text.objections(tool.objections))[:LISTED],
        texts=tuple((text.parameter, differing_words.merged(text.before, text.after)) for text in tool.texts[:LISTED]),
    )


def _base(comparison: Comparison) -> model.Base:
    comparison.end()
    lists: dict[str, Shortlist[Any]] = {
        "tools that are worse": comparison.worse,
        "tools that are better": comparison.better,
        "new findings": comparison.new,
        "findings that are gone": comparison.gone,
        "new tools": comparison.added,
        "tools that are gone": comparison.removed,
    }
    return model.Base(
        comparable=comparison.comparable,
        tokens_before=comparison.tokens_before,
        tokens_after=comparison.tokens_after,
        tools=tuple(_compared(comparison)),
        new=tuple(comparison.new),
        gone=tuple(comparison.gone),
        added=tuple(label(named.tool) for named in comparison.added),
        removed=tuple(label(named.tool) for named in comparison.removed),
        more={what: found.left_out for what, found in lists.items() if found.left_out},
    )


def _compared(comparison: Comparison) -> Iterator[model.ComparedTool]:
    for change in (*comparison.worse, *comparison.better):
        yield model.ComparedTool(
            name=label(change.after),
            before=change.before.overall or 0.0,
            after=change.after.overall or 0.0,
            tokens=change.after.tokens.total - change.before.tokens.total,
            levels=model.levels_that_differ(change),
            text=differing_words.merged(model.text_of(change.before), model.text_of(change.after)),
        )


def render(page: model.ReportPage) -> str:
    """Return the page as HTML. Its style and script are known to its content policy by their hashes."""
    style, script = _read("page.css"), _read("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(_EARLY)}' '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    links = {group.rule: help_uri(group.rule) for group in page.groups}
    template = _environment().from_string(_read("page.html.j2"))
    own = {"style": Markup(style), "script": Markup(script), "early": Markup(_EARLY)}  # noqa: S704 our own files
    return template.render(page=page, policy=policy, links=links, near=NEAR, **own) + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["t"] = _text
    environment.filters["cut"] = lambda name, width: cut_middle(visible(name), int(width / 7.5))
    return environment


def _text(text: str) -> Markup:
    """Return text of a server as HTML in which no character acts, neither in a browser nor in a log."""
    shown = str(escape(visible(cut_end(text, LONGEST))))
    return Markup(shown.replace("::", ":&#58;").replace("##", "#&#35;"))  # noqa: S704 escaped one line above


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
