"""What of one server's findings a person wants to read, and in which order. Pure; `text` writes it.

A server of five hundred tools has thousands of findings, most of them the same few. The smells stand in the
table of scores, so they are summed up by component with their cures; what is said of several tools word for
word is said once; the worst tools are shown in full, and the findings of the others are counted by rule.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from toolsmell.model import Component, Finding, FindingKind, ServerReport, Severity, ToolReport
from toolsmell.model.pointer import unescape
from toolsmell.reporters.parts.rows import RANK
from toolsmell.scoring.signals import SIGNALS

FEW: Final = 3
"""A server of so few tools has its smells explained one by one."""
SHOWN: Final = 10
"""Tools in full; those with an error are always."""
COMMON: Final = 4
"""A finding in so many tools, word for word, is said once."""
CURES: Final = 2
"""Named for each smell."""


class Common(NamedTuple):
    """A finding that stands word for word in several tools."""

    finding: Finding
    tools: tuple[ToolReport, ...]


class Smell(NamedTuple):
    """A component that scored under 3 in some tools of a server."""

    id: str
    component: Component
    tools: int
    cures: tuple[str, ...]
    """What would raise the score of most of them."""


class Group(NamedTuple):
    """Findings of one rule in one tool that say the same of several parts of it."""

    first: Finding
    others: tuple[Finding, ...] = ()


class ToolDigest(NamedTuple):
    tool: ToolReport
    smells: tuple[Finding, ...]
    """Worst first; empty where they are summed up for the server."""
    groups: tuple[Group, ...]

    def counts(self) -> Counter[tuple[Severity, str]]:
        """Count the findings by severity and rule."""
        found: Counter[tuple[Severity, str]] = Counter()
        for group in self.groups:
            found[group.first.severity, group.first.id] += 1 + len(group.others)
        return found


class Digest(NamedTuple):
    smells: tuple[Smell, ...]
    """Most frequent first; empty where each tool's own are shown."""
    server: tuple[Finding, ...]
    common: tuple[Common, ...]
    tools: tuple[ToolDigest, ...]
    rest: tuple[ToolDigest, ...]
    """Tools with findings that are only counted."""


def digest(report: ServerReport, *, full: bool = False) -> Digest:
    """Choose what to show of `report`; with `full`, everything."""
    one_by_one = full or len(report.tools) <= FEW
    common = () if full else _common(report.tools)
    said = {_words(c.finding) for c in common}
    digests = [_tool(tool, said, smells=one_by_one, full=full) for tool in worst_first(report.tools)]
    digests = sorted((d for d in digests if d.groups or d.smells), key=lambda d: not _has_error(d))
    shown = len(digests) if full else max(SHOWN, sum(map(_has_error, digests)))
    return Digest(
        smells=() if one_by_one else _smells(report.tools),
        server=in_order(report.findings),
        common=common,
        tools=tuple(digests[:shown]),
        rest=tuple(digests[shown:]),
    )


def worst_first(tools: Iterable[ToolReport]) -> list[ToolReport]:
    """Sort by overall score; what is unscored comes last."""
    return sorted(tools, key=lambda tool: (101.0 if tool.overall is None else tool.overall, tool.index))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what is not suppressed, gravest first, then by line."""
    shown = (f for f in findings if f.suppressed is None)
    return tuple(sorted(shown, key=lambda f: (RANK[f.severity], f.location[1:3] if f.location else (0, 0))))


_KINDS: Final = {component: {kind.id: kind for kind in kinds} for component, kinds in SIGNALS.items()}


def _smells(tools: Iterable[ToolReport]) -> tuple[Smell, ...]:
    names: dict[Component, str] = {}
    found: Counter[Component] = Counter()
    cures: dict[Component, Counter[str]] = {component: Counter() for component in Component}
    for tool in tools:
        for finding in tool.findings:
            if finding.kind is FindingKind.SMELL and finding.component and finding.suppressed is None:
                names[finding.component] = finding.id
                found[finding.component] += 1
                cures[finding.component].update(_cures(tool, finding.component))
    best = {component: tuple(cure for cure, _ in cures[component].most_common()[:CURES]) for component in found}
    return tuple(Smell(names[c], c, count, best[c]) for c, count in found.most_common())


def _cures(tool: ToolReport, component: Component) -> Iterator[str]:
    """Yield what the signals that pull a score down ask for, those first that one sentence would help most."""
    known = _KINDS[component]
    score = tool.scores.get(component)
    effects = score.signals.items() if score else ()
    low = sorted((effect * known[id_].step, id_) for id_, effect in effects if effect <= 0 and id_ in known)
    yield from (known[id_].cure for _, id_ in low[:CURES])


def _common(tools: Iterable[ToolReport]) -> tuple[Common, ...]:
    where: dict[tuple[str, str], list[tuple[Finding, ToolReport]]] = {}
    for tool in tools:
        for finding in _of_rules(tool):
            if finding.severity is not Severity.ERROR:
                where.setdefault(_words(finding), []).append((finding, tool))
    found = [Common(hits[0][0], tuple({t.index: t for _, t in hits}.values())) for hits in where.values()]
    found = [common for common in found if len(common.tools) >= COMMON]
    return tuple(sorted(found, key=lambda common: (RANK[common.finding.severity], -len(common.tools))))


def _words(finding: Finding) -> tuple[str, str]:
    return finding.id, finding.message


def _of_rules(tool: ToolReport) -> tuple[Finding, ...]:
    return in_order(f for f in tool.findings if f.kind is not FindingKind.SMELL)


def _tool(tool: ToolReport, said: set[tuple[str, str]], *, smells: bool, full: bool) -> ToolDigest:
    own = [f for f in in_order(tool.findings) if f.kind is FindingKind.SMELL] if smells else []
    own.sort(key=lambda smell: (RANK[smell.severity], _level(tool, smell)))
    groups = _groups([f for f in _of_rules(tool) if _words(f) not in said], full)
    return ToolDigest(tool, tuple(own), tuple(groups))


def _level(tool: ToolReport, smell: Finding) -> int:
    score = tool.scores.get(smell.component) if smell.component else None
    return score.value if score and score.value else 0


def _groups(findings: Sequence[Finding], full: bool) -> Iterator[Group]:
    if full:
        yield from map(Group, findings)
        return
    by_words: dict[tuple[Severity, str, str], list[Finding]] = {}
    for finding in findings:
        by_words.setdefault((finding.severity, finding.id, _template(finding)), []).append(finding)
    for first, *others in by_words.values():
        yield Group(first, tuple(others))


def subject(finding: Finding) -> str:
    """Return the name of the part that a finding is about: the one in its pointer that its message quotes."""
    steps = [unescape(step) for step in finding.pointer.split("/")]
    return next((step for step in reversed(steps) if f"'{step}'" in finding.message), steps[-1])


def _template(finding: Finding) -> str:
    """Return the message without its subject: equal for findings that differ in that only."""
    return finding.message.replace(f"'{subject(finding)}'", "")


def _has_error(tool: ToolDigest) -> bool:
    return any(group.first.severity is Severity.ERROR for group in tool.groups)
