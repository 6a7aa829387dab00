"""Findings that a project has decided to live with: by a row of its configuration, a comment, or a baseline.

All three mark findings, and none drops one: what is suppressed is still counted, and shown to machines.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from toolsmell.model import OLD, Finding, Ignore, Location, Member, ServerReport, Status, Suppression, ToolReport
from toolsmell.project.baseline import Baseline, KnownFinding
from toolsmell.project.config.settings import Suppress
from toolsmell.project.exclude import Exclude
from toolsmell.rules.base import SuppressionUse
from toolsmell.rules.engine import RuleSet, check_suppression
from toolsmell.scoring import smelly


class PathIgnore(NamedTuple):
    """Rules that the configuration suppresses in the files that a pattern covers."""

    files: Exclude
    ids: frozenset[str]
    """Ids of rules and smells, and families."""
    by: Suppression


class Given(NamedTuple):
    """The suppressions and the baseline of a run."""

    rows: Sequence[Suppress] = ()
    file: str = ""
    """The file with the rows."""
    paths: Sequence[PathIgnore] = ()
    today: str = ""
    """YYYY-MM-DD; a row whose last day is before it no longer holds."""
    baseline: Sequence[KnownFinding] = ()
    comments: bool = True
    """Whether comments in source code count."""
    known: Collection[str] = frozenset()
    """Ids of every rule and smell, to tell a comment that names none of them."""
    partial: bool = False
    """The run sees a part of the project: that something was not of use says nothing."""


NOTHING: Final = Given()


class Suppressor:
    """Marks the findings of a run as they pass by, and remembers what was of use."""

    def __init__(self, given: Given = NOTHING) -> None:
        self.given: Final = given
        self._rows: dict[str, list[Suppress]] = {}
        self._uses: dict[Suppress, int] = {}
        self._expired: Final = [row for row in given.rows if row.until is not None and row.until < given.today]
        for row in given.rows:
            if row not in self._expired:
                self._rows.setdefault(row.rule, []).append(row)
                self._uses[row] = 0
        self._comments: dict[tuple[Location, str], Ignore] = {}
        self._used: set[tuple[Location, str]] = set()
        self._baseline: Final = Baseline(given.baseline)
        self._tools: dict[str, set[str | None]] = {}
        """Names of the tools that were seen, by the key of their server."""
        self._partial = given.partial

    def apply(self, report: ServerReport, ignores: Iterable[Ignore] = ()) -> ServerReport:
        """Return the report with its suppressed findings marked; `ignores` are the comments in its source."""
        self._tools.setdefault(report.key, set()).update(tool.name for tool in report.tools)
        whole = report.status is Status.COMPLETE
        self._partial |= not whole
        comments = self._read(ignores, whole)
        if not (self._rows or comments or self._baseline or self.given.paths):
            return report
        tools = tuple(
            tool._replace(findings=tuple(self._marked(f, report, tool, comments) for f in tool.findings))
            for tool in report.tools
        )
        return report._replace(
            tools=tools, findings=tuple(self._marked(f, report, None, comments) for f in report.findings)
        )

    def _read(self, ignores: Iterable[Ignore], whole: bool) -> dict[str, list[Ignore]]:
        """Return the comments that count, by rule, and remember them all."""
        by_rule: dict[str, list[Ignore]] = {}
        for ignore in ignores if self.given.comments else ():
            # A tool may be missing in a file that does not parse, so its comments may be of use.
            if whole and not ignore.apart:
                self._comments[ignore.at, ignore.rule] = ignore
            if not self._problem(ignore):
                by_rule.setdefault(ignore.rule, []).append(ignore)
        return by_rule

    def _problem(self, ignore: Ignore) -> str | None:
        if not ignore.rule:
            return "names no rule: write `toolsmell: ignore[rule-id] reason`"
        if ignore.rule not in self.given.known:
            return f"names '{ignore.rule[:60]}', which is no rule"
        return None if ignore.reason else f"gives no reason for ignoring {ignore.rule}"

    def _marked(
        self, finding: Finding, report: ServerReport, tool: ToolReport | None, comments: dict[str, list[Ignore]]
    ) -> Finding:
        if finding.suppressed:
            return finding
        if len(finding.members) > 1:
            finding = self._without_members(finding, report, comments)
            if finding.suppressed:
                return finding
            tool_of_all, comments = None, {}
        else:
            tool_of_all = tool
        accepted = {
            id_: self._accepted(id_, finding, report, tool_of_all, comments) for id_ in (finding.id, *finding.smells)
        }
        smells = {id_: by for id_ in finding.smells if (by := accepted[id_])}
        by = accepted[finding.id]
        if smells and len(smells) == len(finding.smells):
            by = by or next(iter(smells.values()))
        elif smells:
            finding = smelly.without(finding, smells)
        if not by and self._baseline and self._baseline.holds(finding, report, tool):
            by = OLD
        return finding._replace(suppressed=by) if by else finding

    def _without_members(self, finding: Finding, report: ServerReport, comments: dict[str, list[Ignore]]) -> Finding:
        """Return a finding of several tools without those that a row or comment about one tool suppresses."""
        kept, by = [], None
        for member in finding.members:
            here = self._of_member(finding, member, report, comments)
            by = here or by
            if not here:
                kept.append(member)
        if by is None:
            return finding
        if not kept:
            return finding._replace(suppressed=by)
        gone = len(finding.members) - len(kept)
        own = finding.members[0].index
        left = {member.index for member in kept}
        edits = finding.fix.edits if finding.fix else ()
        fix = finding.fix and finding.fix._replace(
            edits=tuple(edit for edit in edits if (own if edit.tool is None else edit.tool) in left)
        )
        message = f"{finding.message} (suppressed in {gone} of {len(finding.members)} tools)"
        return finding._replace(members=tuple(kept), message=message, fix=fix)

    def _of_member(
        self, finding: Finding, member: Member, report: ServerReport, comments: dict[str, list[Ignore]]
    ) -> Suppression | None:
        """Return the suppression of a finding in this one of its tools, or None; only the first one has a location."""
        first = member == finding.members[0]
        for ignore in comments.get(finding.id, ()):
            if ignore.tool == member.index or (first and _covers(ignore, finding, None)):
                self._used.add((ignore.at, ignore.rule))
                return Suppression(f"{ignore.at.file}:{ignore.at.line}", ignore.reason)
        for row in self._rows.get(finding.id, ()):
            if row.tool is not None and row.tool == member.name and row.server in (None, report.key):
                self._uses[row] += 1
                return Suppression(f"{self.given.file}:{row.line}", row.reason)
        return None

    def _accepted(
        self,
        id_: str,
        finding: Finding,
        report: ServerReport,
        tool: ToolReport | None,
        comments: dict[str, list[Ignore]],
    ) -> Suppression | None:
        """Return the suppression of this rule or smell that covers `finding`, and count its use, or return None."""
        for ignore in comments.get(id_, ()):
            if _covers(ignore, finding, tool):
                self._used.add((ignore.at, ignore.rule))
                return Suppression(f"{ignore.at.file}:{ignore.at.line}", ignore.reason)
        for row in self._rows.get(id_, ()):
            if row.tool in (None, tool and tool.name) and row.server in (None, report.key):
                self._uses[row] += 1
                return Suppression(f"{self.given.file}:{row.line}", row.reason)
        return self._by_path(id_, finding)

    def _by_path(self, id_: str, finding: Finding) -> Suppression | None:
        """Return the suppression of this rule or smell in the file of the finding, or None."""
        file = finding.location.file if finding.location else None
        for path in self.given.paths if file else ():
            if file and not path.ids.isdisjoint((id_, finding.family)) and path.files.covers(file):
                return path.by
        return None

    def gone(self, ids: frozenset[str]) -> tuple[KnownFinding, ...]:
        """Return the rows of the baseline that a run with the rules `ids` did not find again."""
        return tuple(
            known for known in self._baseline.unmatched() if known.rule in ids and self._saw(known.server, known.tool)
        )

    def findings(self, rules: RuleSet, ids: frozenset[str]) -> tuple[Finding, ...]:
        """Return a finding for each suppression that is invalid, has expired, or suppressed none of the `ids`."""
        found: list[Finding] = []
        for use, at in (*self._row_uses(ids), *self._comment_uses(ids)):
            found += [finding._replace(location=at) for finding in check_suppression(use, rules)]
        return tuple(found)

    def _row_uses(self, ids: frozenset[str]) -> Iterator[tuple[SuppressionUse, Location]]:
        rows = [(row, 0) for row in self._expired]
        rows += [(row, n) for row, n in self._uses.items() if row.rule in ids and self._saw(row.server, row.tool)]
        for row, uses in rows:
            expired = row in self._expired
            use = SuppressionUse(row.rule, row.reason, row.tool, row.server, row.until, expired, uses)
            yield use, Location(self.given.file, row.line, 1, row.line, 1)

    def _comment_uses(self, ids: frozenset[str]) -> Iterator[tuple[SuppressionUse, Location]]:
        for key, ignore in self._comments.items():
            problem = self._problem(ignore)
            if problem or ignore.rule in ids:
                yield SuppressionUse(ignore.rule, ignore.reason, uses=key in self._used, problem=problem), ignore.at

    def _saw(self, server: str | None, tool: str | None) -> bool:
        """Return True if the run looked at this server and tool."""
        if server is not None and server not in self._tools:
            return False
        names = self._tools[server] if server is not None else set[str | None]().union(*self._tools.values())
        return not self._partial or (tool is not None and tool in names)


def _covers(ignore: Ignore, finding: Finding, tool: ToolReport | None) -> bool:
    if ignore.tool is not None and tool is not None and ignore.tool == tool.index:
        return True
    at = finding.location
    return at is not None and at.file == ignore.at.file and at.line <= ignore.line <= at.end_line
