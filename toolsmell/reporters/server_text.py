"""One server, for people: its header, the table of its tools, and its findings."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from toolsmell.escape import visible
from toolsmell.model import Finding, ServerReport, Severity, Status, ToolReport
from toolsmell.reporters import Style
from toolsmell.reporters.digest import (
    RANK,
    Common,
    Digest,
    Group,
    Smell,
    ToolDigest,
    digest,
    worst_first,
)
from toolsmell.reporters.layout import Ink, columns, cut_end, cut_middle, pad, paint, wrap
from toolsmell.reporters.table import label, table, unscored
from toolsmell.schema import unescape

ROWS: Final = 30
"""Of a table; the rest of a larger server is counted."""
LISTED: Final = 5
"""Names in a list that may be long."""
RULES: Final = 12
"""Of the findings that are only counted."""

_INK: Final = {Severity.ERROR: Ink.RED, Severity.WARNING: Ink.YELLOW, Severity.NOTE: Ink.CYAN}


def server_lines(report: ServerReport, style: Style) -> Iterator[str]:
    """Yield the block of one server; of a quiet one, with nothing wrong, no line."""
    chosen = digest(report, full=style.verbose)
    findings = list(_all_findings(chosen, report, style))
    if style.quiet and not findings and report.status is Status.COMPLETE:
        return
    yield from _header(report, style)
    if not style.quiet and report.tools:
        yield ""
        yield from _table(report.tools, style)
    yield from findings


def _header(report: ServerReport, style: Style) -> Iterator[str]:
    key, name, source = (visible(text) for text in (report.key, report.name or report.key, report.source))
    also = f" ({cut_middle(name, 40)})" if name != key else ""
    title = cut_middle(key, 60)
    place = paint(cut_middle(source, 100), Ink.DIM, style.color)
    yield f"{paint(title, Ink.BOLD, style.color)}{also}  {place}"
    if report.status is not Status.COMPLETE:
        reason = visible(report.error or "no reason is known")
        ink = Ink.RED if report.status is Status.FAILED else Ink.YELLOW
        for i, line in enumerate(wrap(f"{report.status.value}: {reason}", style.width - 2)):
            yield "  " * (i > 0) + paint(line, ink, style.color)
    if report.tools:
        yield _facts(report)
    for note in report.notes:
        yield from wrap(f"note: {visible(note)}", style.width)


def _facts(report: ServerReport) -> str:
    tools = report.tools
    about = "" if all(tool.tokens.exact for tool in tools) else "about "
    facts = [
        f"{len(tools):,} tool{'s' * (len(tools) != 1)}",
        f"{about}{sum(tool.tokens.total for tool in tools):,} tokens",
    ]
    if report.instructions_tokens is not None:
        facts.append(f"instructions {about}{report.instructions_tokens:,} tokens")
    return ", ".join(facts)


def _table(tools: Sequence[ToolReport], style: Style) -> Iterator[str]:
    rows = worst_first(tools)
    hidden = 0 if style.verbose else len(rows[ROWS:])
    yield from table(rows[: len(rows) - hidden], style.width, color=style.color)
    if hidden:
        yield paint(f"  … and {hidden:,} better ones (--verbose lists them)", Ink.DIM, style.color)
    for line in wrap(unscored(tools), style.width - 2):
        yield "  " + paint(line, Ink.DIM, style.color)


def _all_findings(chosen: Digest, report: ServerReport, style: Style) -> Iterator[str]:
    if chosen.smells:
        yield from ("", paint("smells", Ink.BOLD, style.color))
        yield from _smells(chosen.smells, style)
    if chosen.server:
        yield from ("", paint("the server as a whole", Ink.BOLD, style.color))
        yield from entries(chosen.server, report.source, style)
    if chosen.common:
        yield from ("", paint("in several tools", Ink.BOLD, style.color))
        for common in chosen.common:
            yield from _common(common, len(report.tools), style)
    for tool in chosen.tools:
        yield ""
        yield from _tool(tool, report, style)
    if chosen.rest:
        yield from _rest(chosen.rest, style)


def _smells(smells: Sequence[Smell], style: Style) -> Iterator[str]:
    width = max(len(smell.id) for smell in smells)
    for smell in smells:
        lead = f"  {smell.tools:>5,} tools  {smell.id:{width}}  "
        lines = list(wrap("; ".join(smell.cures), style.width - len(lead))) or [""]
        yield (lead + lines[0]).rstrip()
        yield from (" " * len(lead) + line for line in lines[1:])


def entries(findings: Sequence[Finding], source: str | None, style: Style) -> Iterator[str]:
    """Yield the lines of `findings`; places in `source` are shown without its name."""
    yield from _groups([Group(f) for f in findings], source, style)


def _groups(groups: Sequence[Group], source: str | None, style: Style) -> Iterator[str]:
    places = [_place(group.first, source) for group in groups]
    width = max(map(columns, places), default=0)
    for group, place in zip(groups, places, strict=True):
        yield from _entry(group.first, pad(place, width), style)
        if group.others:
            indent = " " * (width + 13 if width else 11)
            for line in wrap(_alike(group.others, source), style.width - len(indent)):
                yield indent + paint(line, Ink.DIM, style.color)


def _entry(finding: Finding, place: str, style: Style) -> Iterator[str]:
    severity = finding.severity
    lead = f"  {place}  " if place else "  "
    indent = " " * (columns(lead) + 9)
    text = f"{visible(finding.message)} ({finding.id})"
    lines = list(wrap(text, max(30, style.width - len(indent))))
    yield lead + _severity(severity, style) + "  " + lines[0]
    yield from (indent + line for line in lines[1:])
    if finding.fix:
        for line in wrap(f"fix: {visible(finding.fix.description)}", max(30, style.width - len(indent))):
            yield indent + paint(line, Ink.GREEN, style.color)


def _place(finding: Finding, source: str | None) -> str:
    at = finding.location
    if at is None:
        return ""
    place = f"{at.line}:{at.column}"
    return place if at.file == source else f"{visible(at.file)}:{place}"


def _alike(others: Sequence[Finding], source: str | None) -> str:
    names = []
    for finding in others[:LISTED]:
        name = cut_end(visible(unescape(finding.pointer.rpartition("/")[2])), 40)
        place = _place(finding, source)
        names.append(f"{name} ({place})" if place else name)
    more = f" and {len(others) - LISTED:,} more" if len(others) > LISTED else ""
    return f"alike: {', '.join(names)}{more}"


def _common(common: Common, total: int, style: Style) -> Iterator[str]:
    yield from _entry(common.finding, "", style)
    tools = common.tools
    if len(tools) == total:
        names = f"all {total:,} tools"
    else:
        more = f" and {len(tools) - LISTED:,} more" if len(tools) > LISTED else ""
        names = f"{len(tools):,} tools: {', '.join(cut_middle(label(t), 40) for t in tools[:LISTED])}{more}"
    for line in wrap(names, style.width - 11):
        yield " " * 11 + paint(line, Ink.DIM, style.color)


def _tool(chosen: ToolDigest, report: ServerReport, style: Style) -> Iterator[str]:
    name = cut_middle(label(chosen.tool), style.width - 30)
    findings = (*(group.first for group in chosen.groups), *chosen.smells)
    at = next((f.location for f in findings if f.location), None)
    place = "  " + paint(f"{visible(at.file)}:{at.line}", Ink.DIM, style.color) if at else ""
    yield paint(name, Ink.BOLD, style.color) + place
    smells = [Group(smell) for smell in chosen.smells]
    yield from _groups([*chosen.groups, *smells], at.file if at else report.source, style)


def _rest(tools: Sequence[ToolDigest], style: Style) -> Iterator[str]:
    found: Counter[tuple[Severity, str]] = Counter()
    for tool in tools:
        found.update(tool.counts())
    rows = sorted(found.items(), key=lambda row: (RANK[row[0][0]], -row[1]))
    title = f"and in {len(tools):,} more tools (--verbose shows them)"
    yield from ("", paint(title, Ink.BOLD, style.color))
    for (severity, rule), count in rows[:RULES]:
        yield f"  {_severity(severity, style)}  {count:>5,} x {rule}"
    if len(rows) > RULES:
        yield f"  … and {len(rows) - RULES} more rules"


def _severity(severity: Severity, style: Style) -> str:
    return paint(f"{severity.value:7}", _INK[severity], style.color)
