"""One server, for people: its header, the table of its tools, and its findings."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from toolsmell.escape import visible
from toolsmell.model import Finding, ServerReport, Severity, Status, ToolReport
from toolsmell.reporters import Style
from toolsmell.reporters.parts import grade
from toolsmell.reporters.parts.columns import Ink, columns, cut_end, cut_middle, pad, paint, wrap
from toolsmell.reporters.parts.digest import (
    Common,
    Digest,
    SameFindings,
    SmellyTool,
    ToolDigest,
    digest,
    subject,
    worst_first,
)
from toolsmell.reporters.parts.rows import NAMED, advice, label, members, whole
from toolsmell.reporters.parts.tool_table import table, unscored

LISTED: Final = 5
"""Names in a list that may be long."""
RULES: Final = 12
"""Rules that are listed for the findings that are only counted."""

_INK: Final = {Severity.ERROR: Ink.RED, Severity.WARNING: Ink.YELLOW, Severity.NOTE: Ink.CYAN}


def server_lines(report: ServerReport, style: Style) -> Iterator[str]:
    """Yield the block of one server; of a quiet one, with nothing wrong, no line."""
    chosen = digest(report, full=style.verbose)
    findings = list(_all_findings(chosen, report, style))
    if style.quiet and not findings and report.status is Status.COMPLETE:
        return
    yield from _header(report, style)
    if style.verbose and report.tools:
        yield ""
        yield from _table(report.tools, style)
    yield from findings


def _header(report: ServerReport, style: Style) -> Iterator[str]:
    key, name = visible(report.key), visible(report.name or report.key)
    title = cut_middle(key, style.width // 3)
    also = f" ({cut_middle(name, style.width // 3)})" if name != key else ""
    line = f"{paint(title, Ink.BOLD, style.color)}{also}"
    if report.source != report.key or title != key:
        source = cut_middle(visible(report.source), style.width - columns(title + also) - 2)
        line += f"  {paint(source, Ink.DIM, style.color)}"
    yield line
    if report.status is not Status.COMPLETE:
        trouble = f"{report.status.value}: {visible(report.error or 'no reason is known')}"
        ink = Ink.RED if report.status is Status.FAILED else Ink.YELLOW
        yield from (paint(line, ink, style.color) for line in _hanging(trouble, style.width))
    if style.quiet:
        return
    if report.tools:
        yield from _hanging("; ".join(grade.words(grade.verdict(report))), style.width)
    for note in report.notes:
        yield from _hanging(f"note: {visible(note)}", style.width)


def _hanging(text: str, width: int) -> Iterator[str]:
    """Wrap `text`; its second line and those after it are indented."""
    for i, line in enumerate(wrap(text, width - 2)):
        yield f"  {line}" if i else line


def _table(tools: Sequence[ToolReport], style: Style) -> Iterator[str]:
    yield from table(worst_first(tools), style.width, color=style.color)
    for line in wrap(unscored(tools), style.width - 2):
        yield "  " + paint(line, Ink.DIM, style.color)


def _all_findings(chosen: Digest, report: ServerReport, style: Style) -> Iterator[str]:
    if chosen.server:
        yield from ("", paint(whole(report), Ink.BOLD, style.color))
        yield from entries(chosen.server, report.source, style)
    if chosen.common:
        yield from ("", paint("in several tools", Ink.BOLD, style.color))
        for common in chosen.common:
            yield from _common(common, len(report.tools), style)
    for tool in chosen.tools:
        yield ""
        yield from _tool(tool, style)
    if chosen.rest:
        yield from _rest(chosen.rest, style)
    if chosen.smelly:
        yield from ("", paint("smelly descriptions, worst first, and what to add", Ink.BOLD, style.color))
        yield from _smelly(chosen.smelly, chosen.smelly_more, style)


def _smelly(smelly: Sequence[SmellyTool], more: int, style: Style) -> Iterator[str]:
    """Yield a line for each tool; with `verbose`, its smells below."""
    names = [cut_middle(label(one.tool), style.width // 3) for one in smelly]
    width = max(map(columns, names))
    for one, name in zip(smelly, names, strict=True):
        overall = "-" if one.tool.overall is None else f"{one.tool.overall:.0f}"
        text = visible(one.finding.help or one.finding.message)
        lead = f"  {overall:>3}  {pad(name, width)}  "
        yield lead + cut_end(text, style.width - columns(lead))
        if style.verbose:
            yield from _below(visible(one.finding.message), 0, Ink.DIM, style)
    if more:
        yield paint(f"  and {more:,} more (--verbose shows them)", Ink.DIM, style.color)


def entries(findings: Sequence[Finding], source: str | None, style: Style) -> Iterator[str]:
    """Yield the lines of `findings`; places in `source` are shown without its name."""
    yield from _groups([SameFindings(f) for f in findings], source, style)


def _groups(groups: Sequence[SameFindings], source: str | None, style: Style) -> Iterator[str]:
    places = [_place(group.first, source) for group in groups]
    width = max(map(len, places), default=0)
    for group, place in zip(groups, places, strict=True):
        yield from _entry(group.first, place.ljust(width), style)
        yield from _below(_alike(group.others, source), width, Ink.DIM, style)


def _entry(finding: Finding, place: str, style: Style) -> Iterator[str]:
    """Yield a finding with `place` in front; the place comes below if it is in another file."""
    lead = f"  {place}  " if place else "  "
    indent = " " * (len(lead) + 9)
    lines = list(wrap(f"{visible(finding.message)} ({finding.id})", style.width - len(indent)))
    yield f"{lead}{_severity(finding.severity, style)}  {lines[0]}"
    yield from (indent + line for line in lines[1:])
    if told := advice(finding):
        yield from _below(visible(told), len(place), Ink.GREEN, style)
    if (sharing := members(finding)) and not _named(finding):
        yield from _below(sharing, len(place), Ink.DIM, style)
    if finding.location and not place.strip():
        at = finding.location
        yield from _below(f"in {visible(at.file)}:{at.line}:{at.column}", len(place), Ink.DIM, style)


def _named(finding: Finding) -> bool:
    """Return True if the message has the first names of the tools that share the finding already."""
    names = dict.fromkeys(member.name or "" for member in finding.members)
    return all(f"'{name}'" in finding.message for name in list(names)[:NAMED])


def _below(text: str, place_width: int, ink: Ink, style: Style) -> Iterator[str]:
    """Yield lines that stand below a message."""
    indent = " " * (place_width + 13 if place_width else 11)
    for line in wrap(text, style.width - len(indent)):
        yield indent + paint(line, ink, style.color)


def _severity(severity: Severity, style: Style) -> str:
    return paint(f"{severity.value:7}", _INK[severity], style.color)


def _place(finding: Finding, source: str | None) -> str:
    """Return line and column, of what is in the file `source`."""
    at = finding.location
    return f"{at.line}:{at.column}" if at and at.file == source else ""


def _alike(others: Sequence[Finding], source: str | None) -> str:
    names = []
    for finding in others[:LISTED]:
        name = cut_end(visible(subject(finding)), 40)
        place = _place(finding, source)
        names.append(f"{name} ({place})" if place else name)
    return f"also: {_list(names, len(others))}" if names else ""


def _common(common: Common, total: int, style: Style) -> Iterator[str]:
    yield from _entry(common.finding._replace(location=None), "", style)
    tools = common.tools
    names = _list([cut_middle(label(tool), 40) for tool in tools[:LISTED]], len(tools))
    text = f"all {total:,} tools" if len(tools) == total else f"{len(tools):,} tools: {names}"
    yield from _below(text, 0, Ink.DIM, style)


def _list(names: Sequence[str], total: int) -> str:
    more = f" and {total - len(names):,} more" if total > len(names) else ""
    return f"{', '.join(names)}{more}"


def _tool(chosen: ToolDigest, style: Style) -> Iterator[str]:
    at = min((f.location for f in chosen.tool.findings if f.location), key=lambda at: at.line, default=None)
    name = cut_middle(label(chosen.tool), style.width * 2 // 3)
    line = paint(name, Ink.BOLD, style.color)
    if at:
        file = cut_middle(visible(at.file), style.width - columns(name) - 2 - len(f":{at.line}"))
        line += "  " + paint(f"{file}:{at.line}", Ink.DIM, style.color)
    yield line
    yield from _groups(chosen.groups, at.file if at else None, style)


def _rest(tools: Sequence[ToolDigest], style: Style) -> Iterator[str]:
    found: Counter[tuple[Severity, str]] = Counter()
    for tool in tools:
        found.update(tool.counts())
    rows = sorted(found.items(), key=lambda row: (row[0][0].rank, -row[1]))
    title = f"and in {len(tools):,} more tools (--verbose shows them)"
    yield from ("", paint(title, Ink.BOLD, style.color))
    for (severity, rule), count in rows[:RULES]:
        yield f"  {_severity(severity, style)}  {count:>5,} x {rule}"
    if len(rows) > RULES:
        yield f"  … and {len(rows) - RULES} more rules"
