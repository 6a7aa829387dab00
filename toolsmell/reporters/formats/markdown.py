"""A comment for a pull request, the same from run to run; with an earlier report, what changed."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO, TypeVar

from toolsmell.model import (
    Finding,
    FindingKind,
    RunInfo,
    ServerReport,
    ServerScore,
    Severity,
    Status,
    Summary,
    ToolReport,
)
from toolsmell.reporters import Style
from toolsmell.reporters.parts.earlier_run import Comparison, MovedTool, Named
from toolsmell.reporters.parts.gfm import code, prose
from toolsmell.reporters.parts.grade import is_open_smell, scored
from toolsmell.reporters.parts.groups import Groups, RuleGroup
from toolsmell.reporters.parts.rows import FindingRow, Shortlist, advice, label, rows, run_rows, summary_line
from toolsmell.reporters.parts.tool_table import components

if TYPE_CHECKING:
    from toolsmell.model.changes import BaseChanges

T = TypeVar("T")

MARKER: Final = "<!-- toolsmell report -->"
"""The first line: by it a bot finds the comment that it wrote before."""


class Size(NamedTuple):
    """Limits of what is shown."""

    characters: int
    findings: int
    """Of a list."""
    of_a_rule: int
    tools: int
    """Of a table."""


COMMENT: Final = Size(60_000, 60, 5, 30)
"""GitHub takes 65,536 characters in a comment."""
STEP_SUMMARY: Final = Size(900_000, 2_000, 200, 500)
"""GitHub takes a mebibyte in the summary of a step."""


class Reporter:
    """Keeps the worst findings and tools of the run, and no more."""

    def __init__(self, stream: TextIO, style: Style, size: Size = COMMENT) -> None:
        self._stream = stream
        self._size = size
        self._base = style.base
        self._comparison: Comparison | None = None
        self._findings = Groups(size.of_a_rule)
        self._tools: Shortlist[ToolReport] = Shortlist(size.tools)
        self._failed: Shortlist[ServerReport] = Shortlist(size.tools)
        self._scores: Shortlist[tuple[str, ServerScore]] = Shortlist(size.tools)

    def begin(self, run: RunInfo) -> None:
        if self._base:
            self._comparison = Comparison(self._base, run, self._size.findings)

    def server(self, report: ServerReport) -> None:
        if self._comparison:
            self._comparison.add(report)
        if report.score:
            self._scores.add((report.score.level,), (report.name or report.key, report.score))
        if report.status is not Status.COMPLETE:
            self._failed.add((), report)
        self._add(rows(report))
        for tool in report.tools:
            self._tools.add((101 if tool.overall is None else tool.overall,), tool)

    def end(self, summary: Summary, findings: tuple[Finding, ...] = ()) -> None:
        self._add(run_rows(findings))
        page = _Page(self._size.characters)
        page.text(f"{MARKER}\n\n## toolsmell\n\n{prose(summary_line(summary))}.")
        page.bullets("Servers", self._scores, lambda found: f"{code(found[0])}: {prose(scored(found[1]))}")
        page.bullets("Not read in full", self._failed, _failure)
        if summary.changes:
            _since(page, summary.changes)
        if self._comparison:
            self._comparison.end()
            _compared(page, self._comparison)
            page.table(self._tools, folded=True)
        else:
            page.groups("Findings", self._findings)
            page.table(self._tools, folded=False)
        self._stream.write(page.content())

    def _add(self, found: Iterable[FindingRow]) -> None:
        """Take up what is not suppressed; a smell is a number in the table of scores."""
        for row in found:
            if not row.finding.suppressed and row.finding.kind is not FindingKind.SMELL:
                self._findings.add(row)


class _Page:
    """Blocks of Markdown, up to a number of characters. What does not fit is counted."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._blocks: list[str] = []

    def content(self) -> str:
        return "\n\n".join(self._blocks) + "\n"

    def text(self, block: str) -> None:
        self._blocks.append(block)
        self._room -= len(block)

    def bullets(self, title: str, items: Shortlist[T], line: Callable[[T], str]) -> bool:
        """Add a list with a title, and say whether there was anything to list."""
        lines = self._fitting(f"- {line(item)}" for item in items)
        if items.total > len(lines):
            lines.append(f"- and {items.total - len(lines):,} more")
        if lines:
            self.text(f"### {title}\n\n" + "\n".join(lines))
        return bool(lines)

    def groups(self, title: str, groups: Groups) -> None:
        """Add a list of rules with their findings."""
        shown, lines = 0, []
        room = self._room
        for group in groups:
            block = _group(group)
            room -= len(block) + 1
            if room < 0:
                break
            lines.append(block)
            shown += group.total
        if groups.total > shown:
            lines.append(f"- and {groups.total - shown:,} more")
        if lines:
            self.text(f"### {title}\n\n" + "\n".join(lines))

    def table(self, tools: Shortlist[ToolReport], *, folded: bool) -> None:
        parts = components(list(tools))
        lines = self._fitting(_table_row(tool, parts) for tool in tools)
        if not lines:
            return
        left_out = tools.total - len(lines)
        more = f"\n\nand {left_out:,} more" if left_out else ""
        table = "\n".join([_head(parts), *lines]) + more
        if folded:
            self.text(f"<details><summary>{_SCORES}</summary>\n\n{table}\n\n</details>")
        else:
            self.text(f"### {_SCORES}\n\n{table}\n\nFrom 1 to 5; **under 3** is a smell.")

    def rows(self, head: str, lines: Iterable[str]) -> None:
        """Add a table as far as it fits, and count the rows that do not."""
        every = list(lines)
        fitting = self._fitting(every)
        if fitting:
            left_out = len(every) - len(fitting)
            self.text("\n".join((head, *fitting)) + (f"\n\nand {left_out:,} more" if left_out else ""))

    def _fitting(self, lines: Iterable[str]) -> list[str]:
        fitting: list[str] = []
        room = self._room
        for line in lines:
            room -= len(line) + 1
            if room < 0:
                break
            fitting.append(line)
        return fitting


def _since(page: _Page, changes: "BaseChanges") -> None:
    """Add the check of changed texts, with the removed and added words."""
    from toolsmell.reporters.parts import changes_gfm

    page.text("### Changed descriptions\n\n" + "\n".join(changes_gfm.intro(changes)))
    page.rows(changes_gfm.HEAD, changes_gfm.rows(changes))


def _compared(page: _Page, comparison: Comparison) -> None:
    before, after = comparison.tokens_before, comparison.tokens_after
    page.text(f"Tokens: {before:,} before, {after:,} now ({after - before:+,}).")
    if not comparison.comparable:
        page.text("Scores are not compared: the earlier report has another rubric or another frame.")
    changed = [
        page.bullets("New findings", comparison.new, _finding),
        page.bullets("Worse", comparison.worse, _change),
        page.bullets("Better", comparison.better, _change),
        page.bullets("Findings that are gone", comparison.gone, _finding),
        page.bullets("New tools", comparison.added, _named),
        page.bullets("Tools that are gone", comparison.removed, _named),
    ]
    if not any(changed):
        page.text("No finding and no score changed.")


def _finding(row: FindingRow) -> str:
    finding = row.finding
    about = f"{code(row.about)}: {prose(finding.message)} ({code(finding.id)})"
    return f"{_severity(finding.severity)} {about}{_place(row)}{_fix(finding)}"


def _fix(finding: Finding) -> str:
    told = advice(finding)
    return f" {told[0].upper()}{prose(told[1:])}." if told else ""


def _severity(severity: Severity) -> str:
    return f"**{severity.value}**" if severity is Severity.ERROR else severity.value


def _place(row: FindingRow) -> str:
    at = row.finding.location
    return f" ({code(f'{at.file}:{at.line}')})" if at else ""


def _group(group: RuleGroup) -> str:
    if group.total == 1:
        return f"- {_finding(group.worst[0])}"
    lines = [f"- {_severity(group.severity)} {code(group.rule)}, {group.total:,} times"]
    for message, found in group.by_message().items():
        places = ", ".join(f"{code(row.about)}{_place(row)}" for row in found)
        lines.append(f"  - {prose(message)}: {places}.{_fix(found[0].finding)}")
    if group.total > len(group.worst):
        lines.append(f"  - and {group.total - len(group.worst):,} more")
    return "\n".join(lines)


def _failure(report: ServerReport) -> str:
    return f"{code(report.key)} {report.status.value}: {prose(report.error or 'no reason is known')}"


def _change(change: MovedTool) -> str:
    before, after = change.before, change.after
    tokens = after.tokens.total - before.tokens.total
    moved = [
        f"{component} {_value(before.scores[component].value)} → {_value(score.value)}"
        for component, score in after.scores.items()
        if score.value != before.scores[component].value
    ]
    facts = [f"overall {before.overall:.0f} → {after.overall:.0f}", *moved]
    if tokens:
        facts.append(f"{tokens:+,} tokens")
    return f"{code(label(after))}: {', '.join(facts)}"


def _named(named: Named) -> str:
    return f"{code(label(named.tool))} of {code(named.server.key)}, {named.tool.tokens.total:,} tokens"


_SCORES: Final = "Scores, worst first"


def _head(parts: Sequence[str]) -> str:
    columns = ["tool", "overall", *map(prose, parts), "tokens", "what to add"]
    return f"| {' | '.join(columns)} |\n|---|{'---:|' * (len(columns) - 2)}---|"


def _table_row(tool: ToolReport, parts: Sequence[str]) -> str:
    overall = "-" if tool.overall is None else f"{tool.overall:.0f}"
    scores = {str(component): score.value for component, score in tool.scores.items()}
    levels = [_level(scores.get(part)) for part in parts]
    add = next((prose(finding.help) for finding in tool.findings if is_open_smell(finding)), "")
    return f"| {' | '.join([code(label(tool)), overall, *levels, f'{tool.tokens.total:,}', add])} |"


def _value(level: int | None) -> str:
    return "-" if level is None else str(level)


def _level(level: int | None) -> str:
    return f"**{level}**" if level is not None and level < 3 else _value(level)
