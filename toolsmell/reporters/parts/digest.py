"""Chooses what to show of one server's findings, and in which order. `server_text` writes it.

A server of five hundred tools has thousands of findings, most of them the same few. A message that several tools
share word for word is shown once, the worst tools are shown in full, and the findings of the others are counted by
rule. Smells come after them, a line for each of the worst tools.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from toolsmell.model import Evidence, Finding, FindingKind, ServerReport, Severity, ToolReport
from toolsmell.model.pointer import unescape
from toolsmell.reporters.parts.grade import is_open_smell

SHOWN: Final = 10
"""Tools in full; those with an error are always."""
SMELLY: Final = 10
"""Tools with a line for their smells."""
COMMON: Final = 4
"""A finding in this many tools, word for word, is shown once."""


class Common(NamedTuple):
    """A finding that stands word for word in several tools."""

    finding: Finding
    tools: tuple[ToolReport, ...]


class SmellyTool(NamedTuple):
    """A tool and the finding that summarises its smells."""

    tool: ToolReport
    finding: Finding


class SameFindings(NamedTuple):
    """Findings of one rule in one tool that say the same of several parts of it."""

    first: Finding
    others: tuple[Finding, ...] = ()


class ToolDigest(NamedTuple):
    tool: ToolReport
    groups: tuple[SameFindings, ...]

    def counts(self) -> Counter[tuple[Severity, str]]:
        """Count the findings by severity and rule."""
        found: Counter[tuple[Severity, str]] = Counter()
        for group in self.groups:
            found[group.first.severity, group.first.id] += 1 + len(group.others)
        return found


class Digest(NamedTuple):
    server: tuple[Finding, ...]
    common: tuple[Common, ...]
    tools: tuple[ToolDigest, ...]
    rest: tuple[ToolDigest, ...]
    """Tools with findings that are only counted."""
    smelly: tuple[SmellyTool, ...]
    """Worst first."""
    smelly_more: int
    """Smelly tools that are only counted."""


def digest(report: ServerReport, *, full: bool = False) -> Digest:
    """Choose what to show of `report`; with `full`, everything."""
    common = () if full else _common(report.tools)
    said = {_words(c.finding) for c in common}
    order = worst_first(report.tools)
    digests = [ToolDigest(tool, tuple(_groups(_open(tool, said), full))) for tool in order]
    digests = sorted((d for d in digests if d.groups), key=_urgency)
    shown = len(digests) if full else max(SHOWN, sum(map(_has_error, digests)))
    smelly = [SmellyTool(tool, finding) for tool in order for finding in tool.findings if is_open_smell(finding)]
    lines = len(smelly) if full else SMELLY
    return Digest(
        server=in_order(report.findings),
        common=common,
        tools=tuple(digests[:shown]),
        rest=tuple(digests[shown:]),
        smelly=tuple(smelly[:lines]),
        smelly_more=len(smelly[lines:]),
    )


def worst_first(tools: Iterable[ToolReport]) -> list[ToolReport]:
    """Sort by overall score; what is unscored comes last."""
    return sorted(tools, key=lambda tool: (101.0 if tool.overall is None else tool.overall, tool.index))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that are not suppressed, the most severe first, then by line."""
    shown = (f for f in findings if f.suppressed is None)
    return tuple(sorted(shown, key=lambda f: (f.severity.rank, f.location[1:3] if f.location else (0, 0))))


def _common(tools: Iterable[ToolReport]) -> tuple[Common, ...]:
    where: dict[tuple[str, str], list[tuple[Finding, ToolReport]]] = {}
    for tool in tools:
        for finding in _of_rules(tool):
            if finding.severity is not Severity.ERROR:
                where.setdefault(_words(finding), []).append((finding, tool))
    found = [Common(hits[0][0], tuple({t.index: t for _, t in hits}.values())) for hits in where.values()]
    found = [common for common in found if len(common.tools) >= COMMON]
    return tuple(sorted(found, key=lambda common: (common.finding.severity.rank, -len(common.tools))))


def _words(finding: Finding) -> tuple[str, str]:
    return finding.id, finding.message


def _of_rules(tool: ToolReport) -> tuple[Finding, ...]:
    return in_order(f for f in tool.findings if f.kind is not FindingKind.SMELL)


def _open(tool: ToolReport, said: set[tuple[str, str]]) -> list[Finding]:
    """Return the findings of rules that are not shown for several tools at once."""
    return [f for f in _of_rules(tool) if _words(f) not in said]


def _groups(findings: Sequence[Finding], full: bool) -> Iterator[SameFindings]:
    if full:
        yield from map(SameFindings, findings)
        return
    by_words: dict[tuple[Severity, str, str], list[Finding]] = {}
    for finding in findings:
        by_words.setdefault((finding.severity, finding.id, _template(finding)), []).append(finding)
    for first, *others in by_words.values():
        yield SameFindings(first, tuple(others))


def subject(finding: Finding) -> str:
    """Return the name of the part that a finding is about: the one in its pointer that its message quotes."""
    steps = [unescape(step) for step in finding.pointer.split("/")]
    return next((step for step in reversed(steps) if f"'{step}'" in finding.message), steps[-1])


def _template(finding: Finding) -> str:
    """Return the message without its subject: equal for findings that differ in that only."""
    return finding.message.replace(f"'{subject(finding)}'", "")


def _urgency(tool: ToolDigest) -> tuple[int, bool]:
    """Less is more urgent: by the worst finding, and first what a client or provider rejects for it."""
    return min((group.first.severity.rank, group.first.evidence is not Evidence.REJECTION) for group in tool.groups)


def _has_error(tool: ToolDigest) -> bool:
    return any(group.first.severity is Severity.ERROR for group in tool.groups)
